import Foundation
import Identification

extension SQLiteStores: ChallengeStore {
    func insertChallenge(_ challenge: IssuedChallenge) throws {
        try connection.run(
            """
            INSERT INTO liveness_challenges
                (id, attempt_id, procedure, account_id, nonce, movements, issued_at, used_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .id(challenge.id), .id(challenge.attemptID), .text(challenge.procedure?.rawValue),
                .id(challenge.accountID), .text(challenge.nonce),
                try .json(challenge.movements), .time(challenge.issuedAt), .time(challenge.usedAt),
            ]
        )
    }

    func challenge(_ id: UUID) throws -> IssuedChallenge? {
        try connection.first(
            """
            SELECT id, attempt_id, account_id, nonce, movements, issued_at, used_at, procedure
            FROM liveness_challenges WHERE id = ?
            """,
            [.id(id)]
        ) { row in
            IssuedChallenge(
                id: try row.id(0),
                attemptID: try row.optionalID(1),
                procedure: row.isNull(7) ? nil : try row.value(7, as: ProcedureKind.self),
                accountID: try row.id(2),
                nonce: row.text(3),
                movements: try row.json(4, as: [String].self),
                issuedAt: row.time(5),
                usedAt: row.optionalTime(6)
            )
        }
    }

    func challengeCount(attemptID: UUID, since: Date) throws -> Int {
        try connection.first(
            "SELECT count(*) FROM liveness_challenges WHERE attempt_id = ? AND issued_at >= ?",
            [.id(attemptID), .time(since)]
        ) { Int($0.integer(0)) } ?? 0
    }

    func challengeCount(apartOf accountID: UUID, since: Date) throws -> Int {
        try connection.first(
            "SELECT count(*) FROM liveness_challenges WHERE account_id = ? AND attempt_id IS NULL AND issued_at >= ?",
            [.id(accountID), .time(since)]
        ) { Int($0.integer(0)) } ?? 0
    }

    func useChallenge(_ id: UUID, at: Date) throws -> Bool {
        try connection.run(
            "UPDATE liveness_challenges SET used_at = ? WHERE id = ? AND used_at IS NULL",
            [.time(at), .id(id)]
        ) == 1
    }

    func noteFrameDigests(_ digests: [String], challengeID: UUID, at: Date) throws -> Int {
        try digests.reduce(0) { known, digest in
            let added = try connection.run(
                "INSERT OR IGNORE INTO liveness_frames (digest, challenge_id, at) VALUES (?, ?, ?)",
                [.text(digest), .id(challengeID), .time(at)]
            )
            return known + 1 - added
        }
    }

    func purgeChallenges(before: Date) throws -> Int {
        try connection.run("DELETE FROM liveness_frames WHERE at < ?", [.time(before)])
            + connection.run("DELETE FROM liveness_challenges WHERE issued_at < ?", [.time(before)])
    }
}
