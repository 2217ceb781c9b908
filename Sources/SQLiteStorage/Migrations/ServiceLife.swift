extension Migrations {
    /// When the service was last known to run.
    static let serviceLife = """
        CREATE TABLE service_life (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            at INTEGER NOT NULL
        ) STRICT;
        """
}
