extension Migrations {
    /// Cases as records that are only added, changes of grades, and notices.
    static let cases = """
        CREATE TABLE cases (
            id TEXT PRIMARY KEY,
            kind TEXT NOT NULL,
            subject TEXT NOT NULL REFERENCES accounts (id),
            attempt_id TEXT REFERENCES attempts (id),
            state TEXT NOT NULL,
            next_turn INTEGER,
            overdue_since INTEGER,
            opening TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX cases_by_subject ON cases (subject, id);
        CREATE INDEX cases_by_attempt ON cases (attempt_id) WHERE attempt_id IS NOT NULL;
        CREATE INDEX cases_turning ON cases (next_turn) WHERE next_turn IS NOT NULL;

        CREATE TABLE case_records (
            case_id TEXT NOT NULL REFERENCES cases (id),
            number INTEGER NOT NULL,
            at INTEGER NOT NULL,
            document TEXT NOT NULL,
            PRIMARY KEY (case_id, number)
        ) STRICT, WITHOUT ROWID;
        CREATE TRIGGER case_records_unchanged BEFORE UPDATE ON case_records
            BEGIN SELECT RAISE(ABORT, 'records are only added'); END;
        CREATE TRIGGER case_records_kept BEFORE DELETE ON case_records
            BEGIN SELECT RAISE(ABORT, 'records are only added'); END;

        CREATE TABLE case_people (
            case_id TEXT NOT NULL REFERENCES cases (id),
            account_id TEXT NOT NULL REFERENCES accounts (id),
            PRIMARY KEY (account_id, case_id)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE grade_changes (
            id TEXT PRIMARY KEY,
            attempt_id TEXT NOT NULL REFERENCES attempts (id),
            ground TEXT NOT NULL,
            case_id TEXT REFERENCES cases (id),
            before TEXT,
            after TEXT NOT NULL,
            decided_by TEXT REFERENCES accounts (id),
            at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX grade_changes_by_attempt ON grade_changes (attempt_id, id);
        CREATE TRIGGER grade_changes_unchanged BEFORE UPDATE ON grade_changes
            BEGIN SELECT RAISE(ABORT, 'records are only added'); END;

        CREATE TABLE notices (
            id TEXT PRIMARY KEY,
            account_id TEXT NOT NULL REFERENCES accounts (id),
            topic TEXT NOT NULL,
            about TEXT NOT NULL,
            step TEXT,
            sealed BLOB NOT NULL,
            at INTEGER NOT NULL,
            read_at INTEGER
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX notices_by_account ON notices (account_id, id);
        """
}
