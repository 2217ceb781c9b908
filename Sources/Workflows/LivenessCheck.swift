import Attestation
import Biometrics
import Cryptography
import FaceAnalysis
package import Foundation
package import Identification
import Liveness
import Storage

/// Issues liveness challenges and judges the frames that answer them (row B4; ISO/IEC 30107-1).
///
/// A challenge counts once and for three minutes. Its frames are an identification too: the person who moved as asked
/// must be the one in the portrait. Which check failed is for staff only.
package struct LivenessCheck: Sendable {
    let services: Services
    let recognition: FaceRecognition
    private let recorder: VerdictRecorder

    /// How many frames a challenge is answered with at least; more make it surer.
    package static let leastFrames = LivenessSettings().leastFrames
    /// How many frames are taken at most.
    package static let mostFrames = LivenessSettings().mostFrames
    /// How long a page waits between two frames: cuts in a recording are told best by frames close together.
    package static let frameIntervalMs = 110
    /// The movements that may be asked for.
    package static let movements = LivenessMovement.allCases.map(\.rawValue)

    /// How many challenges an attempt, or somebody apart from any, may ask for within ten minutes.
    static let mostChallenges = 12
    /// How much longer than the challenge's age the frames may span: the answer to its request travels meanwhile.
    private static let clockTolerance: TimeInterval = 2

    /// Creates the workflow.
    package init(_ services: Services, _ recognition: FaceRecognition) {
        self.services = services
        self.recognition = recognition
        recorder = VerdictRecorder(services, recognition.settings.presence)
    }

    // MARK: - The challenge

    /// Issues a challenge.
    ///
    /// - Throws: `Refusal` where the attempt is closed, there is no consent, tries are used up or there is no portrait.
    package func issue(attemptID: UUID, principal: Principal) async throws -> IssuedChallenge {
        let now = services.now()
        let challenge = make(attemptID: attemptID, procedure: nil, principal, at: now)
        return try await services.database.write { [services] stores in
            let attempt = try AttemptAccess.own(attemptID, of: principal, in: stores)
            guard attempt.state.acceptsFrames else { throw Refusal.attemptClosed }
            _ = try ComparisonGround.find(for: attempt, services: services, at: now, in: stores)
            guard try stores.challengeCount(attemptID: attemptID, since: now - 600) < Self.mostChallenges else {
                throw Self.tooManyChallenges
            }
            try stores.insertChallenge(challenge)
            return challenge
        }
    }

    /// A challenge with movements that nobody can foresee.
    func make(
        attemptID: UUID?,
        procedure: ProcedureKind?,
        _ principal: Principal,
        at now: Date
    ) -> IssuedChallenge {
        var generator = SourceGenerator(source: services.random)
        let movements = LivenessChallenge.random(using: &generator).movements
        return IssuedChallenge(
            id: services.makeID(at: now),
            attemptID: attemptID,
            procedure: procedure,
            accountID: principal.id,
            nonce: Hex.encode(services.random.bytes(count: 32)),
            movements: movements.map(\.rawValue),
            issuedAt: now
        )
    }

    /// What a movement asks for, in words.
    package static func instruction(for movement: String) -> LocalizedText {
        switch LivenessMovement(rawValue: movement) {
        case .turnLeft:
            LocalizedText(
                ru: "Поверните голову влево так, чтобы стало видно ухо, и вернитесь",
                en: "Turn your head to the left until an ear shows, and come back"
            )
        case .turnRight:
            LocalizedText(
                ru: "Поверните голову вправо так, чтобы стало видно ухо, и вернитесь",
                en: "Turn your head to the right until an ear shows, and come back"
            )
        case .lookUp: LocalizedText(ru: "Поднимите голову и вернитесь", en: "Look up, and come back")
        case .lookDown: LocalizedText(ru: "Опустите голову и вернитесь", en: "Look down, and come back")
        case .comeCloser:
            LocalizedText(ru: "Приблизьтесь к камере и вернитесь", en: "Come closer to the camera, and go back")
        case .moveAway:
            LocalizedText(ru: "Отодвиньтесь от камеры и вернитесь", en: "Move away from the camera, and come back")
        case nil: LocalizedText(ru: "Смотрите прямо в камеру", en: "Look straight into the camera")
        }
    }

    // MARK: - The answer

    /// Judges the frames of a challenge; whatever comes of them is recorded with the sealed frames.
    ///
    /// - Throws: `Refusal` where no verdict was reached. The challenge is used up all the same once frames have come.
    package func judge(
        _ frames: [PictureArchive.Picture],
        challengeID: UUID,
        nonce: String,
        attemptID: UUID,
        principal: Principal,
        idempotencyKey: String?,
        origin: ClientDevice? = nil
    ) async throws -> IdentificationVerdict {
        let digests = frames.map { SHA256Digest.hash($0.file) }
        let idempotency = Self.idempotency(of: digests, challengeID, principal, key: idempotencyKey)
        let now = services.now()
        let situation = try await services.database.write { [services] stores in
            try Self.situation(challengeID, nonce, attemptID, principal, digests, idempotency, services, now, stores)
        }
        let (challenge, ground, repeated): (IssuedChallenge, ComparisonGround, Int)
        switch situation {
        case .repeated(let verdict): return verdict
        case .closed: throw Refusal.attemptClosed
        case .open(let issued, let found, let known): (challenge, ground, repeated) = (issued, found, known)
        }

        let record = try await record(
            of: frames,
            digests,
            repeated: repeated,
            challenge,
            ground,
            principal,
            receivedAt: now
        )
        return try await recorder.store(record, idempotency, under: ground.consent, by: principal, from: origin)
    }

    /// The same frames for the same challenge are the same request.
    static func idempotency(
        of digests: [SHA256Digest],
        _ challengeID: UUID,
        _ principal: Principal,
        key: String?
    ) -> Idempotency {
        let request = SHA256Digest.hash(
            utf8: (["liveness:\(challengeID)"] + digests.map(\.hex)).joined(separator: "\n")
        )
        return Idempotency(accountID: principal.id, key: key, digest: request.hex)
    }

    /// What the frames that answer a challenge come to, with the sealed frames.
    func record(
        of frames: [PictureArchive.Picture],
        _ digests: [SHA256Digest],
        repeated: Int,
        _ challenge: IssuedChallenge,
        _ ground: ComparisonGround,
        _ principal: Principal,
        receivedAt now: Date
    ) async throws -> IdentificationRecord {
        let analyses = try await recognition.analyze(frames.map(\.file), embed: .largest)
        let judgedAt = services.now()
        let id = services.makeID(at: judgedAt)
        var record = IdentificationRecord(
            id: id,
            method: .biometric,
            subject: principal.id,
            attemptID: challenge.attemptID,
            outcome: .inconclusive,
            reason: "liveness_not_confirmed",
            at: judgedAt
        )
        let sequence = zip(zip(frames, digests), analyses).map { frame, analysis in
            LivenessFrame(
                capturedAt: Double(frame.0.capturedAtMs ?? 0) / 1_000,
                digest: frame.1.bytes,
                analysis: analysis
            )
        }
        let references = try ground.references(of: recognition.modelID)
        let assessor = LivenessAssessor(comparator: recognition.comparator)
        let movements = LivenessChallenge(movements: challenge.movements.compactMap { LivenessMovement(rawValue: $0) })
        let assessment = try assessor.assess(sequence, challenge: movements, reference: references?.fused())
        var facts = LivenessFacts(challenge, assessment)
        facts.checks += Self.serverChecks(of: frames, repeated: repeated, challenge, receivedAt: now)
        if facts.checks.contains(where: { $0.state == "failed" }), facts.outcome == .live { facts.outcome = .notLive }
        record.findings = BiometricFindings(liveness: facts, pictureCount: frames.count)
        if facts.outcome == .live {
            try recognition.compare(analyses, with: references, of: ground.portrait, into: &record)
        }
        record.evidence = try await services.evidence.put(
            ground.key.sealed(PictureArchive(frames).encoded(), purpose: "frame:\(id.lowercased)")
        )
        return record
    }

    private enum Situation: Sendable {
        case repeated(IdentificationVerdict)
        case closed
        case open(IssuedChallenge, ComparisonGround, repeatedFrames: Int)
    }

    /// Uses the challenge up before anything is looked at: two answers at one moment are one answer.
    private static func situation(
        _ challengeID: UUID,
        _ nonce: String,
        _ attemptID: UUID,
        _ principal: Principal,
        _ digests: [SHA256Digest],
        _ idempotency: Idempotency,
        _ services: Services,
        _ now: Date,
        _ stores: any Stores
    ) throws -> Situation {
        let attempt = try AttemptAccess.own(attemptID, of: principal, in: stores)
        if let id = try idempotency.earlierResource(in: stores), let record = try stores.identification(id) {
            return .repeated(IdentificationVerdict(record, attemptState: attempt.state))
        }
        guard attempt.state.acceptsFrames else {
            try EventRecorder(services: services, stores: stores)
                .recordRefusedWrite(of: "liveness", to: attempt, at: now)
            return .closed
        }
        _ = try ConsentGate.biometric(of: principal.id, services: services, at: now, in: stores)
        let challenge = try open(challengeID, nonce, of: principal, at: now, in: stores) { $0.attemptID == attemptID }
        let ground = try ComparisonGround.find(for: attempt, services: services, at: now, in: stores)
        let repeated = try use(challengeID, digests, at: now, in: stores)
        return .open(challenge, ground, repeatedFrames: repeated)
    }

    /// The principal's challenge, while frames are taken for it.
    static func open(
        _ challengeID: UUID,
        _ nonce: String,
        of principal: Principal,
        at now: Date,
        in stores: any Stores,
        isMeant: (IssuedChallenge) -> Bool
    ) throws -> IssuedChallenge {
        guard let challenge = try stores.challenge(challengeID), isMeant(challenge),
            challenge.accountID == principal.id, constantTimeEqual(Array(nonce.utf8), Array(challenge.nonce.utf8))
        else { throw challengeUnknown }
        guard now <= challenge.expiresAt, now >= challenge.issuedAt else { throw challengeExpired }
        return challenge
    }

    /// Uses a challenge up, and answers how many of the frames came before.
    static func use(
        _ challengeID: UUID,
        _ digests: [SHA256Digest],
        at now: Date,
        in stores: any Stores
    ) throws -> Int {
        guard try stores.useChallenge(challengeID, at: now) else { throw challengeUsed }
        return try stores.noteFrameDigests(digests.map(\.hex), challengeID: challengeID, at: now)
    }

    /// What only the server knows: frames that came before, and times that cannot be.
    private static func serverChecks(
        of frames: [PictureArchive.Picture],
        repeated: Int,
        _ challenge: IssuedChallenge,
        receivedAt now: Date
    ) -> [LivenessFacts.Check] {
        let times = frames.compactMap(\.capturedAtMs)
        let span = Double((times.max() ?? 0) - (times.min() ?? 0)) / 1_000
        let age = now.timeIntervalSince(challenge.issuedAt) + clockTolerance
        return [
            .init(
                name: "frames_seen_before",
                state: repeated == 0 ? "passed" : "failed",
                measured: Double(repeated),
                limit: 0,
                detail: "frames that were submitted before"
            ),
            .init(
                name: "captured_after_issue",
                state: span <= age ? "passed" : "failed",
                measured: span,
                limit: age,
                detail: "seconds from the first frame to the last; no more than since the challenge was issued"
            ),
        ]
    }

    static let tooManyChallenges = Refusal(
        .tooMany(retryAfter: 60),
        "liveness_wait",
        ru: "Слишком много проверок подряд. Подождите минуту и повторите.",
        en: "Too many checks in a row. Wait a minute and try again."
    )

    private static let challengeUnknown = Refusal.notFound(
        "challenge_unknown",
        ru: "Такой проверки нет. Запросите новую.",
        en: "There is no such challenge. Ask for a new one."
    )

    private static let challengeExpired = Refusal(
        .conflict,
        "challenge_expired",
        ru: "Время проверки истекло. Запросите новую.",
        en: "The challenge's time is over. Ask for a new one."
    )

    private static let challengeUsed = Refusal(
        .conflict,
        "challenge_used",
        ru: "Эта проверка уже пройдена или не удалась. Запросите новую.",
        en: "This challenge was answered already. Ask for a new one."
    )
}

/// The services' randomness as a generator.
private struct SourceGenerator: RandomNumberGenerator {
    let source: any RandomSource

    mutating func next() -> UInt64 {
        source.bytes(count: 8).reduce(0) { $0 << 8 | UInt64($1) }
    }
}
