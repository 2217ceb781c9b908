extension Migrations {
    /// Notices about grades are notices like all others now, sealed under the person's key. Those that lay here in the
    /// clear go: what they told of is in results, sheets and the study card.
    static let oneNotice = """
        DROP TABLE grade_notices;
        """
}
