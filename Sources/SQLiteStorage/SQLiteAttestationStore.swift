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

    func bankRevision(discipline: String) throws -> String {
        // Versions are only ever added, so that their number tells; the index holds all that is read.
        let revision = try connection.first(
            "SELECT count(*), coalesce(max(id), ''), total(version) FROM questions WHERE discipline = ?",
            [.text(discipline)]
        ) { "\($0.integer(0)) \($0.text(1)) \($0.integer(2))" }
        return revision ?? ""
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
}

extension SQLiteValue {
    /// A value of the attestation's domain in its canonical form.
    static func document(_ value: some Encodable) throws -> SQLiteValue {
        .text(String(decoding: try CanonicalJSON.encode(value), as: UTF8.self))
    }
}

extension SQLiteRow {
    func document<Value: Decodable>(_ column: Int32, as type: Value.Type) throws -> Value {
        try CanonicalJSON.decode(type, from: blob(column))
    }
}
