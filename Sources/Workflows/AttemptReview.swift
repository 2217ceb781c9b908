import Accounts
package import Attestation
package import Foundation
import Storage

/// What is done to attempts besides running them: the list of an exam's attempts, "I am done" and "I go on", and the
/// decisions of a review that the attempt's rules know.
package struct AttemptReview: Sendable {
    let services: Services

    /// Creates the workflow.
    package init(_ services: Services) {
        self.services = services
    }

    /// A page of the attempts at an exam in the order in which they were made.
    ///
    /// - Throws: `Refusal` where there is no such exam.
    package func attempts(examID: UUID, after: UUID?, limit: Int) async throws -> [AttemptRunner.Standing] {
        let now = services.now()
        return try await services.database.read { stores in
            guard try stores.exam(examID) != nil else { throw Refusal.unknownExam }
            return try stores.attempts(examID: examID, after: after, limit: limit).map {
                try AttemptRunner.standing(of: $0, at: now, in: stores)
            }
        }
    }

    /// The candidate says that they are done, and is asked to confirm; or goes on after all.
    ///
    /// - Throws: `Refusal` where the attempt does not run.
    package func finish(_ isDone: Bool, attemptID: UUID, principal: Principal) async throws -> AttemptRunner.Standing {
        let now = services.now()
        let outcome = try await services.database.write {
            [services] stores -> Result<AttemptRunner.Standing, Refusal> in
            let keeper = AttemptKeeper(services: services)
            let found = try AttemptAccess.own(attemptID, of: principal, in: stores)
            let attempt = try keeper.settle(found, at: now, in: stores)
            let target: AttemptState = isDone ? .readyToSubmit : .started
            if attempt.state == target {
                return .success(try AttemptRunner.standing(of: attempt, at: now, in: stores))
            }
            if attempt.state.acceptsAnswers,
                let refusal = try DeviceKeeper(services: services).claim(attempt, by: principal, at: now, in: stores)
            {
                return .failure(refusal)
            }
            let next = try Refusal.onAttemptError {
                guard attempt.state.acceptsAnswers else {
                    throw AttemptError(.transitionNotAllowed, "The attempt does not run.")
                }
                return try attempt.transition(to: target, .candidate(principal.id), at: now)
            }
            let stored = try keeper.store(next, after: attempt, at: now, in: stores)
            return .success(try AttemptRunner.standing(of: stored, at: now, in: stores))
        }
        return try outcome.get()
    }

    /// Carries out a decision about an attempt that was handed in: a second look, confirmed, does not count, has not
    /// taken place. Nobody reviews the second time who asked for it.
    ///
    /// - Throws: `Refusal` with the reason where the attempt's rules do not allow it.
    package func decide(
        _ action: AttemptAction,
        reason: AttemptReason?,
        comment: String?,
        attemptID: UUID,
        principal: Principal
    ) async throws -> AttemptRunner.Standing {
        let now = services.now()
        let target: AttemptState =
            switch action {
            case .requestReview: .secondReviewRequired
            case .verify: .verified
            case .reject: .rejected
            default: .error
            }
        let isReviewer = principal.account.roles.contains(.reviewer)
        let cause = AttemptCause(
            actor: isReviewer ? .reviewer : .examiner,
            author: principal.id,
            reason: reason,
            comment: comment
        )
        return try await services.database.write { [services] stores in
            guard let found = try stores.attempt(attemptID) else { throw Refusal.unknownAttempt }
            let keeper = AttemptKeeper(services: services)
            let attempt = try keeper.settle(found, at: now, in: stores)
            let last = attempt.records.last { record in
                if case .transition(.requestReview, _, _) = record.change { true } else { false }
            }
            if attempt.state == .secondReviewRequired, last?.cause.author == principal.id {
                throw Refusal(
                    .forbidden,
                    "second_person_needed",
                    ru: "Вторую проверку проводит не тот, кто её назначил.",
                    en: "The second look is not for whoever asked for it."
                )
            }
            let next = try Refusal.onAttemptError {
                let next = try attempt.transition(to: target, cause, at: now)
                guard case .transition(action, _, _)? = next.records.last?.change else {
                    throw AttemptError(.transitionNotAllowed, "This is no decision of a review.")
                }
                return next
            }
            let stored = try keeper.store(next, after: attempt, at: now, in: stores)
            return try AttemptRunner.standing(of: stored, at: now, in: stores)
        }
    }
}
