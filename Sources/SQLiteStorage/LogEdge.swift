import Cryptography
import TransparencyLog

/// The right edge of the log as the running transaction left it: all that the next append has to know of the tree.
///
/// Within a group of transactions the edge need not be read from the database again for each.
struct LogEdge {
    private(set) var size: UInt64 = 0
    /// The last hash of each level, from the leaves up; nil where the transaction completed none.
    private var last: [SHA256Digest?] = []

    /// An entry was added at the end, and completed these subtrees.
    mutating func add(_ entry: LogEntry, completing nodes: [SHA256Digest]) {
        while last.count < nodes.count { last.append(nil) }
        for (level, node) in nodes.enumerated() { last[level] = node }
        size = entry.index + 1
    }

    /// The hash at a position where it is its level's last one and of this transaction.
    func node(_ position: NodePosition) -> SHA256Digest? {
        guard position.level < last.count, position.index + 1 == size >> UInt64(position.level) else { return nil }
        return last[position.level]
    }
}
