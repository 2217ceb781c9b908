extension Migrations {
    /// Rules of retention, holds, runs with their items, and the files that follow what was destroyed.
    static let retention = """
        CREATE TABLE retention_rules (
            kind TEXT NOT NULL,
            number INTEGER NOT NULL,
            document TEXT NOT NULL,
            PRIMARY KEY (kind, number)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE retention_holds (
            id TEXT PRIMARY KEY,
            account_id TEXT NOT NULL REFERENCES accounts (id),
            sealed_reason BLOB NOT NULL,
            placed_by TEXT NOT NULL REFERENCES accounts (id),
            placed_at INTEGER NOT NULL,
            lifted_by TEXT REFERENCES accounts (id),
            lifted_at INTEGER
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX retention_holds_by_account ON retention_holds (account_id) WHERE lifted_at IS NULL;

        CREATE TABLE retention_runs (
            id TEXT PRIMARY KEY,
            state TEXT NOT NULL,
            document TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX retention_runs_unfinished ON retention_runs (id)
            WHERE state IN ('previewing', 'running', 'clearing');

        -- What a preview found; a run takes its items off one after the other.
        CREATE TABLE retention_items (
            run_id TEXT NOT NULL REFERENCES retention_runs (id),
            kind TEXT NOT NULL,
            item TEXT NOT NULL,
            subject TEXT,
            PRIMARY KEY (run_id, kind, item)
        ) STRICT, WITHOUT ROWID;

        -- Files of evidence whose rows are destroyed; they are gone once deleted_at says so.
        CREATE TABLE destroyed_evidence (
            evidence TEXT PRIMARY KEY,
            work_id TEXT NOT NULL,
            deleted_at INTEGER
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX destroyed_evidence_left ON destroyed_evidence (work_id) WHERE deleted_at IS NULL;

        -- The record whose personal part the payload seals.
        ALTER TABLE sealed_payloads ADD COLUMN record_id TEXT;
        CREATE INDEX sealed_payloads_by_record ON sealed_payloads (record_id) WHERE record_id IS NOT NULL;
        """
}
