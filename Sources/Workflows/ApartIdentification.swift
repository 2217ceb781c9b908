import Accounts
import Cryptography
package import Foundation
package import Identification
import Storage

/// Identification by the face for a procedure apart from any attempt (S1 6.2): the admission of documents, current
/// control, teaching help. Each procedure's policy says what is asked; its records count for it alone.
package struct ApartIdentification: Sendable {
    let services: Services
    private let frames: FrameComparison
    private let liveness: LivenessCheck
    private let recorder: VerdictRecorder

    /// How many of a person's newest records for one procedure are looked at.
    static let mostRecords = 200

    /// Creates the workflow.
    package init(_ services: Services, _ recognition: FaceRecognition) {
        self.services = services
        frames = FrameComparison(services, recognition)
        liveness = LivenessCheck(services, recognition)
        recorder = VerdictRecorder(services, recognition.settings.presence)
    }

    /// How somebody stands with a procedure.
    package struct Standing: Sendable {
        package var procedure: ProcedureKind
        package var standing: PolicyStanding
        /// The open case in the verifiers' queue.
        package var visualCaseID: UUID?
        package var text: LocalizedText { IdentificationAdvice.explanation(of: standing) }
    }

    /// What came of live pictures.
    package struct Verdict: Sendable {
        package var record: IdentificationRecord
        package var standing: Standing
        package var advice: LocalizedText { IdentificationVerdict.advice(for: record, isRunning: false) }
    }

    /// Says what is still needed, and why.
    package func standing(of procedure: ProcedureKind, principal: Principal) async throws -> Standing {
        let now = services.now()
        return try await services.database.read { try Self.standing(of: procedure, principal, at: now, in: $0) }
    }

    // MARK: - Frames

    /// Compares live frames of one moment with the portrait. Where the policy asks for liveness they do not suffice.
    ///
    /// - Throws: `Refusal` where no verdict was reached; then nothing is stored.
    package func judge(
        _ pictures: [Data],
        for procedure: ProcedureKind,
        principal: Principal,
        idempotencyKey: String?,
        origin: ClientDevice?
    ) async throws -> Verdict {
        guard !pictures.isEmpty else { throw Refusal.noPictures }
        let digests = pictures.map { SHA256Digest.hash($0).hex }.joined(separator: ":")
        let request = "apart:\(procedure.rawValue):\(digests)"
        let idempotency = Idempotency(accountID: principal.id, key: idempotencyKey, digest: request)
        let now = services.now()
        let (earlier, found) = try await services.database.read { [services] stores in
            if let earlier = try Self.earlier(idempotency, procedure, principal, at: now, in: stores) {
                return (Optional(earlier), ComparisonGround?.none)
            }
            let ground =
                try ComparisonGround
                .find(apart: procedure, of: principal.id, services: services, at: now, in: stores)
            return (nil, ground)
        }
        if let earlier { return earlier }
        guard let ground = found else { throw Refusal.noPictures }
        let record = try await frames.record(of: pictures, attemptID: nil, ground, principal)
        return try await recorder.store(record, apart: procedure, idempotency, ground.consent, principal, from: origin)
    }

    // MARK: - Liveness

    /// Issues a liveness challenge for a procedure.
    ///
    /// - Throws: `Refusal`.
    package func issueChallenge(for procedure: ProcedureKind, principal: Principal) async throws -> IssuedChallenge {
        let now = services.now()
        let challenge = liveness.make(attemptID: nil, procedure: procedure, principal, at: now)
        return try await services.database.write { [services] stores in
            _ = try ComparisonGround.find(apart: procedure, of: principal.id, services: services, at: now, in: stores)
            guard
                try stores.challengeCount(apartOf: principal.id, since: now - 600) < LivenessCheck.mostChallenges
            else { throw LivenessCheck.tooManyChallenges }
            try stores.insertChallenge(challenge)
            return challenge
        }
    }

    /// Judges the frames that answer a challenge; it is used up before they are looked at.
    ///
    /// - Throws: `Refusal` where no verdict was reached.
    package func judge(
        _ pictures: [PictureArchive.Picture],
        challengeID: UUID,
        nonce: String,
        for procedure: ProcedureKind,
        principal: Principal,
        idempotencyKey: String?,
        origin: ClientDevice?
    ) async throws -> Verdict {
        let digests = pictures.map { SHA256Digest.hash($0.file) }
        let idempotency = LivenessCheck.idempotency(of: digests, challengeID, principal, key: idempotencyKey)
        let now = services.now()
        let step = try await services.database.write { [services] stores -> Step in
            if let earlier = try Self.earlier(idempotency, procedure, principal, at: now, in: stores) {
                return .repeated(earlier)
            }
            let ground =
                try ComparisonGround
                .find(apart: procedure, of: principal.id, services: services, at: now, in: stores)
            let challenge = try LivenessCheck.open(challengeID, nonce, of: principal, at: now, in: stores) {
                $0.attemptID == nil && $0.procedure == procedure
            }
            return .open(challenge, ground, try LivenessCheck.use(challengeID, digests, at: now, in: stores))
        }
        switch step {
        case .repeated(let verdict):
            return verdict
        case .open(let challenge, let ground, let repeated):
            let record = try await liveness.record(
                of: pictures,
                digests,
                repeated: repeated,
                challenge,
                ground,
                principal,
                receivedAt: now
            )
            return
                try await recorder
                .store(record, apart: procedure, idempotency, ground.consent, principal, from: origin)
        }
    }

    private enum Step: Sendable {
        case repeated(Verdict)
        case open(IssuedChallenge, ComparisonGround, Int)
    }

    // MARK: - Parts

    private static func earlier(
        _ idempotency: Idempotency,
        _ procedure: ProcedureKind,
        _ principal: Principal,
        at now: Date,
        in stores: any Stores
    ) throws -> Verdict? {
        guard let id = try idempotency.earlierResource(in: stores), let record = try stores.identification(id) else {
            return nil
        }
        return Verdict(record: record, standing: try standing(of: procedure, principal, at: now, in: stores))
    }

    static func standing(
        of procedure: ProcedureKind,
        _ principal: Principal,
        at now: Date,
        in stores: any Stores
    ) throws -> Standing {
        let situation = IdentificationSituation(
            records: try stores.identifications(of: principal.id, apart: procedure, limit: mostRecords),
            hasBiometricConsent: try stores.hasConsent(of: principal.id, .biometric),
            now: now
        )
        return Standing(
            procedure: procedure,
            standing: try IdentificationPolicies.policy(of: procedure, in: stores).standing(in: situation),
            visualCaseID: try stores.openVisualCase(of: principal.id, attemptID: nil)
                .flatMap { $0.procedure == procedure ? $0.id : nil }
        )
    }
}

extension VerdictRecorder {
    /// Stores a verdict apart from any attempt: record, access and log entry in one transaction.
    ///
    /// - Throws: `Refusal` where the consent was taken back, the tries were used up or the same request was carried out
    ///   meanwhile; then nothing of the pictures is kept.
    fileprivate func store(
        _ verdict: IdentificationRecord,
        apart procedure: ProcedureKind,
        _ idempotency: Idempotency,
        _ consent: ConsentStatement,
        _ principal: Principal,
        from origin: ClientDevice?
    ) async throws -> ApartIdentification.Verdict {
        do {
            return try await services.database.write { [services] stores in
                try ConsentGate.stillHolds(consent, in: stores)
                // Of many at one moment only as many count as may fail in a row.
                let policy = try IdentificationPolicies.policy(of: procedure, in: stores)
                try ComparisonGround.limitTries(apart: procedure, policy, of: principal.id, at: verdict.at, in: stores)
                var record = verdict
                record.circumstances.procedure = procedure
                record.circumstances.moment = .apart
                try idempotency.note(record.id, at: record.at, in: stores)
                try stores.insertBiometricAccess(
                    BiometricAccess(
                        actor: nil,
                        subject: principal.id,
                        what: "template",
                        purpose: "comparison",
                        at: record.at
                    )
                )
                try LogBook(vault: services.vault)
                    .store(record, personal: PersonalCircumstances(of: origin), in: stores)
                return ApartIdentification.Verdict(
                    record: record,
                    standing: try ApartIdentification.standing(of: procedure, principal, at: record.at, in: stores)
                )
            }
        } catch let refusal as Refusal {
            if let evidence = verdict.evidence { try await services.evidence.delete(evidence) }
            throw refusal
        }
    }
}
