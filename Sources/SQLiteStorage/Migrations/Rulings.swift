extension Migrations {
    /// What follows from questions that were found faulty.
    static let rulings = """
        CREATE TABLE question_rulings (
            id TEXT PRIMARY KEY,
            exam_id TEXT NOT NULL REFERENCES exams (id),
            document TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX question_rulings_by_exam ON question_rulings (exam_id, id);
        CREATE TRIGGER question_rulings_unchanged BEFORE UPDATE ON question_rulings
            BEGIN SELECT RAISE(ABORT, 'rulings are only added'); END;
        CREATE TRIGGER question_rulings_kept BEFORE DELETE ON question_rulings
            BEGIN SELECT RAISE(ABORT, 'rulings are only added'); END;
        """
}
