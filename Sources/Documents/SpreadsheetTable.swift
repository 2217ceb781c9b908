public import Foundation

/// A table for a spreadsheet or a CSV file.
public struct SpreadsheetTable: Sendable {
    /// A cell's value.
    public enum Cell: Hashable, Sendable {
        /// Text; never a formula, whatever it begins with.
        case text(String)
        /// A whole number.
        case number(Int)
        /// A number with decimals.
        case decimal(Double)
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

    /// The table as CSV as Excel opens it where the decimal sign is a comma: UTF-8 with a byte order mark, semicolons,
    /// CRLF; guarded against formulas (``CSVForm``).
    public var csv: Data {
        let form = CSVForm.semicolons
        return ([titles.map { Cell.text($0) }] + rows).reduce(into: form.beginning) { $0 += form.line($1) }
    }
}
