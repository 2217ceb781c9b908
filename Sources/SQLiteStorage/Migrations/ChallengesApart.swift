extension Migrations {
    /// Liveness challenges for procedures apart from any attempt, and what finds the records of such procedures.
    static let challengesApart = """
        ALTER TABLE liveness_challenges RENAME TO old_liveness_challenges;
        CREATE TABLE liveness_challenges (
            id TEXT PRIMARY KEY,
            attempt_id TEXT REFERENCES attempts (id),
            procedure TEXT,
            account_id TEXT NOT NULL REFERENCES accounts (id),
            nonce TEXT NOT NULL,
            movements TEXT NOT NULL,
            issued_at INTEGER NOT NULL,
            used_at INTEGER,
            CHECK ((attempt_id IS NULL) <> (procedure IS NULL))
        ) STRICT, WITHOUT ROWID;
        INSERT INTO liveness_challenges (id, attempt_id, account_id, nonce, movements, issued_at, used_at)
            SELECT id, attempt_id, account_id, nonce, movements, issued_at, used_at FROM old_liveness_challenges;
        DROP TABLE old_liveness_challenges;
        CREATE INDEX liveness_challenges_by_attempt ON liveness_challenges (attempt_id, issued_at);
        CREATE INDEX liveness_challenges_apart ON liveness_challenges (account_id, issued_at) WHERE attempt_id IS NULL;
        CREATE INDEX identifications_apart ON identifications (subject, procedure, id)
            WHERE attempt_id IS NULL AND method <> 'electronic';
        """
}
