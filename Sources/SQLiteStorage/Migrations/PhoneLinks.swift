extension Migrations {
    /// Rights to upload photographs from a phone; hashes of their secrets only.
    static let phoneLinks = """
        CREATE TABLE phone_links (
            id TEXT PRIMARY KEY,
            attempt_id TEXT NOT NULL REFERENCES attempts (id),
            candidate_id TEXT NOT NULL REFERENCES accounts (id),
            number INTEGER NOT NULL,
            secret_hash TEXT NOT NULL UNIQUE,
            token_hash TEXT UNIQUE,
            expires_at INTEGER NOT NULL,
            files_left INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX phone_links_by_attempt ON phone_links (attempt_id);
        CREATE INDEX phone_links_by_time ON phone_links (expires_at);
        """
}
