import Accounts
import Attestation
import Cryptography
package import Foundation
package import Identification
import IdentityDocuments
import Proctoring
import Storage

/// The queue of visual identification as candidates see it (rows C1, C5): coming in, the place, the document, pictures.
package struct VisualQueue: Sendable {
    let services: Services

    /// Creates the workflow.
    package init(_ services: Services) {
        self.services = services
    }

    /// A case and its place in the queue.
    package struct Standing: Sendable {
        package var visualCase: VisualCase
        /// How many are served before, and oneself: 1 is next. `nil` while nobody is waited for.
        package var position: Int?
        /// About how long it will take, in seconds, by the last cases and the verifiers at work.
        package var expectedWait: TimeInterval?
    }

    // MARK: - Coming in

    /// Brings the candidate of an attempt into the queue, or finds the case that there is.
    ///
    /// - Returns: the standing, and whether the case is new.
    /// - Throws: `Refusal` where the attempt is closed or its policy knows no verifiers.
    package func open(attemptID: UUID, principal: Principal) async throws -> (Standing, isNew: Bool) {
        let now = services.now()
        return try await services.database.write { stores in
            let attempt = try AttemptAccess.own(attemptID, of: principal, in: stores)
            guard attempt.state.acceptsFrames else { throw Refusal.attemptClosed }
            let policy = try AttemptReadiness.policy(of: attempt, in: stores)
            let isAsked = policy.anyOf.contains { $0.contains(.visual) }
            guard isAsked || policy.visualReplacesBiometric else {
                throw Refusal(
                    .conflict,
                    "visual_not_offered",
                    ru: "На этом экзамене личность не подтверждают по документу. Обратитесь к экзаменатору.",
                    en: "This exam does not identify by document. Turn to the examiner."
                )
            }
            let moment: IdentificationMoment = attempt.state.acceptsAnswers ? .whileRunning : .beforeStart
            let cause = try Self.cause(of: attempt, policy, isAsked: isAsked, at: now, in: stores)
            let (visualCase, isNew) = try enqueue(attempt, moment: moment, cause, at: now, in: stores)
            return (try Self.standing(of: visualCase, at: now, in: stores), isNew)
        }
    }

    /// Brings somebody into the queue outside of any attempt: for the admission of documents, say.
    ///
    /// - Throws: `Refusal`.
    package func open(_ procedure: ProcedureKind, principal: Principal) async throws -> (Standing, isNew: Bool) {
        let now = services.now()
        return try await services.database.write { [services] stores in
            if let present = try stores.openVisualCase(of: principal.id, attemptID: nil) {
                return (try Self.standing(of: present, at: now, in: stores), false)
            }
            let visualCase = VisualCase(
                id: services.makeID(at: now),
                number: try stores.nextVisualCaseNumber(),
                subject: principal.id,
                attemptID: nil,
                procedure: procedure,
                moment: .apart,
                cause: .policy,
                openedAt: now
            )
            try stores.insertVisualCase(visualCase)
            return (try Self.standing(of: visualCase, at: now, in: stores), true)
        }
    }

    /// Brings an attempt's candidate into the queue inside a transaction.
    @discardableResult
    func enqueue(
        _ attempt: Attempt,
        moment: IdentificationMoment,
        _ cause: VisualCase.Cause,
        at now: Date,
        in stores: any Stores
    ) throws -> (VisualCase, isNew: Bool) {
        if let present = try stores.openVisualCase(of: attempt.candidateID, attemptID: attempt.id) {
            return (present, false)
        }
        let visualCase = VisualCase(
            id: services.makeID(at: now),
            number: try stores.nextVisualCaseNumber(),
            subject: attempt.candidateID,
            attemptID: attempt.id,
            procedure: try stores.procedure(examID: attempt.examID) ?? .intermediateAttestation,
            moment: moment,
            cause: cause,
            openedAt: now
        )
        try stores.insertVisualCase(visualCase)
        try CaseEvents(services: services).report(.verificationQueued, visualCase, at: now, in: stores)
        return (visualCase, true)
    }

    private static func cause(
        of attempt: Attempt,
        _ policy: IdentificationPolicy,
        isAsked: Bool,
        at now: Date,
        in stores: any Stores
    ) throws -> VisualCase.Cause {
        guard try stores.hasConsent(of: attempt.candidateID, .biometric) else { return .noConsent }
        let records = try stores.identifications(attemptID: attempt.id)
        let tries = BiometricTries.judge(records, at: now, mostFailures: policy.mostFailures)
        if tries == .personNeeded { return .triesUsedUp }
        return isAsked ? .policy : .request
    }

    // MARK: - Waiting

    /// The own case with its place.
    ///
    /// - Throws: `Refusal`.
    package func standing(of caseID: UUID, principal: Principal) async throws -> Standing {
        let now = services.now()
        return try await services.database.read { stores in
            try Self.standing(of: Self.own(caseID, principal, in: stores), at: now, in: stores)
        }
    }

    /// Gives the case up.
    ///
    /// - Throws: `Refusal`.
    package func cancel(_ caseID: UUID, principal: Principal) async throws -> Standing {
        let now = services.now()
        return try await services.database.write { stores in
            let cancelled = try CaseChange.of(Self.own(caseID, principal, in: stores), in: stores) {
                visualCase throws(VisualCase.Refusal) in try visualCase.cancelling(at: now)
            }
            return try Self.standing(of: cancelled, at: now, in: stores)
        }
    }

    /// How long a case takes where there were none yet, in seconds.
    private static let usualHandling: TimeInterval = 180

    static func standing(of visualCase: VisualCase, at now: Date, in stores: any Stores) throws -> Standing {
        guard visualCase.state.isWaiting else { return Standing(visualCase: visualCase) }
        let position = try stores.waitingCount(before: visualCase.number) + 1
        let times = try stores.recentHandlingTimes(limit: 20)
        let mean = times.isEmpty ? usualHandling : times.reduce(0, +) / Double(times.count)
        let verifiers = max(1, try stores.activeVerifierCount(at: now))
        let rounds = (Double(position) / Double(verifiers)).rounded(.up)
        return Standing(visualCase: visualCase, position: position, expectedWait: (rounds * mean).rounded())
    }

    static func own(_ id: UUID, _ principal: Principal, in stores: any Stores) throws -> VisualCase {
        // Somebody else's case is not told apart from none.
        guard let visualCase = try stores.visualCase(id), visualCase.subject == principal.id else {
            throw Refusal.unknownCase
        }
        return visualCase
    }
}

/// Changes a case inside a transaction.
enum CaseChange {
    /// The changed case, stored.
    ///
    /// - Throws: `Refusal` that says why not.
    static func of(
        _ visualCase: VisualCase,
        in stores: any Stores,
        _ change: (VisualCase) throws(VisualCase.Refusal) -> VisualCase
    ) throws -> VisualCase {
        let changed: VisualCase
        do throws(VisualCase.Refusal) {
            changed = try change(visualCase)
        } catch {
            throw Refusal.ofCase(error)
        }
        guard try stores.updateVisualCase(changed) else { throw Refusal.caseChanged }
        return changed
    }
}

/// Tells the attempt's followers what happens to its case.
struct CaseEvents {
    let services: Services

    func report(
        _ type: SessionEventType,
        _ visualCase: VisualCase,
        at now: Date,
        facts: [String: String] = [:],
        in stores: any Stores
    ) throws {
        guard let attemptID = visualCase.attemptID, let attempt = try stores.attempt(attemptID) else { return }
        let own = ["case_id": visualCase.id.lowercased, "number": String(visualCase.number)]
        try EventRecorder(services: services, stores: stores)
            .record(type, attempt: attempt, at: now, facts: own.merging(facts) { $1 })
    }
}

extension Refusal {
    static let unknownCase = notFound(
        "case_unknown",
        ru: "Такого обращения нет.",
        en: "There is no such case."
    )

    static let caseChanged = Refusal(
        .conflict,
        "case_changed",
        ru: "Обращение только что изменил кто-то другой. Обновите его и повторите.",
        en: "Somebody else has just changed the case. Reload it and try again."
    )

    static func ofCase(_ refusal: VisualCase.Refusal) -> Refusal {
        switch refusal {
        case .closed:
            Refusal(
                .conflict,
                "case_closed",
                ru: "Обращение уже завершено.",
                en: "The case has ended."
            )
        case .takenByAnother:
            Refusal(
                .conflict,
                "case_taken",
                ru: "Обращением уже занимается другое уполномоченное лицо.",
                en: "Another verifier has taken the case."
            )
        case .notHeld:
            Refusal(
                .conflict,
                "case_not_held",
                ru: "Обращение не у вас: возьмите его из очереди.",
                en: "You do not have this case: take it from the queue."
            )
        case .sameVerifier:
            Refusal(
                .conflict,
                "second_verifier_needed",
                ru: "Вы уже высказались: второе решение принимает другое уполномоченное лицо.",
                en: "You have decided already: another verifier gives the second opinion."
            )
        case .ownCase:
            Refusal(
                .forbidden,
                "own_case",
                ru: "Никто не подтверждает собственную личность.",
                en: "Nobody verifies themself."
            )
        }
    }
}
