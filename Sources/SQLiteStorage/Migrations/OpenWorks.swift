extension Migrations {
    /// Open work in the graders' queue, rubrics, panels, and what people are told in their accounts.
    static let openWorks = """
        CREATE TABLE open_works (
            id TEXT PRIMARY KEY,
            exam_id TEXT NOT NULL REFERENCES exams (id),
            attempt_id TEXT NOT NULL REFERENCES attempts (id),
            number INTEGER NOT NULL,
            alias TEXT NOT NULL,
            state TEXT NOT NULL,
            due TEXT NOT NULL,
            document TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX open_works_by_attempt ON open_works (attempt_id, number);
        CREATE INDEX open_works_waiting ON open_works (due, id) WHERE state = 'waiting';
        CREATE UNIQUE INDEX open_works_by_alias ON open_works (exam_id, alias);

        CREATE TABLE rubrics (
            question_id TEXT NOT NULL,
            number INTEGER NOT NULL,
            document TEXT NOT NULL,
            by TEXT NOT NULL REFERENCES accounts (id),
            at INTEGER NOT NULL,
            PRIMARY KEY (question_id, number)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE grading_panels (
            exam_id TEXT PRIMARY KEY REFERENCES exams (id),
            document TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE grade_notices (
            id TEXT PRIMARY KEY,
            account_id TEXT NOT NULL REFERENCES accounts (id),
            kind TEXT NOT NULL,
            facts TEXT NOT NULL,
            at INTEGER NOT NULL,
            read_at INTEGER
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX grade_notices_by_account ON grade_notices (account_id, id);
        """
}
