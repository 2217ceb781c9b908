extension Migrations {
    /// Flags, decisions about them, and what examiners write to candidates.
    static let flags = """
        CREATE TABLE flags (
            id TEXT PRIMARY KEY,
            attempt_id TEXT NOT NULL REFERENCES attempts (id),
            exam_id TEXT NOT NULL REFERENCES exams (id),
            rule TEXT NOT NULL,
            severity REAL NOT NULL,
            reason TEXT NOT NULL,
            state TEXT NOT NULL,
            events TEXT NOT NULL,
            first_at INTEGER NOT NULL,
            last_at INTEGER NOT NULL,
            decisions TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX flags_by_attempt ON flags (attempt_id, rule, id);
        CREATE INDEX flags_undecided ON flags (severity DESC, id) WHERE state NOT IN ('confirmed', 'dismissed');
        CREATE INDEX flags_undecided_by_exam ON flags (exam_id, severity DESC, id)
            WHERE state NOT IN ('confirmed', 'dismissed');
        CREATE TRIGGER flags_final BEFORE UPDATE ON flags WHEN old.state IN ('confirmed', 'dismissed')
            BEGIN SELECT RAISE(ABORT, 'the flag is decided'); END;
        CREATE TRIGGER flags_kept BEFORE DELETE ON flags
            BEGIN SELECT RAISE(ABORT, 'flags are only added'); END;

        CREATE TABLE attempt_messages (
            id TEXT PRIMARY KEY,
            attempt_id TEXT NOT NULL REFERENCES attempts (id),
            author_id TEXT NOT NULL REFERENCES accounts (id),
            sealed_text BLOB NOT NULL,
            at INTEGER NOT NULL,
            read_at INTEGER
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX attempt_messages_by_attempt ON attempt_messages (attempt_id, id);
        """
}
