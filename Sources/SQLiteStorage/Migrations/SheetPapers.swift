extension Migrations {
    /// Signed grade sheets that came back on paper.
    static let sheetPapers = """
        CREATE TABLE grade_sheet_papers (
            sheet_id TEXT NOT NULL REFERENCES grade_sheets (id),
            version INTEGER NOT NULL,
            document TEXT NOT NULL,
            PRIMARY KEY (sheet_id, version)
        ) STRICT, WITHOUT ROWID;
        CREATE TRIGGER grade_sheet_papers_kept BEFORE DELETE ON grade_sheet_papers
            BEGIN SELECT RAISE(ABORT, 'records of signed sheets are kept'); END;
        """
}
