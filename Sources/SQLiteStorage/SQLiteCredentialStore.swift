import Accounts
import Foundation

extension SQLiteStores: CredentialStore {
    func loginSessions(of accountID: UUID) throws -> [LoginSession] {
        try connection.query(
            "\(Self.sessionColumns) WHERE account_id = ? ORDER BY created_at DESC, id DESC",
            [.id(accountID)],
            Self.session
        )
    }

    func loginSession(id: UUID) throws -> LoginSession? {
        try connection.first("\(Self.sessionColumns) WHERE id = ?", [.id(id)], Self.session)
    }

    func deleteLoginSessions(of accountID: UUID, except sessionID: UUID?) throws {
        try connection.run(
            "DELETE FROM login_sessions WHERE account_id = ? AND id IS NOT ?",
            [.id(accountID), .id(sessionID)]
        )
    }

    func setTokenHash(_ tokenHash: String, ofLoginSession sessionID: UUID) throws {
        try connection.run(
            "UPDATE login_sessions SET token_hash = ? WHERE id = ?",
            [.text(tokenHash), .id(sessionID)]
        )
    }

    func passwordReset(of accountID: UUID) throws -> PasswordReset? {
        try connection.first(
            "SELECT code_hash, issued_by, issued_at, expires_at FROM password_resets WHERE account_id = ?",
            [.id(accountID)]
        ) { row in
            PasswordReset(
                accountID: accountID,
                codeHash: row.text(0),
                issuedBy: try row.optionalID(1),
                issuedAt: row.time(2),
                expiresAt: row.time(3)
            )
        }
    }

    func setPasswordReset(_ reset: PasswordReset?, of accountID: UUID) throws {
        try connection.run("DELETE FROM password_resets WHERE account_id = ?", [.id(accountID)])
        guard let reset else { return }
        try connection.run(
            """
            INSERT INTO password_resets (account_id, code_hash, issued_by, issued_at, expires_at)
            VALUES (?, ?, ?, ?, ?)
            """,
            [
                .id(accountID), .text(reset.codeHash), .id(reset.issuedBy), .time(reset.issuedAt),
                .time(reset.expiresAt),
            ]
        )
    }

    func secondFactor(of accountID: UUID) throws -> SecondFactor? {
        try connection.first(
            "SELECT sealed_secret, created_at, confirmed_at, last_step FROM second_factors WHERE account_id = ?",
            [.id(accountID)]
        ) { row in
            SecondFactor(
                accountID: accountID,
                sealedSecret: row.blob(0),
                createdAt: row.time(1),
                confirmedAt: row.optionalTime(2),
                lastStep: UInt64(row.integer(3))
            )
        }
    }

    func setSecondFactor(_ factor: SecondFactor?, of accountID: UUID) throws {
        guard let factor else {
            try connection.run("DELETE FROM second_factors WHERE account_id = ?", [.id(accountID)])
            return try setRecoveryCodes([], of: accountID)
        }
        try connection.run(
            """
            INSERT INTO second_factors (account_id, sealed_secret, created_at, confirmed_at, last_step)
            VALUES (?1, ?2, ?3, ?4, ?5)
            ON CONFLICT (account_id) DO UPDATE
                SET sealed_secret = ?2, created_at = ?3, confirmed_at = ?4, last_step = ?5
            """,
            [
                .id(accountID), .blob(factor.sealedSecret), .time(factor.createdAt), .time(factor.confirmedAt),
                .integer(Int64(factor.lastStep)),
            ]
        )
    }

    func setRecoveryCodes(_ hashes: [String], of accountID: UUID) throws {
        try connection.run("DELETE FROM recovery_codes WHERE account_id = ?", [.id(accountID)])
        for hash in hashes {
            try connection.run(
                "INSERT INTO recovery_codes (account_id, code_hash) VALUES (?, ?)",
                [.id(accountID), .text(hash)]
            )
        }
    }

    func countRecoveryCodes(of accountID: UUID) throws -> Int {
        try connection.first("SELECT count(*) FROM recovery_codes WHERE account_id = ?", [.id(accountID)]) {
            Int($0.integer(0))
        } ?? 0
    }

    func useRecoveryCode(_ hash: String, of accountID: UUID) throws -> Bool {
        try connection.run(
            "DELETE FROM recovery_codes WHERE account_id = ? AND code_hash = ?",
            [.id(accountID), .text(hash)]
        ) == 1
    }

    func loginTicket(tokenHash: String) throws -> LoginTicket? {
        try connection.first(
            "SELECT account_id, expires_at FROM login_tickets WHERE token_hash = ?",
            [.text(tokenHash)]
        ) { LoginTicket(tokenHash: tokenHash, accountID: try $0.id(0), expiresAt: $0.time(1)) }
    }

    func insertLoginTicket(_ ticket: LoginTicket) throws {
        try connection.run(
            "INSERT INTO login_tickets (token_hash, account_id, expires_at) VALUES (?, ?, ?)",
            [.text(ticket.tokenHash), .id(ticket.accountID), .time(ticket.expiresAt)]
        )
    }

    func deleteLoginTicket(tokenHash: String) throws -> Bool {
        try connection.run("DELETE FROM login_tickets WHERE token_hash = ?", [.text(tokenHash)]) == 1
    }

    func deleteLoginTickets(of accountID: UUID) throws {
        try connection.run("DELETE FROM login_tickets WHERE account_id = ?", [.id(accountID)])
    }

    func apiToken(id: UUID) throws -> APIToken? {
        try connection.first("\(Self.tokenColumns) WHERE id = ?", [.id(id)], Self.token)
    }

    func apiToken(tokenHash: String) throws -> APIToken? {
        try connection.first("\(Self.tokenColumns) WHERE token_hash = ?", [.text(tokenHash)], Self.token)
    }

    func apiTokens(before: UUID?, limit: Int) throws -> [APIToken] {
        try connection.query(
            "\(Self.tokenColumns) \(before == nil ? "" : "WHERE id < ?") ORDER BY id DESC LIMIT ?",
            (before.map { [.id($0)] } ?? []) + [.integer(Int64(limit))],
            Self.token
        )
    }

    func insertAPIToken(_ token: APIToken) throws {
        try connection.run(
            """
            INSERT INTO api_tokens
                (id, token_hash, issuer_id, name, scopes, created_at, expires_at, last_used_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .id(token.id), .text(token.tokenHash), .id(token.issuerID), .text(token.name),
                .text(token.scopes.map(\.rawValue).sorted().joined(separator: " ")), .time(token.createdAt),
                .time(token.expiresAt), .time(token.lastUsedAt),
            ]
        )
    }

    func touchAPIToken(id: UUID, at time: Date) throws {
        try connection.run("UPDATE api_tokens SET last_used_at = ? WHERE id = ?", [.time(time), .id(id)])
    }

    func deleteAPIToken(id: UUID) throws -> Bool {
        try connection.run("DELETE FROM api_tokens WHERE id = ?", [.id(id)]) == 1
    }

    func deleteAPITokens(issuedBy accountID: UUID) throws {
        try connection.run("DELETE FROM api_tokens WHERE issuer_id = ?", [.id(accountID)])
    }

    func purgeCredentials(at now: Date) throws -> Int {
        try connection.run("DELETE FROM password_resets WHERE expires_at < ?", [.time(now)])
            + connection.run("DELETE FROM login_tickets WHERE expires_at < ?", [.time(now)])
            + connection.run("DELETE FROM api_tokens WHERE expires_at < ?", [.time(now)])
    }

    static let sessionColumns =
        """
        SELECT id, token_hash, account_id, created_at, last_seen_at, expires_at, address, user_agent
        FROM login_sessions
        """

    static func session(_ row: SQLiteRow) throws -> LoginSession {
        LoginSession(
            id: try row.id(0),
            tokenHash: row.text(1),
            accountID: try row.id(2),
            createdAt: row.time(3),
            lastSeenAt: row.time(4),
            expiresAt: row.time(5),
            address: row.optionalText(6),
            userAgent: row.optionalText(7)
        )
    }

    private static let tokenColumns =
        """
        SELECT id, token_hash, issuer_id, name, scopes, created_at, expires_at, last_used_at FROM api_tokens
        """

    private static func token(_ row: SQLiteRow) throws -> APIToken {
        APIToken(
            id: try row.id(0),
            tokenHash: row.text(1),
            issuerID: try row.id(2),
            name: row.text(3),
            // A scope that no program knows any more grants nothing.
            scopes: Set(row.text(4).split(separator: " ").compactMap { Permission(rawValue: String($0)) }),
            createdAt: row.time(5),
            expiresAt: row.time(6),
            lastUsedAt: row.optionalTime(7)
        )
    }
}
