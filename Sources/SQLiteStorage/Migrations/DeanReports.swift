extension Migrations {
    /// Reports to the dean's office, and of which open decisions somebody was reminded.
    static let deanReports = """
        CREATE TABLE dean_reports (
            id TEXT PRIMARY KEY,
            attempt_id TEXT NOT NULL REFERENCES attempts (id),
            exam_id TEXT NOT NULL REFERENCES exams (id),
            decided_on TEXT NOT NULL,
            document TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX dean_reports_by_day ON dean_reports (decided_on);
        CREATE TRIGGER dean_reports_unchanged BEFORE UPDATE ON dean_reports
            BEGIN SELECT RAISE(ABORT, 'reports are only added'); END;
        CREATE TRIGGER dean_reports_kept BEFORE DELETE ON dean_reports
            BEGIN SELECT RAISE(ABORT, 'reports are only added'); END;

        CREATE TABLE decision_reminders (
            attempt_id TEXT NOT NULL REFERENCES attempts (id),
            record INTEGER NOT NULL,
            at INTEGER NOT NULL,
            PRIMARY KEY (attempt_id, record)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX attempts_paused ON attempts (id) WHERE state = 'paused';
        """
}
