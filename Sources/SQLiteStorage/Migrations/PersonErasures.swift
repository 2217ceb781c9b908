extension Migrations {
    /// Demands to erase people, what is kept sealed of them, and the only way past the triggers that keep records: a
    /// permit that the erasing transaction gives itself and takes back, so nobody ever sees one.
    static let personErasures = """
        CREATE TABLE person_erasures (
            id TEXT PRIMARY KEY,
            account_id TEXT NOT NULL REFERENCES accounts (id),
            state TEXT NOT NULL,
            document TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX person_erasures_by_account ON person_erasures (account_id, id);
        CREATE INDEX person_erasures_unfinished ON person_erasures (id) WHERE state IN ('approved', 'clearing');

        CREATE TABLE archived_documents (
            erasure_id TEXT NOT NULL REFERENCES person_erasures (id),
            what TEXT NOT NULL,
            place TEXT NOT NULL,
            sealed BLOB NOT NULL,
            PRIMARY KEY (erasure_id, what, place)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE erasure_permits (account_id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

        DROP TRIGGER attempt_records_unchanged;
        CREATE TRIGGER attempt_records_unchanged BEFORE UPDATE ON attempt_records
            WHEN NOT EXISTS (SELECT 1 FROM erasure_permits)
            BEGIN SELECT RAISE(ABORT, 'records are only added'); END;
        DROP TRIGGER grade_sheet_rows_final;
        CREATE TRIGGER grade_sheet_rows_final BEFORE UPDATE ON grade_sheet_rows
            WHEN (SELECT state FROM grade_sheets WHERE id = OLD.sheet_id) <> 'open'
                AND NOT EXISTS (SELECT 1 FROM erasure_permits)
            BEGIN SELECT RAISE(ABORT, 'the grade sheet is closed'); END;
        DROP TRIGGER grade_sheet_changes_unchanged;
        CREATE TRIGGER grade_sheet_changes_unchanged BEFORE UPDATE ON grade_sheet_changes
            WHEN NOT EXISTS (SELECT 1 FROM erasure_permits)
            BEGIN SELECT RAISE(ABORT, 'changes are only added'); END;
        """
}
