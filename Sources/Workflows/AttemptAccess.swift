import Accounts
import Attestation
import Foundation
import Identification
import Proctoring
import Storage

/// Whose attempt it is.
enum AttemptAccess {
    /// The principal's own attempt.
    ///
    /// - Throws: `Refusal` where there is none, or it is another candidate's.
    static func own(_ id: UUID, of principal: Principal, in stores: any Stores) throws -> Attempt {
        guard let attempt = try stores.attempt(id) else { throw Refusal.unknownAttempt }
        guard attempt.candidateID == principal.id else { throw Refusal.otherCandidate }
        return attempt
    }

    /// An attempt that the principal may look at: the own one, or any for staff that conducts or reviews exams.
    static func visible(_ id: UUID, to principal: Principal, in stores: any Stores) throws -> Attempt {
        guard let attempt = try stores.attempt(id) else { throw Refusal.unknownAttempt }
        guard principal.may(.readAttempts) || attempt.candidateID == principal.id else {
            throw Refusal.otherCandidate
        }
        return attempt
    }
}

extension AttemptState {
    /// Whether live frames are taken: until the answers are handed in.
    var acceptsFrames: Bool {
        switch self {
        case .created, .readyToStart, .started, .readyToSubmit: true
        default: false
        }
    }
}

extension Refusal {
    static let attemptClosed = Refusal(
        .conflict,
        "attempt_closed",
        ru: "Попытка завершена: изменить её уже нельзя. Обращение записано.",
        en: "The attempt is closed and can be changed no more. The try was recorded."
    )

    /// What an attempt still needs before its start, a fault for each.
    static func identificationRequired(_ standing: PolicyStanding) -> Refusal {
        Refusal(
            .conflict,
            "identification_required",
            ru: "Сначала нужно подтвердить личность.",
            en: "The identity must be confirmed first.",
            faults: standing.next.map {
                Refusal.Fault(code: IdentificationAdvice.code(of: $0), message: IdentificationAdvice.step(for: $0))
            }
        )
    }
}

/// Keeps an attempt's state in step with its identifications.
enum AttemptReadiness {
    /// Moves an attempt that has not started between `created` and `ready_to_start`, as its policy says.
    static func update(_ attempt: inout Attempt, services: Services, at now: Date, in stores: any Stores) throws {
        guard attempt.state == .created || attempt.state == .readyToStart else { return }
        let isReady = try standing(attempt, at: now, in: stores).identification?.suffices ?? false
        if isReady, attempt.state == .created {
            attempt = try attempt.transition(to: .readyToStart, by: .system, at: now)
            try stores.updateAttempt(attempt)
            try EventRecorder(services: services, stores: stores).record(.attemptReady, attempt: attempt, at: now)
        } else if !isReady, attempt.state == .readyToStart {
            let reason = "the identification no longer suffices"
            attempt = try attempt.transition(to: .created, by: .system, reason: reason, at: now)
            try stores.updateAttempt(attempt)
        }
    }

    /// An attempt with what its identification still lacks before the start.
    static func standing(_ attempt: Attempt, at now: Date, in stores: any Stores) throws -> AttemptRunner.Standing {
        let policy = try policy(of: attempt, in: stores)
        let situation = IdentificationSituation(
            records: try stores.identifications(attemptID: attempt.id),
            hasBiometricConsent: try stores.hasConsent(of: attempt.candidateID, .biometric),
            overrides: try stores.overrides(attemptID: attempt.id),
            now: now
        )
        return AttemptRunner.Standing(attempt: attempt, identification: policy.standing(in: situation))
    }

    /// The policy of an attempt's exam. An exam without one is a damaged record; the strictest reading is the safe one.
    static func policy(of attempt: Attempt, in stores: any Stores) throws -> IdentificationPolicy {
        try stores.identificationPolicy(examID: attempt.examID) ?? .electronicAndBiometric
    }
}
