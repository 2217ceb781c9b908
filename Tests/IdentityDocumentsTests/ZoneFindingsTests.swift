import Accounts
import IdentityDocuments
import Testing

@Suite("C4: the zone beside the document's fields and the account")
struct ZoneFindingsTests {
    typealias Code = DocumentFinding.Code

    private static let account = PersonName(surname: "Иванов", givenName: "Пётр", patronymic: "Олегович")
    private static let rules = DocumentRules(day: today)

    private static func travelPassport(number: String = "1234567", expires: String = "2030-05-20") -> IdentityDocument {
        IdentityDocument(
            kind: .russianTravelPassport,
            number: DocumentNumber(series: "71", number: number, kind: .russianTravelPassport),
            expiryDate: day(expires),
            holder: account,
            birthDate: day("1990-01-15")
        )
    }

    private static func codes(
        _ text: String?,
        _ document: IdentityDocument = travelPassport(),
        _ account: PersonName = account
    ) -> [Code] {
        rules.findings(text.map { MRZReading(typed: $0, on: today) }, of: document, account: account).map(\.code)
    }

    @Test("A zone that agrees with fields and account leaves nothing to say, a patronymic that it cannot have included")
    func agrees() {
        #expect(Self.codes(Written.td3(names: "IVANOV<<PETR")) == [])
    }

    @Test(
        "What contradicts is said for each field",
        arguments: [
            (travelPassport(number: "1234568"), [DocumentField.number]),
            (travelPassport(expires: "2030-05-21"), [.expiryDate]),
        ]
    )
    func contradicts(_ document: IdentityDocument, _ fields: [DocumentField]) {
        let reading = MRZReading(typed: Written.td3(names: "IVANOV<<PETR"), on: today)
        let findings = Self.rules.findings(reading, of: document, account: Self.account)
        #expect(findings.map(\.code) == fields.map { _ in .zoneContradicts })
        #expect(findings.map(\.field) == fields)
        #expect(!findings.admitDecision)
        // Texts name fields, not what stands in them.
        #expect(findings.allSatisfy { !$0.text.en.contains("1234") && !$0.text.ru.contains("1234") })
    }

    @Test("A faulty zone is an error, and what it says is not held against anybody")
    func faulty() {
        let text = Written.td3(names: "PETROV<<IVAN").replacing("711234567", with: "711234568")
        let codes = Self.codes(text)
        #expect(Set(codes) == [.zoneFault])
    }

    @Test("Another name is an error in Russian documents and a warning in foreign ones")
    func names() {
        #expect(Self.codes(Written.td3(names: "PETROV<<IVAN")) == [.nameDiffers])
        #expect(Self.codes(Written.td3(names: "IVANOV<<PYOTR")) == [.nameNear])
        let document = IdentityDocument(
            kind: .foreignPassport,
            number: DocumentNumber(series: nil, number: "AB1234567", kind: .foreignPassport),
            country: CountryCode(rawValue: "USA"),
            expiryDate: day("2030-05-20"),
            holder: Self.account,
            languages: ["en"]
        )
        let john = PersonName(surname: "Джонсон", givenName: "Мэри")
        let zone = Written.td3(names: "JOHNSON<<MARY", issuer: "USA", number: "AB1234567", nationality: "USA")
        let findings = Self.rules.findings(MRZReading(typed: zone, on: today), of: document, account: john)
        #expect(findings.map(\.code) == [.nameDiffers])
        #expect(findings.admitDecision)
    }

    @Test("A passport for travel without a zone, a visa's zone, another passport's zone")
    func kinds() {
        #expect(Self.codes(nil) == [.fieldExpected])
        #expect(Self.codes(Specimen.mrvA).contains(.zoneContradicts))
        let internalZone = Written.russianPassport(surname: "Иванов", givenName: "Пётр", patronymic: "Олегович")
        #expect(Self.codes(internalZone).contains(.zoneContradicts))
        var document = IdentityDocument(
            kind: .russianPassport,
            number: DocumentNumber(series: "4508", number: "123456", kind: .russianPassport),
            issueDate: day("2010-02-20"),
            holder: Self.account,
            birthDate: day("1990-01-15")
        )
        #expect(Self.codes(internalZone, document) == [])
        #expect(Self.codes(nil, document) == [])
        document.issueDate = day("2010-02-21")
        #expect(Self.codes(internalZone, document) == [.zoneContradicts])
    }

    @Test("A zone put right in recognition is to be looked at")
    func repaired() {
        let text = Written.td3(names: "IVANOV<<PETR").replacing("9001156", with: "9OO1156")
        let reading = MRZReading(recognised: text.replacing("IVANOV", with: "1VANOV"), on: today)
        let findings = Self.rules.findings(reading, of: Self.travelPassport(), account: Self.account)
        #expect(findings.map(\.code) == [.zoneRepaired])
        #expect(findings.admitDecision)
    }

    @Test("An expiry day that only the zone bears counts")
    func expired() {
        var document = Self.travelPassport()
        document.expiryDate = nil
        #expect(Self.codes(Written.td3(names: "IVANOV<<PETR", expires: "261120"), document) == [.expired])
        #expect(Self.codes(Written.td3(names: "IVANOV<<PETR", expires: "261121"), document) == [])
    }
}
