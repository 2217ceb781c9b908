import Attestation
import Foundation

extension SQLiteStores: AttestationStore {
    func insertExam(_ exam: Exam, sealedSecret: Data, plan: Data?, createdAt: Date) throws {
        try connection.run(
            """
            INSERT INTO exams (id, document, sealed_secret, created_at, discipline, closes_at)
            VALUES (?, ?, ?, ?, ?, ?)
            """,
            [
                .id(exam.id), try .document(exam), .blob(sealedSecret), .time(createdAt), .text(exam.discipline),
                .time(exam.closesAt),
            ]
        )
        guard let plan else { return }
        try connection.run("INSERT INTO ticket_plans (exam_id, document) VALUES (?, ?)", [.id(exam.id), .blob(plan)])
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
