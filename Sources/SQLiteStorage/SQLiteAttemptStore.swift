import Attestation
import Foundation

/// The part of the attestation's store that attempts need.
extension SQLiteStores {
    func insertAttempt(_ attempt: Attempt, expiresAt: Date?) throws {
        try connection.run(
            "INSERT INTO attempts (id, exam_id, candidate_id, state, document, next_turn) VALUES (?, ?, ?, ?, ?, ?)",
            [
                .id(attempt.id), .id(attempt.examID), .id(attempt.candidateID), .text(attempt.state.rawValue),
                try .document(attempt.opening), .time(attempt.state.isBeforeStart ? expiresAt : attempt.nextTurn),
            ]
        )
        try insertRecords(of: attempt, after: 0)
    }

    func updateAttempt(_ attempt: Attempt) throws {
        // Before the start what comes next is the end of the exam's window, which stands there since the insertion.
        try connection.run(
            """
            UPDATE attempts SET state = ?2, document = ?3, next_turn = CASE WHEN ?4 THEN next_turn ELSE ?5 END
            WHERE id = ?1
            """,
            [
                .id(attempt.id), .text(attempt.state.rawValue), try .document(attempt.opening),
                .integer(attempt.state.isBeforeStart ? 1 : 0), .time(attempt.nextTurn),
            ]
        )
        let stored = try connection.first(
            "SELECT count(*) FROM attempt_records WHERE attempt_id = ?",
            [.id(attempt.id)]
        ) { Int($0.integer(0)) }
        try insertRecords(of: attempt, after: stored ?? 0)
    }

    private func insertRecords(of attempt: Attempt, after count: Int) throws {
        for record in attempt.records.dropFirst(count) {
            try connection.run(
                "INSERT INTO attempt_records (attempt_id, number, at, document) VALUES (?, ?, ?, ?)",
                [.id(attempt.id), .integer(Int64(record.number)), .time(record.at), try .document(record)]
            )
        }
    }

    func attempt(_ id: UUID) throws -> Attempt? {
        let opening = try connection.first("SELECT document FROM attempts WHERE id = ?", [.id(id)]) { $0.blob(0) }
        return try opening.map { try attempt(id, opening: $0) }
    }

    func attempt(examID: UUID, candidateID: UUID) throws -> Attempt? {
        let found = try connection.first(
            "SELECT id, document FROM attempts WHERE exam_id = ? AND candidate_id = ?",
            [.id(examID), .id(candidateID)]
        ) { (try $0.id(0), $0.blob(1)) }
        return try found.map { try attempt($0, opening: $1) }
    }

    private func attempt(_ id: UUID, opening: Data) throws -> Attempt {
        let records = try connection.query(
            "SELECT document FROM attempt_records WHERE attempt_id = ? ORDER BY number",
            [.id(id)]
        ) { try $0.document(0, as: AttemptRecord.self) }
        return try Attempt(storedOpening: opening, records: records)
    }

    func turningAttempts(at now: Date, limit: Int) throws -> [UUID] {
        try connection.query(
            "SELECT id FROM attempts WHERE next_turn <= ? ORDER BY next_turn LIMIT ?",
            [.time(now), .integer(Int64(limit))]
        ) { try $0.id(0) }
    }

    // MARK: - Answers

    func saveAnswer(_ answer: SavedAnswer, counts: Bool) throws {
        let values: [SQLiteValue] = [
            .id(answer.attemptID), .integer(Int64(answer.number)), .integer(Int64(answer.version)),
            .time(answer.givenAt), .time(answer.savedAt), .text(answer.origin?.device),
            answer.origin.map { .integer($0.sequence) } ?? .null, try .document(answer.answer),
        ]
        let columns = "(attempt_id, number, version, given_at, saved_at, device, sequence, document)"
        let places = "VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
        try connection.run("INSERT INTO answer_versions \(columns) \(places)", values)
        guard counts else { return }
        try connection.run("INSERT OR REPLACE INTO answers \(columns) \(places)", values)
    }

    func answers(attemptID: UUID) throws -> [SavedAnswer] {
        try connection.query("\(Self.select) answers WHERE attempt_id = ? ORDER BY number", [.id(attemptID)]) {
            try Self.answer($0, attemptID)
        }
    }

    func answer(attemptID: UUID, number: Int) throws -> SavedAnswer? {
        try connection.first(
            "\(Self.select) answers WHERE attempt_id = ? AND number = ?",
            [.id(attemptID), .integer(Int64(number))]
        ) { try Self.answer($0, attemptID) }
    }

    func answerVersions(attemptID: UUID, number: Int) throws -> [SavedAnswer] {
        try connection.query(
            "\(Self.select) answer_versions WHERE attempt_id = ? AND number = ? ORDER BY version",
            [.id(attemptID), .integer(Int64(number))]
        ) { try Self.answer($0, attemptID) }
    }

    func lastAnswerVersion(attemptID: UUID, number: Int) throws -> SavedAnswer? {
        try connection.first(
            "\(Self.select) answer_versions WHERE attempt_id = ? AND number = ? ORDER BY version DESC LIMIT 1",
            [.id(attemptID), .integer(Int64(number))]
        ) { try Self.answer($0, attemptID) }
    }

    func answer(attemptID: UUID, origin: SavedAnswer.Origin) throws -> SavedAnswer? {
        try connection.first(
            "\(Self.select) answer_versions WHERE attempt_id = ? AND device = ? AND sequence = ?",
            [.id(attemptID), .text(origin.device), .integer(origin.sequence)]
        ) { try Self.answer($0, attemptID) }
    }

    private static let select = "SELECT number, version, given_at, saved_at, device, sequence, document FROM"

    private static func answer(_ row: SQLiteRow, _ attemptID: UUID) throws -> SavedAnswer {
        SavedAnswer(
            attemptID: attemptID,
            number: Int(row.integer(0)),
            version: Int(row.integer(1)),
            givenAt: row.time(2),
            savedAt: row.time(3),
            origin: row.isNull(5) ? nil : SavedAnswer.Origin(device: row.text(4), sequence: row.integer(5)),
            answer: try row.document(6, as: Answer.self)
        )
    }

    // MARK: - Devices

    func deviceLeases(attemptID: UUID) throws -> [DeviceLease] {
        try connection.query(
            """
            SELECT device, since, until, heard_at, heard_sequence FROM attempt_devices WHERE attempt_id = ?
            ORDER BY since, until IS NULL, until
            """,
            [.id(attemptID)]
        ) { row in
            DeviceLease(
                attemptID: attemptID,
                device: row.text(0),
                since: row.time(1),
                until: row.optionalTime(2),
                contact: row.optionalTime(3).map { DeviceLease.Contact(at: $0, sequence: row.integer(4)) }
            )
        }
    }

    func saveDeviceLease(_ lease: DeviceLease) throws {
        try connection.run(
            """
            INSERT INTO attempt_devices (attempt_id, device, since, until, heard_at, heard_sequence)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6)
            ON CONFLICT (attempt_id, since, device) DO UPDATE SET until = ?4, heard_at = ?5, heard_sequence = ?6
            """,
            [
                .id(lease.attemptID), .text(lease.device), .time(lease.since), .time(lease.until),
                .time(lease.contact?.at), lease.contact.map { .integer($0.sequence) } ?? .null,
            ]
        )
    }

    // MARK: - Accommodations

    func insertAccommodation(_ accommodation: Accommodation) throws {
        try connection.run(
            """
            INSERT INTO accommodations
                (id, exam_id, candidate_id, extra_seconds, break_seconds, assistant, basis, decided_by, at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .id(accommodation.id), .id(accommodation.examID), .id(accommodation.candidateID),
                .integer(Int64(accommodation.extraSeconds)), .integer(Int64(accommodation.breakSeconds)),
                .integer(accommodation.allowsAssistant ? 1 : 0), .text(accommodation.basis),
                .id(accommodation.decidedBy), .time(accommodation.at),
            ]
        )
    }

    func accommodation(examID: UUID, candidateID: UUID) throws -> Accommodation? {
        try connection.first(
            "\(Self.accommodationColumns) WHERE exam_id = ? AND candidate_id = ? ORDER BY id DESC LIMIT 1",
            [.id(examID), .id(candidateID)],
            Self.accommodation
        )
    }

    func accommodations(examID: UUID) throws -> [Accommodation] {
        try connection.query(
            """
            \(Self.accommodationColumns) AS newest WHERE exam_id = ? AND id =
                (SELECT max(id) FROM accommodations WHERE exam_id = newest.exam_id
                    AND candidate_id = newest.candidate_id)
            ORDER BY candidate_id
            """,
            [.id(examID)],
            Self.accommodation
        )
    }

    private static let accommodationColumns = """
        SELECT id, exam_id, candidate_id, extra_seconds, break_seconds, assistant, basis, decided_by, at
        FROM accommodations
        """

    private static func accommodation(_ row: SQLiteRow) throws -> Accommodation {
        Accommodation(
            id: try row.id(0),
            examID: try row.id(1),
            candidateID: try row.id(2),
            extraSeconds: Int(row.integer(3)),
            breakSeconds: Int(row.integer(4)),
            allowsAssistant: row.integer(5) != 0,
            basis: row.text(6),
            decidedBy: try row.id(7),
            at: row.time(8)
        )
    }
}
