extension Migrations {
    /// What a kind of event comes to in an attempt is read from the index alone, and the newest record of an attempt is its
    /// index's last: hours of frames make thousands of both, and a wall asks for hundreds of attempts.
    static let eventsByType = """
        CREATE INDEX session_events_by_type ON session_events (attempt_id, type, event_index, at);
        DROP INDEX identifications_by_attempt;
        CREATE INDEX identifications_by_attempt ON identifications (attempt_id, at, id);
        """
}
