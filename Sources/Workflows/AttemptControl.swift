import Accounts
package import Attestation
import Cryptography
package import Foundation
import Proctoring
import Storage

/// What the examiner does to a running attempt (row E4), in the actions of the 1EdTech LTI Assessment Control Service,
/// and what the candidate does to the clock: breaks, going on on another device.
package struct AttemptControl: Sendable {
    let services: Services

    /// Creates the workflow.
    package init(_ services: Services) {
        self.services = services
    }

    /// What an examiner orders.
    package struct Order: Sendable {
        /// `pause`, `resume`, `terminate`, `update` or `flag`.
        package var action: AttemptAction
        package var reason: AttemptReason?
        package var comment: String?
        /// The time given by `update`.
        package var extraSeconds: Int?
        /// How grave what is flagged is, from 0 to 1.
        package var severity: Double?

        package init(
            action: AttemptAction,
            reason: AttemptReason?,
            comment: String?,
            extraSeconds: Int?,
            severity: Double?
        ) {
            self.action = action
            self.reason = reason
            self.comment = comment
            self.extraSeconds = extraSeconds
            self.severity = severity
        }
    }

    /// Carries an order out. An `update` after the end reopens the attempt, where that is lawful: on the day of the
    /// exam (S2 4.7, 4.8.3), and not once it was reviewed or rejected.
    ///
    /// - Throws: `Refusal` with the reason where the attempt's rules do not allow it.
    package func carryOut(
        _ order: Order,
        attemptID: UUID,
        principal: Principal,
        idempotencyKey: String?
    ) async throws -> AttemptRunner.Standing {
        let now = services.now()
        let digest = SHA256Digest.hash(utf8: "control:\(attemptID):\(order)").hex
        let idempotency = Idempotency(accountID: principal.id, key: idempotencyKey, digest: digest)
        return try await services.database.write { [services] stores in
            guard let found = try stores.attempt(attemptID) else { throw Refusal.unknownAttempt }
            if try idempotency.earlierResource(in: stores) != nil {
                return try AttemptRunner.standing(of: found, at: now, in: stores)
            }
            let keeper = AttemptKeeper(services: services)
            let attempt = try keeper.settle(found, at: now, in: stores)
            let cause = AttemptCause.examiner(principal.id, order.reason, order.comment)
            let next = try Refusal.onAttemptError { try Self.result(of: order, cause, attempt, services, at: now) }
            let stored = try keeper.store(next, after: attempt, at: now, in: stores)
            if order.action == .flag { try Self.flag(stored, order, cause, services, at: now, in: stores) }
            try idempotency.note(attemptID, at: now, in: stores)
            return try AttemptRunner.standing(of: stored, at: now, in: stores)
        }
    }

    private static func result(
        of order: Order,
        _ cause: AttemptCause,
        _ attempt: Attempt,
        _ services: Services,
        at now: Date
    ) throws -> Attempt {
        let milliseconds = order.extraSeconds.map { Int64($0) * 1_000 }
        switch order.action {
        case .pause: return try attempt.transition(to: .paused, cause, at: now)
        case .resume:
            guard attempt.state == .paused else {
                throw AttemptError(.transitionNotAllowed, "The attempt is not paused.")
            }
            return try attempt.transition(to: .started, cause, at: now)
        case .terminate:
            return try attempt.transition(to: end(of: attempt, because: order.reason), cause, at: now)
        case .update where attempt.state.isBeforeStart || attempt.state.isUnderWay:
            guard let milliseconds else { throw AttemptError(.invalidTime, "An update gives time.") }
            let kind: TimeLedger.Kind = order.reason?.isOutage == true ? .outage : .extension
            return try attempt.giving(kind, milliseconds: milliseconds, cause, at: now)
        case .update:
            return try attempt.reopening(
                giving: milliseconds,
                cause,
                at: now,
                until: attempt.ledger.stop.map { services.endOfDay(of: $0.since) }
            )
        case .flag: return try attempt.flagging(cause)
        default: throw AttemptError(.transitionNotAllowed, "This is no order of an examiner.")
        }
    }

    /// What a termination leads to follows from its reason: breaking the rules fails the attempt (S2 3.7, 4.6), a
    /// failure means that it has not taken place (S2 4.7), and at the candidate's request it is handed in.
    private static func end(of attempt: Attempt, because reason: AttemptReason?) -> AttemptState {
        switch reason {
        case .dishonesty, .otherPerson: .rejected
        case .candidateRequest: .submitted
        case .unableToAttend, .ownRefusal: .declined
        default: .error
        }
    }

    private static func flag(
        _ attempt: Attempt,
        _ order: Order,
        _ cause: AttemptCause,
        _ services: Services,
        at now: Date,
        in stores: any Stores
    ) throws {
        var facts = ["reason": cause.reason?.rawValue ?? ""]
        facts["severity"] = order.severity.map { String(($0 * 100).rounded() / 100) }
        facts["decided_by"] = cause.author?.lowercased
        let event = try EventRecorder(services: services, stores: stores)
            .record(.attemptFlagged, attempt: attempt, at: now, facts: facts)
        try FlagWatch(services: services, stores: stores)
            .raise(byExaminer: event, severity: order.severity, reason: order.reason, of: attempt)
    }

    // MARK: - The candidate

    /// Stops the clock for a break to which the candidate is entitled (row D6).
    ///
    /// - Throws: `Refusal` where no break is left.
    package func takeBreak(_ attemptID: UUID, principal: Principal) async throws -> AttemptRunner.Standing {
        try await change(attemptID, to: .paused, principal)
    }

    /// Ends the candidate's break.
    ///
    /// - Throws: `Refusal` where the examiner has stopped the clock.
    package func endBreak(_ attemptID: UUID, principal: Principal) async throws -> AttemptRunner.Standing {
        try await change(attemptID, to: .started, principal)
    }

    private func change(
        _ attemptID: UUID,
        to state: AttemptState,
        _ principal: Principal
    ) async throws -> AttemptRunner.Standing {
        let now = services.now()
        let outcome = try await services.database.write {
            [services] stores -> Result<AttemptRunner.Standing, Refusal> in
            let keeper = AttemptKeeper(services: services)
            let found = try AttemptAccess.own(attemptID, of: principal, in: stores)
            let attempt = try keeper.settle(found, at: now, in: stores)
            if attempt.state.acceptsAnswers {
                // A break that is used up has ended by itself.
                if state == .started { return .success(try AttemptRunner.standing(of: attempt, at: now, in: stores)) }
                if let refusal = try DeviceKeeper(services: services).claim(attempt, by: principal, at: now, in: stores)
                {
                    return .failure(refusal)
                }
            }
            let next = try Refusal.onAttemptError {
                guard state == .paused || attempt.state == .paused else {
                    throw AttemptError(.transitionNotAllowed, "The attempt is not paused.")
                }
                return try attempt.transition(to: state, .candidate(principal.id), at: now)
            }
            let stored = try keeper.store(next, after: attempt, at: now, in: stores)
            return .success(try AttemptRunner.standing(of: stored, at: now, in: stores))
        }
        return try outcome.get()
    }

    /// Lets the candidate go on on this device; the one before is closed.
    ///
    /// - Throws: `Refusal` where the candidate is to be identified first.
    package func takeOver(_ attemptID: UUID, principal: Principal) async throws -> AttemptRunner.Standing {
        let now = services.now()
        let outcome = try await services.database.write {
            [services] stores -> Result<AttemptRunner.Standing, Refusal> in
            let found = try AttemptAccess.own(attemptID, of: principal, in: stores)
            let attempt = try AttemptKeeper(services: services).settle(found, at: now, in: stores)
            guard attempt.state.isUnderWay else {
                return .failure(attempt.startedAt == nil ? Refusal(AnswerRefusal.notStarted) : Refusal.attemptClosed)
            }
            let refusal = try DeviceKeeper(services: services)
                .claim(attempt, by: principal, isExplicit: true, at: now, in: stores)
            if let refusal { return .failure(refusal) }
            return .success(try AttemptRunner.standing(of: attempt, at: now, in: stores))
        }
        return try outcome.get()
    }
}

extension Services {
    /// The last moment of the institution's day that a moment falls on.
    func endOfDay(of time: Date) -> Date {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = timeZone
        let start = calendar.startOfDay(for: time)
        let next = calendar.date(byAdding: .day, value: 1, to: start) ?? start.addingTimeInterval(86_400)
        return next.addingTimeInterval(-0.001)
    }
}
