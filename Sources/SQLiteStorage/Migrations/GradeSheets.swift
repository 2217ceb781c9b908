extension Migrations {
    /// Groups and who is in them, scales of disciplines, grade sheets.
    ///
    /// Whatever the program does, rows of a closed sheet do not change: the database itself refuses.
    static let gradeSheets = """
        CREATE TABLE student_groups (
            id TEXT PRIMARY KEY,
            kind TEXT NOT NULL,
            name TEXT NOT NULL,
            faculty TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE UNIQUE INDEX student_groups_by_name ON student_groups (kind, name);

        CREATE TABLE group_members (
            group_id TEXT NOT NULL REFERENCES student_groups (id),
            contract_id TEXT NOT NULL REFERENCES contracts (id),
            record_book TEXT NOT NULL,
            since INTEGER NOT NULL,
            PRIMARY KEY (group_id, contract_id)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX group_members_by_contract ON group_members (contract_id);

        CREATE TABLE discipline_scales (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            discipline TEXT NOT NULL,
            kind TEXT NOT NULL,
            scale TEXT NOT NULL,
            decided_by TEXT NOT NULL REFERENCES accounts (id),
            at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX discipline_scales_by_discipline ON discipline_scales (discipline, number);

        CREATE TABLE grade_sheets (
            id TEXT PRIMARY KEY,
            number INTEGER NOT NULL UNIQUE,
            exam_id TEXT NOT NULL REFERENCES exams (id),
            group_id TEXT NOT NULL REFERENCES student_groups (id),
            state TEXT NOT NULL,
            document TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE UNIQUE INDEX grade_sheets_by_exam ON grade_sheets (exam_id, group_id);
        CREATE INDEX grade_sheets_by_group ON grade_sheets (group_id);

        CREATE TABLE grade_sheet_rows (
            sheet_id TEXT NOT NULL REFERENCES grade_sheets (id),
            position INTEGER NOT NULL,
            candidate_id TEXT REFERENCES accounts (id),
            document TEXT NOT NULL,
            PRIMARY KEY (sheet_id, position)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX grade_sheet_rows_by_candidate ON grade_sheet_rows (candidate_id) WHERE candidate_id IS NOT NULL;
        CREATE TRIGGER grade_sheet_rows_final BEFORE UPDATE ON grade_sheet_rows
            WHEN (SELECT state FROM grade_sheets WHERE id = OLD.sheet_id) <> 'open'
            BEGIN SELECT RAISE(ABORT, 'the grade sheet is closed'); END;
        CREATE TRIGGER grade_sheet_rows_complete BEFORE INSERT ON grade_sheet_rows
            WHEN (SELECT state FROM grade_sheets WHERE id = NEW.sheet_id) <> 'open'
            BEGIN SELECT RAISE(ABORT, 'the grade sheet is closed'); END;
        CREATE TRIGGER grade_sheet_rows_kept BEFORE DELETE ON grade_sheet_rows
            BEGIN SELECT RAISE(ABORT, 'rows of grade sheets are kept'); END;

        CREATE TABLE grade_sheet_changes (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            sheet_id TEXT NOT NULL REFERENCES grade_sheets (id),
            kind TEXT NOT NULL,
            by TEXT NOT NULL REFERENCES accounts (id),
            at INTEGER NOT NULL,
            reason TEXT,
            position INTEGER,
            before TEXT,
            after TEXT
        ) STRICT;
        CREATE INDEX grade_sheet_changes_by_sheet ON grade_sheet_changes (sheet_id, number);
        CREATE TRIGGER grade_sheet_changes_unchanged BEFORE UPDATE ON grade_sheet_changes
            BEGIN SELECT RAISE(ABORT, 'changes are only added'); END;
        CREATE TRIGGER grade_sheet_changes_kept BEFORE DELETE ON grade_sheet_changes
            BEGIN SELECT RAISE(ABORT, 'changes are only added'); END;
        """
}
