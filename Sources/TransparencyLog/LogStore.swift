public import Cryptography

/// Where the log lies: entries, hashes of complete subtrees, and checkpoints.
///
/// All calls of one operation of ``Log`` belong into one storage transaction. What was inserted is never changed and
/// never removed.
public protocol LogStore {
    /// The number of entries.
    func logSize() throws -> UInt64

    /// The hash at a position; nil as long as that subtree is not complete.
    func logNode(_ position: NodePosition) throws -> SHA256Digest?

    /// The hashes from `index` on in a level, at most `limit` and without a gap.
    ///
    /// There is a default that asks for each; ``Log/fsck(_:verifiers:)`` is faster with one of the store's own.
    func logNodes(level: Int, from index: UInt64, limit: Int) throws -> [SHA256Digest]

    /// Adds the hashes of subtrees that became complete; none of the positions is taken yet.
    func insertLogNodes(_ nodes: [(NodePosition, SHA256Digest)]) throws

    /// Adds one entry, whose index is the log's size.
    func insertLogEntry(_ entry: LogEntry) throws

    /// The entries with indices from `index` on in rising order, at most `limit`.
    func logEntries(from index: UInt64, limit: Int) throws -> [LogEntry]

    /// The checkpoint of the largest size.
    func latestCheckpoint() throws -> Checkpoint?

    /// Adds a checkpoint.
    func insertCheckpoint(_ checkpoint: Checkpoint) throws
}

extension LogStore {
    /// The hashes from `index` on in a level, at most `limit` and without a gap; asks for each.
    public func logNodes(level: Int, from index: UInt64, limit: Int) throws -> [SHA256Digest] {
        var nodes: [SHA256Digest] = []
        nodes.reserveCapacity(limit)
        while nodes.count < limit {
            let position = NodePosition(level: level, index: index + UInt64(nodes.count))
            guard let node = try logNode(position) else { break }
            nodes.append(node)
        }
        return nodes
    }
}
