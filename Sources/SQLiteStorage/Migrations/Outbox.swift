extension Migrations {
    /// Receivers of webhooks, and messages on their way to them.
    static let outbox = """
        CREATE TABLE webhook_receivers (
            id TEXT PRIMARY KEY,
            url TEXT NOT NULL,
            kinds TEXT NOT NULL,
            sealed_key BLOB NOT NULL,
            created_by TEXT NOT NULL REFERENCES accounts (id),
            created_at INTEGER NOT NULL,
            ended_at INTEGER
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE outbox (
            id TEXT PRIMARY KEY,
            receiver_id TEXT NOT NULL REFERENCES webhook_receivers (id),
            kind TEXT NOT NULL,
            body BLOB NOT NULL,
            created_at INTEGER NOT NULL,
            tries INTEGER NOT NULL,
            next_try_at INTEGER,
            delivered_at INTEGER,
            last_failure TEXT
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX outbox_due ON outbox (next_try_at) WHERE next_try_at IS NOT NULL;
        CREATE INDEX outbox_by_receiver ON outbox (receiver_id, id);
        """
}
