import Accounts
import Attestation
import Cryptography
package import Foundation
package import Identification
import Proctoring
import Storage

/// What an examiner demands of a candidate while the attempt runs, and what the candidate shows (rows A3, C7;
/// S2 5.1.3.4): the demand, the answer and the times are kept.
package struct DemandDesk: Sendable {
    let services: Services

    /// Creates the workflow.
    package init(_ services: Services) {
        self.services = services
    }

    /// A demand with what the person who demands said.
    package struct Shown: Sendable {
        package var demand: IdentificationDemand
        package var message: String?

        init(_ demand: IdentificationDemand, of attempt: Attempt, _ vault: Vault, in stores: any Stores) throws {
            self.demand = demand
            message = try PersonalTexts(vault: vault)
                .open(demand.sealedMessage, .demand, demand.id, of: attempt.candidateID, in: stores)
        }
    }

    /// Demands that the candidate shows something.
    ///
    /// - Throws: `Refusal` where the attempt does not run.
    package func demand(
        _ subject: IdentificationDemand.Subject,
        message: String?,
        seconds: Int,
        attemptID: UUID,
        principal: Principal,
        idempotencyKey: String?
    ) async throws -> Shown {
        let now = services.now()
        let digest = SHA256Digest.hash(utf8: "demand:\(attemptID):\(subject.rawValue):\(seconds):\(message ?? "")").hex
        let idempotency = Idempotency(accountID: principal.id, key: idempotencyKey, digest: digest)
        return try await services.database.write { [services] stores in
            guard let attempt = try stores.attempt(attemptID) else { throw Refusal.unknownAttempt }
            if let id = try idempotency.earlierResource(in: stores), let earlier = try stores.demand(id) {
                return try Shown(earlier, of: attempt, services.vault, in: stores)
            }
            guard attempt.state.isUnderWay else { throw Refusal.attemptNotRunning }
            let demand = try DemandKeeper(services: services).open(
                subject,
                .onDemand,
                of: attempt,
                by: principal.id,
                message: message,
                seconds: seconds,
                at: now,
                in: stores
            )
            try idempotency.note(demand.id, at: now, in: stores)
            return try Shown(demand, of: attempt, services.vault, in: stores)
        }
    }

    /// The demands of an attempt that concern somebody: for the candidate those that are due.
    ///
    /// - Throws: `Refusal`.
    package func demands(attemptID: UUID, principal: Principal) async throws -> [Shown] {
        try await services.database.read { [vault = services.vault] stores in
            let attempt = try AttemptAccess.visible(attemptID, to: principal, in: stores)
            let all = try stores.demands(attemptID: attempt.id)
            // Whoever knows when the next one is planned need not sit there in between.
            let seen = principal.id == attempt.candidateID ? all.filter { $0.state != .planned } : all
            return try seen.map { try Shown($0, of: attempt, vault, in: stores) }
        }
    }

    /// Takes the pictures of the workplace that were demanded. Nothing of them is compared; a person looks.
    ///
    /// - Throws: `Refusal`.
    package func show(
        _ pictures: [Data],
        demandID: UUID,
        attemptID: UUID,
        principal: Principal
    ) async throws -> Shown {
        for picture in pictures { try await PictureCheck.check(picture) }
        let now = services.now()
        let key = try await services.database.write { [vault = services.vault] stores in
            let attempt = try AttemptAccess.own(attemptID, of: principal, in: stores)
            _ = try Self.answerable(demandID, of: attempt, in: stores)
            return try vault.personKey(of: principal.id, in: stores)
        }
        let kept = try PictureArchive(pictures.map { PictureArchive.Picture(file: $0) }).encoded()
        let evidence = try await services.evidence.put(key.sealed(kept, purpose: Self.purpose(demandID)))
        return try await services.database.write { [services] stores in
            let attempt = try AttemptAccess.own(attemptID, of: principal, in: stores)
            var demand = try Self.answerable(demandID, of: attempt, in: stores)
            demand.state = .met
            demand.answeredAt = now
            demand.evidence = evidence
            try stores.updateDemand(demand)
            try EventRecorder(services: services, stores: stores).record(
                .identificationAnswered,
                attempt: attempt,
                at: now,
                facts: [
                    "demand_id": demandID.lowercased, "subject": demand.subject.rawValue,
                    "moment": demand.moment.rawValue,
                ]
            )
            return try Shown(demand, of: attempt, services.vault, in: stores)
        }
    }

    /// The pictures that the candidate showed, for the person who demanded them. Looking is recorded (row F5).
    ///
    /// - Throws: `Refusal`.
    package func pictures(demandID: UUID, attemptID: UUID, principal: Principal) async throws -> [Data] {
        let now = services.now()
        let (evidence, key) = try await services.database.write { [services, vault = services.vault] stores in
            guard let attempt = try stores.attempt(attemptID), let demand = try stores.demand(demandID),
                demand.attemptID == attempt.id, let evidence = demand.evidence,
                let key = try vault.existingPersonKey(of: attempt.candidateID, in: stores)
            else { throw Self.unknown }
            try AccessJournal(services).note(
                BiometricAccess(
                    actor: principal.id,
                    subject: attempt.candidateID,
                    what: "workplace",
                    purpose: "control",
                    at: now,
                    task: attemptID
                ),
                in: stores
            )
            return (evidence, key)
        }
        let bytes = try await services.evidence.get(evidence)
        return try PictureArchive(decoding: key.opened(bytes, purpose: Self.purpose(demandID))).pictures.map(\.file)
    }

    private static func answerable(
        _ id: UUID,
        of attempt: Attempt,
        in stores: any Stores
    ) throws -> IdentificationDemand {
        guard let demand = try stores.demand(id), demand.attemptID == attempt.id else { throw unknown }
        guard demand.subject == .workplace, demand.state == .open || demand.state == .missed,
            attempt.state.isUnderWay
        else {
            throw Refusal(
                .conflict,
                "demand_closed",
                ru: "На это требование снимки больше не принимаются.",
                en: "No more pictures are taken for this demand."
            )
        }
        return demand
    }

    private static func purpose(_ demandID: UUID) -> String { "demand:\(demandID.lowercased)" }

    private static let unknown = Refusal.notFound(
        "demand_unknown",
        ru: "Такого требования нет.",
        en: "There is no such demand."
    )
}

extension Refusal {
    static let attemptNotRunning = Refusal(
        .conflict,
        "attempt_not_running",
        ru: "Попытка сейчас не идёт.",
        en: "The attempt is not running."
    )
}
