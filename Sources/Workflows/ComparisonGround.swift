import Accounts
import Attestation
import Cryptography
import Foundation
import Identification
import Storage

/// What a candidate's live pictures are compared with: the portrait and the key that opens it, under a consent.
struct ComparisonGround: Sendable {
    var portrait: Portrait
    var key: SealingKey
    var consent: ConsentStatement

    /// Finds it, where the attempt's candidate may be compared now.
    ///
    /// - Throws: `Refusal` where there is no consent, tries are used up or there is no portrait.
    static func find(
        for attempt: Attempt,
        services: Services,
        at now: Date,
        in stores: any Stores
    ) throws -> ComparisonGround {
        let consent = try ConsentGate.biometric(of: attempt.candidateID, services: services, at: now, in: stores)
        try limitTries(at: attempt, now: now, in: stores)
        return try ground(under: consent, services, in: stores)
    }

    /// Finds it for a procedure apart from any attempt, whose policy must ask for biometrics: what nobody asks for is
    /// not taken.
    ///
    /// - Throws: `Refusal`.
    static func find(
        apart procedure: ProcedureKind,
        of accountID: UUID,
        services: Services,
        at now: Date,
        in stores: any Stores
    ) throws -> ComparisonGround {
        let policy = try IdentificationPolicies.policy(of: procedure, in: stores)
        guard policy.anyOf.contains(where: { $0.contains(.biometric) }) else {
            throw Refusal(
                .conflict,
                "biometric_not_asked",
                ru: "Для этой процедуры личность по лицу не подтверждают.",
                en: "This procedure does not identify by the face."
            )
        }
        let consent = try ConsentGate.biometric(of: accountID, services: services, at: now, in: stores)
        try limitTries(apart: procedure, policy, of: accountID, at: now, in: stores)
        return try ground(under: consent, services, in: stores)
    }

    private static func ground(
        under consent: ConsentStatement,
        _ services: Services,
        in stores: any Stores
    ) throws -> ComparisonGround {
        guard let portrait = try stores.currentPortrait(of: consent.accountID),
            let key = try services.vault.existingBiometricKey(of: consent.accountID, in: stores)
        else {
            throw Refusal(
                .conflict,
                "portrait_missing",
                ru: "Сначала загрузите фотографию-портрет.",
                en: "Upload a portrait first."
            )
        }
        return ComparisonGround(portrait: portrait, key: key, consent: consent)
    }

    /// Tries are limited while a match lets the candidate in. Once the attempt runs there is nothing left to guess, and
    /// refusing frames would blind the presence checks just when another person sits there.
    private static func limitTries(at attempt: Attempt, now: Date, in stores: any Stores) throws {
        guard !attempt.state.isUnderWay else { return }
        try refuse(
            BiometricTries.judge(
                try stores.identifications(attemptID: attempt.id),
                at: now,
                mostFailures: AttemptReadiness.policy(of: attempt, in: stores).mostFailures
            )
        )
    }

    /// Tries apart from any attempt are counted by the kind of procedure.
    static func limitTries(
        apart procedure: ProcedureKind,
        _ policy: IdentificationPolicy,
        of accountID: UUID,
        at now: Date,
        in stores: any Stores
    ) throws {
        let records = try stores.identifications(
            of: accountID,
            apart: procedure,
            limit: ApartIdentification.mostRecords
        )
        try refuse(BiometricTries.judge(records, at: now, mostFailures: policy.mostFailures))
    }

    private static func refuse(_ tries: BiometricTries) throws {
        switch tries {
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
    }

    /// The portrait's templates, or `nil` where another model made them: those say nothing about this one's.
    func references(of modelID: String) throws -> PortraitTemplates? {
        guard portrait.modelID == modelID else { return nil }
        return try PortraitTemplates(
            decoding: key.opened(portrait.sealedTemplate, purpose: "template:\(portrait.id.lowercased)")
        )
    }
}
