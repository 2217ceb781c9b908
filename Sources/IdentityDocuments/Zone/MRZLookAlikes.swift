/// Characters that recognition takes for one another, and the exchange where a field leaves no choice.
enum MRZLookAlikes {
    /// Letters that are taken for digits.
    static let digits: [Character: Character] = [
        "O": "0", "Q": "0", "D": "0", "U": "0", "I": "1", "L": "1", "J": "1", "Z": "2", "A": "4", "S": "5", "G": "6",
        "T": "7", "B": "8",
    ]

    /// Digits that are taken for letters.
    static let letters: [Character: Character] = [
        "0": "O", "1": "I", "2": "Z", "4": "A", "5": "S", "6": "G", "7": "T", "8": "B",
    ]

    /// Exchanges the look-alikes of all fields that admit only digits, only letters, or only the codes of the Russian
    /// passport. A field of letters and digits is left alone: there every character is possible.
    static func repair(_ lines: inout [[Character]], format: MRZFormat) -> [MRZRepair] {
        var repairs: [MRZRepair] = []
        // The head first: the state that issued it tells what its number is made of.
        for column in 0..<min(5, lines[0].count) { exchange(&lines, 0, column, letters, &repairs) }
        for field in MRZLayout.of(format, lines: lines).fields {
            let table: [Character: Character]
            switch field.content {
            case .digits, .digitsOrFillers: table = digits
            case .letters: table = letters
            case .russianCodes: table = ["0": "O", "1": "I", "5": "S"]
            case .sex, .any, .fillers: continue
            }
            for column in field.columns where !field.content.admits(lines[field.line][column - 1]) {
                exchange(&lines, field.line, column - 1, table, &repairs)
            }
        }
        return repairs
    }

    private static func exchange(
        _ lines: inout [[Character]],
        _ line: Int,
        _ column: Int,
        _ table: [Character: Character],
        _ repairs: inout [MRZRepair]
    ) {
        let found = lines[line][column]
        guard let right = table[found] else { return }
        lines[line][column] = right
        repairs.append(
            MRZRepair(kind: .lookAlike, line: line + 1, column: column + 1, from: String(found), to: String(right))
        )
    }
}
