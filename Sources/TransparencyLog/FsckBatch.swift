import Cryptography
import Dispatch

/// Entries that follow each other, with the stored nodes over them.
struct FsckBatch {
    /// What can be found out about entries without the tree.
    struct Prepared: Sendable {
        var leaves: [SHA256Digest] = []
        var areFactsRight: [Bool] = []

        init(_ entries: [LogEntry]) {
            leaves.reserveCapacity(entries.count)
            areFactsRight.reserveCapacity(entries.count)
            for entry in entries {
                leaves.append(entry.leafHash)
                areFactsRight.append(LogBody.states(entry.kind, entry.timestamp, in: entry.body))
            }
        }
    }

    let first: UInt64
    let count: Int
    let entries: [LogEntry]
    private let levels: [[SHA256Digest]]
    private let work: Ahead<Prepared>?

    /// As few entries are hashed sooner than handed to another thread.
    private static let fewest = 256
    private static let queue = DispatchQueue(label: "attestd.fsck")

    init(first: UInt64, count: Int, entries: [LogEntry], levels: [[SHA256Digest]]) {
        self.first = first
        self.count = count
        self.entries = entries
        self.levels = levels
        work = entries.count < Self.fewest ? nil : Ahead(on: Self.queue) { Prepared(entries) }
    }

    /// The entry after the last one.
    var end: UInt64 { first + UInt64(count) }

    /// Waits for what is being found out.
    func prepared() -> Prepared { work?.value() ?? Prepared(entries) }

    /// A stored node; those over more than this batch are asked for.
    func node(_ position: NodePosition, _ store: some LogStore) throws -> SHA256Digest? {
        let start = first >> UInt64(position.level)
        guard position.level < levels.count, position.index >= start else { return try store.logNode(position) }
        let offset = Int(position.index - start)
        return offset < levels[position.level].count ? levels[position.level][offset] : nil
    }
}

/// A value that another thread works out meanwhile.
private final class Ahead<Value: Sendable>: @unchecked Sendable {
    private let isDone = DispatchGroup()
    private var result: Value?

    init(on queue: DispatchQueue, _ body: @escaping @Sendable () -> Value) {
        queue.async(group: isDone) { self.result = body() }
    }

    func value() -> Value? {
        isDone.wait()
        return result
    }
}
