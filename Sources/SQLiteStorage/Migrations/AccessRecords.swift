extension Migrations {
    /// What a look at personal data was for, rules of ordinary reading, and what is out of it.
    static let accessRecords = """
        ALTER TABLE biometric_accesses ADD COLUMN task TEXT;
        ALTER TABLE biometric_accesses ADD COLUMN items INTEGER NOT NULL DEFAULT 1;
        CREATE INDEX biometric_accesses_by_actor ON biometric_accesses (actor, at) WHERE actor IS NOT NULL;

        CREATE TABLE access_rules (
            number INTEGER PRIMARY KEY,
            document TEXT NOT NULL,
            set_by TEXT NOT NULL REFERENCES accounts (id),
            at INTEGER NOT NULL
        ) STRICT;

        CREATE TABLE access_alerts (
            id TEXT PRIMARY KEY,
            kind TEXT NOT NULL,
            actor TEXT NOT NULL REFERENCES accounts (id),
            at INTEGER NOT NULL,
            document TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX access_alerts_by_actor ON access_alerts (actor, kind, at);
        """
}
