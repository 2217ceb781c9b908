extension Migrations {
    /// What this service cosigned of other institutions' logs.
    static let witnessing = """
        CREATE TABLE witnessed_logs (
            origin TEXT PRIMARY KEY,
            size INTEGER NOT NULL,
            root BLOB NOT NULL
        ) STRICT, WITHOUT ROWID;
        """
}
