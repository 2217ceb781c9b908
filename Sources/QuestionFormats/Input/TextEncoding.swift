/// The encoding of a text file, told from its bytes.
public struct TextEncoding: Hashable, Sendable {
    /// How sure it is.
    public enum Basis: String, Hashable, Sendable {
        /// A byte-order mark, or the file is well-formed UTF-8.
        case certain
        /// Guessed from the frequencies of letters.
        case guessed
    }

    /// The name as IANA registers it, in lower case.
    public var name: String
    /// How sure it is.
    public var basis: Basis
    /// How many bytes of a byte-order mark stand before the text.
    var markLength: Int

    /// Tells the encoding of a source, which is read once to the end.
    ///
    /// Without a mark, what is well-formed UTF-8 is UTF-8; else the Russian one-byte encodings are compared by the
    /// frequencies of the letters that they make of the bytes.
    static func detect(_ source: ByteSource) throws -> TextEncoding {
        let next = try source.open()
        var head: [UInt8] = []
        var validator = UTF8Validator()
        var frequencies = [Int](repeating: 0, count: 256)
        var isolated = 0
        var previousIsHigh = false
        while let piece = try next() {
            if head.count < 4096 {
                head += piece.prefix(4096 - head.count)
                if let marked = marked(head) { return marked }
            }
            validator.feed(piece)
            for byte in piece {
                frequencies[Int(byte)] += 1
                if byte >= 0x80, !previousIsHigh { isolated += 1 }
                previousIsHigh = byte >= 0x80
            }
        }
        if validator.isComplete { return TextEncoding(name: "utf-8", basis: .certain, markLength: 0) }
        // A damaged or cut file in UTF-8 is still that, not Western letters in disorder.
        if validator.multibyteCount > 10 * validator.errorCount {
            return TextEncoding(name: "utf-8", basis: .guessed, markLength: 0)
        }
        return try guess(frequencies, runs: isolated)
    }

    private static func marked(_ head: [UInt8]) -> TextEncoding? {
        if head.starts(with: [0xEF, 0xBB, 0xBF]) {
            return TextEncoding(name: "utf-8", basis: .certain, markLength: 3)
        }
        if head.starts(with: [0xFF, 0xFE]) { return TextEncoding(name: "utf-16le", basis: .certain, markLength: 2) }
        if head.starts(with: [0xFE, 0xFF]) { return TextEncoding(name: "utf-16be", basis: .certain, markLength: 2) }
        // Text has no zero bytes; in UTF-16 every second one is zero wherever there is ASCII.
        guard head.count >= 4, head.contains(0) else { return nil }
        let even = stride(from: 0, to: head.count, by: 2).count { head[$0] == 0 }
        let odd = stride(from: 1, to: head.count, by: 2).count { head[$0] == 0 }
        if odd > 0, even == 0 { return TextEncoding(name: "utf-16le", basis: .guessed, markLength: 0) }
        if even > 0, odd == 0 { return TextEncoding(name: "utf-16be", basis: .guessed, markLength: 0) }
        return nil
    }

    /// The most frequent Russian letters, о е а и н т с р в л, as each encoding writes them in lower case.
    private static let russian: [(name: String, letters: [UInt8])] = [
        ("windows-1251", [0xEE, 0xE5, 0xE0, 0xE8, 0xED, 0xF2, 0xF1, 0xF0, 0xE2, 0xEB]),
        ("koi8-r", [0xCF, 0xC5, 0xC1, 0xC9, 0xCE, 0xD4, 0xD3, 0xD2, 0xD7, 0xCC]),
        ("ibm866", [0xAE, 0xA5, 0xA0, 0xA8, 0xAD, 0xE2, 0xE1, 0xE0, 0xA2, 0xAB]),
    ]

    private static func guess(_ frequencies: [Int], runs: Int) throws -> TextEncoding {
        guard frequencies[0] == 0 else {
            throw FileRefusal(
                .unknownEncoding,
                ru: "В файле есть нулевые байты: это не текст.",
                en: "There are zero bytes in the file: it is not text."
            )
        }
        let high = frequencies[0x80...].reduce(0, +)
        // In Western languages accented letters stand alone, in Russian words nearly every letter is beyond ASCII.
        if high < 2 * runs { return TextEncoding(name: "windows-1252", basis: .guessed, markLength: 0) }
        var best = (name: "windows-1251", score: -1)
        for (name, letters) in russian {
            let score = letters.reduce(0) { $0 + frequencies[Int($1)] }
            if score > best.score { best = (name, score) }
        }
        return TextEncoding(name: best.name, basis: .guessed, markLength: 0)
    }
}

/// Checks that bytes are well-formed UTF-8, piece by piece (Unicode, table 3-7).
struct UTF8Validator {
    /// Sequences that are not UTF-8.
    private(set) var errorCount = 0
    /// Characters of several bytes.
    private(set) var multibyteCount = 0
    private var expected = 0
    private var lower: UInt8 = 0x80
    private var upper: UInt8 = 0xBF

    /// Whether everything fed so far is well-formed and no character is cut.
    var isComplete: Bool { errorCount == 0 && expected == 0 }

    mutating func feed(_ bytes: [UInt8]) {
        for byte in bytes {
            if byte < 0x80, expected == 0 { continue }
            if expected > 0 {
                if lower <= byte, byte <= upper {
                    expected -= 1
                    (lower, upper) = (0x80, 0xBF)
                    if expected == 0 { multibyteCount += 1 }
                    continue
                }
                errorCount += 1
                (expected, lower, upper) = (0, 0x80, 0xBF)
            }
            switch byte {
            case 0x00...0x7F: continue
            case 0xC2...0xDF: expected = 1
            case 0xE0: (expected, lower) = (2, 0xA0)
            case 0xED: (expected, upper) = (2, 0x9F)
            case 0xE1...0xEF: expected = 2
            case 0xF0: (expected, lower) = (3, 0x90)
            case 0xF4: (expected, upper) = (3, 0x8F)
            case 0xF1...0xF3: expected = 3
            default: errorCount += 1
            }
        }
    }
}
