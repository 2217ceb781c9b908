import Accounts
import CSQLite
import Foundation

/// One database handle and its prepared statements.
///
/// It is confined to one queue at a time: the database's writer or one of its readers owns it.
final class SQLiteConnection {
    private let handle: OpaquePointer
    private var statements: [String: OpaquePointer] = [:]

    /// Opens a database file.
    ///
    /// - Throws: `SQLiteError` where the file cannot be opened or is no database.
    init(path: String, readOnly: Bool) throws {
        var opened: OpaquePointer?
        let mode = readOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
        // NOMUTEX: the connection never leaves its queue.
        let code = sqlite3_open_v2(path, &opened, mode | SQLITE_OPEN_NOMUTEX, nil)
        guard code == SQLITE_OK, let opened else {
            let reason = opened.map { String(cString: sqlite3_errmsg($0)) } ?? "out of memory"
            sqlite3_close_v2(opened)
            throw SQLiteError(code: code, reason: "\(reason) (\(path))", sql: nil)
        }
        handle = opened
        sqlite3_extended_result_codes(handle, 1)
        sqlite3_busy_timeout(handle, 5_000)
    }

    deinit {
        for statement in statements.values { sqlite3_finalize(statement) }
        sqlite3_close_v2(handle)
    }

    /// Runs statements that take no arguments and answer nothing.
    func execute(_ sql: String) throws {
        let code = sqlite3_exec(handle, sql, nil, nil, nil)
        guard code == SQLITE_OK else { throw error(code, sql) }
    }

    /// Runs one statement with arguments; answers how many rows it changed.
    @discardableResult
    func run(_ sql: String, _ arguments: [SQLiteValue] = []) throws -> Int {
        try withStatement(sql, arguments) { statement in
            let code = sqlite3_step(statement)
            guard code == SQLITE_DONE || code == SQLITE_ROW else { throw error(code, sql) }
        }
        return Int(sqlite3_changes(handle))
    }

    /// Runs a query and maps each row.
    func query<Value>(
        _ sql: String,
        _ arguments: [SQLiteValue] = [],
        _ map: (SQLiteRow) throws -> Value
    ) throws -> [Value] {
        try withStatement(sql, arguments) { statement in
            var values: [Value] = []
            while true {
                let code = sqlite3_step(statement)
                if code == SQLITE_DONE { return values }
                guard code == SQLITE_ROW else { throw error(code, sql) }
                values.append(try map(SQLiteRow(statement: statement)))
            }
        }
    }

    /// The first row of a query, mapped.
    func first<Value>(
        _ sql: String,
        _ arguments: [SQLiteValue] = [],
        _ map: (SQLiteRow) throws -> Value
    ) throws -> Value? {
        try withStatement(sql, arguments) { statement in
            let code = sqlite3_step(statement)
            if code == SQLITE_DONE { return nil }
            guard code == SQLITE_ROW else { throw error(code, sql) }
            return try map(SQLiteRow(statement: statement))
        }
    }

    /// Gives SQL a function `folded_name(surname, given_name, patronymic)`: SQLite itself folds Latin letters only.
    /// Migrations call it; the schema must not, so that other programs can open the file.
    func addNameFolding() throws {
        let flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY
        let code = sqlite3_create_function_v2(
            handle,
            "folded_name",
            3,
            flags,
            nil,
            { context, _, values in
                guard let context, let values else { return }
                let parts = (0..<3).map { sqlite3_value_text(values[$0]).map { String(cString: $0) } }
                let name = PersonName(surname: parts[0] ?? "", givenName: parts[1] ?? "", patronymic: parts[2])
                csqlite_result_text(context, name.folded, Int32(name.folded.utf8.count))
            },
            nil,
            nil,
            nil
        )
        guard code == SQLITE_OK else { throw error(code, "folded_name") }
    }

    /// The row identifier of the last insert.
    var lastInsertedRowID: Int64 { sqlite3_last_insert_rowid(handle) }

    /// Tells whether a transaction is open: some errors (disk full) end it behind our back.
    var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }

    private func withStatement<Value>(
        _ sql: String,
        _ arguments: [SQLiteValue],
        _ body: (OpaquePointer) throws -> Value
    ) throws -> Value {
        let statement = try prepared(sql)
        defer {
            sqlite3_reset(statement)
            sqlite3_clear_bindings(statement)
        }
        for (offset, argument) in arguments.enumerated() {
            let code = argument.bind(to: statement, at: Int32(offset + 1))
            guard code == SQLITE_OK else { throw error(code, sql) }
        }
        return try body(statement)
    }

    private func prepared(_ sql: String) throws -> OpaquePointer {
        if let statement = statements[sql] { return statement }
        var statement: OpaquePointer?
        let code = sqlite3_prepare_v3(handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil)
        guard code == SQLITE_OK, let statement else { throw error(code, sql) }
        statements[sql] = statement
        return statement
    }

    private func error(_ code: Int32, _ sql: String) -> SQLiteError {
        SQLiteError(code: sqlite3_extended_errcode(handle), reason: String(cString: sqlite3_errmsg(handle)), sql: sql)
    }
}

/// A value that SQLite stores.
enum SQLiteValue: Sendable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
    case blob(Data)
    case bytes([UInt8])

    fileprivate func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
        switch self {
        case .null:
            sqlite3_bind_null(statement, index)
        case .integer(let value):
            sqlite3_bind_int64(statement, index, value)
        case .real(let value):
            sqlite3_bind_double(statement, index, value)
        case .text(var value):
            value.withUTF8 { bytes in
                bytes.withMemoryRebound(to: CChar.self) { characters in
                    characters.baseAddress.map { csqlite_bind_text(statement, index, $0, Int32(characters.count)) }
                        ?? csqlite_bind_text(statement, index, "", 0)
                }
            }
        case .blob(let value):
            value.withUnsafeBytes { csqlite_bind_blob(statement, index, $0.baseAddress, Int32($0.count)) }
        case .bytes(let value):
            value.withUnsafeBytes { csqlite_bind_blob(statement, index, $0.baseAddress, Int32($0.count)) }
        }
    }
}

/// One row of a result; valid only while it is being mapped.
struct SQLiteRow {
    fileprivate let statement: OpaquePointer

    func isNull(_ column: Int32) -> Bool { sqlite3_column_type(statement, column) == SQLITE_NULL }

    func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(statement, column) }

    func real(_ column: Int32) -> Double { sqlite3_column_double(statement, column) }

    func text(_ column: Int32) -> String {
        guard let bytes = sqlite3_column_text(statement, column) else { return "" }
        let count = Int(sqlite3_column_bytes(statement, column))
        return String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
    }

    /// Lends a text's bytes without copying them.
    func withText<Value>(_ column: Int32, _ body: (UnsafeBufferPointer<UInt8>) throws -> Value) rethrows -> Value {
        let bytes = sqlite3_column_text(statement, column)
        let count = bytes == nil ? 0 : Int(sqlite3_column_bytes(statement, column))
        return try body(UnsafeBufferPointer(start: bytes, count: count))
    }

    /// Lends a blob's bytes without copying them.
    func withBlob<Value>(_ column: Int32, _ body: (UnsafeRawBufferPointer) throws -> Value) rethrows -> Value {
        let bytes = sqlite3_column_blob(statement, column)
        let count = bytes == nil ? 0 : Int(sqlite3_column_bytes(statement, column))
        return try body(UnsafeRawBufferPointer(start: bytes, count: count))
    }

    func blob(_ column: Int32) -> Data {
        guard let bytes = sqlite3_column_blob(statement, column) else { return Data() }
        return Data(bytes: bytes, count: Int(sqlite3_column_bytes(statement, column)))
    }
}
