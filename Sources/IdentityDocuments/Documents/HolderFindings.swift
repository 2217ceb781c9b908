public import Accounts

extension DocumentRules {
    /// What there is to say about the holder's name as it stands on the page beside the account's.
    ///
    /// A name in other letters is left to the person who looks, and to the machine-readable zone.
    public func findings(of document: IdentityDocument, holderIs account: PersonName) -> [DocumentFinding] {
        let holder = document.holder
        guard !holder.surname.isEmpty, !holder.matches(account) else { return [] }
        let isInCyrillic = holder.surname.unicodeScalars.contains { (0x400...0x4FF).contains($0.value) }
        let withoutPatronymic = PersonName(surname: account.surname, givenName: account.givenName)
        if holder.patronymic == nil, holder.matches(withoutPatronymic) {
            return [
                DocumentFinding(
                    .nameNear,
                    .warning,
                    .holder,
                    ru: "В документе нет отчества, а в учётной записи оно есть. Сверьте имя с документом.",
                    en: "The document has no patronymic, the account has one. Compare the name with the document."
                )
            ]
        }
        return [
            DocumentFinding(
                .nameDiffers,
                isInCyrillic ? .error : .warning,
                .holder,
                ru: "Имя в документе и имя в учётной записи расходятся. Сверьте оба.",
                en: "The document's name and the account's differ. Compare both."
            )
        ]
    }
}
