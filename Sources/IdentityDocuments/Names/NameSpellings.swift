import Foundation

/// Ways to spell a letter, or two or three of them, in a zone.
struct NameSpelling: Hashable, Sendable {
    /// What stands in the zone for it; `<` for a filler.
    let text: [Character]
    /// Why this is not the spelling that Doc 9303 asks for; empty where it is.
    let differences: NameDifferences

    init(_ text: String, _ differences: NameDifferences = []) {
        self.text = Array(text)
        self.differences = differences
    }
}

/// Tables of spellings: in the name on the left, in the zone on the right.
enum NameSpellings {
    /// The most letters that are spelt together.
    static let longest = 3

    /// Spellings of letters of a name in a zone by Doc 9303.
    static func travel(_ letters: ArraySlice<Character>) -> [NameSpelling] {
        guard letters.count == 1, let letter = letters.first else { return older[String(letters)] ?? [] }
        if let sign = separator(letter) { return sign }
        if let latin = CyrillicTransliteration.letters[letter] {
            return [NameSpelling(latin)] + (older[String(letter)] ?? [])
        }
        if let others = national[letter] { return others.map { NameSpelling($0, .spelling) } }
        if letter.isASCII { return [NameSpelling(String(letter))] + (older[String(letter)] ?? []) }
        return latinSpellings(letter)
    }

    /// Spellings of letters of a name in the zone of a Russian internal passport, decoded.
    static func russian(_ letters: ArraySlice<Character>) -> [NameSpelling] {
        guard letters.count == 1, let letter = letters.first else { return [] }
        if let sign = separator(letter) { return sign }
        let same = NameSpelling(String(letter))
        return switch letter {
        case "Ё": [same, NameSpelling("Е", .yo)]
        case "Е": [same, NameSpelling("Ё", .yo)]
        case "Й": [same, NameSpelling("И", .spelling)]
        case "И": [same, NameSpelling("Й", .spelling)]
        default: [same]
        }
    }

    private static func separator(_ letter: Character) -> [NameSpelling]? {
        switch letter {
        case "-", " ": [NameSpelling("<"), NameSpelling("", .separator)]
        // An apostrophe is left out, and the parts stand together (Doc 9303-3 section 4.6).
        case "'": [NameSpelling(""), NameSpelling("<", .separator)]
        default: nil
        }
    }

    /// Spellings of earlier rules (the orders of 1997 and 2000 with English or French spelling, GOST R 52535.1-2006), of
    /// neighbouring states, and in use.
    private static let older: [String: [NameSpelling]] = [
        "В": ["W", "FF"], "Г": ["H", "GU"], "Е": ["YE", "IE", "JE"], "Ж": ["J", "Z", "G"], "И": ["Y"],
        "Й": ["Y", "J", ""],
        "К": ["C", "CK"], "С": ["SS"], "У": ["OU"], "Ф": ["PH"], "Х": ["H", "X"], "Ц": ["TC", "C", "TZ"],
        "Ч": ["TCH", "C"], "Ш": ["CH", "SCH", "S"], "Щ": ["SCH", "SHH", "SHT", "CHTCH"], "Ъ": ["", "Y"],
        "Ы": ["I", "UI"],
        "Ь": ["Y", "I"], "Э": ["EH"], "Ю": ["YU", "JU", "IOU", "YOU"], "Я": ["YA", "JA"], "Ѓ": ["GJ"], "Ќ": ["KJ"],
        "Џ": ["DJ"], "Є": ["YE"], "Ї": ["YI"], "І": ["Y"],
        "КС": ["X"], "ИЙ": ["Y", "I", "II"], "ЫЙ": ["Y", "I"], "ДЖ": ["J"], "ИН": ["INE"], "ИЯ": ["IA", "IYA"],
        "Y": ["I", "J"], "I": ["Y"], "J": ["I", "Y"],
    ]
    .mapValues { $0.map { NameSpelling($0, .spelling) } }
    .merging(["Ё": [NameSpelling("YO", .yo), NameSpelling("IO", .yo), NameSpelling("JO", .yo), NameSpelling("O", .yo)]])
    {
        $1
    }

    /// Cyrillic letters that table B of Doc 9303 does not have.
    private static let national: [Character: [String]] = [
        "Ә": ["A"], "Ғ": ["G", "GH"], "Қ": ["K", "Q"], "Ң": ["N", "NG"], "Ө": ["O"], "Ұ": ["U"], "Ү": ["U"],
        "Һ": ["H"], "Ҳ": ["H"], "Ҷ": ["J"], "Ӣ": ["I"], "Ӯ": ["U"], "Җ": ["J"], "Ҡ": ["K", "Q"], "Ҙ": ["Z"], "Ҫ": ["S"],
    ]

    /// Latin letters beyond A to Z: Doc 9303-3 section 6, table A; others lose their marks.
    private static func latinSpellings(_ letter: Character) -> [NameSpelling] {
        if let known = latin[letter] { return known.map { NameSpelling($0) } }
        let scalars = String(letter).decomposedStringWithCanonicalMapping.unicodeScalars.filter(\.isASCII)
        let plain = String(String.UnicodeScalarView(scalars))
        // What cannot be spelt may be anything of one letter; it is not worth calling two people different.
        return plain.isEmpty ? [NameSpelling("", .spelling)] : [NameSpelling(plain)]
    }

    private static let latin: [Character: [String]] = [
        "Ä": ["AE", "A"], "Å": ["AA", "A"], "Æ": ["AE"], "Ö": ["OE", "O"], "Ø": ["OE"], "Œ": ["OE"],
        "Ü": ["UE", "U", "UXX"], "Ñ": ["N", "NXX"], "Ð": ["D"], "Đ": ["D"], "Þ": ["TH"], "Ł": ["L"], "Ħ": ["H"],
        "Ŋ": ["N"], "Ŧ": ["T"], "Ĳ": ["IJ"], "ı": ["I"], "ẞ": ["SS"], "Ƣ": ["G"],
    ]
}
