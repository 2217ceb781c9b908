extension Migrations {
    /// Which token a person was given, sealed under the person's key: so that a lost one can be made void.
    static let surveyReplacements = "ALTER TABLE survey_participants ADD COLUMN sealed_token BLOB;"
}
