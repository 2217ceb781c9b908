extension Migrations {
    /// By what a question is known when its file is imported again, what its content is told by, what tickets need of it,
    /// and the files of questions and of answers.
    ///
    /// Questions added before have neither digest nor summary: both are made from the document when they are needed.
    /// Of several under one title the second is `…#2`, as the import counts them.
    static let questionBanks = """
        ALTER TABLE questions ADD COLUMN identity TEXT NOT NULL DEFAULT '';
        ALTER TABLE questions ADD COLUMN content_sha256 TEXT NOT NULL DEFAULT '';
        ALTER TABLE questions ADD COLUMN summary TEXT NOT NULL DEFAULT '';
        ALTER TABLE questions ADD COLUMN added_at INTEGER;
        UPDATE questions SET identity = named.identity || iif(named.place > 1, char(31) || '#' || named.place, '')
        FROM (
            SELECT id, version, identity, row_number() OVER (PARTITION BY discipline, version, identity ORDER BY id)
                AS place
            FROM (
                SELECT id, version, discipline, coalesce('id:' || json_extract(document, '$.external_id'),
                    'title:' || topic || char(31) || json_extract(document, '$.title')) AS identity
                FROM questions
            )
        ) AS named
        WHERE named.id = questions.id AND named.version = questions.version;
        CREATE UNIQUE INDEX questions_by_identity ON questions (discipline, identity, version);

        CREATE TABLE question_files (
            sha256 TEXT PRIMARY KEY,
            data BLOB NOT NULL
        ) STRICT;

        CREATE TABLE answer_files (
            id TEXT PRIMARY KEY,
            attempt_id TEXT NOT NULL REFERENCES attempts (id),
            number INTEGER NOT NULL,
            sha256 TEXT NOT NULL,
            byte_count INTEGER NOT NULL,
            uploaded_at INTEGER NOT NULL,
            evidence TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE UNIQUE INDEX answer_files_by_attempt ON answer_files (attempt_id, number, sha256);
        """
}
