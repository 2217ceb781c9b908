extension Migrations {
    /// Logins by the institution's provider that wait for the browser, whose identities there are, and whether a session
    /// rests on a second factor that the provider asked for.
    static let providerLogins = """
        CREATE TABLE pending_provider_logins (
            state_hash TEXT PRIMARY KEY,
            network TEXT NOT NULL,
            sealed_content BLOB NOT NULL,
            created_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX pending_provider_logins_by_network ON pending_provider_logins (network, created_at);
        CREATE INDEX pending_provider_logins_by_time ON pending_provider_logins (created_at);

        CREATE TABLE provider_identities (
            issuer TEXT NOT NULL,
            subject TEXT NOT NULL,
            account_id TEXT NOT NULL REFERENCES accounts (id),
            linked_at INTEGER NOT NULL,
            last_used_at INTEGER NOT NULL,
            PRIMARY KEY (issuer, subject)
        ) STRICT, WITHOUT ROWID;
        CREATE UNIQUE INDEX provider_identities_by_account ON provider_identities (account_id, issuer);

        ALTER TABLE login_sessions ADD COLUMN has_provider_factor INTEGER NOT NULL DEFAULT 0;
        """
}
