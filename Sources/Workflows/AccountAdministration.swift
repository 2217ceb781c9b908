package import Accounts
package import Foundation
import Storage

/// What administrators do with accounts: find them, open them for staff, set roles, disable and enable (row A6).
package struct AccountAdministration: Sendable {
    let services: Services

    /// Creates the workflow.
    package init(_ services: Services) {
        self.services = services
    }

    /// An account with what an administrator needs to know besides.
    package struct Standing: Sendable {
        package var account: Account
        package var hasSecondFactor: Bool
        package var contracts: [Contract]
    }

    /// The accounts that a filter lets through. Who only supports people sees those whom they may help: candidates.
    package func accounts(_ filter: AccountFilter, for principal: Principal) async throws -> [Account] {
        var filter = filter
        if !principal.may(.manageAccounts) {
            guard filter.role == nil || filter.role == .candidate else { return [] }
            filter.role = .candidate
        }
        return try await services.database.read { [filter] in try $0.accounts(filter) }
    }

    /// One account.
    ///
    /// - Throws: `Refusal` where there is none that the principal may see.
    package func account(_ id: UUID, for principal: Principal) async throws -> Standing {
        try await services.database.read { stores in
            let account = try Self.visible(id, to: principal, in: stores)
            return Standing(
                account: account,
                hasSecondFactor: try stores.secondFactor(of: id)?.confirmedAt != nil,
                contracts: try stores.contracts(of: id)
            )
        }
    }

    /// Opens an account of staff, whose holder sets a password by the code: nobody chooses another one's.
    ///
    /// - Throws: `Refusal`.
    package func addStaff(
        email: String,
        name: PersonName,
        roles: Set<Role>,
        by principal: Principal
    ) async throws -> PasswordResets.Issue {
        let now = services.now()
        let email = try Registration.checkedEmail(email)
        try Registration.check(name)
        guard !roles.isEmpty, !roles.contains(.candidate) else { throw Refusal.rolesMixed }
        let account = Account(
            id: services.makeID(at: now),
            email: email,
            name: name,
            roles: roles,
            password: try await NewPassword(services: services).unusable(),
            createdAt: now
        )
        return try await services.database.write { [services] stores in
            guard try stores.account(email: email) == nil else { throw Refusal.emailTaken }
            try stores.insertAccount(account)
            try AccountJournal(services: services)
                .note(.created, of: account.id, by: principal.id, at: now, facts: ["roles": roles.asFact], in: stores)
            return try PasswordResets.store(for: account, by: principal.id, at: now, services, in: stores)
        }
    }

    /// Sets the roles of a member of staff; the person logs in again with the new rights.
    ///
    /// - Throws: `Refusal`.
    package func setRoles(_ roles: Set<Role>, of id: UUID, by principal: Principal) async throws -> Account {
        let now = services.now()
        return try await services.database.write { [services] stores in
            guard var account = try stores.account(id) else { throw Refusal.unknownAccount }
            let areMixed = roles.areStaff && roles.contains(.candidate)
            guard !roles.isEmpty, !areMixed, roles.areStaff == account.roles.areStaff else { throw Refusal.rolesMixed }
            guard roles != account.roles else { return account }
            if !roles.contains(.administrator) { try Self.keepAnAdministrator(without: account, in: stores) }
            account.roles = roles
            try stores.setRoles(roles, of: id)
            try stores.deleteLoginSessions(of: id, except: nil)
            try stores.deleteLoginTickets(of: id)
            if !account.may(.manageAPITokens) { try stores.deleteAPITokens(issuedBy: id) }
            try AccountJournal(services: services)
                .note(.rolesChanged, of: id, by: principal.id, at: now, facts: ["roles": roles.asFact], in: stores)
            return account
        }
    }

    /// Disables an account: its sessions, tokens and codes end at once, and what it has done stays.
    ///
    /// - Throws: `Refusal`.
    package func disable(_ id: UUID, reason: String, by principal: Principal) async throws -> Account {
        try await change(id, reason: reason, by: principal) { account, now, stores in
            guard account.disabledAt == nil else { return nil }
            try Self.keepAnAdministrator(without: account, in: stores)
            guard id != principal.id else { throw Refusal.ownAccount }
            account.disabledAt = now
            try stores.deleteLoginSessions(of: id, except: nil)
            try stores.deleteLoginTickets(of: id)
            try stores.deleteAPITokens(issuedBy: id)
            try stores.setPasswordReset(nil, of: id)
            return .disabled
        }
    }

    /// Enables an account again; its holder logs in as before.
    ///
    /// - Throws: `Refusal`.
    package func enable(_ id: UUID, reason: String, by principal: Principal) async throws -> Account {
        try await change(id, reason: reason, by: principal) { account, _, _ in
            guard account.disabledAt != nil else { return nil }
            account.disabledAt = nil
            return .enabled
        }
    }

    private func change(
        _ id: UUID,
        reason: String,
        by principal: Principal,
        _ body: @escaping @Sendable (inout Account, Date, any Stores) throws -> AccountJournal.Action?
    ) async throws -> Account {
        let now = services.now()
        return try await services.database.write { [services] stores in
            guard var account = try stores.account(id) else { throw Refusal.unknownAccount }
            guard let action = try body(&account, now, stores) else { return account }
            try stores.setDisabled(at: account.disabledAt, accountID: id)
            try AccountJournal(services: services)
                .note(action, of: id, by: principal.id, at: now, personal: ["reason": reason], in: stores)
            return account
        }
    }

    /// An account that the principal may see: staff only by administrators.
    static func visible(_ id: UUID, to principal: Principal, in stores: any Stores) throws -> Account {
        guard let account = try stores.account(id), principal.may(.manageAccounts) || !account.roles.areStaff else {
            throw Refusal.unknownAccount
        }
        return account
    }

    /// Somebody must be able to administer.
    private static func keepAnAdministrator(without account: Account, in stores: any Stores) throws {
        guard account.roles.contains(.administrator), account.disabledAt == nil,
            try stores.countActiveAdministrators(besides: account.id) == 0
        else { return }
        throw Refusal(
            .conflict,
            "last_administrator",
            ru: "Это последний администратор. Сначала назначьте другого.",
            en: "This is the last administrator. Appoint another one first."
        )
    }
}

extension Refusal {
    static let rolesMixed = Refusal(
        .unprocessable,
        "roles_mixed",
        ru: "Обучающийся и сотрудник — всегда разные учётные записи. Выберите хотя бы одну роль сотрудника.",
        en: "A candidate and a member of staff are always two accounts. Choose at least one role of staff."
    )
}
