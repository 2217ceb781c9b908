/// An operation of the log that reached no result.
///
/// Equality goes by code alone.
public struct TransparencyLogError: Error, Sendable {
    /// What went wrong; open, so that new codes break nobody's `switch`.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        /// The code's stable name.
        public let description: String

        private init(_ name: String) {
            description = name
        }

        /// An index or a size lies outside the log.
        public static let outOfRange = Code("out_of_range")
        /// The store lacks a node that the log's size says it has.
        public static let missingNode = Code("missing_node")
        /// Text is not a signed note, a checkpoint or a verifier key.
        public static let malformedNote = Code("malformed_note")
        /// Text is not JSON, or not JSON that has a canonical form.
        public static let malformedJSON = Code("malformed_json")
        /// A body lacks a member that each record has, or holds one that it may not have.
        public static let malformedRecord = Code("malformed_record")
        /// The log no longer continues the checkpoint that it signed last.
        public static let inconsistentCheckpoint = Code("inconsistent_checkpoint")
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
}

extension TransparencyLogError: Equatable, CustomStringConvertible {
    /// Compares the codes only.
    public static func == (left: TransparencyLogError, right: TransparencyLogError) -> Bool {
        left.code == right.code
    }

    /// The code and the reason in one line.
    public var description: String { "\(code): \(reason)" }
}
