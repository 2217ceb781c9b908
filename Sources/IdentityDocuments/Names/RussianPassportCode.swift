/// The code of the Russian internal passport's names: one Latin letter or digit for each letter of the alphabet (order of
/// the Ministry of the Interior of Russia of 16.11.2020 No 773, annex 24).
///
/// Unlike a transliteration it can be turned back.
public enum RussianPassportCode {
    /// The code of a name; what is no Russian letter becomes a filler, runs of fillers one.
    public static func code(_ name: String) -> String {
        var code = ""
        for letter in name.uppercased() {
            let sign = codes[letter] ?? "<"
            if sign != "<" || code.last != "<" { code.append(sign) }
        }
        return code
    }

    /// The name of a code, fillers as spaces; `nil` where a character is none of the code.
    public static func name(_ code: some StringProtocol) -> String? {
        var name = ""
        for sign in code {
            guard let letter = sign == "<" ? " " : letter(for: sign) else { return nil }
            name.append(letter)
        }
        return name
    }

    static func letter(for sign: Character) -> Character? { letters[sign] }

    private static let codes: [Character: Character] = [
        "А": "A", "Б": "B", "В": "V", "Г": "G", "Д": "D", "Е": "E", "Ё": "2", "Ж": "J", "З": "Z", "И": "I", "Й": "Q",
        "К": "K", "Л": "L", "М": "M", "Н": "N", "О": "O", "П": "P", "Р": "R", "С": "S", "Т": "T", "У": "U", "Ф": "F",
        "Х": "H", "Ц": "C", "Ч": "3", "Ш": "4", "Щ": "W", "Ъ": "X", "Ы": "Y", "Ь": "9", "Э": "6", "Ю": "7", "Я": "8",
    ]

    private static let letters = Dictionary(uniqueKeysWithValues: codes.map { ($0.value, $0.key) })
}
