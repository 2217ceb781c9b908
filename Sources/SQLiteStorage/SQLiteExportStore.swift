import Foundation
import Identification

extension SQLiteStores: ExportStore {
    func saveExport(_ job: ExportJob) throws {
        try connection.run(
            """
            INSERT INTO exports (id, requested_by, state, expires_at, document) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET state = excluded.state, expires_at = excluded.expires_at,
                document = excluded.document
            """,
            [
                .id(job.id), .id(job.requestedBy), .text(job.state.rawValue), .time(job.expiresAt), try .json(job),
            ]
        )
    }

    func export(_ id: UUID) throws -> ExportJob? {
        try connection.first("SELECT document FROM exports WHERE id = ?", [.id(id)], Self.export)
    }

    func exports(of accountID: UUID, before: UUID?, limit: Int) throws -> [ExportJob] {
        // The highest text there is stands for "from the newest on".
        try connection.query(
            "SELECT document FROM exports WHERE requested_by = ? AND id < ? ORDER BY id DESC LIMIT ?",
            [.id(accountID), before.map { .id($0) } ?? .text("g"), .integer(Int64(limit))],
            Self.export
        )
    }

    func unfinishedExports(limit: Int) throws -> [ExportJob] {
        try connection.query(
            "SELECT document FROM exports WHERE state IN ('waiting', 'running') ORDER BY id LIMIT ?",
            [.integer(Int64(limit))],
            Self.export
        )
    }

    func exportsToExpire(at time: Date, limit: Int) throws -> [ExportJob] {
        try connection.query(
            "SELECT document FROM exports WHERE state = 'finished' AND expires_at <= ? ORDER BY expires_at LIMIT ?",
            [.time(time), .integer(Int64(limit))],
            Self.export
        )
    }

    private static func export(_ row: SQLiteRow) throws -> ExportJob { try row.json(0, as: ExportJob.self) }
}
