extension Migrations {
    /// Policies by kind of procedure, demands and overrides, visual identification, and the circumstances of records.
    static let visualIdentification = """
        CREATE TABLE procedure_policies (
            procedure TEXT PRIMARY KEY,
            document TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        ALTER TABLE identification_policies ADD COLUMN procedure TEXT NOT NULL DEFAULT 'intermediate_attestation';

        ALTER TABLE identifications ADD COLUMN procedure TEXT;
        ALTER TABLE identifications ADD COLUMN moment TEXT NOT NULL DEFAULT 'apart';
        ALTER TABLE identifications ADD COLUMN operator_id TEXT REFERENCES accounts (id);
        ALTER TABLE identifications ADD COLUMN authority_id TEXT;
        ALTER TABLE identifications ADD COLUMN document_kind TEXT;
        ALTER TABLE identifications ADD COLUMN sealed BLOB;

        CREATE TABLE identification_demands (
            id TEXT PRIMARY KEY,
            attempt_id TEXT NOT NULL REFERENCES attempts (id),
            subject TEXT NOT NULL,
            moment TEXT NOT NULL,
            demanded_by TEXT REFERENCES accounts (id),
            message TEXT,
            due_at INTEGER NOT NULL,
            expires_at INTEGER NOT NULL,
            state TEXT NOT NULL,
            answered_at INTEGER,
            record_id TEXT,
            evidence TEXT
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX identification_demands_by_attempt ON identification_demands (attempt_id, id);
        CREATE INDEX identification_demands_planned ON identification_demands (due_at) WHERE state = 'planned';
        CREATE INDEX identification_demands_open ON identification_demands (expires_at) WHERE state = 'open';

        CREATE TABLE attempt_sittings (
            attempt_id TEXT PRIMARY KEY REFERENCES attempts (id),
            session_id TEXT NOT NULL,
            since INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE identification_overrides (
            id TEXT PRIMARY KEY,
            attempt_id TEXT NOT NULL REFERENCES attempts (id),
            decided_by TEXT NOT NULL REFERENCES accounts (id),
            reason TEXT NOT NULL,
            at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX identification_overrides_by_attempt ON identification_overrides (attempt_id, id);

        CREATE TABLE visual_cases (
            id TEXT PRIMARY KEY,
            number INTEGER NOT NULL UNIQUE,
            subject TEXT NOT NULL REFERENCES accounts (id),
            attempt_id TEXT REFERENCES attempts (id),
            procedure TEXT NOT NULL,
            moment TEXT NOT NULL,
            cause TEXT NOT NULL,
            opened_at INTEGER NOT NULL,
            state TEXT NOT NULL,
            holder_id TEXT REFERENCES accounts (id),
            taken_at INTEGER,
            locked_until INTEGER,
            opinions TEXT NOT NULL,
            conclusion TEXT,
            closed_at INTEGER,
            conference_url TEXT,
            sealed_form BLOB,
            pictures TEXT NOT NULL,
            sealed_scores BLOB,
            handling_seconds REAL,
            version INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE UNIQUE INDEX visual_cases_open_by_subject ON visual_cases (subject, coalesce(attempt_id, ''))
            WHERE closed_at IS NULL;
        CREATE INDEX visual_cases_open ON visual_cases (number) WHERE closed_at IS NULL;
        CREATE INDEX visual_cases_by_subject ON visual_cases (subject, number);
        """
}
