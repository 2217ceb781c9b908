import CSQLite
import Foundation

/// The peer: the same bytes as rows of a plain table, with the same durability, and nothing else.
///
/// One writer inserts row by row, each in a transaction of its own. Many writers share commits as ours do: whoever waits
/// is taken into the next transaction.
final class PlainInserts: @unchecked Sendable {
    private let handle: OpaquePointer
    private var insert: OpaquePointer?
    private let queue = DispatchQueue(label: "benchmark.plain.writer")
    private let lock = NSLock()
    private var waiting: [(row: Row, done: CheckedContinuation<Void, any Error>)] = []
    private var isScheduled = false
    private var next: Int64 = 0

    /// What the log's own table of entries holds.
    struct Row: Sendable {
        var kind: String
        var milliseconds: Int64
        var body: [UInt8]
    }

    init(file: URL) throws {
        var opened: OpaquePointer?
        guard sqlite3_open(file.path, &opened) == SQLITE_OK, let opened else { throw BenchmarkError("\(file.path)") }
        handle = opened
        try execute(
            """
            PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-16000;
            CREATE TABLE entries (
                entry_index INTEGER PRIMARY KEY, kind TEXT NOT NULL, at INTEGER NOT NULL, body BLOB NOT NULL
            ) STRICT
            """
        )
        let sql = "INSERT INTO entries (entry_index, kind, at, body) VALUES (?, ?, ?, ?)"
        guard sqlite3_prepare_v2(handle, sql, -1, &insert, nil) == SQLITE_OK else { throw failure }
    }

    deinit {
        sqlite3_finalize(insert)
        sqlite3_close_v2(handle)
    }

    /// Inserts one row in a transaction of its own.
    func insertAlone(_ row: Row) throws {
        try execute("BEGIN IMMEDIATE")
        try store(row)
        try execute("COMMIT")
    }

    /// Inserts one row in the next shared transaction.
    func insertShared(_ row: Row) async throws {
        try await withCheckedThrowingContinuation { done in
            lock.lock()
            waiting.append((row, done))
            let mustSchedule = !isScheduled
            isScheduled = true
            lock.unlock()
            if mustSchedule { queue.async { self.drain() } }
        }
    }

    private func drain() {
        while true {
            lock.lock()
            let group = waiting
            waiting = []
            if group.isEmpty { isScheduled = false }
            lock.unlock()
            guard !group.isEmpty else { return }
            let outcome = Result {
                try execute("BEGIN IMMEDIATE")
                for (row, _) in group { try store(row) }
                try execute("COMMIT")
            }
            for (_, done) in group { done.resume(with: outcome) }
        }
    }

    private func store(_ row: Row) throws {
        defer { sqlite3_reset(insert) }
        sqlite3_bind_int64(insert, 1, next)
        guard let insert else { throw failure }
        _ = row.kind.withCString { csqlite_bind_text(insert, 2, $0, Int32(row.kind.utf8.count)) }
        sqlite3_bind_int64(insert, 3, row.milliseconds)
        _ = row.body.withUnsafeBytes { csqlite_bind_blob(insert, 4, $0.baseAddress, Int32($0.count)) }
        guard sqlite3_step(insert) == SQLITE_DONE else { throw failure }
        next += 1
    }

    private func execute(_ sql: String) throws {
        guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else { throw failure }
    }

    private var failure: BenchmarkError { BenchmarkError("SQLite: \(String(cString: sqlite3_errmsg(handle)))") }
}
