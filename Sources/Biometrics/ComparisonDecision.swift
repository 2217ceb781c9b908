/// The outcome of a comparison (ISO/IEC 2382-37, 37.03.07).
public enum ComparisonDecision: String, Codable, CaseIterable, Sendable {
    /// The score speaks for the same person.
    case match
    /// The score speaks for different persons.
    case nonMatch = "non_match"
    /// The score decides nothing: a person has to.
    case inconclusive
}
