/// Why a picture or a set of models led to no result.
///
/// "There is no face" is a result, not an error.
public struct FaceAnalysisError: Error, Equatable, Sendable, CustomStringConvertible {
    /// What went wrong, as a stable word.
    public struct Code: RawRepresentable, Hashable, Sendable {
        /// The word used in logs and in the interface's problem documents.
        public let rawValue: String

        /// Wraps a word.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// The file has more bytes than the limits allow.
        public static let pictureTooLarge = Code(rawValue: "picture_too_large")
        /// The picture has more pixels than the limits allow.
        public static let pictureTooManyPixels = Code(rawValue: "picture_too_many_pixels")
        /// The file is neither JPEG nor PNG, or an unusual variant.
        public static let pictureUnsupportedFormat = Code(rawValue: "picture_unsupported_format")
        /// The file is damaged or cut short.
        public static let pictureCorrupt = Code(rawValue: "picture_corrupt")
        /// The manifest or a model's weights are not there: the set-up has not been run.
        public static let modelsMissing = Code(rawValue: "models_missing")
        /// The manifest cannot be read, or the weights are not the ones it names.
        public static let modelsCorrupt = Code(rawValue: "models_corrupt")
        /// As many pictures are waiting as may wait; try again later.
        public static let busy = Code(rawValue: "busy")
        /// The task was cancelled while its picture was waiting.
        public static let cancelled = Code(rawValue: "cancelled")
        /// Something failed inside the engine.
        public static let engineFailure = Code(rawValue: "engine_failure")
    }

    /// What went wrong.
    public let code: Code
    /// What went wrong, for a person.
    public let reason: String

    /// Makes an error.
    public init(_ code: Code, _ reason: String) {
        self.code = code
        self.reason = reason
    }

    /// Whether the picture is to blame, so that another picture may do better.
    public var isAboutPicture: Bool {
        [.pictureTooLarge, .pictureTooManyPixels, .pictureUnsupportedFormat, .pictureCorrupt].contains(code)
    }

    /// The code and the reason.
    public var description: String { "\(code.rawValue): \(reason)" }

    /// Errors are equal when their codes are.
    public static func == (one: FaceAnalysisError, other: FaceAnalysisError) -> Bool {
        one.code == other.code
    }
}
