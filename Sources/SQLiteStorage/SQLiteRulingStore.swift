import Foundation
import Grading

extension SQLiteStores: RulingStore {
    func insertRuling(_ ruling: QuestionRuling) throws {
        try connection.run(
            "INSERT INTO question_rulings (id, exam_id, document) VALUES (?, ?, ?)",
            [.id(ruling.id), .id(ruling.examID), try .document(ruling)]
        )
    }

    func rulings(of examID: UUID) throws -> [QuestionRuling] {
        try connection.query(
            "SELECT document FROM question_rulings WHERE exam_id = ? ORDER BY id",
            [.id(examID)]
        ) { try $0.document(0, as: QuestionRuling.self) }
    }

    func gradedAttempts(of examID: UUID) throws -> [UUID] {
        try connection.query(
            """
            SELECT id FROM attempts
            WHERE exam_id = ? AND state IN ('submitted', 'second_review_required', 'verified') ORDER BY id
            """,
            [.id(examID)]
        ) { try $0.id(0) }
    }
}
