public import Attestation
public import Foundation

/// An attempt that a failure has interrupted and that waits for the examiner's decision: to go on, or that it has not
/// taken place (S2 4.7). It is to be made on the same day.
public struct Interruption: Hashable, Sendable {
    /// The attempt.
    public let attemptID: UUID
    /// The exam.
    public let examID: UUID
    /// The candidate.
    public let candidateID: UUID
    /// The number of the record by which the clock was stopped.
    public let record: Int
    /// Since when the clock stands still.
    public let since: Date
    /// Why.
    public let reason: AttemptReason
    /// Who stopped it.
    public let stoppedBy: UUID?

    /// The interruption in which an attempt is; nil where it is in none. A break, or a pause for a check of the
    /// workplace, is none.
    public init?(_ attempt: Attempt) {
        guard attempt.state == .paused, let record = attempt.records.last(where: \.endsWork),
            let reason = record.cause.reason, reason.isOutage
        else { return nil }
        attemptID = attempt.id
        examID = attempt.examID
        candidateID = attempt.candidateID
        self.record = record.number
        since = record.at
        self.reason = reason
        stoppedBy = record.cause.author
    }

    /// When a candidate was last kept from working: since then the examiner had to decide. Nil where they never worked.
    public static func moment(of attempt: Attempt, at now: Date) -> Date? {
        attempt.state.acceptsAnswers ? now : attempt.records.last(where: \.endsWork)?.at
    }
}

extension AttemptRecord {
    /// Whether with it the candidate stopped being able to work.
    fileprivate var endsWork: Bool {
        guard case .transition(_, let from, let to) = change else { return false }
        return from.acceptsAnswers && !to.acceptsAnswers
    }
}
