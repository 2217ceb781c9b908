import Attestation
import Foundation
import Grading

extension SQLiteStores: OpenWorkStore {
    func saveWork(_ work: OpenWork) throws {
        try connection.run(
            """
            INSERT INTO open_works (id, exam_id, attempt_id, number, alias, state, due, document)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET state = excluded.state, document = excluded.document
            """,
            [
                .id(work.id), .id(work.examID), .id(work.attemptID), .integer(Int64(work.number)), .text(work.alias),
                .text(work.state.rawValue), .text(work.due.day), try .document(work),
            ]
        )
    }

    func work(_ id: UUID) throws -> OpenWork? {
        try connection.first("SELECT document FROM open_works WHERE id = ?", [.id(id)], Self.work)
    }

    func works(attemptID: UUID) throws -> [OpenWork] {
        try connection.query(
            "SELECT document FROM open_works WHERE attempt_id = ? AND state <> 'withdrawn' ORDER BY number",
            [.id(attemptID)],
            Self.work
        )
    }

    func works(_ filter: OpenWorkFilter) throws -> [OpenWork] {
        var conditions: [(sql: String, value: SQLiteValue)] = []
        if let exam = filter.examID { conditions.append(("exam_id = ?", .id(exam))) }
        if let state = filter.state { conditions.append(("state = ?", .text(state.rawValue))) }
        if let day = filter.dueBy { conditions.append(("due <= ?", .text(day))) }
        if let grader = filter.notGradedBy {
            let own = """
                NOT EXISTS (SELECT 1 FROM json_each(document, '$.gradings')
                    WHERE lower(json_extract(value, '$.graderID')) = ?)
                """
            conditions.append((own, .id(grader)))
        }
        let filtering = conditions.isEmpty ? "" : "WHERE \(conditions.map(\.sql).joined(separator: " AND "))"
        return try connection.query(
            "SELECT document FROM open_works \(filtering) ORDER BY due, id LIMIT ?",
            conditions.map(\.value) + [.integer(Int64(filter.limit))],
            Self.work
        )
    }

    func insertRubric(_ rubric: Rubric, by account: UUID, at time: Date) throws {
        try connection.run(
            "INSERT INTO rubrics (question_id, number, document, by, at) VALUES (?, ?, ?, ?, ?)",
            [
                .id(rubric.questionID), .integer(Int64(rubric.number)), try .document(rubric), .id(account),
                .time(time),
            ]
        )
    }

    func rubric(of questionID: UUID) throws -> Rubric? {
        try connection.first(
            "SELECT document FROM rubrics WHERE question_id = ? ORDER BY number DESC LIMIT 1",
            [.id(questionID)]
        ) { try $0.document(0, as: Rubric.self) }
    }

    func rubric(of questionID: UUID, number: Int) throws -> Rubric? {
        try connection.first(
            "SELECT document FROM rubrics WHERE question_id = ? AND number = ?",
            [.id(questionID), .integer(Int64(number))]
        ) { try $0.document(0, as: Rubric.self) }
    }

    func savePanel(_ panel: GradingPanel) throws {
        try connection.run(
            """
            INSERT INTO grading_panels (exam_id, document) VALUES (?, ?)
            ON CONFLICT (exam_id) DO UPDATE SET document = excluded.document
            """,
            [.id(panel.examID), try .document(panel)]
        )
    }

    func panel(of examID: UUID) throws -> GradingPanel? {
        try connection.first("SELECT document FROM grading_panels WHERE exam_id = ?", [.id(examID)]) {
            try $0.document(0, as: GradingPanel.self)
        }
    }

    private static func work(_ row: SQLiteRow) throws -> OpenWork { try row.document(0, as: OpenWork.self) }
}
