import Foundation
import IdentityDocuments
import Testing

@Suite("C4: zones as people type them and as recognition gives them")
struct TypingTests {
    private static let whole = Specimen.td3.replacing("\n", with: "")

    @Test(
        "Lower case, spaces, guillemets, Cyrillic look-alikes, one line, fillers too few or too many are tolerated",
        arguments: [
            Specimen.td3.lowercased(), whole, Specimen.td3.replacing("<", with: " < "),
            Specimen.td3.replacing("<", with: "‹"), Specimen.td3.replacing("<<", with: "«"),
            Specimen.td3.replacing("<", with: "«"), "\n\n" + Specimen.td3.replacing("\n", with: "\r\n\r\n") + "  ",
            Specimen.td3.replacing("MARIA<<<<<<<<<<<<<<<<<<<", with: "MARIA"),
            Specimen.td3.replacing("MARIA", with: "MARIA<<<<"), Specimen.td3.replacing("A", with: "А"),
            Specimen.td3.replacing("P<UTOERIKSSON", with: "Р<UТОERIКSSОN"),
        ]
    )
    func tolerated(_ text: String) {
        let reading = MRZReading(typed: text, on: today)
        #expect(reading.faults == [])
        #expect(reading.zone?.lines.joined(separator: "\n") == Specimen.td3)
        #expect(reading.repairs == [])
    }

    @Test(
        "Recognition's look-alikes are put right where the field admits one character only, and are reported",
        arguments: [
            ("7408122F", "74O8122F", 2, 16, "O", "0"), ("1204159", "I204159", 2, 22, "I", "1"),
            ("36UTO", "36UT0", 2, 13, "0", "O"), ("<<ANNA", "<<4NNA", 1, 16, "4", "A"),
            ("P<UTO", "P<UT0", 1, 5, "0", "O"), ("<10", "<1O", 2, 44, "O", "0"),
        ]
    )
    func repaired(_ right: String, _ wrong: String, _ line: Int, _ column: Int, _ from: String, _ to: String) throws {
        let text = Specimen.td3.replacing(right, with: wrong)
        #expect(text != Specimen.td3)
        let typed = MRZReading(typed: text, on: today)
        #expect(!typed.isSound && typed.repairs.isEmpty)
        let reading = MRZReading(recognised: text, on: today)
        #expect(reading.isSound)
        #expect(reading.zone?.lines.joined(separator: "\n") == Specimen.td3)
        let repair = try #require(reading.repairs.first)
        #expect(reading.repairs.count == 1)
        #expect(repair.kind == .lookAlike)
        #expect((repair.line, repair.column) == (line, column))
        #expect((repair.from, repair.to) == (from, to))
    }

    @Test("A number of letters and digits is never guessed at, a Russian one of digits is put right")
    func numbers() {
        // C3 read as G3: both are possible there, and the check digit says no.
        let foreign = Specimen.td3.replacing("L898902C3", with: "L8989O2C3")
        let reading = MRZReading(recognised: foreign, on: today)
        #expect(!reading.isSound)
        #expect(reading.repairs == [])
        #expect(reading.zone?.documentNumber == "L8989O2C3")
        let russian = Written.td3(names: "IVANOV<<IVAN", number: "710234561").replacing("710234561", with: "71O23456I")
        let repaired = MRZReading(recognised: russian, on: today)
        #expect(repaired.isSound)
        #expect(repaired.zone?.documentNumber == "710234561")
        #expect(repaired.repairs.count == 2)
    }

    @Test("Nothing is put right when a check digit still says no")
    func notRepaired() {
        let text = Specimen.td3.replacing("7408122F", with: "74O8132F")
        let reading = MRZReading(recognised: text, on: today)
        #expect(!reading.isSound)
        #expect(reading.repairs == [])
        #expect(reading.zone?.birthDate.text == "74O813")
    }

    @Test("Lost and invented fillers in the longest run are put right, and reported", arguments: [3, 4, 6, 7, 9])
    func fillers(_ count: Int) {
        let text = Specimen.td3.replacing("6B<<<<<10", with: "6B" + String(repeating: "<", count: count) + "10")
        let reading = MRZReading(recognised: text, on: today)
        #expect(reading.isSound)
        #expect(reading.zone?.lines.joined(separator: "\n") == Specimen.td3)
        #expect(reading.repairs.map(\.kind) == [.fillerCount])
        #expect(MRZReading(typed: text, on: today).zone == nil)
    }

    @Test("The codes of the Russian passport's names have no 0, 1 and 5: they are put right")
    func russianNames() {
        let text = Written.russianPassport(surname: "Соколов", givenName: "Илья", patronymic: "Ильич")
        let misread = text.replacing("SOKOLOV", with: "S0K0L0V").replacing("<<IL98", with: "<<1L98")
        let reading = MRZReading(recognised: misread, on: today)
        #expect(reading.isSound)
        #expect(reading.zone?.lines.joined(separator: "\n") == text)
        #expect(reading.repairs.count == 4)
    }

    @Test("Random text is never a sound zone and never a crash")
    func noise() {
        var generator = SystemRandomNumberGenerator()
        let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<<<<<<\n «éЖ🙂P<RUS")
        for _ in 0..<3000 {
            let count = Int.random(in: 0...120, using: &generator)
            let text = String((0..<count).map { _ in alphabet.randomElement(using: &generator) ?? "<" })
            #expect(!MRZReading(recognised: text, on: today).isSound)
            // The same with a head that looks right.
            let head = "P<RUS" + text.filter { !$0.isNewline }.prefix(39) + "\n"
            let body = String((0..<44).map { _ in alphabet.randomElement(using: &generator) ?? "<" })
            #expect(!MRZReading(recognised: head + body, on: today).isSound)
        }
    }

    @Test("A reading goes into the record and comes back as it was")
    func coding() throws {
        for text in [Specimen.td3, Specimen.russianPassport, Specimen.td3.replacing("L898", with: "L899")] {
            let reading = MRZReading(recognised: text, on: today)
            let data = try JSONEncoder().encode(reading)
            #expect(try JSONDecoder().decode(MRZReading.self, from: data) == reading)
        }
    }
}
