import Attestation
import Cryptography
import Foundation

extension SQLiteStores: AdmissionStore {
    func admissionRules(examID: UUID) throws -> AdmissionRules {
        try connection.first("SELECT document FROM admission_rules WHERE exam_id = ?", [.id(examID)]) {
            try $0.document(0, as: AdmissionRules.self)
        } ?? AdmissionRules()
    }

    func setAdmissionRules(_ rules: AdmissionRules, examID: UUID) throws {
        try connection.run(
            "INSERT OR REPLACE INTO admission_rules (exam_id, document) VALUES (?, ?)",
            [.id(examID), try .document(rules)]
        )
    }

    // MARK: - Current control

    func creditUnits(discipline: String) throws -> CreditUnits? {
        try connection.first(
            "SELECT document FROM credit_units WHERE discipline = ? ORDER BY number DESC LIMIT 1",
            [.text(discipline)]
        ) { try $0.document(0, as: CreditUnits.self) }
    }

    func insertCreditUnits(_ units: CreditUnits) throws {
        try connection.run(
            "INSERT INTO credit_units (discipline, document) VALUES (?, ?)",
            [.text(units.discipline), try .document(units)]
        )
    }

    func insertCreditUnitResult(_ result: CreditUnitResult) throws {
        try connection.run(
            "INSERT INTO credit_unit_results (id, candidate_id, discipline, document) VALUES (?, ?, ?, ?)",
            [.id(result.id), .id(result.candidateID), .text(result.discipline), try .document(result)]
        )
    }

    func creditUnitResults(candidateID: UUID, discipline: String?) throws -> [CreditUnitResult] {
        try connection.query(
            """
            SELECT document FROM credit_unit_results
            WHERE candidate_id = ?1 AND (?2 IS NULL OR discipline = ?2) ORDER BY id
            """,
            [.id(candidateID), .text(discipline)]
        ) { try $0.document(0, as: CreditUnitResult.self) }
    }

    func currentControlExams(discipline: String) throws -> [(examID: UUID, unit: Int)] {
        try connection.query(
            """
            SELECT exams.id, json_extract(admission_rules.document, '$.credit_unit')
            FROM admission_rules JOIN exams ON exams.id = admission_rules.exam_id
            WHERE json_extract(admission_rules.document, '$.credit_unit') IS NOT NULL
                AND json_extract(exams.document, '$.discipline') = ?
            ORDER BY exams.id
            """,
            [.text(discipline)]
        ) { (try $0.id(0), Int($0.integer(1))) }
    }

    // MARK: - Keys

    func insertAccessKey(_ key: AccessKey) throws {
        var holder: (id: UUID?, group: String?, candidate: UUID?)
        switch key.holder {
        case .group(let id, let name): (holder.id, holder.group) = (id, name)
        case .candidate(let id): holder.candidate = id
        }
        try connection.run(
            """
            INSERT INTO access_keys
                (id, exam_id, group_name, candidate_id, hash, valid_from, valid_until, issued_by, at, revoked_at,
                group_id)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .id(key.id), .id(key.examID), .text(holder.group), .id(holder.candidate), .blob(Data(key.hash.bytes)),
                .time(key.validFrom), .time(key.validUntil), .id(key.issuedBy), .time(key.at), .time(key.revokedAt),
                .id(holder.id),
            ]
        )
    }

    func revokeAccessKey(_ id: UUID, examID: UUID, at time: Date) throws -> Bool {
        try connection.run(
            "UPDATE access_keys SET revoked_at = ? WHERE id = ? AND exam_id = ? AND revoked_at IS NULL",
            [.time(time), .id(id), .id(examID)]
        ) == 1
    }

    func accessKeys(examID: UUID) throws -> [AccessKey] {
        try connection.query("\(Self.keyColumns) WHERE exam_id = ? ORDER BY id", [.id(examID)], Self.accessKey)
    }

    func accessKey(examID: UUID, hash: SHA256Digest) throws -> AccessKey? {
        try connection.first(
            "\(Self.keyColumns) WHERE exam_id = ? AND hash = ?",
            [.id(examID), .blob(Data(hash.bytes))],
            Self.accessKey
        )
    }

    func insertAccessKeyUse(_ keyID: UUID, examID: UUID, candidateID: UUID, at time: Date) throws {
        try connection.run(
            "INSERT OR IGNORE INTO access_key_uses (exam_id, candidate_id, key_id, at) VALUES (?, ?, ?, ?)",
            [.id(examID), .id(candidateID), .id(keyID), .time(time)]
        )
    }

    func usedAccessKeys(examID: UUID, candidateID: UUID) throws -> [AccessKey] {
        try connection.query(
            """
            \(Self.keyColumns) WHERE id IN
                (SELECT key_id FROM access_key_uses WHERE exam_id = ? AND candidate_id = ?) ORDER BY id
            """,
            [.id(examID), .id(candidateID)],
            Self.accessKey
        )
    }

    private static let keyColumns = """
        SELECT id, exam_id, group_name, candidate_id, hash, valid_from, valid_until, issued_by, at, revoked_at, group_id
        FROM access_keys
        """

    private static func accessKey(_ row: SQLiteRow) throws -> AccessKey {
        let hash = try SHA256Digest(bytes: row.blob(4))
        return AccessKey(
            id: try row.id(0),
            examID: try row.id(1),
            holder: try row.optionalID(3).map { .candidate($0) } ?? .group(row.optionalID(10), name: row.text(2)),
            hash: hash,
            validFrom: row.time(5),
            validUntil: row.time(6),
            issuedBy: try row.id(7),
            at: row.time(8),
            revokedAt: row.optionalTime(9)
        )
    }

    // MARK: - Schedules

    func insertSchedule(_ schedule: ExamSchedule) throws {
        try connection.run(
            "INSERT INTO exam_schedules (exam_id, number, opens_at, closes_at, document) VALUES (?, ?, ?, ?, ?)",
            [
                .id(schedule.examID), .integer(Int64(schedule.number)), .time(schedule.opensAt),
                .time(schedule.closesAt), try .document(schedule),
            ]
        )
        guard var exam = try exam(schedule.examID) else { return }
        exam.opensAt = schedule.opensAt
        exam.closesAt = schedule.closesAt
        try connection.run("UPDATE exams SET document = ? WHERE id = ?", [try .document(exam), .id(exam.id)])
        try connection.run(
            "UPDATE attempts SET next_turn = ? WHERE exam_id = ? AND state IN ('created', 'ready_to_start')",
            [.time(schedule.closesAt), .id(exam.id)]
        )
    }

    func schedules(examID: UUID) throws -> [ExamSchedule] {
        try connection.query(
            "SELECT document FROM exam_schedules WHERE exam_id = ? ORDER BY number",
            [.id(examID)]
        ) { try $0.document(0, as: ExamSchedule.self) }
    }

    func upcomingSchedules(at now: Date, limit: Int) throws -> [ExamSchedule] {
        try connection.query(
            """
            SELECT document FROM exam_schedules AS newest WHERE closes_at > ? AND number =
                (SELECT max(number) FROM exam_schedules WHERE exam_id = newest.exam_id)
            ORDER BY opens_at, exam_id LIMIT ?
            """,
            [.time(now), .integer(Int64(limit))]
        ) { try $0.document(0, as: ExamSchedule.self) }
    }

    func expectedCandidates(examID: UUID) throws -> [UUID] {
        try connection.query(
            """
            SELECT candidate_id FROM attempts WHERE exam_id = ?1
            UNION SELECT candidate_id FROM access_keys
                WHERE exam_id = ?1 AND candidate_id IS NOT NULL AND revoked_at IS NULL
            UNION SELECT candidate_id FROM access_key_uses WHERE exam_id = ?1
            ORDER BY candidate_id
            """,
            [.id(examID)]
        ) { try $0.id(0) }
    }

    // MARK: - System checks

    func saveSystemCheck(_ check: SystemCheck) throws {
        try connection.run(
            "INSERT OR REPLACE INTO system_checks (id, account_id, document) VALUES (?, ?, ?)",
            [.id(check.id), .id(check.accountID), try .document(check)]
        )
    }

    func systemCheck(_ id: UUID) throws -> SystemCheck? {
        try connection.first("SELECT document FROM system_checks WHERE id = ?", [.id(id)]) {
            try $0.document(0, as: SystemCheck.self)
        }
    }

    func systemChecks(accountID: UUID, limit: Int) throws -> [SystemCheck] {
        try connection.query(
            "SELECT document FROM system_checks WHERE account_id = ? ORDER BY id DESC LIMIT ?",
            [.id(accountID), .integer(Int64(limit))]
        ) { try $0.document(0, as: SystemCheck.self) }
    }

    // MARK: - Attempts

    func attempts(examID: UUID, after: UUID?, limit: Int) throws -> [Attempt] {
        let ids = try connection.query(
            "SELECT id FROM attempts WHERE exam_id = ? AND id > ? ORDER BY id LIMIT ?",
            [.id(examID), after.map { .id($0) } ?? .text(""), .integer(Int64(limit))]
        ) { try $0.id(0) }
        return try ids.compactMap { try attempt($0) }
    }

    func attempts(candidateID: UUID, before: UUID?, limit: Int) throws -> [Attempt] {
        let ids = try connection.query(
            "SELECT id FROM attempts WHERE candidate_id = ? AND id < ? ORDER BY id DESC LIMIT ?",
            [.id(candidateID), before.map { .id($0) } ?? .text("g"), .integer(Int64(limit))]
        ) { try $0.id(0) }
        return try ids.compactMap { try attempt($0) }
    }
}
