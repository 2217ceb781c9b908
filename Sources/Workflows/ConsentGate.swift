import Accounts
import Foundation
import Storage

/// Nothing is taken of anybody's face without consent (row B5; 152-ФЗ art. 11): everything that takes pictures asks
/// here before it looks at them, and again before it keeps anything of them.
enum ConsentGate {
    /// The consent under which a person's biometric data may be taken now.
    ///
    /// - Throws: `Refusal` with the code `consent_needed`, which says what to do.
    static func biometric(
        of accountID: UUID,
        services: Services,
        at now: Date,
        in stores: any Stores
    ) throws -> ConsentStatement {
        if let consent = try stores.consent(of: accountID, .biometric) { return consent }
        let capacity = try capacity(of: accountID, services: services, at: now, in: stores)
        throw Refusal.consentNeeded(capacity)
    }

    /// Makes sure that the consent under which pictures were taken holds still: whoever takes it back meanwhile has
    /// nothing kept, and a consent given anew comes with a new key.
    ///
    /// - Throws: `Refusal`.
    static func stillHolds(_ consent: ConsentStatement, in stores: any Stores) throws {
        guard try stores.consent(of: consent.accountID, consent.kind)?.id == consent.id else {
            throw Refusal.consentNeeded(.own)
        }
    }

    /// Who may consent for a person today.
    static func capacity(
        of accountID: UUID,
        services: Services,
        at now: Date,
        in stores: any Stores
    ) throws -> ConsentCapacity {
        let birthDates = try stores.contracts(of: accountID).compactMap(\.birthDate)
        return ConsentCapacity.of(birthDates: birthDates, on: services.day(of: now))
    }
}

extension Refusal {
    /// The biometric consent is missing; the faults say whose it must be, and that there is another way.
    static func consentNeeded(_ capacity: ConsentCapacity) -> Refusal {
        let own = Fault(
            code: ConsentKind.biometric.rawValue,
            message: LocalizedText(
                ru: "Прочитайте и дайте согласие на обработку биометрических персональных данных.",
                en: "Read the consent to the processing of biometric data and give it."
            )
        )
        let otherWay = Fault(
            code: "visual",
            message: LocalizedText(
                ru: "Согласие не обязательно: без него вашу личность по документу подтвердит уполномоченное лицо.",
                en: "You need not consent: a verifier can confirm your identity by a document instead."
            )
        )
        return Refusal(
            .conflict,
            "consent_needed",
            ru: "Без согласия на обработку биометрических персональных данных снимки не принимаются. "
                + "Дайте согласие или попросите подтвердить личность по документу.",
            en: "Without a consent to the processing of biometric data no pictures are taken. "
                + "Give it, or have your identity confirmed by a document.",
            faults: [capacity == .own ? own : representativeFault, otherWay]
        )
    }

    /// A minor's own click is not enough.
    static let representativeNeeded = Refusal(
        .forbidden,
        "representative_needed",
        ru: "Вам ещё нет 18 лет: за вас это решает родитель или другой законный представитель. "
            + "Передайте его подписанное заявление в учебный отдел.",
        en: "You are under 18: a parent or another legal representative decides this for you. "
            + "Hand their signed statement in at the study office.",
        faults: [representativeFault]
    )

    private static let representativeFault = Fault(
        code: "representative",
        message: LocalizedText(
            ru: "Нужно согласие родителя или другого законного представителя; его вносит сотрудник.",
            en: "A parent’s or another legal representative’s consent is needed; a member of staff enters it."
        )
    )
}
