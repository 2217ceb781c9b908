import Cryptography
import Foundation
import Storage
import Testing
import TransparencyLog

@testable import SQLiteStorage

@Suite("F1 The tree's hashes move into the rows of their entries")
struct LogNodeMigrationTests {
    /// The tables as they were before.
    private static let before = """
        DROP TABLE log_entries;
        CREATE TABLE log_entries (entry_index INTEGER PRIMARY KEY, kind TEXT NOT NULL, at INTEGER NOT NULL,
            body BLOB NOT NULL) STRICT;
        CREATE TABLE log_nodes (level INTEGER NOT NULL, node_index INTEGER NOT NULL, hash BLOB NOT NULL,
            PRIMARY KEY (level, node_index)) STRICT, WITHOUT ROWID;
        """

    /// A database that holds a log as the schema before kept it.
    private static func database(_ log: InMemoryLogStore, in folder: URL) async throws -> SQLiteDatabase {
        let database = try SQLiteDatabase(file: folder.appending(path: "\(UUID().uuidString).sqlite"))
        try await database.change { [entries = log.entries, nodes = log.nodes] connection in
            try connection.execute(before)
            for entry in entries {
                try connection.run(
                    "INSERT INTO log_entries VALUES (?, ?, ?, ?)",
                    [
                        .integer(Int64(entry.index)), .text(entry.kind),
                        .integer(LogTimestamp.milliseconds(entry.timestamp)), .bytes(entry.body),
                    ]
                )
            }
            for (level, hashes) in nodes.enumerated() {
                for (index, hash) in hashes.enumerated() {
                    try connection.run(
                        "INSERT INTO log_nodes VALUES (?, ?, ?)",
                        [.integer(Int64(level)), .integer(Int64(index)), .bytes(hash.bytes)]
                    )
                }
            }
        }
        return database
    }

    private static func log(_ count: Int) throws -> InMemoryLogStore {
        let log = InMemoryLogStore()
        try Log.append(
            (0..<count).map { number in
                try LogBody(["kind": "test", "at": "2026-01-01T00:00:00.000Z", "number": .integer(Int64(number))])
            },
            to: log
        )
        return log
    }

    private func withFolder(_ body: (URL) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "attestd-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body(folder)
    }

    @Test("a log of any size is whole after the upgrade, and goes on", arguments: [0, 1, 2, 7, 8, 1000])
    func upgrade(count: Int) async throws {
        let log = try Self.log(count)
        try await withFolder { folder in
            let database = try await Self.database(log, in: folder)
            try await database.change { try $0.execute(Migrations.nodesWithEntries) }
            let expected = try Log.root(size: UInt64(count), in: log)
            try await database.read { [nodes = log.nodes] stores in
                let report = try Log.fsck(stores)
                #expect(report.isSound)
                #expect(report.entries == UInt64(count))
                #expect(report.root == expected)
                for (level, hashes) in nodes.enumerated() {
                    #expect(try stores.logNodes(level: level, from: 0, limit: count + 1) == hashes)
                    #expect(try stores.logNodes(level: level, from: 1, limit: 5) == Array(hashes.dropFirst().prefix(5)))
                }
            }
            let more = try (0..<9).map { number in
                try LogBody(["kind": "later", "at": "2026-01-02T00:00:00.000Z", "number": .integer(Int64(number))])
            }
            try await database.write { _ = try Log.append(more, to: $0) }
            try Log.append(more, to: log)
            let size = log.logSize()
            let root = try Log.root(size: size, in: log)
            #expect(try await database.read { try Log.root(size: size, in: $0) } == root)
            #expect(try await database.read { try Log.fsck($0).isSound })
        }
    }

    @Test("what somebody altered before the upgrade is found after it")
    func altered() async throws {
        for (change, problem) in [
            ("UPDATE log_nodes SET hash = zeroblob(32) WHERE level = 2 AND node_index = 3", 12),
            ("DELETE FROM log_nodes WHERE level = 0 AND node_index = 9", 9),
            ("UPDATE log_entries SET body = CAST('{}' AS BLOB) WHERE entry_index = 6", 6),
        ] {
            let log = try Self.log(20)
            try await withFolder { folder in
                let database = try await Self.database(log, in: folder)
                try await database.change {
                    try $0.execute(change)
                    try $0.execute(Migrations.nodesWithEntries)
                }
                let report = try await database.read { try Log.fsck($0) }
                #expect(report.problem?.firstEntry == UInt64(problem), "\(change)")
            }
        }
    }
}
