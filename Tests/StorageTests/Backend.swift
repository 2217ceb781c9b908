import Foundation
import Proctoring
import SQLiteStorage
import Storage
import Testing

/// The databases that the contract suite runs over.
enum Backend: String, CaseIterable, CustomTestStringConvertible {
    case sqlite

    var testDescription: String { rawValue }

    /// Runs a body on a fresh database, which is deleted afterwards.
    func withDatabase(
        published: @escaping @Sendable ([SessionEvent]) -> Void = { _ in },
        _ body: (any Database) async throws -> Void
    ) async throws {
        try await withDatabaseAndFolder(published: published) { database, _ in try await body(database) }
    }

    /// The same, with the folder that the database's files lie in.
    func withDatabaseAndFolder(
        published: @escaping @Sendable ([SessionEvent]) -> Void = { _ in },
        _ body: (any Database, URL) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "attestd-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        switch self {
        case .sqlite:
            try await body(SQLiteDatabase(file: folder.appending(path: "test.sqlite"), published: published), folder)
        }
    }
}

/// A failure of the test's own, to see what a failing transaction leaves behind.
struct Deliberate: Error {}
