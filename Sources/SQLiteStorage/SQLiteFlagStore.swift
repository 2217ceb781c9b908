import Attestation
import Foundation
import Proctoring

extension SQLiteStores: FlagStore {
    func insertFlag(_ flag: Flag) throws {
        try connection.run(
            """
            INSERT INTO flags
                (id, attempt_id, exam_id, rule, severity, reason, state, events, first_at, last_at, decisions)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .id(flag.id), .id(flag.attemptID), .id(flag.examID), .text(flag.rule),
                .real(flag.severity.incidentSeverity), .text(flag.reason.rawValue), .text(flag.state.rawValue),
                try .json(flag.events), .time(flag.firstAt), .time(flag.lastAt), try .json(flag.decisions),
            ]
        )
    }

    func updateFlag(_ flag: Flag) throws {
        try connection.run(
            "UPDATE flags SET state = ?, events = ?, first_at = ?, last_at = ?, decisions = ? WHERE id = ?",
            [
                .text(flag.state.rawValue), try .json(flag.events), .time(flag.firstAt), .time(flag.lastAt),
                try .json(flag.decisions), .id(flag.id),
            ]
        )
    }

    func flag(_ id: UUID) throws -> Flag? {
        try connection.first("\(Self.flagColumns) WHERE id = ?", [.id(id)], Self.flag)
    }

    func flags(attemptID: UUID) throws -> [Flag] {
        try connection.query("\(Self.flagColumns) WHERE attempt_id = ? ORDER BY id", [.id(attemptID)], Self.flag)
    }

    func newestFlag(of rule: String, attemptID: UUID) throws -> Flag? {
        try connection.first(
            "\(Self.flagColumns) WHERE attempt_id = ? AND rule = ? ORDER BY id DESC LIMIT 1",
            [.id(attemptID), .text(rule)],
            Self.flag
        )
    }

    func undecidedFlags(examID: UUID?, after: UUID?, limit: Int) throws -> [Flag] {
        var conditions = ["state NOT IN ('confirmed', 'dismissed')"]
        var arguments: [SQLiteValue] = []
        if let examID {
            conditions.append("exam_id = ?")
            arguments.append(.id(examID))
        }
        if let after, let last = try flag(after) {
            conditions.append("(severity < ? OR (severity = ? AND id > ?))")
            let severity = SQLiteValue.real(last.severity.incidentSeverity)
            arguments += [severity, severity, .id(after)]
        }
        return try connection.query(
            "\(Self.flagColumns) WHERE \(conditions.joined(separator: " AND ")) ORDER BY severity DESC, id LIMIT ?",
            arguments + [.integer(Int64(limit))],
            Self.flag
        )
    }

    private static let flagColumns = """
        SELECT id, attempt_id, exam_id, rule, severity, reason, events, first_at, last_at, decisions FROM flags
        """

    private static func flag(_ row: SQLiteRow) throws -> Flag {
        let number = row.real(4)
        guard let severity = EventSeverity.allCases.first(where: { $0.incidentSeverity == number }) else {
            throw SQLiteError(code: 11, reason: "a flag has the severity \(number)", sql: nil)
        }
        return Flag(
            id: try row.id(0),
            attemptID: try row.id(1),
            examID: try row.id(2),
            rule: row.text(3),
            severity: severity,
            reason: try row.value(5, as: AttemptReason.self),
            events: try row.json(6, as: [Int64].self),
            firstAt: row.time(7),
            lastAt: row.time(8),
            decisions: try row.json(9, as: [FlagDecision].self)
        )
    }
}

extension SQLiteStores: MessageStore {
    func insertMessage(_ message: AttemptMessage) throws {
        try connection.run(
            """
            INSERT INTO attempt_messages (id, attempt_id, author_id, sealed_text, at, read_at) VALUES (?, ?, ?, ?, ?, ?)
            """,
            [
                .id(message.id), .id(message.attemptID), .id(message.authorID), .blob(message.sealedText),
                .time(message.at), message.readAt.map { .time($0) } ?? .null,
            ]
        )
    }

    func messages(attemptID: UUID) throws -> [AttemptMessage] {
        try connection.query(
            """
            SELECT id, attempt_id, author_id, sealed_text, at, read_at FROM attempt_messages
            WHERE attempt_id = ? ORDER BY id
            """,
            [.id(attemptID)]
        ) { row in
            AttemptMessage(
                id: try row.id(0),
                attemptID: try row.id(1),
                authorID: try row.id(2),
                sealedText: row.blob(3),
                at: row.time(4),
                readAt: row.isNull(5) ? nil : row.time(5)
            )
        }
    }

    func noteMessagesRead(attemptID: UUID, upTo id: UUID, at time: Date) throws -> [UUID] {
        try connection.query(
            """
            UPDATE attempt_messages SET read_at = ? WHERE attempt_id = ? AND id <= ? AND read_at IS NULL RETURNING id
            """,
            [.time(time), .id(attemptID), .id(id)]
        ) { try $0.id(0) }
    }
}
