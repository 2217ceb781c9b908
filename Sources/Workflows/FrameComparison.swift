import Attestation
import Cryptography
package import Foundation
import Identification
import Storage

/// Compares live frames with the candidate's portrait, before and during an attempt (row B2).
package struct FrameComparison: Sendable {
    let services: Services
    let recognition: FaceRecognition
    private let recorder: VerdictRecorder

    /// Creates the workflow.
    package init(_ services: Services, _ recognition: FaceRecognition) {
        self.services = services
        self.recognition = recognition
        recorder = VerdictRecorder(services, recognition.settings.presence)
    }

    /// Judges a frame of an attempt, or a burst of frames of one moment.
    ///
    /// Whatever is found becomes an identification record with the sealed frames, a session event and a log entry.
    /// Frames in which nothing can be compared are inconclusive: no verdict is never a match.
    /// - Throws: `Refusal` where no verdict was reached; then nothing is stored.
    package func judge(
        _ frames: [Data],
        attemptID: UUID,
        principal: Principal,
        idempotencyKey: String?,
        origin: ClientDevice? = nil
    ) async throws -> IdentificationVerdict {
        guard !frames.isEmpty else { throw Refusal.noPictures }
        let digests = frames.map { SHA256Digest.hash($0).hex }
        let request = "frame:\(attemptID):\(digests.joined(separator: ":"))"
        let idempotency = Idempotency(accountID: principal.id, key: idempotencyKey, digest: request)
        let now = services.now()
        let ground: ComparisonGround
        switch try await situation(attemptID: attemptID, principal: principal, idempotency, at: now) {
        case .repeated(let verdict): return verdict
        case .closed(let attempt):
            try await services.database.write { [services] stores in
                try EventRecorder(services: services, stores: stores)
                    .recordRefusedWrite(of: "frame", to: attempt, at: now)
            }
            throw Refusal.attemptClosed
        case .open(let found): ground = found
        }

        let record = try await record(of: frames, attemptID: attemptID, ground, principal)
        return try await recorder.store(record, idempotency, under: ground.consent, by: principal, from: origin)
    }

    /// What a comparison of frames comes to, with the sealed frames.
    func record(
        of frames: [Data],
        attemptID: UUID?,
        _ ground: ComparisonGround,
        _ principal: Principal
    ) async throws -> IdentificationRecord {
        let analyses = try await recognition.analyze(frames)
        // The time of the verdict, so that records and events stand in the order of their times.
        let judgedAt = services.now()
        let id = services.makeID(at: judgedAt)
        var record = IdentificationRecord(
            id: id,
            method: .biometric,
            subject: principal.id,
            attemptID: attemptID,
            outcome: .inconclusive,
            reason: "not_compared",
            at: judgedAt
        )
        let references = try ground.references(of: recognition.modelID)
        try recognition.compare(analyses, with: references, of: ground.portrait, into: &record)
        recorder.watch.tellCoveredCamera(by: analyses[0], in: &record)
        let kept = try PictureArchive(frames.map { PictureArchive.Picture(file: $0) }).encoded()
        record.evidence = try await services.evidence.put(ground.key.sealed(kept, purpose: "frame:\(id.lowercased)"))
        return record
    }

    private enum Situation: Sendable {
        case repeated(IdentificationVerdict)
        case closed(Attempt)
        case open(ComparisonGround)
    }

    private func situation(
        attemptID: UUID,
        principal: Principal,
        _ idempotency: Idempotency,
        at now: Date
    ) async throws -> Situation {
        try await services.database.read { [services] stores in
            let attempt = try AttemptAccess.own(attemptID, of: principal, in: stores)
            if let id = try idempotency.earlierResource(in: stores), let record = try stores.identification(id) {
                return .repeated(IdentificationVerdict(record, attemptState: attempt.state))
            }
            guard attempt.state.acceptsFrames else { return .closed(attempt) }
            return .open(try ComparisonGround.find(for: attempt, services: services, at: now, in: stores))
        }
    }
}
