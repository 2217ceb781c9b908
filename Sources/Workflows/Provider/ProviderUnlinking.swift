import Accounts
package import Foundation
import Storage
import TransparencyLog

/// Takes the link between an account and the institution's away, and never the only way in (row A5).
///
/// Holders give their password, so they have one. Whoever was let in by the provider from the beginning has none: an
/// administrator takes their link away and gets a code by which the holder sets a password. What rests on the link ends:
/// sessions, tickets, and the second factor that the provider asked for.
package struct ProviderUnlinking: Sendable {
    let services: Services

    /// Creates the workflow.
    package init(_ services: Services) {
        self.services = services
    }

    /// Takes the principal's own link away; the session goes on, unless it rests on the provider's second factor.
    ///
    /// - Throws: `Refusal`.
    package func unlink(password: String, principal: Principal, from address: String) async throws {
        let now = services.now()
        let session = try principal.session
        try await Reauthentication(services: services).check(password, of: principal.account, from: address, at: now)
        try await services.database.write { [services] stores in
            try Self.remove(of: principal.id, by: principal.id, at: now, services, in: stores)
            try stores.deleteLoginSessions(of: principal.id, except: session.hasProviderFactor ? nil : session.id)
        }
    }

    /// Takes another account's link away and issues the code for its password.
    ///
    /// - Throws: `Refusal`.
    package func unlink(_ accountID: UUID, by principal: Principal) async throws -> PasswordResets.Issue {
        let now = services.now()
        return try await services.database.write { [services] stores in
            guard let account = try stores.account(accountID) else { throw Refusal.unknownAccount }
            guard accountID != principal.id else { throw Refusal.ownAccount }
            guard account.disabledAt == nil else { throw Refusal.disabledUntilEnabled }
            try Self.remove(of: accountID, by: principal.id, at: now, services, in: stores)
            try stores.deleteLoginSessions(of: accountID, except: nil)
            return try PasswordResets.store(for: account, by: principal.id, at: now, services, in: stores)
        }
    }

    private static func remove(
        of accountID: UUID,
        by actor: UUID,
        at now: Date,
        _ services: Services,
        in stores: any Stores
    ) throws {
        let identities = try stores.providerIdentities(of: accountID)
        guard !identities.isEmpty else { throw Refusal.providerLinkAbsent }
        try stores.deleteProviderIdentities(of: accountID)
        try stores.deleteLoginTickets(of: accountID)
        for identity in identities {
            try AccountJournal(services: services).note(
                .providerUnlinked,
                of: accountID,
                by: actor,
                at: now,
                facts: ["issuer": .string(identity.issuer)],
                personal: ["subject": identity.subject],
                in: stores
            )
        }
    }
}

extension Refusal {
    static let providerLinkAbsent = Refusal(
        .conflict,
        "provider_link_absent",
        ru: "Эта учётная запись не связана с учётной записью организации.",
        en: "This account is not linked to the institution's."
    )
}
