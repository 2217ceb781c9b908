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
        var line = ""
        for (number, cell) in cells.enumerated() {
            if number > 0 { line.append(separator) }
            switch cell {
            case .empty: break
            case .number(let number): line += String(number)
            case .decimal(let number): line += String(number)
            case .text(let text): line += Self.quoted(Self.guarded(text))
            }
        }
        return Data((line + "\r\n").utf8)
    }

    /// What begins like a formula, even after spaces, is made text.
    static func guarded(_ text: String) -> String {
        let first = text.unicodeScalars.first { !$0.properties.isWhitespace || $0 == "\t" || $0 == "\r" || $0 == "\n" }
        guard let first, dangerous.contains(first) else { return text }
        return "'" + text
    }

    private static let dangerous: Set<Unicode.Scalar> = [
        "=", "+", "-", "@", "\t", "\r", "\n", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}",
    ]

    private static func quoted(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy {
            $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: ";") && $0 != UInt8(ascii: "\r")
                && $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\t")
        }
        return isPlain ? text : "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}
