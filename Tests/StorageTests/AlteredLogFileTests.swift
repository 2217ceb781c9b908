import CSQLite
import Cryptography
import Foundation
import SQLiteStorage
import Storage
import Testing
import TransparencyLog

/// The sample of the byte-by-byte tests that goes through a real SQLite file: bytes of each column of the log's three
/// tables in rows all over the log, and whole rows taken away, exchanged, repeated and cut off.
@Suite("F1: a log of 1 000 entries in a SQLite file that somebody altered")
struct AlteredLogFileTests {
    private static let count = 1000

    /// The file with a handle of its own, as somebody with access to the disk has it.
    private final class LogFile {
        let folder: URL
        let database: SQLiteDatabase
        let keys: [NoteVerifier]
        private var handle: OpaquePointer?

        init() async throws {
            folder = FileManager.default.temporaryDirectory.appending(path: "attestd-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            let file = folder.appending(path: "log.sqlite")
            database = try SQLiteDatabase(file: file, readers: 1)
            let seed = SecretBytes(copying: [UInt8](repeating: 9, count: 32))
            let signer = try NoteSigner(name: "log.example/file", key: SigningKey(seed: seed))
            keys = [signer.verifier]
            for part in 0..<4 {
                let bodies = try (part * 250..<part * 250 + 250).map { number in
                    try LogBody([
                        "kind": "test", "at": "2026-01-01T00:00:00.000Z", "number": .integer(Int64(number)),
                    ])
                }
                try await database.write { stores in
                    try Log.append(bodies, to: stores)
                    _ = try Log.publishCheckpoint(signer: signer, in: stores)
                }
            }
            #expect(sqlite3_open(file.path, &handle) == SQLITE_OK)
        }

        deinit {
            sqlite3_close(handle)
            try? FileManager.default.removeItem(at: folder)
        }

        func execute(_ sql: String) {
            #expect(sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK, "\(String(cString: sqlite3_errmsg(handle)))")
        }

        func text(_ sql: String) -> String {
            var statement: OpaquePointer?
            defer { sqlite3_finalize(statement) }
            guard sqlite3_prepare_v2(handle, sql, -1, &statement, nil) == SQLITE_OK,
                sqlite3_step(statement) == SQLITE_ROW, let text = sqlite3_column_text(statement, 0)
            else { return "" }
            return String(cString: text)
        }

        func problem() async throws -> FsckReport.Problem? {
            try await database.read { [keys] in try Log.fsck($0, verifiers: keys).problem }
        }
    }

    @Test("bytes of each column, all over the log")
    func bytes() async throws {
        let log = try await LogFile()
        #expect(try await log.problem() == nil)
        let columns = [
            ("log_entries", "body", "entry_index", 13, "BLOB"), ("log_entries", "kind", "entry_index", 97, "TEXT"),
            ("log_entries", "nodes", "entry_index", 17, "BLOB"),
            ("log_checkpoints", "note", "size", 250, "TEXT"),
        ]
        var flips = 0
        for (table, column, key, step, type) in columns {
            for row in stride(from: 0, through: Self.count, by: step) {
                let place = "\(table) WHERE \(key) = \(row)"
                let hex = log.text("SELECT hex(\(column)) FROM \(place)")
                guard !hex.isEmpty else { continue }
                var bytes = try Hex.decode(hex)
                let byte = (row * 7) % bytes.count
                bytes[byte] ^= 1 << UInt8(row % 7)
                let set = { (hex: String) in
                    "UPDATE \(table) SET \(column) = CAST(x'\(hex)' AS \(type)) WHERE \(key) = \(row)"
                }
                log.execute(set(Hex.encode(bytes)))
                if try await log.problem() == nil { Issue.record("\(place), \(column), byte \(byte): not found") }
                log.execute(set(hex))
                flips += 1
            }
        }
        for row in stride(from: 3, to: Self.count, by: 83) {
            log.execute("UPDATE log_entries SET at = at + 1 WHERE entry_index = \(row)")
            #expect(try await log.problem() == .entryFactsDiffer(index: UInt64(row)))
            log.execute("UPDATE log_entries SET at = at - 1 WHERE entry_index = \(row)")
            for key in [5000, -1] {
                log.execute("UPDATE log_entries SET entry_index = \(key) WHERE entry_index = \(row)")
                #expect(try await log.problem()?.firstEntry == UInt64(row))
                log.execute("UPDATE log_entries SET entry_index = \(row) WHERE entry_index = \(key)")
            }
        }
        #expect(flips > 130)
        #expect(try await log.problem() == nil)
    }

    @Test("rows taken away, exchanged, repeated and cut off")
    func rows() async throws {
        let log = try await LogFile()
        for (change, expected) in [
            ("DELETE FROM log_entries WHERE entry_index = 400", .entryMissing(index: 400)),
            (
                """
                DELETE FROM log_entries WHERE entry_index = 400;
                UPDATE log_entries SET entry_index = -entry_index WHERE entry_index > 400;
                UPDATE log_entries SET entry_index = -entry_index - 1 WHERE entry_index < 0
                """, .nodeMissing(NodePosition(level: 1, index: 200))
            ),
            (
                """
                UPDATE log_entries SET entry_index = -7 WHERE entry_index = 20;
                UPDATE log_entries SET entry_index = 20 WHERE entry_index = 21;
                UPDATE log_entries SET entry_index = 21 WHERE entry_index = -7
                """, .nodeMissing(NodePosition(level: 1, index: 10))
            ),
            // The same with the hashes left where they were: a body that is not its leaf's.
            (
                """
                UPDATE log_entries SET body = (SELECT body FROM log_entries WHERE entry_index = 21)
                    WHERE entry_index = 20
                """, .entryDiffers(index: 20)
            ),
            (
                """
                INSERT INTO log_entries SELECT 1000, kind, at, body, x'' FROM log_entries WHERE entry_index = 30
                """, .nodeMissing(NodePosition(level: 0, index: 1000))
            ),
            (
                "INSERT INTO log_entries SELECT -30, kind, at, body, x'' FROM log_entries WHERE entry_index = 30",
                .entriesUnexpected(count: 1)
            ),
            (
                "UPDATE log_entries SET nodes = CAST(nodes || zeroblob(32) AS BLOB) WHERE entry_index = 3",
                .nodesUnexpected(count: 1)
            ),
            (
                "UPDATE log_entries SET nodes = CAST(nodes || x'00' AS BLOB) WHERE entry_index = 3",
                .nodesUnexpected(count: 1)
            ),
            (
                "UPDATE log_entries SET nodes = substr(nodes, 1, 95) WHERE entry_index = 3",
                .nodeMissing(NodePosition(level: 2, index: 0))
            ),
            (
                "UPDATE log_entries SET nodes = x'' WHERE entry_index = 3",
                .nodeMissing(NodePosition(level: 0, index: 3))
            ),
            (
                "INSERT INTO log_checkpoints SELECT -size, note FROM log_checkpoints WHERE size = 500",
                .checkpointsUnexpected(count: 1)
            ),
            ("DELETE FROM log_entries WHERE entry_index >= 900", .entryMissing(index: 900)),
            (
                """
                DELETE FROM log_entries WHERE entry_index >= 900;
                UPDATE log_checkpoints SET note = replace(note, 'log.example', 'log.exempla') WHERE size = 1000
                """, .checkpointBeyondEnd(size: 1000)
            ),
        ] as [(String, FsckReport.Problem)] {
            for table in ["log_entries", "log_checkpoints"] {
                log.execute("CREATE TABLE kept_\(table) AS SELECT * FROM \(table)")
            }
            log.execute(change)
            #expect(try await log.problem() == expected, "\(change)")
            for table in ["log_entries", "log_checkpoints"] {
                log.execute("DELETE FROM \(table); INSERT INTO \(table) SELECT * FROM kept_\(table)")
                log.execute("DROP TABLE kept_\(table)")
            }
            #expect(try await log.problem() == nil)
        }
    }
}
