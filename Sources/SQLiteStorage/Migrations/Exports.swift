extension Migrations {
    /// Exports of registers, and on their way.
    static let exports = """
        CREATE TABLE exports (
            id TEXT PRIMARY KEY,
            requested_by TEXT NOT NULL REFERENCES accounts (id),
            state TEXT NOT NULL,
            expires_at INTEGER,
            document TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX exports_by_person ON exports (requested_by, id);
        CREATE INDEX exports_unfinished ON exports (id) WHERE state IN ('waiting', 'running');
        CREATE INDEX exports_to_expire ON exports (expires_at) WHERE state = 'finished';
        """
}
