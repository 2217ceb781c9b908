import CSQLite
import Foundation
import TestSupport
import Testing

@Suite("F3 Retention by command, and after a crash", .timeLimit(.minutes(2)))
struct RetentionCommandTests {
    /// Rows that are due: the first 48 bits of their identifiers say 2001.
    private static let count = 6_000

    private static func database(_ folder: DataFolder) throws -> OpaquePointer {
        var handle: OpaquePointer?
        let path = folder.temporary.url.appending(path: "data/attestd.sqlite").path
        guard sqlite3_open_v2(path, &handle, SQLITE_OPEN_READWRITE, nil) == SQLITE_OK, let handle else {
            throw TestFailure("cannot open the database")
        }
        sqlite3_busy_timeout(handle, 10_000)
        return handle
    }

    private static func execute(_ sql: String, in folder: DataFolder) throws {
        let handle = try database(folder)
        defer { sqlite3_close(handle) }
        guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else {
            throw TestFailure(String(cString: sqlite3_errmsg(handle)))
        }
    }

    private static func number(_ sql: String, in folder: DataFolder) throws -> Int {
        let handle = try database(folder)
        defer { sqlite3_close(handle) }
        var statement: OpaquePointer?
        guard sqlite3_prepare_v2(handle, sql, -1, &statement, nil) == SQLITE_OK else {
            throw TestFailure(String(cString: sqlite3_errmsg(handle)))
        }
        defer { sqlite3_finalize(statement) }
        guard sqlite3_step(statement) == SQLITE_ROW else { return -1 }
        return Int(sqlite3_column_int64(statement, 0))
    }

    private static func fill(_ folder: DataFolder) async throws {
        let words = [
            "accounts", "add", "--role", "examiner", "--email", "old@example.org", "--surname", "Давний",
            "--given-name", "Егор",
        ]
        let added = try await folder.command(words, input: "staff pass phrase\n")
        try #require(added.status == 0, "\(added.standardError)")
        try execute(
            """
            INSERT INTO practice_sessions (id, candidate_id, discipline, document)
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < \(count))
                SELECT '00e40000-0000-7000-8000-' || printf('%012x', i), (SELECT id FROM accounts), 'ИБ', '{}' FROM n
            """,
            in: folder
        )
    }

    @Test(
        "F3: a run that is killed amid its work is finished by the daemon, and destroys nothing that was not previewed"
    )
    func killed() async throws {
        let folder = try DataFolder()
        try await Self.fill(folder)
        let preview = try await folder.command(["retention", "preview", "practice"])
        try #require(preview.status == 0, "\(preview.standardError)")
        #expect(preview.standardOutput.contains("practice: \(Self.count) due, of 1 people"))
        let line = preview.standardOutput.split(separator: "\n").last ?? ""
        let id = String(line.split(separator: " ")[1].dropLast())
        #expect(try Self.number("SELECT count(*) FROM practice_sessions", in: folder) == Self.count)
        try Self.execute(
            """
            INSERT INTO practice_sessions (id, candidate_id, discipline, document)
                SELECT 'ffffffff-0000-7000-8000-000000000001', id, 'ИБ', '{}' FROM accounts
            """,
            in: folder
        )

        let run = try Program(["retention", "run", "--preview", id, "--config", folder.configuration.path])
        let left = "SELECT count(*) FROM retention_items"
        while try Self.number(left, in: folder) == Self.count { await Task.yield() }
        run.send(SIGKILL)
        #expect(await run.end().isSignalled)
        #expect(try Self.number(left, in: folder) > 0, "it was amid its work")

        try await Daemon.run(in: folder) { _ in
            let completed = "SELECT count(*) FROM retention_runs WHERE state = 'completed'"
            while try Self.number(completed, in: folder) == 0 { await Task.yield() }
        }
        #expect(try Self.number("SELECT count(*) FROM practice_sessions", in: folder) == 1, "what is new stays")
        #expect(try Self.number("SELECT count(*) FROM log_entries WHERE kind = 'retention'", in: folder) == 1)
        let verified = try await folder.command(["log", "verify"])
        #expect(verified.status == 0, "\(verified.standardOutput)\(verified.standardError)")
        let again = try await folder.command(["retention", "run", "--preview", id])
        #expect(again.status == 1 && again.complaints.count == 1)
    }

    @Test("F3: what is no preview or no kind is refused")
    func refused() async throws {
        let folder = try DataFolder()
        #expect(try await folder.command(["retention", "preview", "everything"]).status == 2)
        #expect(try await folder.command(["retention", "run"]).status == 2)
        let unknown = try await folder.command(["retention", "run", "--preview", UUID().uuidString])
        #expect(unknown.status == 1 && unknown.standardOutput.isEmpty)
    }
}
