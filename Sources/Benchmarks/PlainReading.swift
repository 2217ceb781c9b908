import CSQLite
import Foundation

/// The bound of `make bench-export`: the columns of a register read by SQLite in the export's order, and no more done with
/// them than counting their bytes.
struct PlainReading {
    let file: URL

    private static let sql = """
        SELECT i.id, i.method, i.subject, i.attempt_id, i.outcome, i.reason, i.at, i.comparison, i.evidence, i.procedure,
            i.moment, i.operator_id, i.authority_id, i.document_kind, i.sealed, i.erased_at, i.tries, a.surname,
            a.given_name, a.patronymic, (SELECT min(entry_index) FROM log_places WHERE record_id = i.id)
        FROM identifications AS i LEFT JOIN accounts AS a ON a.id = i.subject ORDER BY i.at, i.id
        """
    private static let documentKind: Int32 = 13

    /// Reads every row.
    func read() throws -> (rows: Int, documents: Int, bytes: Int) {
        var handle: OpaquePointer?
        defer { sqlite3_close_v2(handle) }
        guard sqlite3_open_v2(file.path, &handle, SQLITE_OPEN_READONLY, nil) == SQLITE_OK else {
            throw BenchmarkError(file.path)
        }
        var statement: OpaquePointer?
        defer { sqlite3_finalize(statement) }
        guard sqlite3_prepare_v2(handle, Self.sql, -1, &statement, nil) == SQLITE_OK else {
            throw BenchmarkError(String(cString: sqlite3_errmsg(handle)))
        }
        var (rows, documents, bytes) = (0, 0, 0)
        let columns = sqlite3_column_count(statement)
        while true {
            let code = sqlite3_step(statement)
            if code == SQLITE_DONE { return (rows, documents, bytes) }
            guard code == SQLITE_ROW else { throw BenchmarkError(String(cString: sqlite3_errmsg(handle))) }
            rows += 1
            if sqlite3_column_type(statement, Self.documentKind) != SQLITE_NULL { documents += 1 }
            for column in 0..<columns { bytes += Int(sqlite3_column_bytes(statement, column)) }
        }
    }
}
