import CSQLite
import TestSupport

/// The database's file opened from outside the service, as somebody with access to the disk could.
final class RawDatabase {
    private let handle: OpaquePointer

    init(path: String) throws {
        var handle: OpaquePointer?
        guard sqlite3_open_v2(path, &handle, SQLITE_OPEN_READWRITE, nil) == SQLITE_OK, let handle else {
            throw TestFailure("cannot open the database")
        }
        sqlite3_busy_timeout(handle, 5_000)
        self.handle = handle
    }

    deinit {
        sqlite3_close(handle)
    }

    func execute(_ sql: String) throws {
        guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else {
            throw TestFailure("\(String(cString: sqlite3_errmsg(handle))) in \(sql)")
        }
    }

    /// The first column of all rows as text.
    func column(_ sql: String) throws -> [String] {
        var statement: OpaquePointer?
        guard sqlite3_prepare_v2(handle, sql, -1, &statement, nil) == SQLITE_OK else {
            throw TestFailure("\(String(cString: sqlite3_errmsg(handle))) in \(sql)")
        }
        defer { sqlite3_finalize(statement) }
        var values: [String] = []
        while sqlite3_step(statement) == SQLITE_ROW {
            values.append(sqlite3_column_text(statement, 0).map { String(cString: $0) } ?? "")
        }
        return values
    }

    /// The number of rows of a table.
    func count(_ table: String) throws -> Int {
        Int(try column("SELECT count(*) FROM \(table)").first ?? "") ?? -1
    }
}
