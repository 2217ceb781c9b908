import Attestation
import Foundation

extension SQLiteStores: PhoneLinkStore {
    func phoneLink(secretHash: String) throws -> PhoneLink? { try link("secret_hash", secretHash) }

    func phoneLink(tokenHash: String) throws -> PhoneLink? { try link("token_hash", tokenHash) }

    private func link(_ column: String, _ hash: String) throws -> PhoneLink? {
        try connection.first(
            """
            SELECT id, attempt_id, candidate_id, number, secret_hash, token_hash, expires_at, files_left
            FROM phone_links WHERE \(column) = ?
            """,
            [.text(hash)]
        ) { row in
            PhoneLink(
                id: try row.id(0),
                attemptID: try row.id(1),
                candidateID: try row.id(2),
                number: Int(row.integer(3)),
                secretHash: row.text(4),
                tokenHash: row.optionalText(5),
                expiresAt: row.time(6),
                filesLeft: Int(row.integer(7))
            )
        }
    }

    func replacePhoneLinks(with link: PhoneLink) throws {
        try deletePhoneLinks(attemptID: link.attemptID)
        try connection.run(
            """
            INSERT INTO phone_links
            (id, attempt_id, candidate_id, number, secret_hash, token_hash, expires_at, files_left)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .id(link.id), .id(link.attemptID), .id(link.candidateID), .integer(Int64(link.number)),
                .text(link.secretHash), .text(link.tokenHash), .time(link.expiresAt),
                .integer(Int64(link.filesLeft)),
            ]
        )
    }

    func updatePhoneLink(_ link: PhoneLink) throws {
        try connection.run(
            "UPDATE phone_links SET token_hash = ?, files_left = ? WHERE id = ?",
            [.text(link.tokenHash), .integer(Int64(link.filesLeft)), .id(link.id)]
        )
    }

    func deletePhoneLinks(attemptID: UUID) throws {
        try connection.run("DELETE FROM phone_links WHERE attempt_id = ?", [.id(attemptID)])
    }

    func purgePhoneLinks(at now: Date) throws -> Int {
        try connection.run("DELETE FROM phone_links WHERE expires_at <= ?", [.time(now)])
    }
}
