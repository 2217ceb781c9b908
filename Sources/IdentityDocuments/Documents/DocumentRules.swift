public import Accounts

/// The rules on documents: S1 6.5 (valid on the day it is shown; a certified translation), S2 3.7 (gradebook and student
/// card), and what the law says of each kind.
public struct DocumentRules: Hashable, Sendable {
    /// The day on which the document is shown, where the institution is.
    public var day: CalendarDay
    /// The kinds that the procedure accepts.
    public var acceptedKinds: Set<DocumentKind>

    /// Makes rules; by default all kinds are accepted.
    public init(day: CalendarDay, acceptedKinds: Set<DocumentKind> = Set(DocumentKind.allCases)) {
        self.day = day
        self.acceptedKinds = acceptedKinds
    }

    /// What there is to say about a document itself, errors first.
    public func findings(_ document: IdentityDocument) -> [DocumentFinding] {
        let findings =
            kindFindings(document) + fieldFindings(document) + NumberRules.findings(document)
            + dateFindings(document) + TranslationRules(day: day).findings(document)
        return findings.filter { $0.severity == .error } + findings.filter { $0.severity == .warning }
    }

    private func kindFindings(_ document: IdentityDocument) -> [DocumentFinding] {
        var findings: [DocumentFinding] = []
        if !acceptedKinds.contains(document.kind) {
            findings.append(
                DocumentFinding(
                    .kindNotAccepted,
                    .error,
                    ru: "Для этой процедуры такой документ не подходит: \(document.kind.label.ru). Попросите другой.",
                    en: "This procedure does not accept such a document: \(document.kind.label.en). Ask for another."
                )
            )
        } else if document.kind.standing == .judged {
            findings.append(
                DocumentFinding(
                    .kindToBeJudged,
                    .warning,
                    ru: "Удостоверяет ли этот документ личность, решаете вы: укажите основание в решении.",
                    en: "Whether this document proves identity is for you to judge: give the grounds in the decision."
                )
            )
        }
        if document.country.isSpecimen {
            findings.append(
                DocumentFinding(
                    .specimen,
                    .error,
                    .country,
                    ru: "UTO — код образцов, такого государства нет. Попросите подлинный документ.",
                    en: "UTO is the code of specimens, there is no such state. Ask for a real document."
                )
            )
        }
        let isForeign = [DocumentKind.foreignPassport, .foreignIdentityCard].contains(document.kind)
        if isForeign, document.country == .russia {
            findings.append(
                DocumentFinding(
                    .countryUnfit,
                    .error,
                    .country,
                    ru: "Государство — Россия, а вид документа — иностранный. Исправьте одно из двух.",
                    en: "The state is Russia, but the kind is another state's document. Correct one of them."
                )
            )
        }
        return findings
    }

    private func fieldFindings(_ document: IdentityDocument) -> [DocumentFinding] {
        DocumentField.allCases.compactMap { field in
            // Translation and zone have rules of their own.
            guard field != .translation, field != .zone, !document.has(field) else { return nil }
            switch document.kind.demand(for: field) {
            case .required:
                return DocumentFinding(
                    .fieldMissing,
                    .error,
                    field,
                    ru: "Не заполнено: \(field.label.ru).",
                    en: "To be filled in: \(field.label.en)."
                )
            case .expected:
                return DocumentFinding(
                    .fieldExpected,
                    .warning,
                    field,
                    ru: "Обычно в таком документе есть \(field.label.ru). Если здесь нет, оставьте поле пустым.",
                    en: "Such documents mostly have a \(field.label.en). If this one has none, leave the field empty."
                )
            case .optional, .absent: return nil
            }
        }
    }

    private func dateFindings(_ document: IdentityDocument) -> [DocumentFinding] {
        var findings: [DocumentFinding] = []
        if let expiry = document.expiryDate, expiry < day {
            findings.append(
                DocumentFinding(
                    .expired,
                    .error,
                    .expiryDate,
                    ru: "Срок действия истёк \(expiry.inRussian). Попросите действующий документ.",
                    en: "It expired on \(expiry). Ask for a valid document."
                )
            )
        }
        if let issue = document.issueDate, issue > day {
            findings.append(
                DocumentFinding(
                    .notYetIssued,
                    .error,
                    .issueDate,
                    ru: "Дата выдачи \(issue.inRussian) ещё не наступила. Сверьте её с документом.",
                    en: "The date of issue, \(issue), is still to come. Compare it with the document."
                )
            )
        }
        if let issue = document.issueDate {
            let isBeforeBirth = document.birthDate.map { issue < $0 } ?? false
            let isAfterExpiry = document.expiryDate.map { issue > $0 } ?? false
            if isBeforeBirth || isAfterExpiry {
                findings.append(
                    DocumentFinding(
                        .datesContradict,
                        .error,
                        .issueDate,
                        ru: "Дата выдачи противоречит дате рождения или сроку действия. Сверьте даты с документом.",
                        en:
                            "The date of issue contradicts the date of birth or of expiry. Compare them with the document."
                    )
                )
            }
        }
        return findings + RussianPassportTerm.findings(document, on: day)
    }
}

extension IdentityDocument {
    /// Whether a field is filled in.
    func has(_ field: DocumentField) -> Bool {
        switch field {
        case .title: title?.isEmpty == false
        case .series: number.series?.isEmpty == false
        case .number: !number.number.isEmpty
        case .country: country != .unspecified
        case .issueDate: issueDate != nil
        case .expiryDate: expiryDate != nil
        case .birthDate: birthDate != nil
        case .holder: !holder.surname.isEmpty || !holder.givenName.isEmpty
        case .languages: !languages.isEmpty
        case .translation: translation != nil
        case .zone: false
        }
    }
}

extension DocumentField {
    /// What people call it.
    public var label: BilingualText {
        switch self {
        case .title: BilingualText(ru: "название документа", en: "title of the document")
        case .series: BilingualText(ru: "серия", en: "series")
        case .number: BilingualText(ru: "номер", en: "number")
        case .country: BilingualText(ru: "государство, выдавшее документ", en: "issuing state")
        case .issueDate: BilingualText(ru: "дата выдачи", en: "date of issue")
        case .expiryDate: BilingualText(ru: "срок действия", en: "date of expiry")
        case .birthDate: BilingualText(ru: "дата рождения", en: "date of birth")
        case .holder: BilingualText(ru: "имя владельца", en: "holder's name")
        case .languages: BilingualText(ru: "языки документа", en: "languages of the document")
        case .translation: BilingualText(ru: "заверенный перевод", en: "certified translation")
        case .zone: BilingualText(ru: "машиночитаемая зона", en: "machine-readable zone")
        }
    }
}
