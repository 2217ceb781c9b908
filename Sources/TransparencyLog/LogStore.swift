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

    /// Adds one entry, whose index is the log's size, with the hashes of the subtrees that it completes: its leaf first,
    /// then upwards without a gap (see ``NodePosition/lastEntry``).
    func insertLogEntry(_ entry: LogEntry, completing nodes: [SHA256Digest]) throws

    /// The entries with indices from `index` on in rising order, at most `limit`.
    func logEntries(from index: UInt64, limit: Int) throws -> [LogEntry]

    /// All entries of a kind in rising order; for kinds that are rare. There is a default that looks at each.
    func logEntries(ofKind kind: String) throws -> [LogEntry]

    /// The checkpoint of the largest size.
    func latestCheckpoint() throws -> Checkpoint?

    /// The checkpoints of `size` entries and more as they are stored, by rising size, at most `limit`.
    func storedCheckpoints(from size: UInt64, limit: Int) throws -> [StoredCheckpoint]

    /// How many there are of each sort, whatever their keys say.
    func logCounts() throws -> LogCounts

    /// Adds a checkpoint.
    func insertCheckpoint(_ checkpoint: Checkpoint) throws
}

extension LogStore {
    /// All entries of a kind in rising order; looks at each.
    public func logEntries(ofKind kind: String) throws -> [LogEntry] {
        var found: [LogEntry] = []
        var next: UInt64 = 0
        while true {
            let page = try logEntries(from: next, limit: 1000)
            guard let last = page.last else { return found }
            found += page.filter { $0.kind == kind }
            next = last.index + 1
        }
    }

    /// The hashes from `index` on in a level, at most `limit` and without a gap; asks for each.
    public func logNodes(level: Int, from index: UInt64, limit: Int) throws -> [SHA256Digest] {
        try logNodesOneByOne(level: level, from: index, limit: limit)
    }

    /// ``logNodes(level:from:limit:)`` by asking for each, for a store that has a faster way for some of them only.
    public func logNodesOneByOne(level: Int, from index: UInt64, limit: Int) throws -> [SHA256Digest] {
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

/// A checkpoint as it is stored: what it says is to be checked.
public struct StoredCheckpoint: Hashable, Sendable {
    /// The number of entries, by which it is found.
    public var size: UInt64
    /// The signed note.
    public var note: String

    /// Makes one.
    public init(size: UInt64, note: String) {
        self.size = size
        self.note = note
    }
}

/// How many of each sort a store has.
public struct LogCounts: Hashable, Sendable {
    /// Entries.
    public var entries: UInt64
    /// Hashes of complete subtrees.
    public var nodes: UInt64
    /// Checkpoints.
    public var checkpoints: UInt64

    /// Makes them.
    public init(entries: UInt64, nodes: UInt64, checkpoints: UInt64) {
        self.entries = entries
        self.nodes = nodes
        self.checkpoints = checkpoints
    }
}
