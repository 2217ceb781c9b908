import Attestation
import Foundation

/// The part of the attestation's store that keeps plans of tickets, and what was dealt from them.
extension SQLiteStores {
    func ticketPlan(examID: UUID) throws -> Data? {
        try connection.first("SELECT document FROM ticket_plans WHERE exam_id = ?", [.id(examID)]) { $0.blob(0) }
    }

    func takeTicketPlace(examID: UUID, set: Int, attemptID: UUID) throws -> Int {
        let known = try connection.first(
            "SELECT place FROM ticket_places WHERE attempt_id = ?",
            [.id(attemptID)]
        ) { Int($0.integer(0)) }
        if let known { return known }
        let next = try connection.first(
            "SELECT coalesce(max(place) + 1, 0) FROM ticket_places WHERE exam_id = ? AND ticket_set = ?",
            [.id(examID), .integer(Int64(set))]
        ) { Int($0.integer(0)) }
        let place = next ?? 0
        try connection.run(
            "INSERT INTO ticket_places (exam_id, ticket_set, place, attempt_id) VALUES (?, ?, ?, ?)",
            [.id(examID), .integer(Int64(set)), .integer(Int64(place)), .id(attemptID)]
        )
        return place
    }

    func noteUses(of questions: [UUID], examID: UUID, at time: Date) throws {
        for question in questions {
            try connection.run(
                "INSERT OR IGNORE INTO question_uses (exam_id, question_id, at) VALUES (?, ?, ?)",
                [.id(examID), .id(question), .time(time)]
            )
        }
    }

    func usedQuestions(discipline: String, since: Date) throws -> Set<UUID> {
        Set(
            try connection.query(
                """
                SELECT DISTINCT question_id FROM question_uses JOIN exams ON exams.id = question_uses.exam_id
                WHERE exams.discipline = ? AND question_uses.at >= ?
                """,
                [.text(discipline), .time(since)]
            ) { try $0.id(0) }
        )
    }

    func openExams(discipline: String, at now: Date) throws -> [Exam] {
        try connection.query(
            "SELECT document FROM exams WHERE discipline = ? AND closes_at > ? ORDER BY closes_at DESC, id",
            [.text(discipline), .time(now)]
        ) { try $0.document(0, as: Exam.self) }
    }

    func examsToOpen(at now: Date, limit: Int) throws -> [Exam] {
        try connection.query(
            """
            SELECT document FROM exams WHERE secret_opened_at IS NULL AND closes_at <= ? AND NOT EXISTS (
                SELECT 1 FROM attempts WHERE attempts.exam_id = exams.id
                    AND state IN ('created', 'ready_to_start', 'started', 'ready_to_submit', 'paused', 'timed_out'))
            ORDER BY closes_at, id LIMIT ?
            """,
            [.time(now), .integer(Int64(limit))]
        ) { try $0.document(0, as: Exam.self) }
    }

    func noteSecretOpened(examID: UUID, at time: Date) throws {
        try connection.run("UPDATE exams SET secret_opened_at = ? WHERE id = ?", [.time(time), .id(examID)])
    }
}
