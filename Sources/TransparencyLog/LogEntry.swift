public import Cryptography
public import Foundation

/// One entry as it is stored.
///
/// The kind and the moment repeat what the body states, so that a store can search by them; fsck compares.
public struct LogEntry: Hashable, Sendable {
    /// The place in the log, from 0.
    public let index: UInt64
    /// What happened; as in the body.
    public let kind: String
    /// When it happened; as in the body, to the millisecond.
    public let timestamp: Date
    /// The canonical JSON that the leaf commits to.
    public let body: [UInt8]

    /// An entry from storage; nothing is checked here.
    public init(index: UInt64, kind: String, timestamp: Date, body: [UInt8]) {
        self.index = index
        self.kind = kind
        self.timestamp = timestamp
        self.body = body
    }

    /// A new entry.
    init(index: UInt64, _ body: LogBody) {
        self.init(index: index, kind: body.kind, timestamp: body.timestamp, body: body.bytes)
    }

    /// The hash of the entry's leaf (RFC 9162 §2.1.1).
    public var leafHash: SHA256Digest { MerkleTree.leafHash(body) }
}
