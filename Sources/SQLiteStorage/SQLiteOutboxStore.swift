import Foundation
import Grading

extension SQLiteStores: OutboxStore {
    func saveReceiver(_ receiver: WebhookReceiver) throws {
        try connection.run(
            """
            INSERT INTO webhook_receivers (id, url, kinds, sealed_key, created_by, created_at, ended_at)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET ended_at = excluded.ended_at, sealed_key = excluded.sealed_key
            """,
            [
                .id(receiver.id), .text(receiver.url),
                .text(receiver.kinds.map(\.rawValue).sorted().joined(separator: " ")),
                .blob(receiver.sealedKey), .id(receiver.createdBy), .time(receiver.createdAt), .time(receiver.endedAt),
            ]
        )
    }

    func receiver(_ id: UUID) throws -> WebhookReceiver? {
        try connection.first("\(Self.receiverColumns) WHERE id = ?", [.id(id)], Self.receiver)
    }

    func receivers() throws -> [WebhookReceiver] {
        try connection.query("\(Self.receiverColumns) ORDER BY id DESC", [], Self.receiver)
    }

    func saveMessage(_ message: OutboxMessage) throws {
        try connection.run(
            """
            INSERT INTO outbox (id, receiver_id, kind, body, created_at, tries, next_try_at, delivered_at, last_failure)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET body = excluded.body, tries = excluded.tries,
                next_try_at = excluded.next_try_at, delivered_at = excluded.delivered_at,
                last_failure = excluded.last_failure
            """,
            [
                .id(message.id), .id(message.receiverID), .text(message.kind.rawValue), .blob(message.body),
                .time(message.createdAt), .integer(Int64(message.tries)), .time(message.nextTryAt),
                .time(message.deliveredAt), .text(message.lastFailure),
            ]
        )
    }

    func message(_ id: UUID) throws -> OutboxMessage? {
        try connection.first("\(Self.messageColumns) WHERE id = ?", [.id(id)], Self.message)
    }

    func dueMessages(at time: Date, limit: Int) throws -> [OutboxMessage] {
        try connection.query(
            "\(Self.messageColumns) WHERE next_try_at <= ? ORDER BY next_try_at, id LIMIT ?",
            [.time(time), .integer(Int64(limit))],
            Self.message
        )
    }

    func messages(receiverID: UUID, before: UUID?, limit: Int) throws -> [OutboxMessage] {
        // A page's end is an identifier; without one everything is before it.
        try connection.query(
            "\(Self.messageColumns) WHERE receiver_id = ? AND id < ? ORDER BY id DESC LIMIT ?",
            [.id(receiverID), before.map { .id($0) } ?? .text("g"), .integer(Int64(limit))],
            Self.message
        )
    }

    private static let receiverColumns =
        "SELECT id, url, kinds, sealed_key, created_by, created_at, ended_at FROM webhook_receivers"

    private static func receiver(_ row: SQLiteRow) throws -> WebhookReceiver {
        WebhookReceiver(
            id: try row.id(0),
            url: row.text(1),
            kinds: Set(
                try row.text(2).split(separator: " ").map { name in
                    guard let kind = OutboxMessage.Kind(rawValue: String(name)) else { throw row.damaged("kind") }
                    return kind
                }
            ),
            sealedKey: row.blob(3),
            createdBy: try row.id(4),
            createdAt: row.time(5),
            endedAt: row.optionalTime(6)
        )
    }

    private static let messageColumns = """
        SELECT id, receiver_id, kind, body, created_at, tries, next_try_at, delivered_at, last_failure FROM outbox
        """

    private static func message(_ row: SQLiteRow) throws -> OutboxMessage {
        OutboxMessage(
            id: try row.id(0),
            receiverID: try row.id(1),
            kind: try row.value(2, as: OutboxMessage.Kind.self),
            body: row.blob(3),
            createdAt: row.time(4),
            tries: Int(row.integer(5)),
            nextTryAt: row.optionalTime(6),
            deliveredAt: row.optionalTime(7),
            lastFailure: row.optionalText(8)
        )
    }
}
