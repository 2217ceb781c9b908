extension Migrations {
    /// What the identification log is searched by, each condition with the time behind it, so that a page of any search is
    /// read from an index; where in the log a record stands; kept searches.
    ///
    /// An exam's discipline never changes, so a record carries a copy of it.
    static let registerSearch = """
        ALTER TABLE identifications ADD COLUMN discipline TEXT;
        UPDATE identifications SET discipline = (\(discipline(of: "identifications.attempt_id")))
            WHERE attempt_id IS NOT NULL;
        CREATE TRIGGER identifications_discipline AFTER INSERT ON identifications WHEN NEW.attempt_id IS NOT NULL
            BEGIN
                UPDATE identifications SET discipline = (\(discipline(of: "NEW.attempt_id"))) WHERE id = NEW.id;
            END;
        CREATE INDEX identifications_by_time ON identifications (at, id);
        CREATE INDEX identifications_by_method ON identifications (method, at, id);
        CREATE INDEX identifications_by_outcome ON identifications (outcome, at, id);
        CREATE INDEX identifications_by_procedure ON identifications (procedure, at, id) WHERE procedure IS NOT NULL;
        CREATE INDEX identifications_by_discipline ON identifications (discipline, at, id)
            WHERE discipline IS NOT NULL;
        CREATE INDEX identifications_by_operator ON identifications (operator_id, at, id)
            WHERE operator_id IS NOT NULL;
        CREATE INDEX session_events_flagging ON session_events (attempt_id) WHERE type IN (\(flaggingEvents));

        CREATE TABLE log_places (
            record_id TEXT NOT NULL,
            entry_index INTEGER NOT NULL,
            PRIMARY KEY (record_id, entry_index)
        ) STRICT, WITHOUT ROWID;
        INSERT OR IGNORE INTO log_places (record_id, entry_index)
            SELECT json_extract(text, '$.facts.record'), entry_index
            FROM (SELECT entry_index, CAST(body AS TEXT) AS text FROM log_entries)
            WHERE json_valid(text) AND json_type(text, '$.facts.record') = 'text';

        CREATE TABLE saved_views (
            id TEXT PRIMARY KEY,
            owner_id TEXT NOT NULL REFERENCES accounts (id),
            name TEXT NOT NULL,
            filter TEXT NOT NULL,
            is_shared INTEGER NOT NULL,
            changed_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX saved_views_by_owner ON saved_views (owner_id);
        CREATE INDEX saved_views_shared ON saved_views (name) WHERE is_shared = 1;
        """

    /// The events that mark an attempt for a look, as SQL; the index holds these and no others.
    static let flaggingEvents = """
        'attempt.flagged', 'presence.other_person', 'presence.several_people', 'presence.suspected_copy'
        """

    private static func discipline(of attempt: String) -> String {
        """
        SELECT exams.discipline FROM attempts JOIN exams ON exams.id = attempts.exam_id WHERE attempts.id = \(attempt)
        """
    }
}
