extension Migrations {
    /// The register of orders, consents, and the erasure of biometric data with keys of its own.
    static let consents = """
        CREATE TABLE orders (
            id TEXT PRIMARY KEY,
            kind TEXT NOT NULL,
            number TEXT NOT NULL,
            date TEXT NOT NULL,
            valid_from TEXT NOT NULL,
            valid_until TEXT,
            partner_organisation TEXT,
            issued_by TEXT NOT NULL,
            entered_by TEXT NOT NULL REFERENCES accounts (id),
            entered_at INTEGER NOT NULL,
            revoked_day TEXT,
            revocation_reason TEXT,
            revoked_by TEXT REFERENCES accounts (id),
            revoked_at INTEGER
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE order_scopes (
            order_id TEXT NOT NULL REFERENCES orders (id),
            scope TEXT NOT NULL,
            PRIMARY KEY (order_id, scope)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE order_holders (
            order_id TEXT NOT NULL REFERENCES orders (id),
            account_id TEXT NOT NULL REFERENCES accounts (id),
            position INTEGER NOT NULL,
            PRIMARY KEY (order_id, account_id)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX order_holders_by_account ON order_holders (account_id);

        CREATE TABLE consent_texts (
            kind TEXT NOT NULL,
            version INTEGER NOT NULL,
            russian TEXT NOT NULL,
            english TEXT NOT NULL,
            requires_renewal INTEGER NOT NULL,
            published_at INTEGER NOT NULL,
            published_by TEXT REFERENCES accounts (id),
            PRIMARY KEY (kind, version)
        ) STRICT, WITHOUT ROWID;
        -- Numbered as they come: which statement is the newest must not depend on a clock.
        CREATE TABLE consents (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            account_id TEXT NOT NULL REFERENCES accounts (id),
            kind TEXT NOT NULL,
            decision TEXT NOT NULL,
            text_version INTEGER NOT NULL,
            text_digest TEXT NOT NULL,
            partners TEXT NOT NULL,
            representative TEXT,
            paper TEXT,
            recorded_by TEXT NOT NULL REFERENCES accounts (id),
            at INTEGER NOT NULL,
            FOREIGN KEY (kind, text_version) REFERENCES consent_texts (kind, version)
        ) STRICT;
        CREATE INDEX consents_by_account ON consents (account_id, kind, number);

        CREATE TABLE biometric_keys (
            account_id TEXT PRIMARY KEY REFERENCES accounts (id),
            wrapped_key BLOB NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE erasures (
            id TEXT PRIMARY KEY,
            account_id TEXT NOT NULL REFERENCES accounts (id),
            reason TEXT NOT NULL,
            requested_by TEXT NOT NULL REFERENCES accounts (id),
            requested_at INTEGER NOT NULL,
            due_by INTEGER NOT NULL,
            cancelled_at INTEGER,
            destroyed_at INTEGER,
            portraits INTEGER,
            records INTEGER,
            files INTEGER,
            completed_at INTEGER
        ) STRICT, WITHOUT ROWID;
        CREATE UNIQUE INDEX erasures_pending ON erasures (account_id)
            WHERE cancelled_at IS NULL AND destroyed_at IS NULL;
        CREATE INDEX erasures_open ON erasures (id) WHERE cancelled_at IS NULL AND completed_at IS NULL;
        -- The files of destroyed evidence that may still lie on the disk.
        CREATE TABLE erasure_files (
            erasure_id TEXT NOT NULL REFERENCES erasures (id),
            evidence TEXT NOT NULL,
            PRIMARY KEY (erasure_id, evidence)
        ) STRICT, WITHOUT ROWID;

        ALTER TABLE identifications ADD COLUMN erased_at INTEGER;
        -- The record whose biometric measurements the payload seals.
        ALTER TABLE sealed_payloads ADD COLUMN biometric_record_id TEXT;
        CREATE INDEX sealed_payloads_by_biometric_record ON sealed_payloads (biometric_record_id)
            WHERE biometric_record_id IS NOT NULL;

        -- A finding outlives its portraits, but its score does not.
        CREATE TABLE kept_face_duplicates (
            id TEXT PRIMARY KEY,
            account_id TEXT NOT NULL REFERENCES accounts (id),
            other_account_id TEXT NOT NULL REFERENCES accounts (id),
            portrait_id TEXT NOT NULL,
            other_portrait_id TEXT NOT NULL,
            distance REAL,
            threshold REAL NOT NULL,
            gallery_size INTEGER NOT NULL,
            is_near_copy INTEGER NOT NULL,
            found_at INTEGER NOT NULL,
            verdict TEXT,
            decided_by TEXT REFERENCES accounts (id),
            decided_at INTEGER,
            comment TEXT
        ) STRICT, WITHOUT ROWID;
        INSERT INTO kept_face_duplicates SELECT id, account_id, other_account_id, portrait_id, other_portrait_id,
            distance, threshold, gallery_size, is_near_copy, found_at, verdict, decided_by, decided_at, comment
            FROM face_duplicates;
        DROP TABLE face_duplicates;
        ALTER TABLE kept_face_duplicates RENAME TO face_duplicates;
        CREATE UNIQUE INDEX face_duplicates_by_portraits
            ON face_duplicates (min(portrait_id, other_portrait_id), max(portrait_id, other_portrait_id));
        CREATE INDEX face_duplicates_undecided ON face_duplicates (id) WHERE verdict IS NULL;
        """
}
