extension Migrations {
    /// Access keys of groups name a group of the register; those whose name it does not have open for nobody.
    static let groupKeys = """
        ALTER TABLE access_keys ADD COLUMN group_id TEXT REFERENCES student_groups (id);
        UPDATE access_keys SET group_id =
            (SELECT id FROM student_groups WHERE name = group_name ORDER BY kind DESC LIMIT 1)
            WHERE group_name IS NOT NULL;
        """
}
