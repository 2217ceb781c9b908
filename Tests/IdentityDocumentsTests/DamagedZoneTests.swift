import IdentityDocuments
import Testing

@Suite("C4: damaged machine-readable zones")
struct DamagedZoneTests {
    private static let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<")

    /// Columns of the data line that check digits cover or are.
    private static let covered = Set(Array(1...10) + Array(14...20) + Array(22...44))

    private static func damaged(column: Int, to character: Character) -> String {
        var lines = Specimen.td3.split(separator: "\n").map { Array($0) }
        lines[1][column - 1] = character
        return lines.map { String($0) }.joined(separator: "\n")
    }

    @Test("Every digit of TD3 that is changed into another digit is caught, in every covered column")
    func digits() {
        let line = Array(Specimen.td3.split(separator: "\n")[1])
        var changes = 0
        for column in Self.covered where line[column - 1].isNumber {
            for digit in "0123456789" where digit != line[column - 1] {
                changes += 1
                let reading = MRZReading(typed: Self.damaged(column: column, to: digit), on: today)
                #expect(!reading.isSound, "column \(column) changed to \(digit)")
            }
        }
        #expect(changes == 30 * 9)
    }

    @Test("Of all single changes those that pass are of equal value modulo ten, or in columns without a check digit")
    func allCharacters() {
        let line = Array(Specimen.td3.split(separator: "\n")[1])
        let value: (Character) -> Int = { Self.alphabet.firstIndex(of: $0).map { $0 == 36 ? 0 : $0 % 10 } ?? 0 }
        var missedCovered = 0
        var missedUncovered = 0
        var changes = 0
        for column in 1...44 {
            for character in Self.alphabet where character != line[column - 1] {
                changes += 1
                let reading = MRZReading(typed: Self.damaged(column: column, to: character), on: today)
                guard reading.isSound else { continue }
                if Self.covered.contains(column) {
                    missedCovered += 1
                    #expect(value(character) == value(line[column - 1]), "column \(column): \(character)")
                } else {
                    missedUncovered += 1
                }
            }
        }
        #expect(changes == 44 * 36)
        // Letters for digits and the like in number and optional data: 7-3-1 cannot tell A from K, U, 0 and <.
        #expect(missedCovered == Self.missedByWeights(line))
        // Nationality (another state's code) and sex: nothing checks them.
        #expect(missedUncovered > 0)
    }

    /// What 7-3-1 misses in the columns where letters are allowed, counted without the parser.
    private static func missedByWeights(_ line: [Character]) -> Int {
        let value: (Character) -> Int = { character in
            alphabet.firstIndex(of: character).map { $0 == 36 ? 0 : $0 % 10 } ?? 0
        }
        return (Array(1...9) + Array(29...42)).reduce(0) { sum, column in
            sum + alphabet.count { $0 != line[column - 1] && value($0) == value(line[column - 1]) }
        }
    }

    @Test("Neighbours exchanged are caught unless their values differ by five (or ten)")
    func transposed() {
        let line = Array(Specimen.td3.split(separator: "\n")[1])
        for column in Self.covered where Self.covered.contains(column + 1) && line[column - 1] != line[column] {
            var changed = line
            changed.swapAt(column - 1, column)
            let text = Specimen.td3.split(separator: "\n")[0] + "\n" + String(changed)
            let reading = MRZReading(typed: String(text), on: today)
            guard let one = line[column - 1].wholeNumberValue, let other = line[column].wholeNumberValue else {
                continue
            }
            if abs(one - other) != 5 { #expect(!reading.isSound, "columns \(column) and \(column + 1)") }
        }
    }

    @Test(
        "A fault says where it lies and which check digit belongs there",
        arguments: [
            (1, "M", MRZFieldName.documentNumberCheck, 1...10, 3, "6"), (10, "7", .documentNumberCheck, 1...10, 6, "7"),
            (15, "3", .birthDateCheck, 14...20, 9, "2"), (27, "6", .expiryDateCheck, 22...28, 0, "9"),
            (37, "C", .optionalDataCheck, 29...43, 2, "1"),
        ] as [(Int, Character, MRZFieldName, ClosedRange<Int>, Int, String)]
    )
    func located(
        _ column: Int,
        _ character: Character,
        _ field: MRZFieldName,
        _ columns: ClosedRange<Int>,
        _ expected: Int,
        _ found: String
    ) throws {
        let reading = MRZReading(typed: Self.damaged(column: column, to: character), on: today)
        let fault = try #require(reading.faults.first { $0.field == field })
        #expect(fault.code == .wrongCheckDigit)
        #expect(fault.line == 2)
        #expect(fault.columns == columns)
        #expect(fault.expected == expected)
        #expect(fault.found == found)
        #expect(fault.text.ru.contains("Строка 2") && fault.text.en.contains("Line 2"))
        #expect(!reading.isSound)
    }

    @Test(
        "What is no zone is said to be none",
        arguments: [
            "", "hello", "P<UTO", String(repeating: "<", count: 88), String(repeating: "A\n", count: 90),
            Specimen.td3 + "\n" + Specimen.td3, String(Specimen.td1.dropLast(32)), "P<UTOERIKSSON\nL898",
            String(repeating: "P", count: 5000),
        ]
    )
    func noZone(_ text: String) {
        let reading = MRZReading(typed: text, on: today)
        #expect(reading.zone == nil)
        #expect(!reading.faults.isEmpty && !reading.isSound)
        #expect(MRZReading(recognised: text, on: today).zone == nil)
    }

    @Test("A line that is too short is named")
    func wrongLength() {
        let text = String(Specimen.td3.dropLast(2))
        let reading = MRZReading(typed: text, on: today)
        #expect(reading.zone == nil)
        #expect(reading.faults.map(\.code) == [.wrongLength])
        #expect(reading.faults.map(\.line) == [2])
    }

    @Test(
        "Impossible days, unknown states, missing names and numbers, foreign characters",
        arguments: [
            (Written.td3(names: "IVANOV<<IVAN", born: "901315"), MRZFault.Code.impossibleDate, MRZFieldName.birthDate),
            (Written.td3(names: "IVANOV<<IVAN", expires: "300231"), .impossibleDate, .expiryDate),
            (Written.td3(names: "IVANOV<<IVAN", born: "9001<5"), .impossibleDate, .birthDate),
            (Written.td3(names: "IVANOV<<IVAN", expires: "3005<<"), .impossibleDate, .expiryDate),
            (Written.td3(names: "IVANOV<<IVAN", issuer: "QQQ"), .unknownState, .issuer),
            (Written.td3(names: "IVANOV<<IVAN", nationality: "DEU"), .unknownState, .nationality),
            (Written.td3(names: ""), .namesMissing, .names),
            (Written.td3(names: "IVANOV<<IVAN", issuer: "UZB", number: ""), .numberMissing, .documentNumber),
            (Written.td3(names: "IVANOV<<IVAN2"), .wrongCharacter, .names),
            (Written.td3(names: "IVANOV<<IVÄN"), .wrongCharacter, .names),
            (Written.td3(names: "IVANOV<<IVAN", sex: "H"), .wrongCharacter, .sex),
            (Written.td3(names: "IVANOV<<IVAN", number: "71A234567"), .wrongCharacter, .documentNumber),
        ]
    )
    func meaning(_ text: String, _ code: MRZFault.Code, _ field: MRZFieldName) {
        let reading = MRZReading(typed: text, on: today)
        #expect(reading.faults.map(\.code) == [code])
        #expect(reading.faults.map(\.field) == [field])
    }

    @Test("Unknown parts of a date of birth are fillers and no fault (Doc 9303-3)")
    func unknownBirthday() {
        let reading = MRZReading(typed: Written.td3(names: "IVANOV<<IVAN", born: "90<<<<"), on: today)
        #expect(reading.faults == [])
        #expect(reading.zone?.birthDate.date == nil)
        #expect(reading.zone?.birthDate.isPartlyUnknown == true)
    }

    @Test(
        "Centuries: births are never to come, expiry days are within fifty years",
        arguments: [
            ("261121", "2026-11-21", "300520", "2030-05-20"), ("261122", "1926-11-22", "761121", "1976-11-21"),
            ("000229", "2000-02-29", "751231", "2075-12-31"), ("991231", "1999-12-31", "260101", "2026-01-01"),
        ]
    )
    func centuries(_ born: String, _ birthDay: String, _ expires: String, _ expiryDay: String) {
        let zone = MRZReading(typed: Written.td3(names: "A<<B", born: born, expires: expires), on: today).zone
        #expect(zone?.birthDate.date == day(birthDay))
        #expect(zone?.expiryDate?.date == day(expiryDay))
    }
}
