public import Foundation

/// A transition that was made.
public struct AttemptTransition: Hashable, Sendable, Codable {
    /// The state before.
    public let from: AttemptState
    /// The state after.
    public let to: AttemptState
    /// In which role it was made.
    public let actor: AttemptActor
    /// The account of the person; nil for the service.
    public let author: UUID?
    /// Why, where a reason was given.
    public let reason: String?
    /// When, by the server's clock.
    public let at: Date

    /// Makes a transition.
    public init(
        from: AttemptState,
        to: AttemptState,
        actor: AttemptActor,
        author: UUID? = nil,
        reason: String? = nil,
        at: Date
    ) {
        self.from = from
        self.to = to
        self.actor = actor
        self.author = author
        self.reason = reason
        self.at = at.toMillisecond
    }
}

/// One candidate's attempt at an exam.
///
/// Its state changes only by ``transition(to:by:author:reason:at:)``, so the state is always what the history of
/// transitions leads to.
public struct Attempt: Hashable, Sendable, Codable, Identifiable {
    /// The attempt's identifier.
    public let id: UUID
    /// The exam.
    public let examID: UUID
    /// The candidate's account.
    public let candidateID: UUID
    /// The seed of the ticket.
    public let seed: TicketSeed
    /// Where it stands.
    public private(set) var state: AttemptState
    /// The ticket, once drawn.
    public private(set) var ticket: Ticket?
    /// The time given.
    public private(set) var ledger: TimeLedger
    /// When the candidate started; it never changes afterwards.
    public private(set) var startedAt: Date?
    /// When the answers were handed in; nil again after a person reopened the attempt.
    public private(set) var submittedAt: Date?
    /// What it earned, once graded; nil again after a person reopened the attempt.
    public private(set) var result: GradingResult?
    /// The transitions in the order in which they were made.
    public private(set) var history: [AttemptTransition]

    enum CodingKeys: String, CodingKey {
        case id, seed, state, ticket, ledger, result, history
        case examID = "exam_id"
        case candidateID = "candidate_id"
        case startedAt = "started_at"
        case submittedAt = "submitted_at"
    }

    /// Makes an attempt in the state `created`.
    public init(id: UUID, examID: UUID, candidateID: UUID, seed: TicketSeed, ledger: TimeLedger) {
        self.id = id
        self.examID = examID
        self.candidateID = candidateID
        self.seed = seed
        self.ledger = ledger
        state = .created
        history = []
    }

    /// When the time is over; nil before the start.
    public var deadline: Date? { startedAt.map(ledger.deadline) }

    /// The whole seconds left at `now`; all of the time before the start, zero once handed in.
    public func remainingSeconds(at now: Date) -> Int {
        switch state {
        case .created, .readyToStart:
            ledger.totalSeconds
        case .started, .readyToSubmit:
            startedAt.map { ledger.remainingSeconds(startedAt: $0, now: now) } ?? 0
        case .timedOut, .submitted, .secondReviewRequired, .verified, .rejected, .error, .expired, .declined:
            0
        }
    }

    /// Whether an answer may be written at `now`: the candidate is working and the time is not over.
    public func acceptsAnswers(at now: Date) -> Bool {
        guard state.acceptsAnswers, let deadline else { return false }
        return now < deadline
    }

    /// The attempt in another state, with the transition added to its history.
    ///
    /// A transition that the table does not have, or not for this actor, is refused. Before the time is over the
    /// service cannot time out an attempt; after it the candidate can change nothing, and a person who reopens the
    /// attempt gives time first.
    ///
    /// - Throws: ``AttemptError`` with the code that says why it is refused.
    public func transition(
        to: AttemptState,
        by actor: AttemptActor,
        author: UUID? = nil,
        reason: String? = nil,
        at now: Date
    ) throws(AttemptError) -> Attempt {
        let now = now.toMillisecond
        guard let rule = AttemptRule.rule(from: state, to: to) else {
            throw AttemptError(
                .transitionNotAllowed,
                "From \(state.rawValue) no transition leads to \(to.rawValue)."
            )
        }
        if !rule.actors.contains(actor) {
            guard rule.actorsWithReason.contains(actor) else {
                throw AttemptError(
                    .actorNotAllowed,
                    "From \(state.rawValue) to \(to.rawValue) is not for the \(actor.rawValue)."
                )
            }
            guard let reason, reason.contains(where: { !$0.isWhitespace }) else {
                throw AttemptError(
                    .reasonRequired,
                    "From \(state.rawValue) to \(to.rawValue) takes a reason."
                )
            }
        }
        if actor != .system, author == nil {
            throw AttemptError(.reasonRequired, "A person's transition names the person.")
        }
        try checkTime(to: to, by: actor, at: now)
        var next = self
        next.history.append(
            AttemptTransition(from: state, to: to, actor: actor, author: author, reason: reason, at: now)
        )
        next.state = to
        if to == .started {
            next.startedAt = startedAt ?? now
            next.submittedAt = nil
            next.result = nil
        }
        if to == .submitted { next.submittedAt = now }
        return next
    }

    /// The attempt with its ticket, which is drawn once, before the start.
    ///
    /// - Throws: ``AttemptError`` with code `ticketNotAllowed` when it has one, has started, or the ticket is drawn
    ///   from another seed.
    public func assigning(_ ticket: Ticket) throws(AttemptError) -> Attempt {
        guard self.ticket == nil, state == .created || state == .readyToStart, ticket.seed == seed else {
            throw AttemptError(.ticketNotAllowed, "The ticket is drawn once, before the start, from the own seed.")
        }
        var next = self
        next.ticket = ticket
        return next
    }

    /// The attempt with more time.
    ///
    /// - Throws: ``AttemptError`` with code `transitionNotAllowed` when the answers are reviewed or the attempt is
    ///   closed for good, `invalidTime` or `reasonRequired` when the ledger does not take the entry.
    public func granting(
        _ kind: TimeLedger.Kind,
        seconds: Int,
        author: String,
        reason: String,
        at now: Date
    ) throws(AttemptError) -> Attempt {
        switch state {
        case .created, .readyToStart, .started, .readyToSubmit, .timedOut, .submitted, .error: break
        case .secondReviewRequired, .verified, .rejected, .expired, .declined:
            throw AttemptError(.transitionNotAllowed, "An attempt that is \(state.rawValue) gets no more time.")
        }
        var next = self
        try next.ledger.grant(kind, seconds: seconds, author: author, reason: reason, at: now)
        return next
    }

    /// The attempt with what it earned.
    ///
    /// - Throws: ``AttemptError`` with code `resultNotAllowed` unless the answers are handed in.
    public func grading(_ result: GradingResult) throws(AttemptError) -> Attempt {
        guard state.isHandedIn, submittedAt != nil else {
            throw AttemptError(.resultNotAllowed, "Only answers that are handed in are graded.")
        }
        var next = self
        next.result = result
        return next
    }

    /// The attempt with the grade that follows from breaking the rules (S2 3.7, 4.6), whatever was answered.
    ///
    /// - Throws: ``AttemptError`` with code `resultNotAllowed` unless it was rejected.
    public func failing(on scale: GradingScale) throws(AttemptError) -> Attempt {
        guard state == .rejected else {
            throw AttemptError(.resultNotAllowed, "Only a rejected attempt fails without grading.")
        }
        var next = self
        next.result = GradingResult(failingOn: scale)
        return next
    }

    private func checkTime(to: AttemptState, by actor: AttemptActor, at now: Date) throws(AttemptError) {
        if to == .started, ticket == nil {
            throw AttemptError(.ticketMissing, "The ticket is drawn before the start.")
        }
        guard let deadline else {
            // What has failed before its start cannot be continued.
            if to == .started, state != .readyToStart {
                throw AttemptError(.transitionNotAllowed, "The attempt has never started.")
            }
            return
        }
        if to == .timedOut, now < deadline {
            throw AttemptError(.deadlineNotReached, "The time ends at \(deadline.formatted(.iso8601)).")
        }
        if now >= deadline, actor == .candidate || to == .started {
            throw AttemptError(.deadlinePassed, "The time ended at \(deadline.formatted(.iso8601)).")
        }
    }
}
