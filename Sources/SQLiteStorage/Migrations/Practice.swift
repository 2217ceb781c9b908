extension Migrations {
    /// Adaptive practice tests.
    static let practice = """
        CREATE TABLE practice_sessions (
            id TEXT PRIMARY KEY,
            candidate_id TEXT NOT NULL REFERENCES accounts (id),
            discipline TEXT NOT NULL,
            document TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX practice_sessions_by_candidate ON practice_sessions (candidate_id, id);
        """
}
