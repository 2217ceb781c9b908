public import Foundation

/// What the check of a bundle found.
public struct BundleReport: Hashable, Sendable, Encodable {
    /// Something that is not as it should be.
    public struct Problem: Hashable, Sendable, Encodable {
        /// What is wrong, as a stable code.
        public enum Code: String, Hashable, Sendable, Encodable {
            /// No archive, or an unsafe one.
            case archive
            /// A file is missing, or is not listed, or stands in the list twice.
            case files
            /// A file's content is not what the list says.
            case digest
            /// A signed note is none, or is not signed by the key that is trusted.
            case signature
            /// The checkpoint is none.
            case checkpoint
            /// A line is no record, or records are not in rising order.
            case record
            /// The proof does not lead from the record to the checkpoint.
            case proof
            /// What is opened is not what the record commits to.
            case opened
            /// The time stamp is not one of the checkpoint, or not by the authority that is trusted.
            case timeStamp = "time_stamp"
            /// Fewer of the trusted witnesses than asked for have cosigned the checkpoint.
            case witness
        }

        /// What is wrong.
        public var code: Code
        /// The file, where there is one.
        public var file: String?
        /// The record's index, where there is one.
        public var index: UInt64?
        /// What is wrong, in words.
        public var reason: String
    }

    /// The most problems that are told one by one.
    public static let problemLimit = 100

    /// What was found, in the order of finding; at most ``problemLimit``.
    public internal(set) var problems: [Problem] = []
    /// How many problems there are.
    public internal(set) var problemCount = 0
    /// The log's name.
    public internal(set) var origin: String?
    /// The key that signed the checkpoint: the trusted one, or one that notes lead to from it.
    public internal(set) var signedBy: String?
    /// The size of the log that the proofs lead to.
    public internal(set) var logSize: UInt64?
    /// When the bundle was made, as it says itself.
    public internal(set) var madeAt: Date?
    /// How many records there are, and how many files they open.
    public internal(set) var records = 0
    /// How many files were found to be what a record commits to.
    public internal(set) var opened = 0
    /// The moment that a trusted authority stamped; nil where there is no stamp or no authority to trust.
    public internal(set) var stampedAt: Date?

    /// The trusted witnesses that have cosigned the checkpoint, by name, with the moments that they say.
    public internal(set) var cosignedAt: [String: Date] = [:]

    /// Whether everything was found as it should be.
    public var isSound: Bool { problemCount == 0 }

    mutating func add(_ code: Problem.Code, file: String? = nil, index: UInt64? = nil, _ reason: String) {
        problemCount += 1
        guard problems.count < Self.problemLimit else { return }
        problems.append(Problem(code: code, file: file, index: index, reason: reason))
    }
}
