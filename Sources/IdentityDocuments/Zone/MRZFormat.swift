/// The kinds of machine-readable zones that are read.
public enum MRZFormat: String, Hashable, Sendable, Codable, CaseIterable {
    /// Cards, three lines of 30 characters (ICAO Doc 9303-5).
    case td1
    /// Larger cards, two lines of 36 (Doc 9303-6).
    case td2
    /// Passports, two lines of 44 (Doc 9303-4).
    case td3
    /// Visas of a passport page's size, two lines of 44 (Doc 9303-7).
    case mrvA = "mrv_a"
    /// Smaller visas, two lines of 36 (Doc 9303-7).
    case mrvB = "mrv_b"
    /// The passport of a citizen of Russia within the country, two lines of 44. The names are coded letter by letter, and
    /// what follows the expiry date is its own (order of the Ministry of the Interior of Russia of 16.11.2020 No 773,
    /// annex 24; before it order No 851 of 13.11.2017 and the Federal Migration Service's order No 279).
    case russianPassport = "russian_passport"

    /// How many lines.
    public var lineCount: Int { self == .td1 ? 3 : 2 }

    /// Characters in a line.
    public var lineLength: Int {
        switch self {
        case .td1: 30
        case .td2, .mrvB: 36
        case .td3, .mrvA, .russianPassport: 44
        }
    }

    /// The line that holds the names, from 0.
    var nameLine: Int { self == .td1 ? 2 : 0 }

    /// Whether a line would be the first one of this format.
    func begins(with line: some StringProtocol) -> Bool {
        switch self {
        case .mrvA, .mrvB: line.hasPrefix("V")
        case .russianPassport: line.hasPrefix("PNRUS")
        case .td3: line.hasPrefix("P") && !line.hasPrefix("PNRUS")
        case .td1, .td2: ["A", "C", "I"].contains { line.hasPrefix($0) }
        }
    }
}
