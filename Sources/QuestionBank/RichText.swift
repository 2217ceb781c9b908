/// Text with the markup it is written in, and the files that it shows.
///
/// Formulas stay in the text as they came: TeX between its delimiters (`$$…$$`, `\(…\)`, `\[…\]`), MathML as elements
/// in HTML. A file is referred to by ``MediaFile/marker``.
public struct RichText: Hashable, Sendable, Codable {
    /// How the text is marked up.
    public enum Format: String, Hashable, Sendable, Codable, CaseIterable {
        /// Plain text, shown as it is.
        case plain
        /// HTML, to be cleaned before it is shown.
        case html
        /// Markdown.
        case markdown
        /// Moodle's auto-format: text with line breaks, links and some HTML.
        case moodle = "moodle_auto"
    }

    /// The text.
    public var text: String
    /// The markup.
    public var format: Format
    /// The files that the text refers to.
    public var files: [MediaFile]

    /// Makes a text; without a format it is plain.
    public init(_ text: String, format: Format = .plain, files: [MediaFile] = []) {
        self.text = text
        self.format = format
        self.files = files
    }

    /// Whether there is nothing to show.
    public var isEmpty: Bool { text.isEmpty && files.isEmpty }

    /// The same text, or nil when there is nothing to show.
    public var ifNotEmpty: RichText? { isEmpty ? nil : self }
}
