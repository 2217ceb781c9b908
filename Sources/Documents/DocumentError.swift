/// A document that could not be made.
public struct DocumentError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What went wrong; open, so that new codes break nobody's `switch`.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        /// The code's stable name.
        public let description: String

        private init(_ name: String) {
            description = name
        }

        /// The fonts are not where the program looks for them.
        public static let fontsMissing = Code("fonts_missing")
        /// A library failed.
        public static let notWritten = Code("not_written")
        /// More than a document may hold.
        public static let tooLarge = Code("too_large")
    }

    /// What went wrong.
    public let code: Code
    /// What went wrong, for people; no contents of the document.
    public let reason: String

    /// Makes an error.
    public init(_ code: Code, _ reason: String) {
        self.code = code
        self.reason = reason
    }

    /// Compares the codes only.
    public static func == (left: DocumentError, right: DocumentError) -> Bool { left.code == right.code }

    /// The code and the reason in one line.
    public var description: String { "\(code): \(reason)" }
}
