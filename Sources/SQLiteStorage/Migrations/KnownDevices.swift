extension Migrations {
    /// Browsers whose tries at logging in are counted apart. A login that is over leaves its device known, so the
    /// session is no foreign key.
    static let knownDevices = """
        CREATE TABLE known_devices (
            token_hash TEXT PRIMARY KEY,
            account_id TEXT NOT NULL REFERENCES accounts (id),
            session_id TEXT,
            expires_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX known_devices_by_account ON known_devices (account_id, expires_at);
        CREATE INDEX known_devices_by_session ON known_devices (session_id) WHERE session_id IS NOT NULL;
        """
}
