public import Foundation

/// A table for a spreadsheet or a CSV file.
public struct SpreadsheetTable: Sendable {
    /// A cell's value.
    public enum Cell: Hashable, Sendable {
        /// Text; never a formula, whatever it begins with.
        case text(String)
        /// A whole number.
        case number(Int)
        /// Nothing.
        case empty
    }

    /// The sheet's name, at most 31 characters.
    public var name: String
    /// When it was made.
    public var createdAt: Date
    /// What stands above the table, a line each.
    public var preamble: [[Cell]]
    /// The columns' titles.
    public var titles: [String]
    /// The rows; each has as many cells as there are titles.
    public var rows: [[Cell]]

    /// Makes a table.
    public init(name: String, createdAt: Date, preamble: [[Cell]] = [], titles: [String], rows: [[Cell]]) {
        self.name = name
        self.createdAt = createdAt
        self.preamble = preamble
        self.titles = titles
        self.rows = rows
    }

    /// The table as CSV (RFC 4180) as Excel opens it where the decimal sign is a comma: UTF-8 with a byte order mark,
    /// semicolons, CRLF.
    ///
    /// Text that a spreadsheet would take for a formula gets an apostrophe in front (OWASP, CSV Injection): names come
    /// from outside.
    public var csv: Data {
        let lines = [titles.map { Cell.text($0) }] + rows
        let text = lines.map { $0.map(Self.field).joined(separator: ";") + "\r\n" }.joined()
        return Data(("\u{FEFF}" + text).utf8)
    }

    private static func field(_ cell: Cell) -> String {
        switch cell {
        case .empty: ""
        case .number(let number): String(number)
        case .text(let text): quoted(guarded(text))
        }
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
        guard text.unicodeScalars.contains(where: { "\";\r\n,\t".unicodeScalars.contains($0) }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}
