extension Migrations {
    /// Messages of attempts, and the way to somebody's attempts.
    static let messages = """
        CREATE TABLE attempt_messages (
            id TEXT PRIMARY KEY,
            attempt_id TEXT NOT NULL REFERENCES attempts (id),
            author TEXT NOT NULL REFERENCES accounts (id),
            is_from_candidate INTEGER NOT NULL,
            at INTEGER NOT NULL,
            sealed BLOB NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX attempt_messages_by_attempt ON attempt_messages (attempt_id, id);
        CREATE INDEX attempts_of_candidate ON attempts (candidate_id, id);
        """
}
