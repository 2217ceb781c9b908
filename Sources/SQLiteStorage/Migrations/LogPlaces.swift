extension Migrations {
    /// Places of the entries that retention, erasures and alerts wrote without noting where.
    static let logPlaces = """
        INSERT OR IGNORE INTO log_places (record_id, entry_index)
            SELECT json_extract(text, '$.facts.record'), entry_index
            FROM (
                SELECT entry_index, CAST(body AS TEXT) AS text FROM log_entries
                WHERE kind IN ('access_alert', 'archive_read', 'erasure', 'retention')
            )
            WHERE json_valid(text) AND json_type(text, '$.facts.record') = 'text';
        """
}
