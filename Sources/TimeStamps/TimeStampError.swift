/// Why there is no time stamp, or none that can be trusted.
public struct TimeStampError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What went wrong; open, so that new codes break nobody's `switch`.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        /// The code's stable name.
        public let description: String

        private init(_ name: String) {
            description = name
        }

        /// The trusted certificates cannot be read.
        public static let certificate = Code("certificate")
        /// The authority was not reached, or did not answer as RFC 3161 says.
        public static let unreachable = Code("unreachable")
        /// The authority refused to stamp.
        public static let refused = Code("refused")
        /// The stamp is of something else, answers another request, or is not by an authority that is trusted.
        public static let notAuthentic = Code("not_authentic")
        /// The library failed.
        public static let library = Code("library")
    }

    /// What went wrong.
    public let code: Code
    /// What went wrong, for people.
    public let reason: String

    /// Makes an error.
    public init(_ code: Code, _ reason: String) {
        self.code = code
        self.reason = reason
    }

    /// Compares the codes only.
    public static func == (left: TimeStampError, right: TimeStampError) -> Bool { left.code == right.code }

    /// The code and the reason in one line.
    public var description: String { "\(code): \(reason)" }
}
