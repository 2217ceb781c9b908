public import Attestation
public import Foundation

/// A grade that a person decided, or that follows from a rule, in place of what was graded. Grade sheets take the last
/// one of an attempt.
public struct GradeChange: Hashable, Sendable, Identifiable {
    /// What it rests on.
    public enum Ground: String, Hashable, Sendable, Codable, CaseIterable {
        /// A commission changed the grade (S2 6.1).
        case appeal
        /// The examiner heard the answer, or read the work (S2 5.1.3).
        case examination
        /// Nothing was sent in time (S2 5.1.3.4–6).
        case notSent = "not_sent"
    }

    /// The identifier.
    public let id: UUID
    /// The attempt.
    public let attemptID: UUID
    /// What it rests on.
    public let ground: Ground
    /// The case that it was decided in.
    public let caseID: UUID?
    /// The grade before; nil where there was none yet.
    public let before: Grade?
    /// The grade now.
    public let after: Grade
    /// Who decided; nil where it follows from a rule.
    public let decidedBy: UUID?
    /// When.
    public let at: Date

    /// Makes a value.
    public init(
        id: UUID,
        attemptID: UUID,
        ground: Ground,
        caseID: UUID? = nil,
        before: Grade?,
        after: Grade,
        decidedBy: UUID?,
        at: Date
    ) {
        self.id = id
        self.attemptID = attemptID
        self.ground = ground
        self.caseID = caseID
        self.before = before
        self.after = after
        self.decidedBy = decidedBy
        self.at = at
    }
}
