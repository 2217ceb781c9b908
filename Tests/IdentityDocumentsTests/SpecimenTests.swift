import IdentityDocuments
import Testing

@Suite("C4: published machine-readable zones")
struct SpecimenTests {
    @Test(
        "All check digits agree, and every field is where Doc 9303 has it",
        arguments: [
            (Specimen.td1, MRZFormat.td1, "I", "D23145890", "UTO", "1974-08-12", "2012-04-15"),
            (Specimen.td2, .td2, "I", "D23145890", "UTO", "1974-08-12", "2012-04-15"),
            (Specimen.td3, .td3, "P", "L898902C3", "UTO", "1974-08-12", "2012-04-15"),
            (Specimen.mrvA, .mrvA, "V", "L8988901C", "XXX", "1940-09-07", "1996-12-10"),
            (Specimen.mrvB, .mrvB, "V", "L8988901C", "XXX", "1940-09-07", "1996-12-10"),
        ]
    )
    func icao(
        _ text: String,
        _ format: MRZFormat,
        _ code: String,
        _ number: String,
        _ nationality: String,
        _ born: String,
        _ expires: String
    ) throws {
        let reading = MRZReading(typed: text, on: today)
        #expect(reading.faults == [])
        #expect(reading.isSound && reading.repairs.isEmpty)
        let zone = try #require(reading.zone)
        #expect(zone.format == format)
        #expect(zone.documentCode == code)
        #expect(zone.issuer?.rawValue == "UTO")
        #expect(zone.issuer?.isSpecimen == true)
        #expect(zone.documentNumber == number)
        #expect(zone.nationality?.rawValue == nationality)
        #expect(zone.birthDate.date == day(born))
        #expect(zone.expiryDate?.date == day(expires))
        #expect(zone.sex == "F")
        #expect(zone.names.primary == ["ERIKSSON"])
        #expect(zone.names.secondary == ["ANNA", "MARIA"])
        #expect(!zone.names.fillsField)
        #expect(zone.series == nil && zone.issueDate == nil && zone.divisionCode == nil)
        #expect(zone.lines.joined(separator: "\n") == text)
    }

    @Test("Specimens of Latvia and Germany")
    func states() throws {
        let latvia = MRZReading(typed: Specimen.latvia, on: today)
        #expect(latvia.faults == [])
        #expect(latvia.zone?.documentNumber == "PA9992921")
        #expect(latvia.zone?.optionalData == ["121282<88882", ""])
        #expect(latvia.zone?.documentKind == .foreignIdentityCard)
        let germany = MRZReading(typed: Specimen.german, on: today)
        #expect(germany.faults == [])
        #expect(germany.zone?.issuer?.rawValue == "D")
        #expect(germany.zone?.documentKind == .foreignPassport)
    }

    @Test("The optional data of passport and visa are read without the fillers at their end")
    func optionalData() {
        #expect(MRZReading(typed: Specimen.td3, on: today).zone?.optionalData == ["ZE184226B"])
        #expect(MRZReading(typed: Specimen.mrvA, on: today).zone?.optionalData == ["6ZE184226B"])
    }

    @Test("A card's number longer than nine characters runs over into the optional data (example of Doc 9303-5)")
    func longNumber() {
        let text = """
            I<UTOD23145890<7349<<<<<<<<<<<
            3407127M9507122UTO<<<<<<<<<<<2
            STEVENSON<<PETER<JOHN<<<<<<<<<
            """
        let reading = MRZReading(typed: text, on: today)
        #expect(reading.faults == [])
        #expect(reading.zone?.documentNumber == "D23145890734")
        #expect(reading.zone?.optionalData == ["", ""])
        let faults = MRZReading(typed: text.replacing("7349", with: "7359"), on: today).faults
        #expect(faults.map(\.field) == [.documentNumberCheck, .compositeCheck])
    }

    @Test("The Russian internal passport: series, number, day of issue and office")
    func russianPassport() throws {
        let reading = MRZReading(typed: Specimen.russianPassport, on: today)
        #expect(reading.faults == [])
        let zone = try #require(reading.zone)
        #expect(zone.format == .russianPassport)
        #expect(zone.documentKind == .russianPassport)
        #expect(zone.series == "3914")
        #expect(zone.documentNumber == "935349")
        #expect(zone.birthDate.date == day("1972-07-23"))
        #expect(zone.issueDate?.date == day("2015-12-18"))
        #expect(zone.divisionCode == "910-003")
        #expect(zone.expiryDate == nil)
        #expect(zone.sex == "M")
        #expect(zone.names.secondary.compactMap { RussianPassportCode.name($0) } == ["ПЕТР", "ОЛЕГОВИЧ"])
    }
}
