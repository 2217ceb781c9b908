import Accounts
import Foundation
import Identification
import Storage

/// Who may verify whom, and what must be looked at (rows C2, C4, C8).
enum VerifierRights {
    /// The order or power of attorney by which the principal may identify today; `nil` where there is none.
    static func authority(
        of principal: Principal,
        _ services: Services,
        at now: Date,
        in stores: any Stores
    ) throws -> UUID? {
        try stores.authority(of: principal.id, .identification, on: services.day(of: now))?.id
    }

    /// Whether the principal may know of a case: partners only of candidates who consented to them (S1 6.7).
    static func mayKnow(
        _ visualCase: VisualCase,
        _ principal: Principal,
        _ services: Services,
        at now: Date,
        in stores: any Stores
    ) throws -> Bool {
        let roles = principal.account.roles
        let isOnlyPartner =
            roles.contains(.partner) && !Permission.readQueue.isGranted(to: roles.subtracting([.partner]))
        guard isOnlyPartner else { return true }
        let authority = try stores.authority(of: principal.id, .identification, on: services.day(of: now))
        guard let organisation = authority?.partnerOrganisation else { return false }
        return try stores.hasPartnerConsent(of: visualCase.subject, to: organisation)
    }

    /// Nobody verifies themself, by another account of the same name neither; a namesake's case takes another verifier.
    ///
    /// - Throws: `Refusal`.
    static func checkOther(_ subject: UUID, than principal: Principal, in stores: any Stores) throws {
        guard let account = try stores.account(subject) else { throw Refusal.unknownCase }
        guard account.id != principal.id, !account.name.matches(principal.account.name) else {
            throw Refusal.ofCase(.ownCase)
        }
    }

    /// What a verifier must have looked at to say that the person is identified.
    static func checklist(form: DocumentForm?, hasPortrait: Bool) -> [VisualCheck] {
        var checks: [VisualCheck] = [.faceMatchesDocument, .namesMatch, .documentValid, .documentUnaltered]
        if hasPortrait { checks.append(.faceMatchesPortrait) }
        if form?.zone != nil { checks.append(.zoneAgrees) }
        if form?.needsTranslation == true { checks.append(.translationSeen) }
        return checks
    }
}

extension Refusal {
    static let authorityMissing = Refusal(
        .forbidden,
        "authority_missing",
        ru: "На сегодня нет действующего приказа или доверенности, по которым вы проверяете документы.",
        en: "No order or power of attorney that is valid today lets you check documents."
    )
}
