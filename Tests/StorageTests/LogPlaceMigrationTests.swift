import CSQLite
import Foundation
import Identification
import Storage
import Testing

@testable import SQLiteStorage

@Suite("F2 Places in the log")
struct LogPlaceMigrationTests {
    @Test("entries of retention, erasures and alerts that were written without their place are found after an upgrade")
    func upgrade() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "attestd-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "test.sqlite")
        let database = try SQLiteDatabase(file: file)
        let kinds = ["erasure", "retention", "access_alert", "archive_read", "export", "erasure"]
        let bodies = kinds.enumerated().map { number, kind in
            let facts = number == 5 ? "{}" : #"{"record":"\#(Fixtures.id(number).uuidString.lowercased())"}"#
            return #"{"at":"2026-03-02T09:00:00.000Z","facts":\#(facts),"kind":"\#(kind)","v":1}"#
        }
        try await database.change { connection in
            for (number, body) in bodies.enumerated() {
                try connection.run(
                    "INSERT INTO log_entries (entry_index, kind, at, body, nodes) VALUES (?, ?, 0, ?, x'')",
                    [.integer(Int64(number)), .text(kinds[number]), .blob(Data(body.utf8))]
                )
            }
            // Once more is no harm.
            for _ in 0..<2 { try connection.execute(Migrations.logPlaces) }
        }
        let places = try await database.read { stores in
            try (0..<6).map { try stores.logPlaces(of: Fixtures.id($0)) }
        }
        #expect(places == [[0], [1], [2], [3], [], []])
    }
}
