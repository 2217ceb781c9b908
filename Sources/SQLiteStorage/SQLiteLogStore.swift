import Cryptography
import Foundation
import TransparencyLog

extension SQLiteStores: LogStore {
    func logSize() throws -> UInt64 {
        if let appendedLog { return appendedLog.size }
        // Entries are numbered without a gap, so the highest number tells the size at the cost of one look.
        return try connection.first("SELECT max(entry_index) FROM log_entries") {
            $0.isNull(0) ? 0 : UInt64(clamping: $0.integer(0)) + 1
        } ?? 0
    }

    /// A node lies in the row of the entry that completes its subtree.
    func logNode(_ position: NodePosition) throws -> SHA256Digest? {
        if let node = appendedLog?.node(position) { return node }
        guard let entry = position.lastEntry.flatMap(Int64.init(exactly:)) else { return nil }
        return try connection.first("SELECT nodes FROM log_entries WHERE entry_index = ?", [.integer(entry)]) {
            try Self.node($0, 0, level: position.level)
        } ?? nil
    }

    func logNodes(level: Int, from index: UInt64, limit: Int) throws -> [SHA256Digest] {
        // One look over all rows between reads at most eight for one that is wanted; higher up each is looked up.
        guard level <= 3 else { return try logNodesOneByOne(level: level, from: index, limit: limit) }
        let ends = [index, index + UInt64(max(1, limit) - 1)].map { NodePosition(level: level, index: $0).lastEntry }
        guard let first = ends[0].flatMap(Int64.init(exactly:)) else { return [] }
        var nodes: [SHA256Digest] = []
        nodes.reserveCapacity(limit)
        _ = try connection.query(
            """
            SELECT entry_index, nodes FROM log_entries
            WHERE entry_index BETWEEN ? AND ? AND (entry_index + 1) % ? = 0 ORDER BY entry_index
            """,
            [.integer(first), .integer(ends[1].map { Int64(clamping: $0) } ?? .max), .integer(1 << Int64(level))]
        ) { row in
            // A gap ends what is there without a gap.
            guard row.integer(0) == first + Int64(nodes.count) << Int64(level) else { return }
            if let node = try Self.node(row, 1, level: level) { nodes.append(node) }
        }
        return nodes
    }

    private static func node(_ row: SQLiteRow, _ column: Int32, level: Int) throws -> SHA256Digest? {
        try row.withBlob(column) { bytes in
            let start = level * SHA256Digest.byteCount
            let end = start + SHA256Digest.byteCount
            guard bytes.count >= end else { return nil }
            return try SHA256Digest(raw: UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
        }
    }

    func insertLogEntry(_ entry: LogEntry, completing nodes: [SHA256Digest]) throws {
        var hashes: [UInt8] = []
        hashes.reserveCapacity(nodes.count * SHA256Digest.byteCount)
        for node in nodes { node.withUnsafeBytes { hashes.append(contentsOf: $0) } }
        try connection.run(
            "INSERT INTO log_entries (entry_index, kind, at, body, nodes) VALUES (?, ?, ?, ?, ?)",
            [
                .integer(Int64(entry.index)), .text(entry.kind),
                .integer(LogTimestamp.milliseconds(entry.timestamp)), .bytes(entry.body), .bytes(hashes),
            ]
        )
        appendedLog = appendedLog ?? LogEdge()
        appendedLog?.add(entry, completing: nodes)
    }

    func logEntries(from index: UInt64, limit: Int) throws -> [LogEntry] {
        try connection.query(
            "SELECT entry_index, kind, at, body FROM log_entries WHERE entry_index >= ? ORDER BY entry_index LIMIT ?",
            [.integer(Int64(clamping: index)), .integer(Int64(limit))],
            Self.logEntry
        )
    }

    func logEntries(ofKind kind: String) throws -> [LogEntry] {
        try connection.query(
            "SELECT entry_index, kind, at, body FROM log_entries WHERE kind = ? ORDER BY entry_index",
            [.text(kind)],
            Self.logEntry
        )
    }

    private static func logEntry(_ row: SQLiteRow) -> LogEntry {
        LogEntry(
            index: UInt64(clamping: row.integer(0)),
            kind: row.text(1),
            timestamp: LogTimestamp.date(milliseconds: row.integer(2)),
            body: row.withBlob(3) { [UInt8]($0) }
        )
    }

    func latestCheckpoint() throws -> Checkpoint? {
        try connection.first("SELECT note FROM log_checkpoints ORDER BY size DESC LIMIT 1") {
            try Checkpoint(encoded: $0.text(0))
        }
    }

    func storedCheckpoints(from size: UInt64, limit: Int) throws -> [StoredCheckpoint] {
        try connection.query(
            "SELECT size, note FROM log_checkpoints WHERE size >= ? ORDER BY size LIMIT ?",
            [.integer(Int64(clamping: size)), .integer(Int64(limit))]
        ) { StoredCheckpoint(size: UInt64(clamping: $0.integer(0)), note: $0.text(1)) }
    }

    func logCounts() throws -> LogCounts {
        let counts = try [
            // A hash that was cut off counts as one: nothing may stand there unseen.
            "SELECT count(*), total((length(nodes) + 31) / 32) FROM log_entries",
            "SELECT count(*), 0 FROM log_checkpoints",
        ].map { sql in
            try connection.first(sql) { (UInt64(clamping: $0.integer(0)), UInt64(clamping: $0.integer(1))) } ?? (0, 0)
        }
        return LogCounts(entries: counts[0].0, nodes: counts[0].1, checkpoints: counts[1].0)
    }

    func insertCheckpoint(_ checkpoint: Checkpoint) throws {
        try connection.run(
            "INSERT INTO log_checkpoints (size, note) VALUES (?, ?) ON CONFLICT (size) DO NOTHING",
            [.integer(Int64(checkpoint.size)), .text(checkpoint.encoded)]
        )
    }
}
