/// Why a picture of a document led to no answer. "Not read" is an answer, not an error.
public struct DocumentReadingError: Error, Equatable, Sendable, CustomStringConvertible {
    /// What went wrong, as a stable word.
    public struct Code: RawRepresentable, Hashable, Sendable {
        /// The word used in logs and in the interface's problem documents.
        public let rawValue: String

        /// Wraps a word.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// As many pictures are waiting as may wait; try again later.
        public static let busy = Code(rawValue: "busy")

        /// The model is missing, or not the one that was measured.
        public static let modelUnusable = Code(rawValue: "model_unusable")
    }

    /// What went wrong. For a picture that cannot be decoded, the code of the decoder: `picture_…`.
    public let code: Code
    /// What went wrong, for a person.
    public let reason: String

    /// Makes an error.
    public init(_ code: Code, _ reason: String) {
        self.code = code
        self.reason = reason
    }

    /// The code and the reason.
    public var description: String { "\(code.rawValue): \(reason)" }

    /// Errors are equal when their codes are.
    public static func == (one: DocumentReadingError, other: DocumentReadingError) -> Bool {
        one.code == other.code
    }
}
