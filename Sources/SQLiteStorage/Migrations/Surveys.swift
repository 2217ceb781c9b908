extension Migrations {
    /// Surveys. Tokens and answers have random keys and no times, and tables without row numbers are kept in the order of
    /// their keys: nothing in the file tells in which order they came, and so whose they are.
    static let surveys = """
        CREATE TABLE surveys (
            id TEXT PRIMARY KEY,
            year INTEGER NOT NULL,
            document TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE survey_participants (
            survey_id TEXT NOT NULL REFERENCES surveys (id),
            account_id TEXT NOT NULL REFERENCES accounts (id),
            PRIMARY KEY (survey_id, account_id)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE survey_tokens (
            hash BLOB PRIMARY KEY,
            survey_id TEXT NOT NULL REFERENCES surveys (id),
            audience TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE survey_answers (
            id TEXT PRIMARY KEY,
            survey_id TEXT NOT NULL REFERENCES surveys (id),
            audience TEXT NOT NULL,
            document TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX survey_answers_by_survey ON survey_answers (survey_id, id);

        CREATE TABLE survey_reminders (
            year INTEGER PRIMARY KEY,
            at INTEGER NOT NULL
        ) STRICT;
        """
}
