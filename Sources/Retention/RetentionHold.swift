public import Foundation

/// What keeps a person's data from being destroyed for a while.
public enum RetentionHold: String, Hashable, Sendable, Codable, CaseIterable {
    /// An attempt of the person is not over.
    case attemptOpen = "attempt_open"
    /// A result of the person is under review.
    case resultUnderReview = "result_under_review"
    /// An appeal or another case about the person is open.
    case caseOpen = "case_open"
    /// A verifier has yet to decide who the person is.
    case verificationOpen = "verification_open"
    /// The same face was found under two accounts and nobody has decided about it.
    case duplicateUndecided = "duplicate_undecided"
    /// Answers of the person wait for a grader.
    case gradingOpen = "grading_open"
    /// A grade sheet with the person in it is not closed.
    case gradeSheetOpen = "grade_sheet_open"
    /// A message to another system that names the person is not delivered yet.
    case messageWaiting = "message_waiting"
    /// A flag of the person's attempts waits for a decision.
    case flagUndecided = "flag_undecided"
    /// An export of registers is being made, and the person may stand in it.
    case exportRunning = "export_running"
    /// A member of staff has said so, with a reason.
    case manual
}

/// A hold that a member of staff has placed on a person's data: an inspection, a suit.
public struct ManualHold: Hashable, Sendable, Identifiable {
    /// The identifier (UUIDv7).
    public var id: UUID
    /// Whose data.
    public var accountID: UUID
    /// Why, sealed under the person's key.
    public var sealedReason: Data
    /// Who placed it.
    public var placedBy: UUID
    /// When.
    public var placedAt: Date
    /// Who lifted it.
    public var liftedBy: UUID?
    /// When.
    public var liftedAt: Date?

    /// Makes a hold that lasts.
    public init(id: UUID, accountID: UUID, sealedReason: Data, placedBy: UUID, placedAt: Date) {
        self.id = id
        self.accountID = accountID
        self.sealedReason = sealedReason
        self.placedBy = placedBy
        self.placedAt = placedAt
    }
}
