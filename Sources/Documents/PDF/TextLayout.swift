import CPango
import Foundation

/// A piece of text broken into lines for a width.
final class TextLayout {
    private let layout: OpaquePointer
    /// How wide it may be, in points.
    let width: Double
    /// How high it is, in points.
    let height: Double

    /// The height that fits on a page beside a table's head.
    static let mostHeight = 600.0

    /// - Parameters:
    ///   - context: Pango's, which knows the fonts.
    ///   - most: the height that is filled, in points.
    init(
        _ text: String,
        context: OpaquePointer,
        width: Double,
        size: Double,
        isBold: Bool = false,
        alignment: PrintedDocument.Alignment = .left,
        most: Double = TextLayout.mostHeight
    ) throws {
        guard let layout = pango_layout_new(context), let font = pango_font_description_new() else {
            throw DocumentError(.notWritten, "Pango does not start.")
        }
        defer { pango_font_description_free(font) }
        pango_font_description_set_family(font, FontBook.family)
        pango_font_description_set_absolute_size(font, size * Double(PANGO_SCALE))
        pango_font_description_set_weight(font, isBold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL)
        pango_layout_set_font_description(layout, font)
        pango_layout_set_width(layout, Int32((width * Double(PANGO_SCALE)).rounded(.down)))
        pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR)
        // What would not fit on a page ends with an ellipsis on it.
        pango_layout_set_height(layout, Int32(most * Double(PANGO_SCALE)))
        pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END)
        switch alignment {
        case .left: pango_layout_set_alignment(layout, PANGO_ALIGN_LEFT)
        case .center: pango_layout_set_alignment(layout, PANGO_ALIGN_CENTER)
        case .right: pango_layout_set_alignment(layout, PANGO_ALIGN_RIGHT)
        }
        let line = Self.printable(text)
        pango_layout_set_text(layout, line, Int32(line.utf8.count))
        var logical = PangoRectangle()
        pango_layout_get_extents(layout, nil, &logical)
        self.layout = layout
        self.width = width
        height = Double(logical.height) / Double(PANGO_SCALE)
    }

    deinit {
        cpango_release(UnsafeMutableRawPointer(layout))
    }

    /// The text without what breaks a line or a page, or turns the order of reading round: none of it belongs into a name
    /// or a title.
    static func printable(_ text: String) -> String {
        var kept = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator: kept.append(" ")
            case .surrogate, .privateUse, .unassigned: kept.append("\u{FFFD}")
            case .format where scalar.properties.isBidiControl: continue
            default: kept.append(scalar)
            }
        }
        return String(kept)
    }

    /// How far the text itself reaches from the left, in points.
    var reach: Double {
        var logical = PangoRectangle()
        pango_layout_get_extents(layout, nil, &logical)
        return Double(logical.x + logical.width) / Double(PANGO_SCALE)
    }

    /// Draws it with its upper left corner at a point.
    func draw(on cairo: OpaquePointer, x: Double, y: Double) {
        cairo_move_to(cairo, x, y)
        pango_cairo_show_layout(cairo, layout)
    }
}
