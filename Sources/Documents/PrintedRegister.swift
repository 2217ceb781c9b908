import CPango
public import Foundation

/// A register for printing on A4 across, page by page in constant memory, whatever the number of its rows.
///
/// The number of pages is not known while they are made: the last page states it, and how many rows there are. Used on
/// one thread at a time.
public final class PrintedRegister {
    /// What stands at the head of the first page, and around all pages.
    public struct Heading: Sendable {
        /// What the file calls itself; no personal data.
        public var title: String
        /// Lines above the title: the institution.
        public var above: [String]
        /// Lines below it: the period, what was chosen.
        public var below: [String]
        /// What stands at the foot of each page.
        public var footer: String
        /// The word before a page's number.
        public var page: String
        /// When it was made.
        public var createdAt: Date
        /// The table's columns.
        public var columns: [PrintedDocument.Table.Column]

        /// Creates a heading.
        public init(
            title: String,
            above: [String],
            below: [String],
            footer: String,
            page: String,
            createdAt: Date,
            columns: [PrintedDocument.Table.Column]
        ) {
            self.title = title
            self.above = above
            self.below = below
            self.footer = footer
            self.page = page
            self.createdAt = createdAt
            self.columns = columns
        }
    }

    private let heading: Heading
    private let composer: PageComposer
    private let surface: PDFSurface
    private let widths: [Double]
    private let head: Row
    private var top = PrintedRegister.margin
    private var isPageEmpty = true
    /// How many pages are begun.
    public private(set) var pages = 1

    private struct Row {
        var cells: [TextLayout]
        var height: Double
    }

    private static let width = PageComposer.pageHeight
    private static let height = PageComposer.pageWidth
    private static let margin = 34.0
    private static let bottom = 44.0
    private static let padding = 3.0
    private static var tableWidth: Double { width - 2 * margin }

    /// Begins a register.
    ///
    /// - Parameter output: takes the file's bytes as they come.
    /// - Throws: ``DocumentError``.
    public init(_ heading: Heading, output: @escaping (Data) throws -> Void) throws {
        self.heading = heading
        composer = try PageComposer(FontBook())
        surface = try PDFSurface(
            width: Self.width,
            height: Self.height,
            title: heading.title,
            createdAt: heading.createdAt,
            output: output
        )
        let total = heading.columns.reduce(0) { $0 + $1.weight }
        widths = heading.columns.map { $0.weight / total * Self.tableWidth }
        head = try Self.row(heading.columns.map(\.title), widths, heading.columns, composer, isHead: true)
        for line in heading.above { try draw(line, size: 11) }
        try draw(heading.title, size: 14, isBold: true)
        for line in heading.below { try draw(line, size: 10) }
        top += 8
        draw(head)
    }

    /// Adds rows; each has as many cells as there are columns.
    public func add(_ rows: [[String]]) throws {
        for cells in rows {
            let row = try Self.row(cells, widths, heading.columns, composer, isHead: false)
            if top + row.height > Self.height - Self.bottom, !isPageEmpty {
                try nextPage()
                draw(head)
            }
            draw(row)
            isPageEmpty = false
        }
    }

    /// Ends the register with lines below the table; `{pages}` in them becomes the number of pages.
    public func finish(_ closing: [String]) throws {
        top += 12
        if top + Double(closing.count) * 16 > Self.height - Self.bottom { try nextPage() }
        for line in closing {
            try draw(line.replacing("{pages}", with: String(pages)), size: 10, alignment: .left)
        }
        try endPage()
        try surface.end()
    }

    // MARK: - Pages

    private func nextPage() throws {
        try endPage()
        pages += 1
        top = Self.margin
        isPageEmpty = true
    }

    private func endPage() throws {
        let numberWidth = 80.0
        let note = try composer.layout(heading.footer, width: Self.tableWidth - numberWidth, size: 7)
        let number = try composer.layout(
            "\(heading.page) \(pages)",
            width: numberWidth,
            size: 7.5,
            alignment: .right
        )
        let top = Self.height - Self.bottom + 8
        note.draw(on: surface.context, x: Self.margin, y: top)
        number.draw(on: surface.context, x: Self.margin + Self.tableWidth - numberWidth, y: top)
        cairo_show_page(surface.context)
        try surface.check()
    }

    private func draw(
        _ line: String,
        size: Double,
        isBold: Bool = false,
        alignment: PrintedDocument.Alignment = .center
    ) throws {
        let text = try composer.layout(
            line,
            width: Self.tableWidth,
            size: size,
            isBold: isBold,
            alignment: alignment
        )
        text.draw(on: surface.context, x: Self.margin, y: top)
        top += text.height + 3
    }

    // MARK: - Rows

    private static func row(
        _ cells: [String],
        _ widths: [Double],
        _ columns: [PrintedDocument.Table.Column],
        _ composer: PageComposer,
        isHead: Bool
    ) throws -> Row {
        let layouts = try zip(zip(cells, widths), columns).map { pair, column in
            try composer.layout(
                pair.0,
                width: pair.1 - 2 * padding,
                size: isHead ? 8 : 8.5,
                isBold: isHead,
                alignment: isHead ? .center : column.alignment,
                most: 400
            )
        }
        return Row(cells: layouts, height: max(15, (layouts.map(\.height).max() ?? 0) + 2 * padding))
    }

    private func draw(_ row: Row) {
        var x = Self.margin
        cairo_set_line_width(surface.context, 0.5)
        for (cell, width) in zip(row.cells, widths) {
            cairo_rectangle(surface.context, x, top, width, row.height)
            cairo_stroke(surface.context)
            cell.draw(on: surface.context, x: x + Self.padding, y: top + (row.height - cell.height) / 2)
            x += width
        }
        top += row.height
    }
}
