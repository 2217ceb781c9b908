package import Attestation
import Biometrics
import Cryptography
import FaceAnalysis
package import Foundation
package import Identification
import Proctoring
import Storage

/// Compares a live frame with the candidate's portrait, before and during an attempt (row B2).
package struct FrameComparison: Sendable {
    let services: Services
    let recognition: FaceRecognition

    /// Creates the workflow.
    package init(_ services: Services, _ recognition: FaceRecognition) {
        self.services = services
        self.recognition = recognition
    }

    /// What came of a frame. The candidate sees the outcome and the advice, staff see the record.
    package struct Verdict: Sendable {
        package var record: IdentificationRecord
        package var advice: LocalizedText
        package var attemptState: AttemptState
    }

    /// Judges a frame of an attempt.
    ///
    /// Whatever is found becomes an identification record with the sealed frame, a session event and a log entry.
    /// A frame in which nothing can be compared is inconclusive: no verdict is never a match.
    /// - Throws: `Refusal` where no verdict was reached; then nothing is stored.
    package func judge(
        _ frame: Data,
        attemptID: UUID,
        principal: Principal,
        idempotencyKey: String?
    ) async throws -> Verdict {
        let digest = SHA256Digest.hash(frame).hex
        let request = "frame:\(attemptID):\(digest)"
        let idempotency = Idempotency(accountID: principal.id, key: idempotencyKey, digest: request)
        let now = services.now()
        let situation = try await situation(attemptID: attemptID, principal: principal, idempotency, at: now)
        let portrait: Portrait
        let key: SealingKey
        switch situation {
        case .repeated(let verdict): return verdict
        case .closed(let attempt):
            try await services.database.write { [services] stores in
                try EventRecorder(services: services, stores: stores)
                    .recordRefusedWrite(of: "frame", to: attempt, at: now)
            }
            throw Refusal.attemptClosed
        case .open(let foundPortrait, let foundKey): (portrait, key) = (foundPortrait, foundKey)
        }

        let analysis = try await recognition.analyze(frame)
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
        try compare(analysis, with: portrait, key: key, into: &record)
        record.evidence = try await services.evidence.put(key.sealed(frame, purpose: "frame:\(id.lowercased)"))
        let made = record
        let verdict = try await services.database.write { [services] stores in
            try Self.store(made, idempotency, services: services, in: stores)
        }
        return verdict
    }

    // MARK: - Before

    private enum Situation: Sendable {
        case repeated(Verdict)
        case closed(Attempt)
        case open(Portrait, SealingKey)
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
                return .repeated(
                    Verdict(record: record, advice: Self.advice(for: record), attemptState: attempt.state)
                )
            }
            guard attempt.state.acceptsFrames else { return .closed(attempt) }
            switch BiometricTries.judge(try stores.identifications(attemptID: attemptID), at: now) {
            case .allowed: break
            case .wait(let seconds):
                throw Refusal(
                    .tooMany(retryAfter: seconds),
                    "biometric_wait",
                    ru: "Несколько сравнений подряд не удались. Повторите через \(seconds) с.",
                    en: "Several comparisons in a row have failed. Try again in \(seconds) s."
                )
            case .personNeeded:
                throw Refusal(
                    .conflict,
                    "verifier_needed",
                    ru: "Автоматически подтвердить личность не удалось. Её подтвердит уполномоченное лицо.",
                    en: "The identity could not be confirmed automatically. A verifier will confirm it."
                )
            }
            guard let portrait = try stores.currentPortrait(of: principal.id),
                let key = try services.vault.existingPersonKey(of: principal.id, in: stores)
            else {
                throw Refusal(
                    .conflict,
                    "portrait_missing",
                    ru: "Сначала загрузите фотографию-портрет.",
                    en: "Upload a portrait first."
                )
            }
            return .open(portrait, key)
        }
    }

    // MARK: - The comparison

    private func compare(
        _ analysis: PictureAnalysis,
        with portrait: Portrait,
        key: SealingKey,
        into record: inout IdentificationRecord
    ) throws {
        let defects = recognition.settings.probe.assess(analysis).defects
        if let defect = defects.first {
            record.reason = defect.code.rawValue
            return
        }
        guard let probe = analysis.template else {
            record.reason = "not_compared"
            return
        }
        guard portrait.modelID == recognition.modelID else {
            // A template of another model says nothing about this one's.
            record.reason = "portrait_of_other_model"
            return
        }
        let encoded = try key.opened(portrait.sealedTemplate, purpose: "template:\(portrait.id.lowercased)")
        let comparison = try recognition.comparator.compare(
            reference: FaceTemplate(decoding: encoded),
            probe: probe
        )
        switch comparison.decision {
        case .match: record.outcome = .match
        case .nonMatch: record.outcome = .nonMatch
        case .inconclusive: record.outcome = .inconclusive
        }
        record.reason = "compared"
        if comparison.isSuspectedCopy {
            // No two pictures of a living person are this alike: the portrait itself is held up or fed in.
            record.outcome = .inconclusive
            record.reason = Self.suspectedCopy
        }
        record.comparison = ComparisonFacts(
            distance: comparison.distance,
            matchAtOrBelow: comparison.thresholds.matchAtOrBelow,
            nonMatchAbove: comparison.thresholds.nonMatchAbove,
            modelID: comparison.modelID,
            portraitID: portrait.id
        )
    }

    // MARK: - After

    private static func store(
        _ record: IdentificationRecord,
        _ idempotency: Idempotency,
        services: Services,
        in stores: any Stores
    ) throws -> Verdict {
        guard let attemptID = record.attemptID, let subject = record.subject,
            var attempt = try stores.attempt(attemptID)
        else { throw Refusal.unknownAttempt }
        guard attempt.state.acceptsFrames else { throw Refusal.attemptClosed }
        try idempotency.note(record.id, at: record.at, in: stores)
        try stores.insertBiometricAccess(
            BiometricAccess(actor: nil, subject: subject, what: "template", purpose: "comparison", at: record.at)
        )
        try LogBook(vault: services.vault).store(record, in: stores)
        let recorder = EventRecorder(services: services, stores: stores)
        try recorder.record(
            .identificationMade,
            attempt: attempt,
            at: record.at,
            facts: [
                "identification_id": record.id.lowercased, "method": record.method.rawValue,
                "outcome": record.outcome.rawValue, "reason": record.reason,
            ]
        )
        try AttemptReadiness.update(&attempt, services: services, at: record.at, in: stores)
        return Verdict(record: record, advice: advice(for: record), attemptState: attempt.state)
    }

    private static let suspectedCopy = "suspected_copy"

    /// What the candidate should do.
    private static func advice(for record: IdentificationRecord) -> LocalizedText {
        switch record.outcome {
        case .match:
            LocalizedText(ru: "Личность подтверждена.", en: "The identity is confirmed.")
        case .nonMatch:
            LocalizedText(
                ru: "Личность не подтверждена. Сядьте лицом к свету и повторите; после пяти неудач нужна пауза.",
                en: "The identity is not confirmed. Face the light and try again; after five failures there is a wait."
            )
        case .inconclusive:
            QualityDefect.Code(rawValue: record.reason)?.localizedAdvice
                ?? LocalizedText(
                    ru: "Сравнить не удалось. Смотрите прямо в камеру и повторите.",
                    en: "No comparison was possible. Look straight into the camera and try again."
                )
        }
    }
}

extension QualityDefect.Code {
    /// What the person can do.
    fileprivate var localizedAdvice: LocalizedText { LocalizedText(ru: advice.russian, en: advice.english) }
}
