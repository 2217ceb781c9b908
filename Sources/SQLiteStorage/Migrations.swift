/// Numbered, forward-only changes of the schema; the file's `user_version` says how many are applied.
enum Migrations {
    /// Applies what is missing, each migration in a transaction of its own.
    ///
    /// - Throws: `SQLiteError`; also where the file was made by a newer version of the program.
    static func apply(to connection: SQLiteConnection) throws {
        let applied = Int(try connection.first("PRAGMA user_version") { $0.integer(0) } ?? 0)
        guard applied <= all.count else {
            throw SQLiteError(
                code: 1,
                reason: "the database has schema \(applied), this program knows \(all.count): install a newer one",
                sql: nil
            )
        }
        for number in applied..<all.count {
            try connection.execute("BEGIN IMMEDIATE")
            do {
                // Another process may have been faster.
                let current = Int(try connection.first("PRAGMA user_version") { $0.integer(0) } ?? 0)
                if current == number {
                    try connection.execute(all[number])
                    try connection.execute("PRAGMA user_version = \(number + 1)")
                }
                try connection.execute("COMMIT")
            } catch {
                if connection.isInTransaction { try? connection.execute("ROLLBACK") }
                throw error
            }
        }
    }

    static let all = [
        firstSchema, faceComparison, accountRegister, consents, visualIdentification, accountSecurity,
        providerLogins, attemptTime, knownDevices, cases, sealedTexts, challengesApart, admission, forms, serviceLife,
        questionBanks, ticketPlans, practice,
        gradeSheets, openWorks, outbox, rulings, deanReports, groupKeys, flags, registerSearch, retention,
        personErasures, accessRecords, surveys, sheetPapers, oneNotice, exports, ownAttempts, witnessing,
        phoneLinks, cosigning, logPlaces, surveyReplacements,
        nodesWithEntries, eventsByType,
    ]

    /// Identifiers are UUIDv7 text, times whole microseconds since 1970.
    private static let firstSchema = """
        CREATE TABLE accounts (
            id TEXT PRIMARY KEY,
            email TEXT NOT NULL UNIQUE,
            surname TEXT NOT NULL,
            given_name TEXT NOT NULL,
            patronymic TEXT,
            role TEXT NOT NULL,
            password TEXT NOT NULL,
            created_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE contracts (
            number TEXT PRIMARY KEY,
            surname TEXT NOT NULL,
            given_name TEXT NOT NULL,
            patronymic TEXT,
            account_id TEXT UNIQUE REFERENCES accounts (id),
            imported_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE login_sessions (
            token_hash TEXT PRIMARY KEY,
            account_id TEXT NOT NULL REFERENCES accounts (id),
            created_at INTEGER NOT NULL,
            last_seen_at INTEGER NOT NULL,
            expires_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX login_sessions_by_account ON login_sessions (account_id);

        CREATE TABLE throttles (
            key TEXT PRIMARY KEY,
            failures INTEGER NOT NULL,
            blocked_until INTEGER NOT NULL,
            last_failure_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE person_keys (
            account_id TEXT PRIMARY KEY REFERENCES accounts (id),
            wrapped_key BLOB NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE portraits (
            id TEXT PRIMARY KEY,
            account_id TEXT NOT NULL REFERENCES accounts (id),
            created_at INTEGER NOT NULL,
            model_id TEXT NOT NULL,
            sealed_template BLOB NOT NULL,
            evidence TEXT NOT NULL,
            inter_eye_distance REAL NOT NULL,
            width INTEGER NOT NULL,
            height INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX portraits_by_account ON portraits (account_id, created_at);

        CREATE TABLE questions (
            id TEXT NOT NULL,
            version INTEGER NOT NULL,
            discipline TEXT NOT NULL,
            topic TEXT NOT NULL,
            document TEXT NOT NULL,
            PRIMARY KEY (id, version)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX questions_by_discipline ON questions (discipline, id, version);

        CREATE TABLE exams (
            id TEXT PRIMARY KEY,
            document TEXT NOT NULL,
            sealed_secret BLOB NOT NULL,
            created_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE identification_policies (
            exam_id TEXT PRIMARY KEY REFERENCES exams (id),
            document TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE attempts (
            id TEXT PRIMARY KEY,
            exam_id TEXT NOT NULL REFERENCES exams (id),
            candidate_id TEXT NOT NULL REFERENCES accounts (id),
            state TEXT NOT NULL,
            document TEXT NOT NULL,
            deadline INTEGER
        ) STRICT, WITHOUT ROWID;
        CREATE UNIQUE INDEX attempts_by_candidate ON attempts (exam_id, candidate_id);
        CREATE INDEX attempts_running ON attempts (deadline) WHERE state IN ('started', 'ready_to_submit');

        CREATE TABLE answers (
            attempt_id TEXT NOT NULL REFERENCES attempts (id),
            number INTEGER NOT NULL,
            version INTEGER NOT NULL,
            saved_at INTEGER NOT NULL,
            document TEXT NOT NULL,
            PRIMARY KEY (attempt_id, number)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE identifications (
            id TEXT PRIMARY KEY,
            method TEXT NOT NULL,
            subject TEXT REFERENCES accounts (id),
            attempt_id TEXT REFERENCES attempts (id),
            outcome TEXT NOT NULL,
            reason TEXT NOT NULL,
            at INTEGER NOT NULL,
            comparison TEXT,
            evidence TEXT
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX identifications_by_subject ON identifications (subject, id);
        CREATE INDEX identifications_by_attempt ON identifications (attempt_id, id);

        CREATE TABLE biometric_accesses (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            actor TEXT REFERENCES accounts (id),
            subject TEXT NOT NULL REFERENCES accounts (id),
            what TEXT NOT NULL,
            purpose TEXT NOT NULL,
            at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX biometric_accesses_by_subject ON biometric_accesses (subject, number);

        CREATE TABLE session_events (
            event_index INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL,
            attempt_id TEXT NOT NULL REFERENCES attempts (id),
            exam_id TEXT NOT NULL REFERENCES exams (id),
            type TEXT NOT NULL,
            source TEXT NOT NULL,
            at INTEGER NOT NULL,
            facts TEXT NOT NULL
        ) STRICT;
        CREATE INDEX session_events_by_attempt ON session_events (attempt_id, event_index);
        CREATE INDEX session_events_by_exam ON session_events (exam_id, event_index);

        CREATE TABLE idempotency (
            account_id TEXT NOT NULL REFERENCES accounts (id),
            key TEXT NOT NULL,
            request_digest TEXT NOT NULL,
            resource_id TEXT NOT NULL,
            at INTEGER NOT NULL,
            PRIMARY KEY (account_id, key)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE log_entries (
            entry_index INTEGER PRIMARY KEY,
            kind TEXT NOT NULL,
            at INTEGER NOT NULL,
            body BLOB NOT NULL
        ) STRICT;

        CREATE TABLE sealed_payloads (
            digest TEXT PRIMARY KEY,
            subject TEXT NOT NULL REFERENCES accounts (id),
            ciphertext BLOB NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX sealed_payloads_by_subject ON sealed_payloads (subject);

        CREATE TABLE log_nodes (
            level INTEGER NOT NULL,
            node_index INTEGER NOT NULL,
            hash BLOB NOT NULL,
            PRIMARY KEY (level, node_index)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE log_checkpoints (
            size INTEGER PRIMARY KEY,
            note TEXT NOT NULL
        ) STRICT;
        """

    /// Liveness challenges, what was measured beside a comparison, and the same face under two accounts.
    private static let faceComparison = """
        ALTER TABLE identifications ADD COLUMN findings TEXT;

        ALTER TABLE portraits ADD COLUMN searched_at INTEGER;
        CREATE INDEX portraits_unsearched ON portraits (id) WHERE searched_at IS NULL;

        CREATE TABLE liveness_challenges (
            id TEXT PRIMARY KEY,
            attempt_id TEXT NOT NULL REFERENCES attempts (id),
            account_id TEXT NOT NULL REFERENCES accounts (id),
            nonce TEXT NOT NULL,
            movements TEXT NOT NULL,
            issued_at INTEGER NOT NULL,
            used_at INTEGER
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX liveness_challenges_by_attempt ON liveness_challenges (attempt_id, issued_at);

        CREATE TABLE liveness_frames (
            digest TEXT PRIMARY KEY,
            challenge_id TEXT NOT NULL,
            at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE face_duplicates (
            id TEXT PRIMARY KEY,
            account_id TEXT NOT NULL REFERENCES accounts (id),
            other_account_id TEXT NOT NULL REFERENCES accounts (id),
            portrait_id TEXT NOT NULL REFERENCES portraits (id),
            other_portrait_id TEXT NOT NULL REFERENCES portraits (id),
            distance REAL NOT NULL,
            threshold REAL NOT NULL,
            gallery_size INTEGER NOT NULL,
            is_near_copy INTEGER NOT NULL,
            found_at INTEGER NOT NULL,
            verdict TEXT,
            decided_by TEXT REFERENCES accounts (id),
            decided_at INTEGER,
            comment TEXT
        ) STRICT, WITHOUT ROWID;
        CREATE UNIQUE INDEX face_duplicates_by_portraits
            ON face_duplicates (min(portrait_id, other_portrait_id), max(portrait_id, other_portrait_id));
        CREATE INDEX face_duplicates_undecided ON face_duplicates (id) WHERE verdict IS NULL;
        """

    /// An account may have several roles, may be disabled, and may hold several contracts; a contract says how old its
    /// holder is, and may be closed.
    private static let accountRegister = """
        CREATE TABLE account_roles (
            account_id TEXT NOT NULL REFERENCES accounts (id),
            role TEXT NOT NULL,
            PRIMARY KEY (account_id, role)
        ) STRICT, WITHOUT ROWID;
        INSERT INTO account_roles (account_id, role) SELECT id, role FROM accounts;
        ALTER TABLE accounts DROP COLUMN role;
        ALTER TABLE accounts ADD COLUMN disabled_at INTEGER;

        ALTER TABLE contracts RENAME TO old_contracts;
        CREATE TABLE contracts (
            number TEXT PRIMARY KEY,
            surname TEXT NOT NULL,
            given_name TEXT NOT NULL,
            patronymic TEXT,
            birth_date TEXT,
            account_id TEXT REFERENCES accounts (id),
            imported_at INTEGER NOT NULL,
            closed_at INTEGER
        ) STRICT, WITHOUT ROWID;
        INSERT INTO contracts (number, surname, given_name, patronymic, account_id, imported_at)
            SELECT number, surname, given_name, patronymic, account_id, imported_at FROM old_contracts;
        DROP TABLE old_contracts;
        CREATE INDEX contracts_by_account ON contracts (account_id) WHERE account_id IS NOT NULL;
        """
}
