public import Attestation
public import Foundation

/// A grade that a commission changed. Grade sheets take the last one of an attempt in place of what was graded.
public struct GradeChange: Hashable, Sendable, Identifiable {
    /// The identifier.
    public let id: UUID
    /// The attempt.
    public let attemptID: UUID
    /// The case that it was decided in.
    public let caseID: UUID
    /// The grade before; nil where there was none yet.
    public let before: Grade?
    /// The grade now.
    public let after: Grade
    /// Who decided, as the commission's chair.
    public let decidedBy: UUID
    /// When.
    public let at: Date

    /// Makes a value.
    public init(id: UUID, attemptID: UUID, caseID: UUID, before: Grade?, after: Grade, decidedBy: UUID, at: Date) {
        self.id = id
        self.attemptID = attemptID
        self.caseID = caseID
        self.before = before
        self.after = after
        self.decidedBy = decidedBy
        self.at = at
    }
}
