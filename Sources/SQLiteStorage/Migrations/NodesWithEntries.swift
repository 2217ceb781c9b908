extension Migrations {
    /// Each hash of the tree moves into the row of the entry that completes its subtree, so that an append writes one
    /// row. They are copied as they are, right or wrong: fsck is the judge.
    static let nodesWithEntries = """
        ALTER TABLE log_entries RENAME TO old_log_entries;
        CREATE TABLE log_entries (
            entry_index INTEGER PRIMARY KEY,
            kind TEXT NOT NULL,
            at INTEGER NOT NULL,
            body BLOB NOT NULL,
            nodes BLOB NOT NULL
        ) STRICT;
        INSERT INTO log_entries (entry_index, kind, at, body, nodes)
            SELECT entry_index, kind, at, body, coalesce(nodes, x'')
            FROM old_log_entries LEFT JOIN (
                SELECT entry, CAST(group_concat(hash, '') AS BLOB) AS nodes
                FROM (
                    SELECT ((node_index + 1) << level) - 1 AS entry, hash FROM log_nodes ORDER BY entry, level
                )
                GROUP BY entry
            ) ON entry = entry_index
            ORDER BY entry_index;
        DROP TABLE old_log_entries;
        DROP TABLE log_nodes;
        """
}
