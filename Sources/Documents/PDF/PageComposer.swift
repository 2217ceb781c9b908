import CPango
import Foundation

/// Breaks a document into pages: first everything is measured, then drawn, because each page says how many there are.
final class PageComposer {
    /// Something with a height that is not split; the closure draws it with its upper edge at a place.
    struct Piece {
        var height: Double
        /// What is repeated above it where it begins a page.
        var head: [Piece] = []
        /// Whether the next piece must stand on the same page.
        var staysWithNext = false
        var draw: (_ cairo: OpaquePointer, _ top: Double) -> Void
    }

    /// A4 in points, and the margins: the left one is for binding.
    static let pageWidth = 595.276
    static let pageHeight = 841.89
    static let left = 62.0
    static let right = 34.0
    static let top = 42.0
    static let bottom = 48.0
    static var width: Double { pageWidth - left - right }
    static var lowest: Double { pageHeight - bottom }

    /// The most bytes that a document may have.
    static let maximumBytes = 16 * 1024 * 1024

    /// Pango's context for measuring.
    let context: OpaquePointer

    init(_ fonts: FontBook) throws {
        guard let context = pango_font_map_create_context(fonts.map) else {
            throw DocumentError(.notWritten, "Pango does not start.")
        }
        self.context = context
        // Hints depend on a screen; without them a line breaks at the same place everywhere.
        guard let options = cairo_font_options_create() else { return }
        cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
        cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
        pango_cairo_context_set_font_options(context, options)
        cairo_font_options_destroy(options)
    }

    deinit {
        cpango_release(UnsafeMutableRawPointer(context))
    }

    /// The file.
    func compose(_ document: PrintedDocument) throws -> Data {
        let pages = pages(of: try document.blocks.flatMap { try pieces(of: $0) })
        var bytes = Data()
        let surface = try PDFSurface(
            width: Self.pageWidth,
            height: Self.pageHeight,
            title: document.title,
            createdAt: document.createdAt
        ) { piece in
            guard bytes.count + piece.count <= Self.maximumBytes else {
                throw DocumentError(.tooLarge, "The document has too many pages.")
            }
            bytes += piece
        }
        for (index, page) in pages.enumerated() {
            for (piece, top) in page { piece.draw(surface.context, top) }
            try drawFooter(document.footer, page: index + 1, of: pages.count, on: surface.context)
            cairo_show_page(surface.context)
        }
        try surface.end()
        return bytes
    }

    // MARK: - Pages

    private func pages(of pieces: [Piece]) -> [[(Piece, Double)]] {
        var pages: [[(Piece, Double)]] = [[]]
        var top = Self.top
        for (index, piece) in pieces.enumerated() {
            if !pages[pages.count - 1].isEmpty, top + needed(pieces[index...]) > Self.lowest {
                pages.append([])
                top = Self.top
                for head in piece.head {
                    pages[pages.count - 1].append((head, top))
                    top += head.height
                }
            }
            pages[pages.count - 1].append((piece, top))
            top += piece.height
        }
        return pages
    }

    /// The height of a piece with those that must stay with it; what is higher than a page is broken all the same.
    private func needed(_ pieces: ArraySlice<Piece>) -> Double {
        var height = 0.0
        for piece in pieces {
            height += piece.height
            if !piece.staysWithNext { break }
        }
        return min(height, Self.lowest - Self.top)
    }

    private func drawFooter(_ text: String, page: Int, of count: Int, on cairo: OpaquePointer) throws {
        let numberWidth = 90.0
        let note = try layout(text, width: Self.width - numberWidth, size: 7.5)
        let number = try layout("стр. \(page) из \(count)", width: numberWidth, size: 7.5, alignment: .right)
        let top = Self.pageHeight - Self.bottom + 10
        note.draw(on: cairo, x: Self.left, y: top)
        number.draw(on: cairo, x: Self.left + Self.width - numberWidth, y: top)
    }

    // MARK: - Shorthands

    func layout(
        _ text: String,
        width: Double,
        size: Double,
        isBold: Bool = false,
        alignment: PrintedDocument.Alignment = .left,
        most: Double = TextLayout.mostHeight
    ) throws -> TextLayout {
        try TextLayout(
            text,
            context: context,
            width: width,
            size: size,
            isBold: isBold,
            alignment: alignment,
            most: most
        )
    }

    static func line(_ cairo: OpaquePointer, from: (Double, Double), to: (Double, Double), width: Double = 0.6) {
        cairo_set_line_width(cairo, width)
        cairo_move_to(cairo, from.0, from.1)
        cairo_line_to(cairo, to.0, to.1)
        cairo_stroke(cairo)
    }
}
