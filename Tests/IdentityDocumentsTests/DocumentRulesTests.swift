import Accounts
import Foundation
import IdentityDocuments
import Testing

@Suite("C3: documents, their numbers, terms and translations")
struct DocumentRulesTests {
    typealias Code = DocumentFinding.Code

    private static let holder = PersonName(surname: "Иванов", givenName: "Иван", patronymic: "Иванович")

    /// A passport with which nothing is wrong on the tests' day.
    private static func russianPassport(
        issued: String = "2010-02-20",
        born: String = "1990-01-15",
        series: String? = "4508",
        number: String = "123456"
    ) -> IdentityDocument {
        IdentityDocument(
            kind: .russianPassport,
            number: DocumentNumber(series: series, number: number, kind: .russianPassport),
            issueDate: day(issued),
            holder: holder,
            birthDate: day(born)
        )
    }

    private static func foreign(
        languages: Set<String>,
        translation: CertifiedTranslation? = nil,
        country: String = "KAZ",
        expires: String = "2030-01-01"
    ) -> IdentityDocument {
        IdentityDocument(
            kind: .foreignPassport,
            number: DocumentNumber(series: nil, number: "N1234567", kind: .foreignPassport),
            country: CountryCode(rawValue: country),
            issueDate: day("2020-01-02"),
            expiryDate: day(expires),
            holder: holder,
            languages: languages,
            translation: translation
        )
    }

    private static func codes(_ document: IdentityDocument, on date: CalendarDay = today) -> [Code] {
        DocumentRules(day: date).findings(document).map(\.code)
    }

    @Test("Nothing is found about a passport in order")
    func inOrder() {
        #expect(Self.codes(Self.russianPassport()) == [])
        #expect(Self.codes(Self.foreign(languages: ["kk", "ru"])) == [])
    }

    @Test(
        "A Russian passport is exchanged at 20 and at 45, and is valid for 90 days more",
        arguments: [
            // Issued at 14, shown on the eve of the 20th birthday, on it, on the 90th day after it, and later.
            ("2004-03-01", "2018-03-10", "2024-02-29", []), ("2004-03-01", "2018-03-10", "2024-03-01", [.exchangeDue]),
            ("2004-03-01", "2018-03-10", "2024-05-30", [.exchangeDue]),
            ("2004-03-01", "2018-03-10", "2024-05-31", [.exchangeOverdue]),
            // Issued at 20, valid to 45.
            ("1980-12-31", "2001-01-10", "2025-12-30", []), ("1980-12-31", "2001-01-10", "2026-03-31", [.exchangeDue]),
            ("1980-12-31", "2001-01-10", "2026-04-01", [.exchangeOverdue]),
            // Issued on the very birthday, it is the new one; from 45 there is no term.
            ("1980-12-31", "2000-12-31", "2024-01-01", []), ("1970-05-05", "2015-05-05", "2069-01-01", []),
            // Born on 29 February: 20 on that day, 45 on 1 March.
            ("2004-02-29", "2018-03-10", "2024-02-28", []), ("2004-02-29", "2018-03-10", "2024-02-29", [.exchangeDue]),
            ("1980-02-29", "2001-01-10", "2025-02-28", []), ("1980-02-29", "2001-01-10", "2025-03-01", [.exchangeDue]),
        ] as [(String, String, String, [Code])]
    )
    func exchange(_ born: String, _ issued: String, _ shown: String, _ expected: [Code]) {
        let year = issued.dropFirst(2).prefix(2)
        let document = Self.russianPassport(issued: issued, born: born, series: "45\(year)")
        let findings = DocumentRules(day: day(shown)).findings(document)
        #expect(findings.map(\.code) == expected)
        #expect(findings.admitDecision == (expected != [.exchangeOverdue]))
    }

    @Test(
        "Dates that cannot be",
        arguments: [
            ("1990-01-15", "2003-01-14", [Code.datesContradict]), ("1990-01-15", "2026-11-22", [.notYetIssued]),
            ("1990-01-15", "1989-01-01", [.datesContradict, .datesContradict]),
        ]
    )
    func impossibleDates(_ born: String, _ issued: String, _ expected: [Code]) {
        let year = issued.dropFirst(2).prefix(2)
        let document = Self.russianPassport(issued: issued, born: born, series: "45\(year)")
        #expect(Self.codes(document).filter { $0 != .numberUnusual } == expected)
    }

    @Test(
        "A document is valid up to and including its last day",
        arguments: [("2026-11-21", true), ("2026-11-20", false), ("2026-11-22", true)]
    )
    func expiry(_ expires: String, _ isValid: Bool) {
        #expect(Self.codes(Self.foreign(languages: ["ru"], expires: expires)) == (isValid ? [] : [.expired]))
    }

    @Test(
        "A foreign language needs a certified translation, unless there is Russian too (S1 6.5)",
        arguments: [
            (["kk", "ru"], nil, []), (["ru"], nil, []), (["kk", "en"], nil, [.translationMissing]),
            (["kk"], ("Нотариус Петрова А. А.", "77/1-н/77-2026-1", "2026-05-01"), []),
            (["kk"], ("Нотариус Петрова А. А.", "77/1-н/77-2026-1", "2026-11-22"), [.translationUnfit]),
            (["kk"], ("Нотариус Петрова А. А.", "77/1-н/77-2026-1", "2019-05-01"), [.translationUnfit]),
            (["kk"], (" ", "77/1-н/77-2026-1", "2026-05-01"), [.translationUnfit]),
            (["kk"], ("Нотариус Петрова А. А.", "", "2026-05-01"), [.translationUnfit]),
            ([], nil, [.fieldMissing]),
        ] as [(Set<String>, (String, String, String)?, [Code])]
    )
    func translation(_ languages: Set<String>, _ translation: (String, String, String)?, _ expected: [Code]) {
        let certified = translation.map {
            CertifiedTranslation(certifiedBy: $0.0, registerNumber: $0.1, date: day($0.2))
        }
        let findings = DocumentRules(day: today).findings(Self.foreign(languages: languages, translation: certified))
        #expect(findings.map(\.code) == expected)
        #expect(findings.admitDecision == expected.isEmpty)
        #expect(findings.allSatisfy { !$0.text.ru.isEmpty && !$0.text.en.isEmpty })
    }

    @Test(
        "Series and number as people type them",
        arguments: [
            (DocumentKind.russianPassport, nil, "45 08 № 123456", "4508", "123456"),
            (.russianPassport, "45 08", " 123 456", "4508", "123456"),
            (.russianPassport, nil, "серия 4508 номер 123456", "4508", "123456"),
            (.russianPassport, "", "4508123456", "4508", "123456"),
            (.russianTravelPassport, nil, "71 N1234567", nil, "71N1234567"),
            (.russianTravelPassport, nil, "71 № 1234567", "71", "1234567"),
            (.militaryID, nil, "AB 1234567", "АВ", "1234567"), (.militaryID, "ab", "1234567", "АВ", "1234567"),
            (.foreignPassport, nil, "n 1234567", nil, "1234567"), (.gradebook, nil, "21-ИТ-045", nil, "21-ИТ-045"),
            (.studentCard, "А", "№ 12345", "А", "12345"),
        ] as [(DocumentKind, String?, String, String?, String)]
    )
    func normalised(_ kind: DocumentKind, _ series: String?, _ number: String, _ kept: String?, _ keptNumber: String) {
        let result = DocumentNumber(series: series, number: number, kind: kind)
        #expect(result.series == kept)
        #expect(result.number == keptNumber)
    }

    @Test(
        "Series and number have the form of their kind",
        arguments: [
            ("4508", "123456", []), ("4508", "12345", [.numberForm]), ("450", "123456", [.numberForm]),
            ("45О8", "123456", [.numberForm]), (nil, "123456", [.fieldMissing]), ("4508", "", [.fieldMissing]),
            ("4508", "000000", [.numberUnusual]), ("0008", "123456", [.numberUnusual]),
            ("4521", "123456", [.numberUnusual]), ("4597", "123456", [.numberUnusual]),
            ("4508", "١٢٣٤٥٦", [.numberForm]),
        ] as [(String?, String, [Code])]
    )
    func form(_ series: String?, _ number: String, _ expected: [Code]) {
        #expect(Self.codes(Self.russianPassport(series: series, number: number)) == expected)
    }

    @Test("Where numbers vary by kind and state, only what cannot be a number is refused")
    func freeForm() {
        for (number, isFit) in [("21-ИТ/045.1", true), ("<script>", false), (String(repeating: "1", count: 31), false)]
        {
            let document = IdentityDocument(
                kind: .gradebook,
                number: DocumentNumber(series: nil, number: number, kind: .gradebook),
                holder: Self.holder
            )
            #expect(Self.codes(document) == (isFit ? [] : [.numberForm]))
        }
    }

    @Test(
        "Outside of the record a number is masked",
        arguments: [
            ("4508", "123456", "45** ****56"), (nil, "N1234567", "******67"), (nil, "1234", "****"), (nil, "", ""),
            ("71", "1234567", "71 *****67"), ("А", "12", "А **"),
        ]
    )
    func masked(_ series: String?, _ number: String, _ expected: String) {
        #expect(DocumentNumber(series: series, number: number, kind: .other).masked == expected)
    }

    @Test("Gradebook and student card count within the institution only, and where the procedure accepts them")
    func institution() {
        #expect(DocumentKind.allCases.filter { $0.standing == .institution } == [.gradebook, .studentCard])
        let document = IdentityDocument(
            kind: .studentCard,
            number: DocumentNumber(series: nil, number: "12345", kind: .studentCard),
            expiryDate: day("2027-08-31"),
            holder: Self.holder
        )
        #expect(Self.codes(document) == [])
        let lawOnly = Set(DocumentKind.allCases.filter { $0.standing == .law })
        #expect(DocumentRules(day: today, acceptedKinds: lawOnly).findings(document).map(\.code) == [.kindNotAccepted])
    }

    @Test("A kind that is not listed has a title, and a person judges it")
    func other() {
        var document = IdentityDocument(
            kind: .other,
            number: DocumentNumber(series: nil, number: "1", kind: .other),
            country: .russia,
            holder: Self.holder,
            languages: ["ru"]
        )
        #expect(Self.codes(document) == [.fieldMissing, .kindToBeJudged])
        document.title = "Паспорт моряка"
        #expect(Self.codes(document) == [.kindToBeJudged])
    }

    @Test("A specimen's state is no state, and Russia is no foreign one")
    func states() {
        #expect(Self.codes(Self.foreign(languages: ["ru"], country: "UTO")) == [.specimen])
        #expect(Self.codes(Self.foreign(languages: ["ru"], country: "RUS")) == [.countryUnfit])
    }

    @Test("What each kind asks for", arguments: DocumentKind.allCases)
    func demands(_ kind: DocumentKind) throws {
        #expect(!kind.label.ru.isEmpty && !kind.label.en.isEmpty)
        #expect(kind.demand(for: .number) == .required)
        #expect((kind.demand(for: .title) == .required) == (kind == .other))
        #expect((kind.demand(for: .languages) == .required) == !kind.isRussian)
        #expect(Set(DocumentKind.allCases.map(\.label.ru)).count == DocumentKind.allCases.count)
        let document = IdentityDocument(
            kind: kind,
            number: DocumentNumber(series: nil, number: "", kind: kind),
            holder: PersonName(surname: "", givenName: "")
        )
        let missing = Set(DocumentRules(day: today).findings(document).filter { $0.code == .fieldMissing }.map(\.field))
        let required = DocumentField.allCases.filter { kind.demand(for: $0) == .required }
        #expect(missing == Set(required.map(Optional.some).filter { $0 != .country || !kind.isRussian }))
    }

    @Test("Countries: ISO 3166-1 with ICAO's own codes, named in both languages")
    func countries() throws {
        #expect(CountryCode.all.count == 249 + 26)
        #expect(CountryCode(rawValue: "rus") == .russia)
        #expect(CountryCode(rawValue: "DEU")?.rawValue == "D")
        #expect(CountryCode(rawValue: "ZZZ") == nil && CountryCode(rawValue: "") == nil)
        #expect(CountryCode.russia.name == BilingualText(ru: "Россия", en: "Russia"))
        #expect(CountryCode(rawValue: "D")?.name.ru == "Германия")
        for code in CountryCode.all {
            #expect(!code.name.ru.isEmpty && code.name.ru != code.rawValue, "\(code)")
        }
        let data = try JSONEncoder().encode([CountryCode.stateless])
        #expect(String(decoding: data, as: UTF8.self) == #"["XXA"]"#)
        #expect(throws: (any Error).self) { try JSONDecoder().decode([CountryCode].self, from: Data(#"["QQQ"]"#.utf8)) }
    }
}
