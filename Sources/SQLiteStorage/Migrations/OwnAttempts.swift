extension Migrations {
    /// The way to somebody's attempts.
    static let ownAttempts = "CREATE INDEX attempts_of_candidate ON attempts (candidate_id, id);"
}
