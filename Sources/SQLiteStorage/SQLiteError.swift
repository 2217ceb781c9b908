public import Storage

/// What SQLite said. The statement's arguments are never part of it: they may be personal.
public struct SQLiteError: StorageFailure, Sendable, CustomStringConvertible {
    /// SQLite's extended result code.
    public var code: Int32
    /// SQLite's message.
    public var reason: String
    /// The statement, without its arguments.
    public var sql: String?

    /// The kinds that callers tell apart.
    public enum Kind: Sendable {
        /// A uniqueness or other constraint was violated.
        case constraint
        /// The disk is full, or the file cannot be written.
        case storageFull
        /// Another process holds the database.
        case busy
        /// The file is damaged or no database.
        case corrupt
        /// Anything else.
        case other
    }

    /// The kind of the code.
    public var kind: Kind {
        switch code & 0xff {
        case 19: .constraint
        case 13, 10, 8: .storageFull
        case 5, 6: .busy
        case 11, 26: .corrupt
        default: .other
        }
    }

    /// The disk is full, or the file cannot be written.
    public var isOutOfSpace: Bool { kind == .storageFull }

    /// One line for logs.
    public var description: String {
        "SQLite error \(code): \(reason)" + (sql.map { " in «\($0)»" } ?? "")
    }
}
