/// Text with the markup it is written in.
public struct FormattedText: Hashable, Sendable, Codable {
    /// How the text is marked up; the names are those of Moodle's GIFT format.
    public enum Format: String, Hashable, Sendable, Codable, CaseIterable {
        /// Plain text, shown as it is.
        case plain
        /// HTML, to be cleaned before it is shown.
        case html
        /// Markdown.
        case markdown
        /// Moodle auto-format: text with line breaks, links and some HTML.
        case moodle
    }

    /// The markup.
    public var format: Format
    /// The text.
    public var text: String

    /// Makes a text; without a format it is plain.
    public init(_ text: String, format: Format = .plain) {
        self.format = format
        self.text = text
    }
}
