import Attestation
import Foundation

extension SQLiteStores: AttestationStore {
    func insertQuestions(_ questions: [Question]) throws {
        for question in questions {
            try connection.run(
                "INSERT INTO questions (id, version, discipline, topic, document) VALUES (?, ?, ?, ?, ?)",
                [
                    .id(question.id), .integer(Int64(question.version)), .text(question.discipline),
                    .text(question.topic), try .document(question),
                ]
            )
        }
    }

    func questions(discipline: String) throws -> [Question] {
        try connection.query(
            """
            SELECT document FROM questions AS newest WHERE discipline = ?1 AND version =
                (SELECT max(version) FROM questions WHERE id = newest.id)
            ORDER BY id
            """,
            [.text(discipline)]
        ) { try $0.document(0, as: Question.self) }
    }

    func question(_ id: UUID, version: Int) throws -> Question? {
        try connection.first(
            "SELECT document FROM questions WHERE id = ? AND version = ?",
            [.id(id), .integer(Int64(version))]
        ) { try $0.document(0, as: Question.self) }
    }

    func insertExam(_ exam: Exam, sealedSecret: Data, createdAt: Date) throws {
        try connection.run(
            "INSERT INTO exams (id, document, sealed_secret, created_at) VALUES (?, ?, ?, ?)",
            [.id(exam.id), try .document(exam), .blob(sealedSecret), .time(createdAt)]
        )
    }

    func exam(_ id: UUID) throws -> Exam? {
        try connection.first("SELECT document FROM exams WHERE id = ?", [.id(id)]) {
            try $0.document(0, as: Exam.self)
        }
    }

    func exams(before: UUID?, limit: Int) throws -> [Exam] {
        // UUIDv7 sorts by time; «g» sorts behind every hexadecimal digit.
        try connection.query(
            "SELECT document FROM exams WHERE id < ? ORDER BY id DESC LIMIT ?",
            [before.map { .id($0) } ?? .text("g"), .integer(Int64(limit))]
        ) { try $0.document(0, as: Exam.self) }
    }

    func sealedExamSecret(_ examID: UUID) throws -> Data? {
        try connection.first("SELECT sealed_secret FROM exams WHERE id = ?", [.id(examID)]) { $0.blob(0) }
    }

    func insertAttempt(_ attempt: Attempt) throws {
        try connection.run(
            "INSERT INTO attempts (id, exam_id, candidate_id, state, document, deadline) VALUES (?, ?, ?, ?, ?, ?)",
            [
                .id(attempt.id), .id(attempt.examID), .id(attempt.candidateID), .text(attempt.state.rawValue),
                try .document(attempt), .time(attempt.deadline),
            ]
        )
    }

    func updateAttempt(_ attempt: Attempt) throws {
        try connection.run(
            "UPDATE attempts SET state = ?, document = ?, deadline = ? WHERE id = ?",
            [.text(attempt.state.rawValue), try .document(attempt), .time(attempt.deadline), .id(attempt.id)]
        )
    }

    func attempt(_ id: UUID) throws -> Attempt? {
        try connection.first("SELECT document FROM attempts WHERE id = ?", [.id(id)]) {
            try $0.document(0, as: Attempt.self)
        }
    }

    func attempt(examID: UUID, candidateID: UUID) throws -> Attempt? {
        try connection.first(
            "SELECT document FROM attempts WHERE exam_id = ? AND candidate_id = ?",
            [.id(examID), .id(candidateID)]
        ) { try $0.document(0, as: Attempt.self) }
    }

    func overdueAttempts(at now: Date, limit: Int) throws -> [UUID] {
        try connection.query(
            """
            SELECT id FROM attempts WHERE state IN ('started', 'ready_to_submit') AND deadline <= ?
            ORDER BY deadline LIMIT ?
            """,
            [.time(now), .integer(Int64(limit))]
        ) { try $0.id(0) }
    }

    func saveAnswer(_ answer: SavedAnswer) throws {
        try connection.run(
            """
            INSERT INTO answers (attempt_id, number, version, saved_at, document) VALUES (?1, ?2, ?3, ?4, ?5)
            ON CONFLICT (attempt_id, number) DO UPDATE SET version = ?3, saved_at = ?4, document = ?5
            """,
            [
                .id(answer.attemptID), .integer(Int64(answer.number)), .integer(Int64(answer.version)),
                .time(answer.savedAt), try .document(answer.answer),
            ]
        )
    }

    func answers(attemptID: UUID) throws -> [SavedAnswer] {
        try connection.query("\(Self.answerColumns) WHERE attempt_id = ? ORDER BY number", [.id(attemptID)]) {
            try Self.answer($0, attemptID)
        }
    }

    func answer(attemptID: UUID, number: Int) throws -> SavedAnswer? {
        try connection.first(
            "\(Self.answerColumns) WHERE attempt_id = ? AND number = ?",
            [.id(attemptID), .integer(Int64(number))]
        ) { try Self.answer($0, attemptID) }
    }

    private static let answerColumns = "SELECT number, version, saved_at, document FROM answers"

    private static func answer(_ row: SQLiteRow, _ attemptID: UUID) throws -> SavedAnswer {
        SavedAnswer(
            attemptID: attemptID,
            number: Int(row.integer(0)),
            version: Int(row.integer(1)),
            savedAt: row.time(2),
            answer: try row.document(3, as: Answer.self)
        )
    }
}

extension SQLiteValue {
    /// A value of the attestation's domain in its canonical form.
    fileprivate static func document(_ value: some Encodable) throws -> SQLiteValue {
        .text(String(decoding: try CanonicalJSON.encode(value), as: UTF8.self))
    }
}

extension SQLiteRow {
    fileprivate func document<Value: Decodable>(_ column: Int32, as type: Value.Type) throws -> Value {
        try CanonicalJSON.decode(type, from: blob(column))
    }
}
