import Foundation
import Identification

extension SQLiteStores: ErasureStore {
    func wrappedBiometricKey(of accountID: UUID) throws -> Data? {
        try connection.first("SELECT wrapped_key FROM biometric_keys WHERE account_id = ?", [.id(accountID)]) {
            $0.blob(0)
        }
    }

    func insertWrappedBiometricKey(_ key: Data, of accountID: UUID) throws {
        try connection.run(
            "INSERT INTO biometric_keys (account_id, wrapped_key) VALUES (?, ?)",
            [.id(accountID), .blob(key)]
        )
    }

    // MARK: - Demands

    func insertErasure(_ request: ErasureRequest) throws {
        try connection.run(
            """
            INSERT INTO erasures (id, account_id, reason, requested_by, requested_at, due_by)
            VALUES (?, ?, ?, ?, ?, ?)
            """,
            [
                .id(request.id), .id(request.accountID), .text(request.reason), .id(request.requestedBy),
                .time(request.requestedAt), .time(request.dueBy),
            ]
        )
    }

    func erasure(_ id: UUID) throws -> ErasureRequest? {
        try connection.first("\(Self.erasureColumns) WHERE id = ?", [.id(id)], Self.erasure)
    }

    func erasures(before: UUID?, limit: Int) throws -> [ErasureRequest] {
        try connection.query(
            "\(Self.erasureColumns) WHERE ?1 IS NULL OR id < ?1 ORDER BY id DESC LIMIT ?2",
            [.id(before), .integer(Int64(limit))],
            Self.erasure
        )
    }

    func openErasures(after: UUID?, limit: Int) throws -> [ErasureRequest] {
        try connection.query(
            """
            \(Self.erasureColumns)
            WHERE cancelled_at IS NULL AND completed_at IS NULL AND (?1 IS NULL OR id > ?1) ORDER BY id LIMIT ?2
            """,
            [.id(after), .integer(Int64(limit))],
            Self.erasure
        )
    }

    func pendingErasure(of accountID: UUID) throws -> ErasureRequest? {
        try connection.first(
            "\(Self.erasureColumns) WHERE account_id = ? AND cancelled_at IS NULL AND destroyed_at IS NULL",
            [.id(accountID)],
            Self.erasure
        )
    }

    func erasureHolds(of accountID: UUID) throws -> Set<ErasureHold> {
        func exists(_ sql: String) throws -> Bool {
            try connection.first("SELECT EXISTS (\(sql))", [.id(accountID)]) { $0.integer(0) != 0 } ?? false
        }
        var holds: Set<ErasureHold> = []
        let attempts = "SELECT 1 FROM attempts WHERE candidate_id = ?1 AND state IN"
        if try exists("\(attempts) ('started', 'ready_to_submit', 'timed_out')") { holds.insert(.attemptRuns) }
        if try exists("\(attempts) ('second_review_required')") { holds.insert(.resultUnderReview) }
        if try exists(
            "SELECT 1 FROM face_duplicates WHERE verdict IS NULL AND (account_id = ?1 OR other_account_id = ?1)"
        ) {
            holds.insert(.duplicateUndecided)
        }
        return holds
    }

    func cancelErasure(_ id: UUID, at: Date) throws -> Bool {
        try connection.run(
            "UPDATE erasures SET cancelled_at = ? WHERE id = ? AND destroyed_at IS NULL AND cancelled_at IS NULL",
            [.time(at), .id(id)]
        ) == 1
    }

    // MARK: - Destroying

    func destroyBiometrics(for id: UUID, at time: Date) throws -> ErasureRequest.Destroyed? {
        guard let request = try erasure(id), request.state == .requested else { return nil }
        let account = SQLiteValue.id(request.accountID)
        let records = try connection.query(
            "\(Self.recordColumns) WHERE subject = ? AND method = 'biometric' AND erased_at IS NULL",
            [account],
            Self.record
        )
        try connection.run(
            """
            INSERT OR IGNORE INTO erasure_files (erasure_id, evidence)
            SELECT ?1, evidence FROM portraits WHERE account_id = ?2
            UNION SELECT ?1, evidence FROM identifications
                WHERE subject = ?2 AND method = 'biometric' AND erased_at IS NULL AND evidence IS NOT NULL
            """,
            [.id(id), account]
        )
        for record in records {
            let erased = record.erased(at: time)
            try connection.run(
                "UPDATE identifications SET comparison = NULL, findings = ?, erased_at = ? WHERE id = ?",
                [try erased.findings.map { try .json($0) } ?? .null, .time(time), .id(record.id)]
            )
        }
        try connection.run(
            """
            DELETE FROM sealed_payloads WHERE biometric_record_id IS NOT NULL AND (subject = ?1
                OR biometric_record_id IN (SELECT id FROM face_duplicates WHERE other_account_id = ?1))
            """,
            [account]
        )
        try connection.run(
            "UPDATE face_duplicates SET distance = NULL WHERE account_id = ?1 OR other_account_id = ?1",
            [account]
        )
        let portraits = try connection.run("DELETE FROM portraits WHERE account_id = ?", [account])
        try connection.run("DELETE FROM biometric_keys WHERE account_id = ?", [account])
        let destroyed = ErasureRequest.Destroyed(
            at: time,
            portraits: portraits,
            records: records.count,
            files: try filesToDelete(for: id).count
        )
        try connection.run(
            "UPDATE erasures SET destroyed_at = ?, portraits = ?, records = ?, files = ? WHERE id = ?",
            [
                .time(time), .integer(Int64(destroyed.portraits)), .integer(Int64(destroyed.records)),
                .integer(Int64(destroyed.files)), .id(id),
            ]
        )
        return destroyed
    }

    func filesToDelete(for id: UUID) throws -> [EvidenceReference] {
        try connection.query(
            "SELECT evidence FROM erasure_files WHERE erasure_id = ? ORDER BY evidence",
            [.id(id)]
        ) { try $0.value(0, as: EvidenceReference.self) }
    }

    func completeErasure(_ id: UUID, at time: Date) throws -> Bool {
        let isCompleted = try connection.run(
            "UPDATE erasures SET completed_at = ? WHERE id = ? AND destroyed_at IS NOT NULL AND completed_at IS NULL",
            [.time(time), .id(id)]
        )
        guard isCompleted == 1 else { return false }
        try connection.run("DELETE FROM erasure_files WHERE erasure_id = ?", [.id(id)])
        return true
    }

    private static let erasureColumns = """
        SELECT id, account_id, reason, requested_by, requested_at, cancelled_at, destroyed_at, portraits, records,
            files, completed_at
        FROM erasures
        """

    private static func erasure(_ row: SQLiteRow) throws -> ErasureRequest {
        ErasureRequest(
            id: try row.id(0),
            accountID: try row.id(1),
            reason: row.text(2),
            requestedBy: try row.id(3),
            requestedAt: row.time(4),
            cancelledAt: row.optionalTime(5),
            destroyed: row.optionalTime(6).map { time in
                ErasureRequest.Destroyed(
                    at: time,
                    portraits: Int(row.integer(7)),
                    records: Int(row.integer(8)),
                    files: Int(row.integer(9))
                )
            },
            completedAt: row.optionalTime(10)
        )
    }
}
