extension Migrations {
    /// Names in the order of search, identifiers for contracts and login sessions, and everything that lets somebody in
    /// besides the password.
    static let accountSecurity = """
        ALTER TABLE accounts ADD COLUMN folded_name TEXT NOT NULL DEFAULT '';
        UPDATE accounts SET folded_name = folded_name(surname, given_name, patronymic);
        CREATE INDEX accounts_by_name ON accounts (folded_name, id);

        ALTER TABLE contracts ADD COLUMN folded_name TEXT NOT NULL DEFAULT '';
        ALTER TABLE contracts ADD COLUMN id TEXT NOT NULL DEFAULT '';
        UPDATE contracts SET folded_name = folded_name(surname, given_name, patronymic), id = \(randomID);
        CREATE INDEX contracts_by_name ON contracts (folded_name, id);
        CREATE UNIQUE INDEX contracts_by_id ON contracts (id);

        CREATE TABLE contract_changes (
            id TEXT PRIMARY KEY,
            contract_id TEXT NOT NULL REFERENCES contracts (id),
            kind TEXT NOT NULL,
            reason TEXT NOT NULL,
            surname TEXT NOT NULL,
            given_name TEXT NOT NULL,
            patronymic TEXT,
            birth_date TEXT,
            changed_by TEXT NOT NULL REFERENCES accounts (id),
            at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX contract_changes_by_contract ON contract_changes (contract_id, id);

        ALTER TABLE login_sessions ADD COLUMN id TEXT NOT NULL DEFAULT '';
        ALTER TABLE login_sessions ADD COLUMN address TEXT;
        ALTER TABLE login_sessions ADD COLUMN user_agent TEXT;
        UPDATE login_sessions SET id = \(randomID);
        CREATE UNIQUE INDEX login_sessions_by_id ON login_sessions (id);

        CREATE TABLE password_resets (
            account_id TEXT PRIMARY KEY REFERENCES accounts (id),
            code_hash TEXT NOT NULL,
            issued_by TEXT REFERENCES accounts (id),
            issued_at INTEGER NOT NULL,
            expires_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE second_factors (
            account_id TEXT PRIMARY KEY REFERENCES accounts (id),
            sealed_secret BLOB NOT NULL,
            created_at INTEGER NOT NULL,
            confirmed_at INTEGER,
            last_step INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE recovery_codes (
            account_id TEXT NOT NULL REFERENCES accounts (id),
            code_hash TEXT NOT NULL,
            PRIMARY KEY (account_id, code_hash)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE login_tickets (
            token_hash TEXT PRIMARY KEY,
            account_id TEXT NOT NULL REFERENCES accounts (id),
            expires_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX login_tickets_by_account ON login_tickets (account_id);

        CREATE TABLE api_tokens (
            id TEXT PRIMARY KEY,
            token_hash TEXT NOT NULL UNIQUE,
            issuer_id TEXT NOT NULL REFERENCES accounts (id),
            name TEXT NOT NULL,
            scopes TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            expires_at INTEGER NOT NULL,
            last_used_at INTEGER
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX api_tokens_by_issuer ON api_tokens (issuer_id);

        ALTER TABLE identifications ADD COLUMN tries INTEGER NOT NULL DEFAULT 1;
        """

    /// A random UUID (RFC 9562 §5.4) for rows that have none yet.
    private static let randomID = """
        lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2)
            || '-8' || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))
        """
}
