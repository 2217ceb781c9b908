import Accounts
import Cryptography
import Foundation
import OpenIDConnect
import Storage
import TransparencyLog

/// Which account is whose, and what the provider's word changes about it.
///
/// An e-mail address never links: whoever gets an address at the provider would otherwise get the account that somebody
/// else has here under it. An account with a password is linked by its holder, who is logged in and gives the password.
struct ProviderAccounts {
    let services: Services

    /// What was found.
    enum Finding {
        case found(Account)
        /// No access; the account is the one that it is about, where there is one.
        case refused(Refusal, Account?)
    }

    /// The account of an identity with its roles of now; made or linked where it is the identity's first login.
    ///
    /// - Parameters:
    ///   - accountID: the account that its holder, who began this login, wants to link.
    ///   - password: a hash that no password fits, for a new account.
    func account(
        of identity: ExternalIdentity,
        linking accountID: UUID?,
        unusablePassword password: PasswordHash?,
        at now: Date,
        in stores: any Stores
    ) throws -> Finding {
        // The configuration is checked at the start; here it is the last line.
        guard let role = Role(rawValue: identity.role), role.isStaff else { return .refused(.providerRoleMissing, nil) }
        let known = try stores.providerIdentity(issuer: identity.issuer, subject: identity.subject)
        if let accountID {
            guard let account = try stores.account(accountID), account.roles.areStaff else {
                return .refused(.providerLoginUnknown, nil)
            }
            if let refusal = try linkingRefusal(account, known, identity, role, in: stores) {
                return .refused(refusal, account)
            }
            if known == nil { try link(account, to: identity, .providerLinked, by: account.id, at: now, in: stores) }
            return try refreshed(account, identity, role, at: now, in: stores)
        }
        if let known {
            guard let account = try stores.account(known.accountID), account.roles.areStaff else {
                return .refused(.providerRoleMissing, nil)
            }
            return try refreshed(account, identity, role, at: now, in: stores)
        }
        guard let password else { return .refused(.providerLoginUnknown, nil) }
        return try made(for: identity, role, password, at: now, in: stores)
    }

    /// The provider gives no role any more: whoever is still logged in is out.
    func withdraw(_ account: Account, at now: Date, in stores: any Stores) throws {
        try stores.deleteLoginSessions(of: account.id, except: nil)
        try stores.deleteLoginTickets(of: account.id)
        try stores.deleteAPITokens(issuedBy: account.id)
    }

    private func made(
        for identity: ExternalIdentity,
        _ role: Role,
        _ password: PasswordHash,
        at now: Date,
        in stores: any Stores
    ) throws -> Finding {
        guard let email = identity.email.flatMap(EmailAddress.init) else {
            return .refused(.providerEmailMissing, nil)
        }
        let name = PersonName(
            surname: identity.familyName ?? "",
            givenName: identity.givenName ?? "",
            patronymic: identity.middleName
        )
        guard !name.surname.isEmpty, !name.givenName.isEmpty else { return .refused(.providerNameMissing, nil) }
        if let holder = try stores.account(email: email) { return .refused(.providerEmailTaken, holder) }
        let account = Account(
            id: services.makeID(at: now),
            email: email,
            name: name,
            roles: [role],
            password: password,
            createdAt: now
        )
        try stores.insertAccount(account)
        try link(account, to: identity, .created, by: nil, at: now, in: stores)
        return .found(account)
    }

    private func linkingRefusal(
        _ account: Account,
        _ known: ProviderIdentity?,
        _ identity: ExternalIdentity,
        _ role: Role,
        in stores: any Stores
    ) throws -> Refusal? {
        if let known { return known.accountID == account.id ? nil : .providerIdentityTaken }
        guard try !stores.providerIdentities(of: account.id).contains(where: { $0.issuer == identity.issuer }) else {
            return .accountLinkedAlready
        }
        // Whoever administers alone would give it away by the link.
        let wasAdministrator = account.roles.contains(.administrator) && role != .administrator
        if wasAdministrator, try stores.countActiveAdministrators(besides: account.id) == 0 {
            return .lastAdministrator
        }
        return nil
    }

    private func link(
        _ account: Account,
        to identity: ExternalIdentity,
        _ action: AccountJournal.Action,
        by actor: UUID?,
        at now: Date,
        in stores: any Stores
    ) throws {
        try stores.insertProviderIdentity(
            ProviderIdentity(
                issuer: identity.issuer,
                subject: identity.subject,
                accountID: account.id,
                linkedAt: now,
                lastUsedAt: now
            )
        )
        try AccountJournal(services: services).note(
            action,
            of: account.id,
            by: actor.map { .account($0) } ?? .provider,
            at: now,
            facts: ["roles": account.roles.asFact, "issuer": .string(identity.issuer)],
            personal: ["subject": identity.subject],
            in: stores
        )
    }

    /// The rules decide anew at each login: what an administrator has set meanwhile holds until then. Rights that have
    /// changed end what rests on the old ones.
    private func refreshed(
        _ account: Account,
        _ identity: ExternalIdentity,
        _ role: Role,
        at now: Date,
        in stores: any Stores
    ) throws -> Finding {
        guard account.disabledAt == nil else { return .refused(.accountDisabled, account) }
        try stores.touchProviderIdentity(issuer: identity.issuer, subject: identity.subject, at: now)
        guard account.roles != [role] else { return .found(account) }
        var changed = account
        changed.roles = [role]
        try stores.setRoles(changed.roles, of: account.id)
        try stores.deleteLoginSessions(of: account.id, except: nil)
        try stores.deleteLoginTickets(of: account.id)
        if !changed.may(.manageAPITokens) { try stores.deleteAPITokens(issuedBy: account.id) }
        try AccountJournal(services: services).note(
            .rolesChanged,
            of: account.id,
            by: .provider,
            at: now,
            facts: ["roles": changed.roles.asFact],
            in: stores
        )
        return .found(changed)
    }
}
