/// What a person typed or a picture gave, made into lines of a zone's alphabet.
enum MRZText {
    /// More characters than this are no zone of 90 that was typed with spaces.
    static let mostCharacters = 400

    /// The lines of a text, upper-case and without spaces; a character that belongs to no zone stays as it is.
    ///
    /// Readers and keyboards give `«` both for two fillers and for one: each way of reading it is one candidate.
    static func candidates(of text: String) -> [[[Character]]] {
        guard text.count <= mostCharacters else { return [] }
        let readings = text.contains("«") || text.contains("»") ? ["<<", "<"] : ["<<"]
        return readings.map { lines(of: text, guillemet: $0) }
    }

    private static func lines(of text: String, guillemet: String) -> [[Character]] {
        var lines: [[Character]] = []
        for line in text.split(whereSeparator: \.isNewline) {
            var characters: [Character] = []
            for character in line.uppercased() where !character.isWhitespace {
                switch character {
                case "«", "»": characters += guillemet
                case "‹", "›", "＜", "〈", "≤": characters.append("<")
                default: characters.append(lookAlikes[character] ?? character)
                }
            }
            if !characters.isEmpty { lines.append(characters) }
        }
        if lines.count == 1, let only = lines.first, let format = whole[only.count] {
            return stride(from: 0, to: only.count, by: format).map { Array(only[$0..<($0 + format)]) }
        }
        return lines
    }

    /// Zones typed as one line, and how long the lines in them are.
    private static let whole = [90: 30, 72: 36, 88: 44]

    /// Cyrillic letters of the same look, as a Russian keyboard gives them.
    private static let lookAlikes: [Character: Character] = [
        "А": "A", "В": "B", "Е": "E", "К": "K", "М": "M", "Н": "H", "О": "O", "Р": "P", "С": "C", "Т": "T", "У": "Y",
        "Х": "X", "І": "I", "Ѕ": "S", "Ј": "J",
    ]
}
