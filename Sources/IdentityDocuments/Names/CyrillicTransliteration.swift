/// Cyrillic to Latin as machine-readable travel documents have it: ICAO Doc 9303-3 section 6, table B.
///
/// The Russian passport for travel has been spelt so since 2014. The soft sign, which the table leaves out, becomes
/// nothing. Where the table names a spelling for one nation only, the general one is used here; `NameSpellings` knows the
/// others.
public enum CyrillicTransliteration {
    /// The Latin spelling in upper case; what is no Cyrillic letter stays as it is.
    public static func latin(_ text: String) -> String {
        text.uppercased().map { letters[$0] ?? String($0) }.joined()
    }

    static let letters: [Character: String] = [
        "А": "A", "Б": "B", "В": "V", "Г": "G", "Д": "D", "Е": "E", "Ё": "E", "Ж": "ZH", "З": "Z", "И": "I", "І": "I",
        "Й": "I", "К": "K", "Л": "L", "М": "M", "Н": "N", "О": "O", "П": "P", "Р": "R", "С": "S", "Т": "T", "У": "U",
        "Ф": "F", "Х": "KH", "Ц": "TS", "Ч": "CH", "Ш": "SH", "Щ": "SHCH", "Ы": "Y", "Ъ": "IE", "Ь": "", "Э": "E",
        "Ю": "IU", "Я": "IA", "Ѵ": "Y", "Ґ": "G", "Ў": "U", "Ѫ": "U", "Ѓ": "G", "Ђ": "D", "Ѕ": "DZ", "Ј": "J", "Ќ": "K",
        "Љ": "LJ", "Њ": "NJ", "Ћ": "C", "Џ": "DZ", "Є": "IE", "Ї": "I",
    ]
}
