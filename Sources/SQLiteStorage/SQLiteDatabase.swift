public import Foundation
public import Proctoring
public import Storage

/// The database of a one-machine installation: one SQLite file in WAL mode with `synchronous=FULL`.
///
/// One writer commits waiting work in groups, so that many writers share one `fsync`; each piece of work stands in
/// its own savepoint, so one that fails takes no other with it. Readers have connections of their own and see
/// consistent snapshots. An answer goes out only after the commit.
public final class SQLiteDatabase: Database {
    private let writer: Writer
    private let readers: ReaderPool

    /// Opens (and where needed creates and migrates) the database.
    ///
    /// - Parameters:
    ///   - file: the database file; its folder must exist.
    ///   - readers: how many reading connections to keep.
    ///   - published: receives committed events in order, before their writers are answered.
    /// - Throws: `SQLiteError`.
    public init(
        file: URL,
        readers: Int = 4,
        published: @escaping @Sendable ([SessionEvent]) -> Void = { _ in }
    ) throws {
        writer = try Writer(path: file.path, published: published)
        self.readers = try ReaderPool((0..<max(1, readers)).map { try Reader(path: file.path, number: $0) })
    }

    /// Reads from one consistent snapshot.
    public func read<Value: Sendable>(
        _ body: @escaping @Sendable (any Stores) throws -> Value
    ) async throws -> Value {
        try await readers.read(body)
    }

    /// Reads with a connection that is not the domains' stores.
    func inspect<Value: Sendable>(_ body: @escaping @Sendable (SQLiteConnection) throws -> Value) async throws -> Value
    {
        try await readers.read { try body($0.connection) }
    }

    /// Writes in a transaction of its own, with statements that are no store's.
    func change<Value: Sendable>(
        _ body: @escaping @Sendable (SQLiteConnection) throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            writer.enqueue(
                Writer.Job(
                    run: { stores in
                        let value = try body(stores.connection)
                        return { continuation.resume(returning: value) }
                    },
                    fail: { continuation.resume(throwing: $0) }
                )
            )
        }
    }

    /// Runs the body in a transaction of its own within a group commit.
    public func write<Value: Sendable>(
        _ body: @escaping @Sendable (any Stores) throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            writer.enqueue(
                Writer.Job(
                    run: { stores in
                        let value = try body(stores)
                        return { continuation.resume(returning: value) }
                    },
                    fail: { continuation.resume(throwing: $0) }
                )
            )
        }
    }
}

extension SQLiteDatabase {
    /// Deleted content is overwritten with zeros by `secure_delete`, yet the pages before lie in the write-ahead log and
    /// the zeros may not have reached the file: a truncating checkpoint ends both (sqlite.org/pragma.html).
    public func scrub() async throws -> Bool {
        try await writer.checkpoint()
    }

    /// `secure_delete` overwrites what is deleted; of copies in unused parts of pages that were split or put together anew
    /// SQLite promises nothing. Where a person is to be gone for certain, every page is written from the beginning.
    public func rebuild() async throws {
        try await writer.vacuum()
    }
}
