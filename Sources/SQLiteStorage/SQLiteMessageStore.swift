import Foundation
import Proctoring

extension SQLiteStores: MessageStore {
    func insertMessage(_ message: AttemptMessage) throws {
        try connection.run(
            """
            INSERT INTO attempt_messages (id, attempt_id, author, is_from_candidate, at, sealed)
            VALUES (?, ?, ?, ?, ?, ?)
            """,
            [
                .id(message.id), .id(message.attemptID), .id(message.author),
                .integer(message.isFromCandidate ? 1 : 0), .time(message.at), .blob(message.sealed),
            ]
        )
    }

    func message(_ id: UUID) throws -> AttemptMessage? {
        try connection.query("\(Self.columns) WHERE id = ?", [.id(id)], Self.message).first
    }

    func messages(attemptID: UUID) throws -> [AttemptMessage] {
        try connection.query("\(Self.columns) WHERE attempt_id = ? ORDER BY id", [.id(attemptID)], Self.message)
    }

    private static let columns = "SELECT id, attempt_id, author, is_from_candidate, at, sealed FROM attempt_messages"

    private static func message(_ row: SQLiteRow) throws -> AttemptMessage {
        AttemptMessage(
            id: try row.id(0),
            attemptID: try row.id(1),
            author: try row.id(2),
            isFromCandidate: row.integer(3) == 1,
            at: row.time(4),
            sealed: row.blob(5)
        )
    }
}
