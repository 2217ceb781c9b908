import Accounts
import Foundation
import IdentityDocuments
import Workflows

/// An identity document as it is typed in (row C3).
struct DocumentBody: Codable {
    var kind: DocumentKind
    var title: String?
    var series: String?
    var number: String
    var country: String?
    var issueDate: String?
    var expiryDate: String?
    var birthDate: String?
    var surname: String
    var givenName: String
    var patronymic: String?
    var languages: [String]?
    var translation: Translation?
    var zone: String?

    struct Translation: Codable {
        var certifiedBy: String
        var registerNumber: String
        var date: String
    }

    init(_ form: DocumentForm) {
        let document = form.document
        kind = document.kind
        title = document.title
        series = document.number.series
        number = document.number.number
        country = document.country.rawValue
        issueDate = document.issueDate?.description
        expiryDate = document.expiryDate?.description
        birthDate = document.birthDate?.description
        surname = document.holder.surname
        givenName = document.holder.givenName
        patronymic = document.holder.patronymic
        languages = document.languages.sorted()
        translation = document.translation.map {
            Translation(certifiedBy: $0.certifiedBy, registerNumber: $0.registerNumber, date: $0.date.description)
        }
        zone = form.zone
    }

    /// The form.
    ///
    /// - Throws: `Refusal` where the country's code is none.
    var form: DocumentForm {
        get throws {
            var code: CountryCode?
            if let country {
                code = CountryCode(rawValue: country.uppercased())
                guard code != nil else {
                    throw Refusal(
                        .unprocessable,
                        "country_unknown",
                        ru: "Такого кода государства нет. Укажите три буквы, как в машиночитаемой зоне: RUS, KAZ, BLR.",
                        en:
                            "There is no such country code. Give three letters as in the machine-readable zone: RUS, KAZ."
                    )
                }
            }
            return DocumentForm(
                document: IdentityDocument(
                    kind: kind,
                    title: title,
                    number: DocumentNumber(series: series, number: number, kind: kind),
                    country: code,
                    issueDate: issueDate.flatMap { CalendarDay($0) },
                    expiryDate: expiryDate.flatMap { CalendarDay($0) },
                    holder: PersonName(surname: surname, givenName: givenName, patronymic: patronymic),
                    birthDate: birthDate.flatMap { CalendarDay($0) },
                    languages: Set(languages ?? []),
                    translation: translation.flatMap { translation in
                        CalendarDay(translation.date).map {
                            CertifiedTranslation(
                                certifiedBy: translation.certifiedBy,
                                registerNumber: translation.registerNumber,
                                date: $0
                            )
                        }
                    }
                ),
                zone: zone
            )
        }
    }

    static let schema = Schema.named(
        "IdentityDocument",
        .object([
            .init("kind", .oneOf(DocumentKind.allCases.map(\.rawValue)), "The kind; see `/v1/document-kinds`."),
            .init("title", .nullable(.text(0...200)), "What it is called, for kind `other`.", required: false),
            .init("series", .nullable(.text(0...20)), "The series, if it has one.", required: false),
            .init("number", .text(1...30), "The number; series and number may stand together."),
            .init(
                "country",
                .nullable(.text(1...3)),
                "The issuing state as in machine-readable zones (ISO 3166-1 alpha-3, ICAO Doc 9303-3 section 5).",
                required: false
            ),
            .init("issue_date", .nullable(.day), "When it was issued.", required: false),
            .init("expiry_date", .nullable(.day), "Its last day of validity.", required: false),
            .init("birth_date", .nullable(.day), "The holder's birthday.", required: false),
            .init("surname", .text(1...100), "The holder's family name, as it stands there."),
            .init("given_name", .text(0...100), "The holder's given name."),
            .init("patronymic", .nullable(.text(0...100)), "The holder's patronymic.", required: false),
            .init(
                "languages",
                .array(of: .text(2...3), count: 0...10),
                "The languages that it is written in (ISO 639): a document with Russian needs no translation.",
                required: false
            ),
            .init("translation", .nullable(translation), "The certified translation into Russian.", required: false),
            .init(
                "zone",
                .nullable(.text(0...200)),
                "The machine-readable zone, line by line (ICAO Doc 9303).",
                required: false
            ),
        ])
    )

    private static let translation = Schema.object([
        .init("certified_by", .text(1...200), "Who certified it."),
        .init("register_number", .text(1...100), "The number in the register."),
        .init("date", .day, "When."),
    ])
}

/// A kind of document with what is to be filled in for it.
struct DocumentKindView: Encodable {
    var kind: String
    var labelRu: String
    var labelEn: String
    var standing: String
    var fields: [Field]

    struct Field: Encodable {
        var name: String
        var demand: String
        var labelRu: String
        var labelEn: String
    }

    init(_ kind: DocumentKind) {
        self.kind = kind.rawValue
        labelRu = kind.label.ru
        labelEn = kind.label.en
        standing = kind.standing.rawValue
        fields = DocumentField.allCases.filter { kind.demand(for: $0) != .absent }.map {
            Field(
                name: $0.rawValue,
                demand: kind.demand(for: $0).rawValue,
                labelRu: $0.label.ru,
                labelEn: $0.label.en
            )
        }
    }

    static let schema = Schema.object([
        .init("kind", .oneOf(DocumentKind.allCases.map(\.rawValue)), "The kind."),
        .init("label_ru", .text(), "Its name in Russian."),
        .init("label_en", .text(), "Its name in English."),
        .init("standing", .text(), "What it proves: by `law`, within the `institution`, or as a person has `judged`."),
        .init(
            "fields",
            .array(
                of: .object([
                    .init("name", .oneOf(DocumentField.allCases.map(\.rawValue)), "The field."),
                    .init("demand", .text(), "`required`, `expected` or `optional`."),
                    .init("label_ru", .text(), "Its name in Russian."),
                    .init("label_en", .text(), "Its name in English."),
                ]),
                count: 0...50
            ),
            "What is to be filled in."
        ),
    ])
}

/// What software finds about a document.
struct FindingView: Encodable {
    var code: String
    var severity: String
    var field: String?
    var text: String

    init(_ finding: DocumentFinding, _ language: LocalizedText.Language) {
        code = finding.code.rawValue
        severity = finding.severity.rawValue
        field = finding.field?.rawValue
        text = LocalizedText(ru: finding.text.ru, en: finding.text.en).text(in: language)
    }

    static let schema = Schema.object([
        .init("code", .text(), "What was found, for programs."),
        .init("severity", .oneOf(["error", "warning"]), "An error stands in the way of a match."),
        .init("field", .oneOf(DocumentField.allCases.map(\.rawValue)), "The field it is about.", required: false),
        .init("text", .text(), "What was found and what to do."),
    ])
}
