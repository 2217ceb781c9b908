public import Foundation

/// A document for printing on A4: blocks one under the other, broken into pages by the writer.
public struct PrintedDocument: Sendable {
    /// What the file calls itself; no personal data, since programs show it outside the document.
    public var title: String
    /// When it was made: the same contents and time give the same bytes.
    public var createdAt: Date
    /// What stands at the foot of each page, left of the page's number.
    public var footer: String
    /// The contents.
    public var blocks: [Block]

    /// Makes a document.
    public init(title: String, createdAt: Date, footer: String, blocks: [Block]) {
        self.title = title
        self.createdAt = createdAt
        self.footer = footer
        self.blocks = blocks
    }

    /// Where text stands in its line.
    public enum Alignment: Sendable {
        case left, center, right
    }

    /// One part of a document.
    public enum Block: Sendable {
        /// A paragraph.
        case text(String, size: Double = 11, isBold: Bool = false, alignment: Alignment = .left)
        /// Pairs of a label and a value on a line that is drawn beneath it; two pairs a line where both are short.
        case fields([[Field]])
        /// A table with a head that each page repeats; rows are never split.
        case table(Table)
        /// Lines to sign on; they stay together on one page.
        case signatures([Signature])
        /// Empty space, in points.
        case space(Double)
    }

    /// A label and what is filled in.
    public struct Field: Sendable {
        /// What is filled in.
        public var label: String
        /// With what; an empty text leaves the line to be written on.
        public var value: String

        /// Makes a field.
        public init(_ label: String, _ value: String) {
            self.label = label
            self.value = value
        }
    }

    /// Rows of cells under a head.
    public struct Table: Sendable {
        /// A column.
        public struct Column: Sendable {
            /// What its head says.
            public var title: String
            /// Its part of the table's width, beside those of the other columns.
            public var weight: Double
            /// Where the cells' text stands.
            public var alignment: Alignment

            /// Makes a column.
            public init(_ title: String, weight: Double, alignment: Alignment = .left) {
                self.title = title
                self.weight = weight
                self.alignment = alignment
            }
        }

        /// The columns from left to right.
        public var columns: [Column]
        /// The rows; each has as many cells as there are columns.
        public var rows: [[String]]

        /// Makes a table.
        public init(columns: [Column], rows: [[String]]) {
            self.columns = columns
            self.rows = rows
        }
    }

    /// A line to sign on.
    public struct Signature: Sendable {
        /// Who signs: an office.
        public var office: String
        /// The name in full, where it is known.
        public var name: String

        /// Makes a line.
        public init(office: String, name: String) {
            self.office = office
            self.name = name
        }
    }
}
