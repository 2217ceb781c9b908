public import Foundation

/// Changes to an attempt. Each first lets time do its part, then looks at the rules, then adds a record.
extension Attempt {
    /// The attempt in another state.
    ///
    /// - Parameter reopeningUntil: until when an attempt that is over may be reopened; nil for no such limit.
    /// - Throws: ``AttemptError`` with the code that says why it is refused.
    public func transition(
        to: AttemptState,
        _ cause: AttemptCause,
        at now: Date,
        reopeningUntil: Date? = nil
    ) throws(AttemptError) -> Attempt {
        let settled = settled(at: now)
        let now = max(now.toMillisecond, settled.lastAt)
        let rule = try settled.rule(to: to, cause)
        try rule.checkReason(of: cause)
        for condition in AttemptRule.Condition.allCases where rule.conditions.contains(condition) {
            try settled.check(condition, at: now)
        }
        if rule.action == .reopen, let reopeningUntil, now > reopeningUntil {
            throw AttemptError(.reopeningTooLate, "The attempt could be reopened until the end of its day.")
        }
        return try settled.adding(.transition(rule.action, from: settled.state, to: to), cause, at: now)
    }

    /// The attempt with more time, or more time for breaks.
    ///
    /// - Throws: ``AttemptError`` with code `transitionNotAllowed` when the attempt is over, `invalidTime`,
    ///   `actorNotAllowed`, or what is wrong with the reason.
    public func giving(
        _ kind: TimeLedger.Kind,
        milliseconds: Int64,
        _ cause: AttemptCause,
        at now: Date
    ) throws(AttemptError) -> Attempt {
        let settled = settled(at: now)
        guard let rule = AttemptRule.rules(from: settled.state, .update).first else {
            throw AttemptError(.transitionNotAllowed, "An attempt that is \(settled.state.rawValue) gets no more time.")
        }
        guard rule.actors.contains(cause.actor) else {
            throw AttemptError(.actorNotAllowed, "Giving time is not for the \(cause.actor.rawValue).")
        }
        try rule.checkReason(of: cause)
        return try settled.adding(.time(kind, milliseconds: milliseconds), cause, at: now)
    }

    /// The attempt as it goes on after its end, with more time where some is given.
    ///
    /// The time between the end and now is not lost to the candidate: what was left at the end is left again.
    ///
    /// - Throws: ``AttemptError``; with code `deadlinePassed` where nothing was left and nothing is given.
    public func reopening(
        giving milliseconds: Int64?,
        _ cause: AttemptCause,
        at now: Date,
        until: Date?
    ) throws(AttemptError) -> Attempt {
        let settled = settled(at: now)
        // The rules first: a refusal must not depend on how much time is given.
        let rule = try settled.rule(to: .started, cause)
        guard rule.action == .reopen else {
            throw AttemptError(.transitionNotAllowed, "An attempt that is \(settled.state.rawValue) is not over.")
        }
        try rule.checkReason(of: cause)
        guard let milliseconds else {
            return try settled.transition(to: .started, cause, at: now, reopeningUntil: until)
        }
        let kind: TimeLedger.Kind = cause.reason?.isOutage == true ? .outage : .extension
        let given = try settled.adding(.time(kind, milliseconds: milliseconds), cause, at: now)
        return try given.transition(to: .started, cause, at: now, reopeningUntil: until)
    }

    /// The attempt itself, where it may be flagged; a flag changes nothing.
    ///
    /// - Throws: ``AttemptError`` with code `transitionNotAllowed`, `actorNotAllowed`, or what is wrong with the reason.
    public func flagging(_ cause: AttemptCause) throws(AttemptError) -> Attempt {
        guard let rule = AttemptRule.rules(from: state, .flag).first else {
            throw AttemptError(.transitionNotAllowed, "An attempt that is \(state.rawValue) is not flagged.")
        }
        guard rule.actors.contains(cause.actor) else {
            throw AttemptError(.actorNotAllowed, "Flagging is not for the \(cause.actor.rawValue).")
        }
        try rule.checkReason(of: cause)
        return self
    }

    /// The attempt with its ticket, which is drawn once, before the start.
    ///
    /// - Throws: ``AttemptError`` with code `ticketNotAllowed` when it has one, has started, or the ticket is drawn
    ///   from another seed.
    public func assigning(_ ticket: Ticket, at now: Date) throws(AttemptError) -> Attempt {
        guard self.ticket == nil, state.isBeforeStart, ticket.seed == seed else {
            throw AttemptError(.ticketNotAllowed, "The ticket is drawn once, before the start, from the own seed.")
        }
        return try adding(.ticket(ticket), .system, at: now)
    }

    /// The attempt with what it earned.
    ///
    /// - Throws: ``AttemptError`` with code `resultNotAllowed` unless the answers are handed in.
    public func grading(_ result: GradingResult, at now: Date) throws(AttemptError) -> Attempt {
        guard state.isHandedIn, submittedAt != nil else {
            throw AttemptError(.resultNotAllowed, "Only answers that are handed in are graded.")
        }
        return try adding(.result(result), .system, at: now)
    }

    /// The attempt with the grade that follows from breaking the rules (S2 3.7, 4.6), whatever was answered.
    ///
    /// - Throws: ``AttemptError`` with code `resultNotAllowed` unless it was rejected.
    public func failing(on scale: GradingScale, at now: Date) throws(AttemptError) -> Attempt {
        guard state == .rejected else {
            throw AttemptError(.resultNotAllowed, "Only a rejected attempt fails without grading.")
        }
        return try adding(.result(GradingResult(failingOn: scale)), .system, at: now)
    }

    // MARK: - Checks

    private func rule(to: AttemptState, _ cause: AttemptCause) throws(AttemptError) -> AttemptRule {
        guard let rule = AttemptRule.rule(from: state, to: to, by: cause.actor) else {
            let isKnown = AttemptRule.table.contains { $0.from == state && $0.to == to && to != state }
            throw isKnown
                ? AttemptError(
                    .actorNotAllowed,
                    "From \(state.rawValue) to \(to.rawValue) is not for the \(cause.actor.rawValue)."
                )
                : AttemptError(
                    .transitionNotAllowed,
                    "From \(state.rawValue) no transition leads to \(to.rawValue)."
                )
        }
        return rule
    }

    private func check(_ condition: AttemptRule.Condition, at now: Date) throws(AttemptError) {
        let remaining = startedAt.map { ledger.remainingMilliseconds(startedAt: $0, now: now) } ?? 0
        switch condition {
        case .ticketDrawn where ticket == nil:
            throw AttemptError(.ticketMissing, "The ticket is drawn before the start.")
        case .hasStarted where startedAt == nil:
            throw AttemptError(.transitionNotAllowed, "The attempt has never started.")
        case .timeLeft where remaining == 0:
            throw AttemptError(.deadlinePassed, "No working time is left.")
        case .timeOver where remaining > 0:
            throw AttemptError(.deadlineNotReached, "Working time is left.")
        case .breakLeft where ledger.breakLeftMilliseconds == 0:
            throw AttemptError(.noBreakLeft, "No break is left.")
        case .onBreak where ledger.stop?.kind != .rest:
            throw AttemptError(.breakMismatch, "The clock does not stand still because of a break.")
        default: return
        }
    }
}

extension AttemptRule {
    fileprivate func checkReason(of cause: AttemptCause) throws(AttemptError) {
        if cause.actor != .system, cause.author == nil {
            throw AttemptError(.reasonRequired, "What a person does names the person.")
        }
        let allowed = reasons[cause.actor] ?? []
        guard let reason = cause.reason else {
            guard allowed.isEmpty else {
                throw AttemptError(.reasonRequired, "\(action.rawValue) takes a reason.")
            }
            return
        }
        guard allowed.contains(reason) else {
            throw AttemptError(.reasonNotAllowed, "\(action.rawValue) is not done because of \(reason.rawValue).")
        }
        if reason.needsComment, cause.comment?.contains(where: { !$0.isWhitespace }) != true {
            throw AttemptError(.reasonRequired, "\(reason.rawValue) takes words.")
        }
    }
}
