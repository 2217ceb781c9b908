extension Migrations {
    /// What witnesses said of this service's log.
    static let cosigning = """
        CREATE TABLE log_witnesses (
            witness TEXT PRIMARY KEY,
            document TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE log_cosignatures (
            size INTEGER NOT NULL,
            witness TEXT NOT NULL,
            line TEXT NOT NULL,
            PRIMARY KEY (size, witness)
        ) STRICT, WITHOUT ROWID;
        """
}
