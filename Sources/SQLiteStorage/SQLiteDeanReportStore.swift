import Accounts
import Foundation
import Grading

extension SQLiteStores: DeanReportStore {
    func insertDeanReport(_ report: DeanReport) throws {
        try connection.run(
            "INSERT INTO dean_reports (id, attempt_id, exam_id, decided_on, document) VALUES (?, ?, ?, ?, ?)",
            [
                .id(report.id), .id(report.attemptID), .id(report.examID), .text(report.decidedOn.description),
                try .document(report),
            ]
        )
    }

    func deanReports(_ filter: DeanReportFilter) throws -> [DeanReport] {
        // Days are texts that compare as the days do; identifiers are hexadecimal, so everything is before "g".
        try connection.query(
            """
            SELECT document FROM dean_reports
            WHERE decided_on >= ? AND decided_on <= ? AND id < ? AND (?4 IS NULL OR exam_id = ?4)
            ORDER BY id DESC LIMIT ?5
            """,
            [
                .text(filter.from?.description ?? ""), .text(filter.through?.description ?? "9999-12-31"),
                filter.before.map { .id($0) } ?? .text("g"), .id(filter.examID), .integer(Int64(filter.limit)),
            ]
        ) { try $0.document(0, as: DeanReport.self) }
    }

    func pausedAttempts(after: UUID?, limit: Int) throws -> [UUID] {
        try connection.query(
            "SELECT id FROM attempts WHERE state = 'paused' AND id > ? ORDER BY id LIMIT ?",
            [after.map { .id($0) } ?? .text(""), .integer(Int64(limit))]
        ) { try $0.id(0) }
    }

    func noteDecisionReminder(attemptID: UUID, record: Int, at: Date) throws -> Bool {
        let known = try connection.first(
            "SELECT 1 FROM decision_reminders WHERE attempt_id = ? AND record = ?",
            [.id(attemptID), .integer(Int64(record))]
        ) { $0.integer(0) }
        guard known == nil else { return false }
        try connection.run(
            "INSERT INTO decision_reminders (attempt_id, record, at) VALUES (?, ?, ?)",
            [.id(attemptID), .integer(Int64(record)), .time(at)]
        )
        return true
    }
}
