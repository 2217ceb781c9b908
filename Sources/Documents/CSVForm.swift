public import Foundation

/// How comma-separated values are written (RFC 4180).
///
/// Text that a spreadsheet would take for a formula gets an apostrophe in front (OWASP, CSV Injection): names come from
/// outside.
public struct CSVForm: Hashable, Sendable {
    /// What stands between fields.
    public var separator: Character
    /// Whether a file begins with a byte order mark, by which spreadsheets know UTF-8.
    public var hasByteOrderMark: Bool

    /// As the RFC has it, with a byte order mark.
    public static let standard = CSVForm(separator: ",")
    /// As spreadsheets want it where the decimal sign is a comma.
    public static let semicolons = CSVForm(separator: ";")

    /// Creates a form.
    public init(separator: Character, hasByteOrderMark: Bool = true) {
        self.separator = separator
        self.hasByteOrderMark = hasByteOrderMark
    }

    /// What a file begins with.
    public var beginning: Data { hasByteOrderMark ? Data("\u{FEFF}".utf8) : Data() }

    /// One record with its end of line.
    public func line(_ cells: [SpreadsheetTable.Cell]) -> Data {
        var bytes: [UInt8] = []
        append(cells, to: &bytes)
        return Data(bytes)
    }

    /// Appends one record with its end of line.
    public func append(_ cells: [SpreadsheetTable.Cell], to bytes: inout [UInt8]) {
        let separator = Array(String(separator).utf8)
        for (number, cell) in cells.enumerated() {
            if number > 0 { bytes.append(contentsOf: separator) }
            switch cell {
            case .empty: break
            case .number(let number): bytes.append(contentsOf: String(number).utf8)
            case .decimal(let number): bytes.append(contentsOf: String(number).utf8)
            case .text(let text): Self.appendQuoted(Self.guarded(text), to: &bytes)
            }
        }
        bytes.append(0x0d)
        bytes.append(0x0a)
    }

    /// What begins like a formula, even after spaces, is made text.
    static func guarded(_ text: String) -> String {
        // A letter or a digit of ASCII or Cyrillic in front is no formula; that is nearly every text.
        if let byte = text.utf8.first, isHarmless(byte) { return text }
        let first = text.unicodeScalars.first { !$0.properties.isWhitespace || $0 == "\t" || $0 == "\r" || $0 == "\n" }
        guard let first, dangerous.contains(first) else { return text }
        return "'" + text
    }

    private static let dangerous: Set<Unicode.Scalar> = [
        "=", "+", "-", "@", "\t", "\r", "\n", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}",
    ]

    private static func isHarmless(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0xd0, 0xd1: true
        default: false
        }
    }

    private static func appendQuoted(_ text: String, to bytes: inout [UInt8]) {
        let isPlain = text.utf8.allSatisfy { byte in
            switch byte {
            case 0x22, 0x2c, 0x3b, 0x0d, 0x0a, 0x09: false  // " , ; CR LF TAB
            default: true
            }
        }
        guard !isPlain else { return bytes.append(contentsOf: text.utf8) }
        bytes.append(0x22)
        for byte in text.utf8 {
            if byte == 0x22 { bytes.append(0x22) }
            bytes.append(byte)
        }
        bytes.append(0x22)
    }
}
