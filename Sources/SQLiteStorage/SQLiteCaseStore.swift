import Attestation
import Cases
import Foundation

extension SQLiteStores: CaseStore {
    func insertCase(_ item: Case) throws {
        try connection.run(
            """
            INSERT INTO cases (id, kind, subject, attempt_id, state, next_turn, overdue_since, opening)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .id(item.id), .text(item.opening.kind.rawValue), .id(item.opening.subject),
                .id(item.opening.attemptID), .text(item.state), .time(item.nextTurn), .time(item.overdueSince),
                try .document(item.opening),
            ]
        )
        try insertRecords(of: item, after: 0)
    }

    func updateCase(_ item: Case) throws {
        try connection.run(
            "UPDATE cases SET state = ?, next_turn = ?, overdue_since = ? WHERE id = ?",
            [.text(item.state), .time(item.nextTurn), .time(item.overdueSince), .id(item.id)]
        )
        let stored = try connection.first("SELECT count(*) FROM case_records WHERE case_id = ?", [.id(item.id)]) {
            Int($0.integer(0))
        }
        try insertRecords(of: item, after: stored ?? 0)
    }

    private func insertRecords(of item: Case, after count: Int) throws {
        for record in item.records.dropFirst(count) {
            try connection.run(
                "INSERT INTO case_records (case_id, number, at, document) VALUES (?, ?, ?, ?)",
                [.id(item.id), .integer(Int64(record.number)), .time(record.at), try .document(record)]
            )
        }
        // Who was appointed once may look at what became of it.
        for account in Set(item.members + [item.chair, item.opening.openedBy].compactMap(\.self)) {
            try connection.run(
                "INSERT OR IGNORE INTO case_people (case_id, account_id) VALUES (?, ?)",
                [.id(item.id), .id(account)]
            )
        }
    }

    func caseItem(_ id: UUID) throws -> Case? {
        let opening = try connection.first("SELECT opening FROM cases WHERE id = ?", [.id(id)]) {
            try $0.document(0, as: Case.Opening.self)
        }
        return try opening.map { try caseItem($0) }
    }

    private func caseItem(_ opening: Case.Opening) throws -> Case {
        let records = try connection.query(
            "SELECT document FROM case_records WHERE case_id = ? ORDER BY number",
            [.id(opening.id)]
        ) { try $0.document(0, as: CaseRecord.self) }
        return try Case(opening: opening, records: records)
    }

    func cases(_ filter: CaseFilter) throws -> [Case] {
        var conditions: [String] = []
        var arguments: [SQLiteValue] = []
        func condition(_ sql: String, _ value: SQLiteValue) {
            conditions.append(sql)
            arguments.append(value)
        }
        if let kind = filter.kind { condition("kind = ?", .text(kind.rawValue)) }
        if let state = filter.state { condition("state = ?", .text(state)) }
        if let subject = filter.subject { condition("subject = ?", .id(subject)) }
        if let attempt = filter.attemptID { condition("attempt_id = ?", .id(attempt)) }
        if let person = filter.involving {
            condition("id IN (SELECT case_id FROM case_people WHERE account_id = ?)", .id(person))
        }
        if let time = filter.overdueAt { condition("coalesce(overdue_since, next_turn) < ?", .time(time)) }
        if let before = filter.before { condition("id < ?", .id(before)) }
        let filtering = conditions.isEmpty ? "" : "WHERE \(conditions.joined(separator: " AND "))"
        let openings = try connection.query(
            "SELECT opening FROM cases \(filtering) ORDER BY id DESC LIMIT ?",
            arguments + [.integer(Int64(filter.limit))]
        ) { try $0.document(0, as: Case.Opening.self) }
        return try openings.map { try caseItem($0) }
    }

    func turningCases(at now: Date, limit: Int) throws -> [UUID] {
        try connection.query(
            "SELECT id FROM cases WHERE next_turn < ? ORDER BY next_turn LIMIT ?",
            [.time(now), .integer(Int64(limit))]
        ) { try $0.id(0) }
    }

    // MARK: - Grades

    func insertGradeChange(_ change: GradeChange) throws {
        try connection.run(
            """
            INSERT INTO grade_changes (id, attempt_id, ground, case_id, before, after, decided_by, at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .id(change.id), .id(change.attemptID), .text(change.ground.rawValue), .id(change.caseID),
                .text(change.before?.rawValue),
                .text(change.after.rawValue), .id(change.decidedBy), .time(change.at),
            ]
        )
    }

    func gradeChanges(attemptID: UUID) throws -> [GradeChange] {
        try connection.query(
            """
            SELECT id, attempt_id, ground, case_id, before, after, decided_by, at FROM grade_changes
            WHERE attempt_id = ? ORDER BY id
            """,
            [.id(attemptID)]
        ) { row in
            GradeChange(
                id: try row.id(0),
                attemptID: try row.id(1),
                ground: try row.value(2, as: GradeChange.Ground.self),
                caseID: try row.optionalID(3),
                before: row.isNull(4) ? nil : try row.value(4, as: Grade.self),
                after: try row.value(5, as: Grade.self),
                decidedBy: try row.optionalID(6),
                at: row.time(7)
            )
        }
    }

    // MARK: - Notices

    func insertNotice(_ notice: Notice) throws {
        try connection.run(
            """
            INSERT INTO notices (id, account_id, topic, about, step, sealed, at, read_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .id(notice.id), .id(notice.accountID), .text(notice.topic), .id(notice.about), .text(notice.step),
                .blob(notice.sealed), .time(notice.at), .time(notice.readAt),
            ]
        )
    }

    func notice(_ id: UUID) throws -> Notice? {
        try connection.first("\(Self.noticeColumns) WHERE id = ?", [.id(id)], Self.notice)
    }

    func notices(accountID: UUID, before: UUID?, limit: Int) throws -> [Notice] {
        // «g» sorts behind every hexadecimal digit.
        try connection.query(
            "\(Self.noticeColumns) WHERE account_id = ? AND id < ? ORDER BY id DESC LIMIT ?",
            [.id(accountID), before.map { .id($0) } ?? .text("g"), .integer(Int64(limit))],
            Self.notice
        )
    }

    func noteReading(of id: UUID, at time: Date) throws -> Bool {
        try connection.run("UPDATE notices SET read_at = ? WHERE id = ? AND read_at IS NULL", [.time(time), .id(id)])
            == 1
    }

    private static let noticeColumns = "SELECT id, account_id, topic, about, step, sealed, at, read_at FROM notices"

    private static func notice(_ row: SQLiteRow) throws -> Notice {
        Notice(
            id: try row.id(0),
            accountID: try row.id(1),
            topic: row.text(2),
            about: try row.id(3),
            step: row.optionalText(4),
            sealed: row.blob(5),
            at: row.time(6),
            readAt: row.optionalTime(7)
        )
    }
}
