public import Cryptography

/// A log in memory, for tests, measurements and tools; confined to one thread at a time.
public final class InMemoryLogStore: LogStore {
    /// The entries, by their index.
    public var entries: [LogEntry] = []
    /// The hashes of complete subtrees: the first key is the level, the second the place in it.
    public var nodes: [[SHA256Digest]] = []
    /// The checkpoints, oldest first.
    public var checkpoints: [Checkpoint] = []

    /// An empty log.
    public init() {}

    /// The number of entries.
    public func logSize() -> UInt64 { UInt64(entries.count) }

    /// The hash at a position; nil as long as that subtree is not complete.
    public func logNode(_ position: NodePosition) -> SHA256Digest? {
        guard position.level < nodes.count, position.index < nodes[position.level].count else { return nil }
        return nodes[position.level][Int(position.index)]
    }

    /// The hashes from `index` on in a level, at most `limit`.
    public func logNodes(level: Int, from index: UInt64, limit: Int) -> [SHA256Digest] {
        guard level < nodes.count else { return [] }
        return Array(nodes[level].dropFirst(Int(index)).prefix(limit))
    }

    /// Adds one entry with the hashes of the subtrees that it completes.
    public func insertLogEntry(_ entry: LogEntry, completing added: [SHA256Digest]) {
        precondition(entry.index == entries.count, "Entries are added at the end.")
        entries.append(entry)
        for (level, hash) in added.enumerated() {
            if nodes.count == level { nodes.append([]) }
            nodes[level].append(hash)
            precondition(nodes[level].count == entries.count >> level, "Each entry completes the subtrees it ends.")
        }
    }

    /// The entries with indices from `index` on, at most `limit`.
    public func logEntries(from index: UInt64, limit: Int) -> [LogEntry] {
        Array(entries.dropFirst(Int(index)).prefix(limit))
    }

    /// The newest checkpoint.
    public func latestCheckpoint() -> Checkpoint? { checkpoints.last }

    /// The checkpoints of `size` entries and more, at most `limit`.
    public func storedCheckpoints(from size: UInt64, limit: Int) -> [StoredCheckpoint] {
        let found = checkpoints.filter { $0.size >= size }.prefix(limit)
        return found.map { StoredCheckpoint(size: $0.size, note: $0.encoded) }
    }

    /// How many rows there are.
    public func logCounts() -> LogCounts {
        LogCounts(
            entries: UInt64(entries.count),
            nodes: UInt64(nodes.reduce(0) { $0 + $1.count }),
            checkpoints: UInt64(checkpoints.count)
        )
    }

    /// Adds a checkpoint.
    public func insertCheckpoint(_ checkpoint: Checkpoint) { checkpoints.append(checkpoint) }
}
