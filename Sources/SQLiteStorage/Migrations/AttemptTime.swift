extension Migrations {
    /// Attempts as records that are only added, what time alone changes next, versions of answers, which device has an
    /// attempt, and accommodations.
    ///
    /// Attempts made before have no records: the domain reads their document of old.
    static let attemptTime = """
        DROP INDEX attempts_running;
        ALTER TABLE attempts RENAME COLUMN deadline TO next_turn;
        UPDATE attempts SET next_turn = NULL WHERE state NOT IN ('started', 'ready_to_submit');
        UPDATE attempts SET next_turn = (
            SELECT (unixepoch(json_extract(exams.document, '$.closes_at')) + 1) * 1000000
            FROM exams WHERE exams.id = attempts.exam_id
        ) WHERE state IN ('created', 'ready_to_start');
        CREATE INDEX attempts_turning ON attempts (next_turn) WHERE next_turn IS NOT NULL;

        CREATE TABLE attempt_records (
            attempt_id TEXT NOT NULL REFERENCES attempts (id),
            number INTEGER NOT NULL,
            at INTEGER NOT NULL,
            document TEXT NOT NULL,
            PRIMARY KEY (attempt_id, number)
        ) STRICT, WITHOUT ROWID;
        CREATE TRIGGER attempt_records_unchanged BEFORE UPDATE ON attempt_records
            BEGIN SELECT RAISE(ABORT, 'records are only added'); END;
        CREATE TRIGGER attempt_records_kept BEFORE DELETE ON attempt_records
            BEGIN SELECT RAISE(ABORT, 'records are only added'); END;

        CREATE TABLE answer_versions (
            attempt_id TEXT NOT NULL REFERENCES attempts (id),
            number INTEGER NOT NULL,
            version INTEGER NOT NULL,
            given_at INTEGER NOT NULL,
            saved_at INTEGER NOT NULL,
            device TEXT,
            sequence INTEGER,
            document TEXT NOT NULL,
            PRIMARY KEY (attempt_id, number, version)
        ) STRICT, WITHOUT ROWID;
        CREATE UNIQUE INDEX answer_versions_by_origin ON answer_versions (attempt_id, device, sequence)
            WHERE sequence IS NOT NULL;
        INSERT INTO answer_versions (attempt_id, number, version, given_at, saved_at, document)
            SELECT attempt_id, number, version, saved_at, saved_at, document FROM answers;

        ALTER TABLE answers RENAME TO old_answers;
        CREATE TABLE answers (
            attempt_id TEXT NOT NULL REFERENCES attempts (id),
            number INTEGER NOT NULL,
            version INTEGER NOT NULL,
            given_at INTEGER NOT NULL,
            saved_at INTEGER NOT NULL,
            device TEXT,
            sequence INTEGER,
            document TEXT NOT NULL,
            PRIMARY KEY (attempt_id, number)
        ) STRICT, WITHOUT ROWID;
        INSERT INTO answers (attempt_id, number, version, given_at, saved_at, document)
            SELECT attempt_id, number, version, saved_at, saved_at, document FROM old_answers;
        DROP TABLE old_answers;

        CREATE TABLE attempt_devices (
            attempt_id TEXT NOT NULL REFERENCES attempts (id),
            device TEXT NOT NULL,
            since INTEGER NOT NULL,
            until INTEGER,
            heard_at INTEGER,
            heard_sequence INTEGER,
            PRIMARY KEY (attempt_id, since, device)
        ) STRICT, WITHOUT ROWID;
        CREATE UNIQUE INDEX attempt_devices_holding ON attempt_devices (attempt_id) WHERE until IS NULL;
        INSERT INTO attempt_devices (attempt_id, device, since)
            SELECT attempt_id, session_id, since FROM attempt_sittings;
        DROP TABLE attempt_sittings;
        UPDATE session_events SET type = 'device.taken_over' WHERE type = 'attempt.resumed';

        CREATE TABLE accommodations (
            id TEXT PRIMARY KEY,
            exam_id TEXT NOT NULL REFERENCES exams (id),
            candidate_id TEXT NOT NULL REFERENCES accounts (id),
            extra_seconds INTEGER NOT NULL,
            break_seconds INTEGER NOT NULL,
            assistant INTEGER NOT NULL,
            basis TEXT NOT NULL,
            decided_by TEXT NOT NULL REFERENCES accounts (id),
            at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX accommodations_by_candidate ON accommodations (exam_id, candidate_id, id);
        """
}
