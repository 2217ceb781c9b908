public import Foundation

/// What a candidate is entitled to at one exam (row D6; S1 5.31, 5.33), as staff has set it. The newest one counts.
public struct Accommodation: Hashable, Sendable, Identifiable {
    /// The identifier.
    public let id: UUID
    /// The exam.
    public let examID: UUID
    /// The candidate's account.
    public let candidateID: UUID
    /// More working time.
    public let extraSeconds: Int
    /// For how long the clock may stand still for breaks.
    public let breakSeconds: Int
    /// Whether an assistant may be in frame.
    public let allowsAssistant: Bool
    /// What it rests on: a conclusion, an order. It may tell of the candidate's health: for staff only.
    public let basis: String
    /// Who has set it.
    public let decidedBy: UUID
    /// When.
    public let at: Date

    /// Makes a value.
    public init(
        id: UUID,
        examID: UUID,
        candidateID: UUID,
        extraSeconds: Int,
        breakSeconds: Int,
        allowsAssistant: Bool,
        basis: String,
        decidedBy: UUID,
        at: Date
    ) {
        self.id = id
        self.examID = examID
        self.candidateID = candidateID
        self.extraSeconds = extraSeconds
        self.breakSeconds = breakSeconds
        self.allowsAssistant = allowsAssistant
        self.basis = basis
        self.decidedBy = decidedBy
        self.at = at.toMillisecond
    }
}

extension Attempt {
    /// What an accommodation still adds to what the attempt has been given on its account: extra time and breaks.
    /// Negative where it would take something away, which is refused once the attempt has started.
    public func outstanding(of accommodation: Accommodation) -> (extra: Int64, breaks: Int64) {
        func given(_ kind: TimeLedger.Kind) -> Int64 {
            ledger.entries.reduce(0) { $1.kind == kind ? $0 + $1.milliseconds : $0 }
        }
        return (
            Int64(accommodation.extraSeconds) * 1_000 - given(.extraTime),
            Int64(accommodation.breakSeconds) * 1_000 - given(.breakAllowance)
        )
    }

    /// The attempt with what an accommodation adds to it.
    ///
    /// - Throws: ``AttemptError`` with code `invalidTime` where it would take something away, or adds up to too much.
    public func applying(_ accommodation: Accommodation, at now: Date) throws(AttemptError) -> Attempt {
        let (extra, breaks) = outstanding(of: accommodation)
        guard extra >= 0, breaks >= 0 else {
            throw AttemptError(.invalidTime, "Time that was given is not taken away.")
        }
        let cause = AttemptCause.examiner(accommodation.decidedBy, .entitlement)
        var next = self
        if extra > 0 { next = try next.giving(.extraTime, milliseconds: extra, cause, at: now) }
        if breaks > 0 { next = try next.giving(.breakAllowance, milliseconds: breaks, cause, at: now) }
        return next
    }
}
