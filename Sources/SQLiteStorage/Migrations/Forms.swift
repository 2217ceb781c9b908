extension Migrations {
    /// The forms of exams: sheets, slots, examiners' notes, and when answers are due.
    static let forms = """
        CREATE TABLE exam_forms (
            exam_id TEXT PRIMARY KEY REFERENCES exams (id),
            document TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE answer_sheets (
            id TEXT PRIMARY KEY,
            attempt_id TEXT NOT NULL REFERENCES attempts (id),
            item INTEGER NOT NULL,
            digest TEXT NOT NULL,
            evidence TEXT NOT NULL,
            byte_count INTEGER NOT NULL,
            at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE UNIQUE INDEX answer_sheets_by_attempt ON answer_sheets (attempt_id, item, digest);

        CREATE TABLE talk_slots (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            exam_id TEXT NOT NULL REFERENCES exams (id),
            candidate_id TEXT NOT NULL REFERENCES accounts (id),
            document TEXT NOT NULL
        ) STRICT;
        CREATE INDEX talk_slots_by_exam ON talk_slots (exam_id, candidate_id, number);
        CREATE INDEX talk_slots_by_candidate ON talk_slots (candidate_id, exam_id, number);

        CREATE TABLE talk_notes (
            id TEXT PRIMARY KEY,
            attempt_id TEXT NOT NULL REFERENCES attempts (id),
            kind TEXT NOT NULL,
            item INTEGER,
            sealed BLOB NOT NULL,
            author TEXT NOT NULL REFERENCES accounts (id),
            at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX talk_notes_by_attempt ON talk_notes (attempt_id, id);

        CREATE TABLE sendings_due (
            attempt_id TEXT PRIMARY KEY REFERENCES attempts (id),
            due_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX sendings_due_by_time ON sendings_due (due_at);
        """
}
