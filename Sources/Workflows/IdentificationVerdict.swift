import Accounts
package import Attestation
import FaceAnalysis
import Foundation
package import Identification
import Proctoring
import Storage

/// What came of live pictures. The candidate sees the outcome and the advice, staff see the record.
package struct IdentificationVerdict: Sendable {
    package var record: IdentificationRecord
    package var advice: LocalizedText
    package var attemptState: AttemptState

    /// The verdict of a record; what the candidate is told follows from it alone.
    init(_ record: IdentificationRecord, attemptState: AttemptState) {
        self.record = record
        self.attemptState = attemptState
        advice = Self.advice(for: record, isRunning: attemptState.acceptsAnswers)
    }

    /// What a candidate is told of a record; while an attempt runs tries are not limited.
    static func advice(for record: IdentificationRecord, isRunning: Bool) -> LocalizedText {
        switch record.outcome {
        case .match:
            LocalizedText(ru: "Личность подтверждена.", en: "The identity is confirmed.")
        case .nonMatch where isRunning:
            LocalizedText(
                ru: "Личность не подтверждена. Сядьте лицом к свету.",
                en: "The identity is not confirmed. Face the light."
            )
        case .nonMatch:
            LocalizedText(
                ru: "Личность не подтверждена. Сядьте лицом к свету и повторите; после пяти неудач нужна пауза.",
                en: "The identity is not confirmed. Face the light and try again; after five failures there is a wait."
            )
        case .inconclusive where record.reason == PresenceWatch.cameraCovered:
            LocalizedText(
                ru: "Камера ничего не видит. Откройте объектив и включите свет.",
                en: "The camera sees nothing. Uncover it and turn on the light."
            )
        case .inconclusive:
            if let liveness = record.findings?.liveness, liveness.outcome != .live {
                LivenessAdvice.text(liveness)
            } else {
                qualityAdvice(for: record)
                    ?? LocalizedText(
                        ru: "Сравнить не удалось. Смотрите прямо в камеру и повторите.",
                        en: "No comparison was possible. Look straight into the camera and try again."
                    )
            }
        }
    }

    private static func qualityAdvice(for record: IdentificationRecord) -> LocalizedText? {
        guard let code = QualityDefect.Code(rawValue: record.reason) else { return nil }
        let direction = record.findings?.faultDirection.flatMap { QualityDefect.Direction(rawValue: $0) }
        let defect = QualityDefect(code, measured: 0, limit: 0, direction: direction)
        return LocalizedText(defect.advice)
    }
}

/// Keeps what came of live pictures: record, access, log entry, events and the attempt's state in one transaction.
struct VerdictRecorder: Sendable {
    let services: Services
    let watch: PresenceWatch

    init(_ services: Services, _ presence: PresenceSettings) {
        self.services = services
        watch = PresenceWatch(services: services, settings: presence)
    }

    /// Stores a verdict.
    ///
    /// - Throws: `Refusal` where the attempt was closed or the consent taken back meanwhile, or the same request was
    ///   carried out; then nothing of the pictures is kept.
    func store(
        _ record: IdentificationRecord,
        _ idempotency: Idempotency,
        under consent: ConsentStatement,
        by principal: Principal,
        from origin: ClientDevice?
    ) async throws -> IdentificationVerdict {
        do {
            return try await keep(record, idempotency, under: consent, by: principal, from: origin)
        } catch let refusal as Refusal {
            if let evidence = record.evidence { try await services.evidence.delete(evidence) }
            throw refusal
        }
    }

    private func keep(
        _ verdict: IdentificationRecord,
        _ idempotency: Idempotency,
        under consent: ConsentStatement,
        by principal: Principal,
        from origin: ClientDevice?
    ) async throws -> IdentificationVerdict {
        try await services.database.write { [services, watch] stores in
            try ConsentGate.stillHolds(consent, in: stores)
            var record = verdict
            guard let attemptID = record.attemptID, let subject = record.subject,
                let attempt = try stores.attempt(attemptID)
            else { throw Refusal.unknownAttempt }
            guard attempt.state.acceptsFrames else { throw Refusal.attemptClosed }
            try idempotency.note(record.id, at: record.at, in: stores)
            try stores.insertBiometricAccess(
                BiometricAccess(actor: nil, subject: subject, what: "template", purpose: "comparison", at: record.at)
            )
            let demanded = try DemandKeeper(services: services)
                .answer(with: record, of: attempt, session: principal.credentialID.lowercased, in: stores)
            record.circumstances.procedure = try stores.procedure(examID: attempt.examID)
            record.circumstances.moment = demanded ?? (attempt.state.isUnderWay ? .whileRunning : .beforeStart)
            try LogBook(vault: services.vault)
                .store(record, personal: PersonalCircumstances(of: origin), in: stores)
            try EventRecorder(services: services, stores: stores).record(
                .identificationMade,
                attempt: attempt,
                at: record.at,
                facts: [
                    "identification_id": record.id.lowercased, "method": record.method.rawValue,
                    "outcome": record.outcome.rawValue, "reason": record.reason,
                ]
            )
            try watch.observe(record, attempt, in: stores)
            let updated = try AttemptReadiness.update(attempt, services: services, at: record.at, in: stores)
            return IdentificationVerdict(record, attemptState: updated.state)
        }
    }
}

extension LocalizedText {
    /// The advice on a picture.
    init(_ advice: QualityDefect.Advice) {
        self.init(ru: advice.russian, en: advice.english)
    }
}
