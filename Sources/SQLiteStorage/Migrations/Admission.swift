extension Migrations {
    /// What exams ask for before the start, current control, access keys, schedules, system checks.
    static let admission = """
        CREATE TABLE admission_rules (
            exam_id TEXT PRIMARY KEY REFERENCES exams (id),
            document TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE credit_units (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            discipline TEXT NOT NULL,
            document TEXT NOT NULL
        ) STRICT;
        CREATE INDEX credit_units_by_discipline ON credit_units (discipline, number);

        CREATE TABLE credit_unit_results (
            id TEXT PRIMARY KEY,
            candidate_id TEXT NOT NULL REFERENCES accounts (id),
            discipline TEXT NOT NULL,
            document TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX credit_unit_results_by_candidate ON credit_unit_results (candidate_id, discipline, id);

        CREATE TABLE access_keys (
            id TEXT PRIMARY KEY,
            exam_id TEXT NOT NULL REFERENCES exams (id),
            group_name TEXT,
            candidate_id TEXT REFERENCES accounts (id),
            hash BLOB NOT NULL,
            valid_from INTEGER NOT NULL,
            valid_until INTEGER NOT NULL,
            issued_by TEXT NOT NULL REFERENCES accounts (id),
            at INTEGER NOT NULL,
            revoked_at INTEGER
        ) STRICT, WITHOUT ROWID;
        CREATE UNIQUE INDEX access_keys_by_hash ON access_keys (exam_id, hash);

        CREATE TABLE access_key_uses (
            exam_id TEXT NOT NULL REFERENCES exams (id),
            candidate_id TEXT NOT NULL REFERENCES accounts (id),
            key_id TEXT NOT NULL REFERENCES access_keys (id),
            at INTEGER NOT NULL,
            PRIMARY KEY (exam_id, candidate_id, key_id)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE exam_schedules (
            exam_id TEXT NOT NULL REFERENCES exams (id),
            number INTEGER NOT NULL,
            opens_at INTEGER NOT NULL,
            closes_at INTEGER NOT NULL,
            document TEXT NOT NULL,
            PRIMARY KEY (exam_id, number)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX exam_schedules_by_end ON exam_schedules (closes_at);

        CREATE TABLE system_checks (
            id TEXT PRIMARY KEY,
            account_id TEXT NOT NULL REFERENCES accounts (id),
            document TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX system_checks_by_account ON system_checks (account_id, id);
        """
}
