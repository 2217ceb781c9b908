import Accounts

/// A document in a foreign language needs a certified translation into Russian, unless it is in Russian too (S1 6.5).
struct TranslationRules {
    /// The day on which the document is shown.
    let day: CalendarDay

    func findings(_ document: IdentityDocument) -> [DocumentFinding] {
        guard document.has(.languages), !document.languages.contains("ru") else { return [] }
        guard let translation = document.translation else {
            return [
                DocumentFinding(
                    .translationMissing,
                    .error,
                    .translation,
                    ru:
                        "Документ только на иностранном языке: нужен заверенный перевод на русский. Попросите перевод или "
                        + "документ, составленный и на русском.",
                    en:
                        "The document is in a foreign language only: a certified translation into Russian is needed. Ask "
                        + "for it, or for a document that is in Russian too."
                )
            ]
        }
        var faults: [BilingualText] = []
        if translation.certifiedBy.allSatisfy(\.isWhitespace) || translation.registerNumber.allSatisfy(\.isWhitespace) {
            faults.append(
                BilingualText(
                    ru: "укажите, кто заверил перевод и под каким номером",
                    en: "say who certified the translation and under which number"
                )
            )
        }
        if translation.date > day {
            faults.append(
                BilingualText(ru: "дата заверения ещё не наступила", en: "the day of certification is still to come")
            )
        }
        if let issued = document.issueDate, translation.date < issued {
            faults.append(
                BilingualText(
                    ru: "перевод заверен раньше, чем выдан документ",
                    en: "it was certified before the document was issued"
                )
            )
        }
        return faults.map { fault in
            DocumentFinding(
                .translationUnfit,
                .error,
                .translation,
                ru: "Перевод: \(fault.ru).",
                en: "Translation: \(fault.en)."
            )
        }
    }
}
