import Cryptography
import Foundation
import TransparencyLog

extension SQLiteStores: LogStore {
    func logSize() throws -> UInt64 {
        // Entries are numbered without a gap, so the highest number tells the size at the cost of one look.
        try connection.first("SELECT max(entry_index) FROM log_entries") {
            $0.isNull(0) ? 0 : UInt64(clamping: $0.integer(0)) + 1
        } ?? 0
    }

    func logNode(_ position: NodePosition) throws -> SHA256Digest? {
        try connection.first(
            "SELECT hash FROM log_nodes WHERE level = ? AND node_index = ?",
            [.integer(Int64(position.level)), .integer(Int64(position.index))]
        ) { row in try row.withBlob(0) { try SHA256Digest(raw: $0) } }
    }

    func logNodes(level: Int, from index: UInt64, limit: Int) throws -> [SHA256Digest] {
        var nodes: [SHA256Digest] = []
        nodes.reserveCapacity(limit)
        _ = try connection.query(
            """
            SELECT node_index, hash FROM log_nodes WHERE level = ? AND node_index >= ?
            ORDER BY node_index LIMIT ?
            """,
            [.integer(Int64(level)), .integer(Int64(clamping: index)), .integer(Int64(limit))]
        ) { row in
            // A gap ends what is there without a gap.
            guard row.integer(0) == Int64(clamping: index) + Int64(nodes.count) else { return }
            nodes.append(try row.withBlob(1) { try SHA256Digest(raw: $0) })
        }
        return nodes
    }

    func insertLogNodes(_ nodes: [(NodePosition, SHA256Digest)]) throws {
        for (position, hash) in nodes {
            try connection.run(
                "INSERT INTO log_nodes (level, node_index, hash) VALUES (?, ?, ?)",
                [.integer(Int64(position.level)), .integer(Int64(position.index)), .blob(Data(hash.bytes))]
            )
        }
    }

    func insertLogEntry(_ entry: LogEntry) throws {
        try connection.run(
            "INSERT INTO log_entries (entry_index, kind, at, body) VALUES (?, ?, ?, ?)",
            [
                .integer(Int64(entry.index)), .text(entry.kind),
                .integer(LogTimestamp.milliseconds(entry.timestamp)), .blob(Data(entry.body)),
            ]
        )
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
        let counts = try ["log_entries", "log_nodes", "log_checkpoints"].map { table in
            try connection.first("SELECT count(*) FROM \(table)") { UInt64(clamping: $0.integer(0)) } ?? 0
        }
        return LogCounts(entries: counts[0], nodes: counts[1], checkpoints: counts[2])
    }

    func insertCheckpoint(_ checkpoint: Checkpoint) throws {
        try connection.run(
            "INSERT INTO log_checkpoints (size, note) VALUES (?, ?) ON CONFLICT (size) DO NOTHING",
            [.integer(Int64(checkpoint.size)), .text(checkpoint.encoded)]
        )
    }
}
