/// Why no comparison was made.
///
/// A comparison that was made and does not match is not an error but a ``Comparison``.
public struct BiometricsError: Error, Equatable, Sendable, CustomStringConvertible {
    /// What went wrong, as a stable word.
    public struct Code: RawRepresentable, Hashable, Sendable {
        /// The word used in logs and in the interface's problem documents.
        public let rawValue: String

        /// Wraps a word.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// The numbers are no template: none at all, not finite, or not of unit length.
        public static let templateInvalid = Code(rawValue: "template_invalid")
        /// The stored bytes are damaged, cut short or of another kind.
        public static let templateCorrupt = Code(rawValue: "template_corrupt")
        /// The stored bytes have a newer layout than this program knows.
        public static let templateVersionUnknown = Code(rawValue: "template_version_unknown")
        /// The templates come from different models, or not from the comparator's model.
        public static let modelMismatch = Code(rawValue: "model_mismatch")
        /// The templates have different numbers of values.
        public static let lengthMismatch = Code(rawValue: "length_mismatch")
        /// Comparisons for an estimate are impossible or too few.
        public static let trialsInvalid = Code(rawValue: "trials_invalid")
        /// The thresholds are not finite, negative, or in the wrong order.
        public static let thresholdsInvalid = Code(rawValue: "thresholds_invalid")
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

    /// The code and the reason.
    public var description: String { "\(code.rawValue): \(reason)" }

    /// Errors are equal when their codes are.
    public static func == (one: BiometricsError, other: BiometricsError) -> Bool {
        one.code == other.code
    }
}
