/// A text, files or both, graded by a person.
public struct OpenResponse: Hashable, Sendable, Codable {
    /// What text is wanted.
    public struct TextPart: Hashable, Sendable, Codable {
        /// How it is written.
        public enum Editor: String, Hashable, Sendable, Codable, CaseIterable {
            /// With formatting.
            case rich
            /// With formatting and pictures.
            case richWithFiles = "rich_with_files"
            /// Without formatting.
            case plain
            /// Without formatting, in a font for programs.
            case monospaced
        }

        /// How it is written.
        public var editor: Editor
        /// Whether it must be given.
        public var isRequired: Bool
        /// How many lines the field shows.
        public var lines: Int
        /// The fewest words.
        public var minimumWords: Int?
        /// The most words.
        public var maximumWords: Int?
        /// What stands in the field at first.
        public var template: RichText?

        /// Makes a text part.
        public init(
            editor: Editor = .rich,
            isRequired: Bool = true,
            lines: Int = 15,
            minimumWords: Int? = nil,
            maximumWords: Int? = nil,
            template: RichText? = nil
        ) {
            self.editor = editor
            self.isRequired = isRequired
            self.lines = lines
            self.minimumWords = minimumWords
            self.maximumWords = maximumWords
            self.template = template
        }
    }

    /// What files are wanted.
    public struct FilePart: Hashable, Sendable, Codable {
        /// The most files; nil for any number.
        public var maximum: Int?
        /// How many must be given.
        public var required: Int
        /// The accepted kinds: suffixes (`.pdf`), groups (`image`) or media types; empty for any.
        public var types: [String]
        /// The most bytes a file may have; nil where the source does not say.
        public var maximumBytes: Int?

        /// Makes a file part.
        public init(maximum: Int?, required: Int = 0, types: [String] = [], maximumBytes: Int? = nil) {
            self.maximum = maximum
            self.required = required
            self.types = types
            self.maximumBytes = maximumBytes
        }
    }

    /// The text wanted; nil for none.
    public var text: TextPart?
    /// The files wanted; nil for none.
    public var files: FilePart?
    /// What the person who grades should know.
    public var graderNote: RichText?

    enum CodingKeys: String, CodingKey {
        case text, files
        case graderNote = "grader_note"
    }

    /// Makes an open response.
    public init(text: TextPart?, files: FilePart? = nil, graderNote: RichText? = nil) {
        self.text = text
        self.files = files
        self.graderNote = graderNote
    }
}
