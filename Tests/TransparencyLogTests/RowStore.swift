import Cryptography
import Foundation
import TransparencyLog

/// A log as rows with columns, as a database keeps it: what a test changes in a column is what fsck reads.
final class RowStore: LogStore {
    struct EntryRow {
        var index: Int64
        var kind: [UInt8]
        var at: Int64
        var body: [UInt8]
    }

    struct NodeRow {
        var level: Int64
        var index: Int64
        var hash: [UInt8]
    }

    struct CheckpointRow {
        var size: Int64
        var note: [UInt8]
    }

    /// By their keys, as an index would find them.
    private(set) var entries: [Int64: EntryRow] = [:]
    private(set) var nodes: [[Int64]: NodeRow] = [:]
    private(set) var checkpoints: [Int64: CheckpointRow] = [:]
    private var size: UInt64 = 0

    /// The rows of another log.
    init(_ log: InMemoryLogStore) {
        for entry in log.entries {
            entries[Int64(entry.index)] = EntryRow(
                index: Int64(entry.index),
                kind: Array(entry.kind.utf8),
                at: LogTimestamp.milliseconds(entry.timestamp),
                body: entry.body
            )
        }
        for (level, hashes) in log.nodes.enumerated() {
            for (index, hash) in hashes.enumerated() {
                let key = [Int64(level), Int64(index)]
                nodes[key] = NodeRow(level: key[0], index: key[1], hash: hash.bytes)
            }
        }
        for checkpoint in log.checkpoints {
            let size = Int64(checkpoint.size)
            checkpoints[size] = CheckpointRow(size: size, note: Array(checkpoint.encoded.utf8))
        }
        size = UInt64(entries.count)
    }

    /// Changes a row for as long as `body` runs; under a new key it takes the place of what is there.
    func changing(entry key: Int64, _ change: (inout EntryRow) -> Void, _ body: () throws -> Void) rethrows {
        guard let original = entries.removeValue(forKey: key) else { return }
        var row = original
        change(&row)
        let displaced = entries[row.index]
        defer {
            entries[row.index] = displaced
            entries[key] = original
            size = UInt64(entries.count)
        }
        entries[row.index] = row
        if row.index != key { size = UInt64(clamping: entries.keys.max() ?? -1) + 1 }
        try body()
    }

    func changing(node key: [Int64], _ change: (inout NodeRow) -> Void, _ body: () throws -> Void) rethrows {
        guard let original = nodes.removeValue(forKey: key) else { return }
        var row = original
        change(&row)
        let newKey = [row.level, row.index]
        let displaced = nodes.updateValue(row, forKey: newKey)
        defer {
            nodes[newKey] = displaced
            nodes[key] = original
        }
        try body()
    }

    func changing(checkpoint key: Int64, _ change: (inout CheckpointRow) -> Void, _ body: () throws -> Void) rethrows {
        guard let original = checkpoints.removeValue(forKey: key) else { return }
        var row = original
        change(&row)
        let displaced = checkpoints.updateValue(row, forKey: row.size)
        defer {
            checkpoints[row.size] = displaced
            checkpoints[key] = original
        }
        try body()
    }

    func logSize() -> UInt64 { size }

    func logNode(_ position: NodePosition) throws -> SHA256Digest? {
        try nodes[[Int64(position.level), Int64(position.index)]].map { try SHA256Digest(bytes: $0.hash) }
    }

    func logNodes(level: Int, from index: UInt64, limit: Int) throws -> [SHA256Digest] {
        var found: [SHA256Digest] = []
        while found.count < limit,
            let node = try logNode(NodePosition(level: level, index: index + UInt64(found.count)))
        {
            found.append(node)
        }
        return found
    }

    func logEntries(from index: UInt64, limit: Int) -> [LogEntry] {
        var found: [EntryRow] = []
        // Keys without a gap are the usual case; past a gap the next larger ones follow.
        var key = Int64(index)
        while found.count < limit {
            if let row = entries[key] {
                found.append(row)
            } else {
                found += entries.values.filter { $0.index > key }.sorted { $0.index < $1.index }
                    .prefix(limit - found.count)
                break
            }
            key += 1
        }
        return found.map { row in
            LogEntry(
                index: UInt64(clamping: row.index),
                kind: String(decoding: row.kind, as: UTF8.self),
                timestamp: LogTimestamp.date(milliseconds: row.at),
                body: row.body
            )
        }
    }

    func latestCheckpoint() throws -> Checkpoint? {
        try checkpoints.keys.max().flatMap { checkpoints[$0] }
            .map { try Checkpoint(encoded: String(decoding: $0.note, as: UTF8.self)) }
    }

    func storedCheckpoints(from size: UInt64, limit: Int) -> [StoredCheckpoint] {
        checkpoints.values.filter { $0.size >= Int64(clamping: size) }.sorted { $0.size < $1.size }.prefix(limit).map {
            StoredCheckpoint(size: UInt64(clamping: $0.size), note: String(decoding: $0.note, as: UTF8.self))
        }
    }

    func logCounts() -> LogCounts {
        LogCounts(
            entries: UInt64(entries.count),
            nodes: UInt64(nodes.count),
            checkpoints: UInt64(checkpoints.count)
        )
    }

    func insertLogEntry(_ entry: LogEntry, completing nodes: [SHA256Digest]) {
        preconditionFailure("It is only read.")
    }
    func insertCheckpoint(_ checkpoint: Checkpoint) { preconditionFailure("It is only read.") }
}

extension FixedWidthInteger {
    /// The number with one bit of one of its bytes changed.
    func flipping(byte: Int) -> Self { self ^ 1 << Self(truncatingIfNeeded: byte * 8 + (byte * 5 + 3) % 8) }
}
