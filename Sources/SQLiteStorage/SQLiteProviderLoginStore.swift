import Accounts
import Foundation

extension SQLiteStores: ProviderLoginStore {
    func countPendingProviderLogins(of network: String?, since: Date) throws -> Int {
        let condition = network == nil ? "" : "AND network = ?"
        return try connection.first(
            "SELECT count(*) FROM pending_provider_logins WHERE created_at >= ? \(condition)",
            [.time(since)] + (network.map { [.text($0)] } ?? [])
        ) { Int($0.integer(0)) } ?? 0
    }

    func insertPendingProviderLogin(_ login: PendingProviderLogin) throws {
        try connection.run(
            """
            INSERT INTO pending_provider_logins (state_hash, network, sealed_content, created_at)
            VALUES (?, ?, ?, ?)
            """,
            [.text(login.stateHash), .text(login.network), .blob(login.sealedContent), .time(login.createdAt)]
        )
    }

    func pendingProviderLogin(stateHash: String) throws -> PendingProviderLogin? {
        try connection.first(
            "SELECT network, sealed_content, created_at FROM pending_provider_logins WHERE state_hash = ?",
            [.text(stateHash)]
        ) { row in
            PendingProviderLogin(
                stateHash: stateHash,
                network: row.text(0),
                sealedContent: row.blob(1),
                createdAt: row.time(2)
            )
        }
    }

    func takePendingProviderLogin(stateHash: String) throws -> PendingProviderLogin? {
        guard let login = try pendingProviderLogin(stateHash: stateHash) else { return nil }
        try connection.run("DELETE FROM pending_provider_logins WHERE state_hash = ?", [.text(stateHash)])
        return login
    }

    func purgePendingProviderLogins(before time: Date) throws -> Int {
        try connection.run("DELETE FROM pending_provider_logins WHERE created_at < ?", [.time(time)])
    }

    func providerIdentity(issuer: String, subject: String) throws -> ProviderIdentity? {
        try connection.first(
            "\(Self.identityColumns) WHERE issuer = ? AND subject = ?",
            [.text(issuer), .text(subject)],
            Self.identity
        )
    }

    func providerIdentities(of accountID: UUID) throws -> [ProviderIdentity] {
        try connection.query(
            "\(Self.identityColumns) WHERE account_id = ? ORDER BY linked_at, issuer",
            [.id(accountID)],
            Self.identity
        )
    }

    func insertProviderIdentity(_ identity: ProviderIdentity) throws {
        try connection.run(
            """
            INSERT INTO provider_identities (issuer, subject, account_id, linked_at, last_used_at)
            VALUES (?, ?, ?, ?, ?)
            """,
            [
                .text(identity.issuer), .text(identity.subject), .id(identity.accountID), .time(identity.linkedAt),
                .time(identity.lastUsedAt),
            ]
        )
    }

    func deleteProviderIdentities(of accountID: UUID) throws {
        try connection.run("DELETE FROM provider_identities WHERE account_id = ?", [.id(accountID)])
    }

    func touchProviderIdentity(issuer: String, subject: String, at time: Date) throws {
        try connection.run(
            "UPDATE provider_identities SET last_used_at = ? WHERE issuer = ? AND subject = ?",
            [.time(time), .text(issuer), .text(subject)]
        )
    }

    private static let identityColumns =
        "SELECT issuer, subject, account_id, linked_at, last_used_at FROM provider_identities"

    private static func identity(_ row: SQLiteRow) throws -> ProviderIdentity {
        ProviderIdentity(
            issuer: row.text(0),
            subject: row.text(1),
            accountID: try row.id(2),
            linkedAt: row.time(3),
            lastUsedAt: row.time(4)
        )
    }
}
