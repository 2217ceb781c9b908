import Foundation
import Proctoring
import Storage

extension SQLiteStores: EventStore {
    func appendEvent(_ event: SessionEvent) throws -> SessionEvent {
        try connection.run(
            """
            INSERT INTO session_events (id, attempt_id, exam_id, type, source, at, facts)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .id(event.id), .id(event.attemptID), .id(event.examID), .text(event.type.rawValue),
                .text(event.source.rawValue), .time(event.at), try .json(event.facts),
            ]
        )
        var appended = event
        appended.index = connection.lastInsertedRowID
        noteAppended(appended)
        return appended
    }

    func events(
        of scope: EventScope,
        types: Set<SessionEventType>?,
        after: Int64,
        limit: Int
    ) throws -> [SessionEvent] {
        var conditions = ["event_index > ?"]
        var arguments = [SQLiteValue.integer(after)]
        switch scope {
        case .attempt(let id):
            conditions.append("attempt_id = ?")
            arguments.append(.id(id))
        case .exam(let id):
            conditions.append("exam_id = ?")
            arguments.append(.id(id))
        case .everything: break
        }
        if let types {
            conditions.append("type IN (\(Self.placeholders(types.count)))")
            arguments += types.map { .text($0.rawValue) }
        }
        return try connection.query(
            "\(Self.eventColumns) WHERE \(conditions.joined(separator: " AND ")) ORDER BY event_index LIMIT ?",
            arguments + [.integer(Int64(limit))],
            Self.event
        )
    }

    func newestEvents(of attemptID: UUID, types: [SessionEventType], limit: Int) throws -> [SessionEvent] {
        try connection.query(
            """
            \(Self.eventColumns) WHERE attempt_id = ? AND type IN (\(Self.placeholders(types.count)))
            ORDER BY event_index DESC LIMIT ?
            """,
            [.id(attemptID)] + types.map { .text($0.rawValue) } + [.integer(Int64(limit))],
            Self.event
        ).reversed()
    }

    func newestEventOfEach(_ types: [SessionEventType], of attemptID: UUID) throws -> [SessionEvent] {
        try connection.query(
            """
            \(Self.eventColumns) WHERE event_index IN (
                SELECT max(event_index) FROM session_events
                WHERE attempt_id = ? AND type IN (\(Self.placeholders(types.count))) GROUP BY type
            ) ORDER BY event_index
            """,
            [.id(attemptID)] + types.map { .text($0.rawValue) },
            Self.event
        )
    }

    func eventTallies(of types: [SessionEventType], in attemptID: UUID) throws -> [EventTally] {
        // Beside a single max(), SQLite gives the other columns of the row that holds it (lang_select.html, 2.4).
        try connection.query(
            """
            SELECT type, count(*), max(event_index) AS newest, at FROM session_events
            WHERE attempt_id = ? AND type IN (\(Self.placeholders(types.count))) GROUP BY type ORDER BY newest
            """,
            [.id(attemptID)] + types.map { .text($0.rawValue) }
        ) { row in
            EventTally(
                type: try row.value(0, as: SessionEventType.self),
                count: Int(row.integer(1)),
                newestIndex: row.integer(2),
                newestAt: row.time(3)
            )
        }
    }

    private static let eventColumns =
        "SELECT event_index, id, attempt_id, exam_id, type, source, at, facts FROM session_events"

    private static func placeholders(_ count: Int) -> String {
        repeatElement("?", count: count).joined(separator: ", ")
    }

    private static func event(_ row: SQLiteRow) throws -> SessionEvent {
        SessionEvent(
            index: row.integer(0),
            id: try row.id(1),
            attemptID: try row.id(2),
            examID: try row.id(3),
            type: try row.value(4, as: SessionEventType.self),
            source: try row.value(5, as: SessionEvent.Source.self),
            at: row.time(6),
            facts: try row.json(7, as: [String: String].self)
        )
    }
}

extension SQLiteStores: IdempotencyStore {
    func idempotentResult(of accountID: UUID, key: String) throws -> IdempotentResult? {
        try connection.first(
            "SELECT request_digest, resource_id FROM idempotency WHERE account_id = ? AND key = ?",
            [.id(accountID), .text(key)]
        ) { IdempotentResult(requestDigest: $0.text(0), resourceID: try $0.id(1)) }
    }

    func purgeIdempotentResults(before: Date) throws -> Int {
        try connection.run("DELETE FROM idempotency WHERE at < ?", [.time(before)])
    }

    func insertIdempotentResult(_ result: IdempotentResult, of accountID: UUID, key: String, at time: Date) throws {
        try connection.run(
            "INSERT INTO idempotency (account_id, key, request_digest, resource_id, at) VALUES (?, ?, ?, ?, ?)",
            [.id(accountID), .text(key), .text(result.requestDigest), .id(result.resourceID), .time(time)]
        )
    }
}
