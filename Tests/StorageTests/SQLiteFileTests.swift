import Accounts
import CSQLite
import Foundation
import Identification
import SQLiteStorage
import Storage
import Testing
import TransparencyLog

@Suite("SQLite and evidence on the disk")
struct SQLiteFileTests {
    private let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "attestd-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    private var file: URL { folder.appending(path: "test.sqlite") }

    private func execute(_ sql: String) {
        var handle: OpaquePointer?
        #expect(sqlite3_open(file.path, &handle) == SQLITE_OK)
        #expect(sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK)
        sqlite3_close(handle)
    }

    @Test("What was written is there after closing and opening")
    func reopening() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let account = try Fixtures.account(1)
        do {
            let database = try SQLiteDatabase(file: file)
            try await database.write { try $0.insertAccount(account) }
        }
        let again = try SQLiteDatabase(file: file)
        #expect(try await again.read { try $0.account(account.id)?.email } == account.email)
    }

    @Test("A database of a newer program is refused, and so is a file that is no database")
    func foreignFiles() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        execute("PRAGMA user_version = 9999")
        #expect(throws: SQLiteError.self) { try SQLiteDatabase(file: file) }
        try Data("this is no database, however long it may be".utf8).write(to: file)
        let error = #expect(throws: SQLiteError.self) { try SQLiteDatabase(file: file) }
        #expect(error?.kind == .corrupt)
    }

    @Test("F1: a changed, deleted or swapped row of the log is found and named")
    func tampering() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let database = try SQLiteDatabase(file: file)
        for number in 0..<20 {
            let body = try LogBody([
                "kind": "test", "at": "2026-01-01T00:00:00.000Z", "number": .integer(Int64(number)),
            ])
            try await database.write { _ = try Log.append([body], to: $0) }
        }
        for (change, restore) in [
            (
                "UPDATE log_entries SET body = replace(CAST(body AS TEXT), ':7', ':8') WHERE entry_index = 7",
                "UPDATE log_entries SET body = replace(CAST(body AS TEXT), ':8', ':7') WHERE entry_index = 7"
            ),
            ("UPDATE log_entries SET kind = 'grade' WHERE entry_index = 7", "UPDATE log_entries SET kind = 'test'"),
            (
                "UPDATE log_entries SET nodes = zeroblob(length(nodes)) WHERE entry_index = 7",
                "SELECT 1"
            ),
        ] {
            // STRICT tables want blobs back.
            execute(
                change.replacingOccurrences(of: "replace(", with: "CAST(replace(")
                    .replacingOccurrences(of: "') WHERE", with: "') AS BLOB) WHERE")
            )
            let report = try await database.read { try Log.fsck($0) }
            #expect(!report.isSound)
            #expect(report.problem?.firstEntry == 7 || report.problem?.firstEntry == 6)
            execute(
                restore.replacingOccurrences(of: "replace(", with: "CAST(replace(")
                    .replacingOccurrences(of: "') WHERE", with: "') AS BLOB) WHERE")
            )
        }
    }

    @Test("Evidence is whole or absent: a changed file is refused, no partial file stays, others may not read it")
    func evidence() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let store = try EvidenceDirectory(folder: folder.appending(path: "evidence"))
        let data = Data((0..<100_000).map { UInt8(truncatingIfNeeded: $0) })
        let reference = try await store.put(data)
        #expect(try await store.put(data) == reference)
        #expect(try await store.get(reference) == data)
        let files = try #require(FileManager.default.enumerator(atPath: folder.path)).compactMap { $0 as? String }
            .filter { $0.hasSuffix(reference.rawValue) || $0.hasSuffix(".partial") }
        #expect(files.count == 1)
        let path = folder.appending(path: try #require(files.first)).path
        let rights = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(rights == 0o600)
        try Data([1]).write(to: URL(filePath: path))
        await #expect(throws: EvidenceError.self) { try await store.get(reference) }
        for _ in 0..<2 { try await store.delete(reference) }
        #expect(!FileManager.default.fileExists(atPath: path), "deleted, and deleting again is no error")
        let missing = try #require(EvidenceReference(rawValue: String(repeating: "00", count: 32)))
        await #expect(throws: (any Error).self) { try await store.get(missing) }
    }
}
