extension Migrations {
    /// Reasons of overrides and messages of demands are sealed under the candidate's key, which no migration has: the
    /// old columns stay until the program has sealed what is in them (`OldTexts`), and take nothing new.
    static let sealedTexts = """
        ALTER TABLE identification_overrides ADD COLUMN sealed_reason BLOB;
        ALTER TABLE identification_demands ADD COLUMN sealed_message BLOB;
        """
}
