package import Accounts
package import Foundation
import Storage

/// What people do with their own account: password, login, sessions (row A2).
package struct OwnAccount: Sendable {
    let services: Services

    /// Creates the workflow.
    package init(_ services: Services) {
        self.services = services
    }

    /// Changes the password; all other sessions end, and this one gets a new token.
    ///
    /// - Throws: `Refusal`.
    package func changePassword(
        from old: String,
        to new: String,
        of principal: Principal,
        address: String
    ) async throws -> Login.Success {
        let now = services.now()
        let session = try principal.session
        let account = principal.account
        try await Reauthentication(services: services).check(old, of: account, from: address, at: now)
        let password = NewPassword(services: services)
        try password.check(new, email: account.email, name: account.name)
        var changed = account
        changed.password = try await password.hash(new)
        return try await services.database.write { [services, changed] stores in
            guard try stores.account(account.id)?.password == account.password else { throw Refusal.passwordWrong }
            try stores.updatePassword(of: changed)
            try stores.setPasswordReset(nil, of: account.id)
            try stores.deleteLoginTickets(of: account.id)
            try stores.deleteLoginSessions(of: account.id, except: session.id)
            try AccountJournal(services: services)
                .note(.passwordChanged, of: account.id, by: account.id, at: now, in: stores)
            return try SessionOpening(services: services).rotate(session, of: changed, in: stores)
        }
    }

    /// Changes the login.
    ///
    /// - Throws: `Refusal`.
    package func changeEmail(
        to text: String,
        password: String,
        of principal: Principal,
        address: String
    ) async throws -> Account {
        let now = services.now()
        let email = try Registration.checkedEmail(text)
        var account = principal.account
        try await Reauthentication(services: services).check(password, of: account, from: address, at: now)
        // Each try counts until one succeeds, so that nobody finds out by trying who has an account.
        let gate = ThrottleGate("email:\(account.id.lowercased)", .secondFactor, from: address)
        let before = account.email
        account.email = email
        let refusal = try await services.database.write { [services, account] stores -> Refusal? in
            if let wait = try gate.enter(at: now, in: stores) { return Login.tooMany(wait.seconds) }
            if let holder = try stores.account(email: email), holder.id != account.id { return .emailTaken }
            try gate.succeed(in: stores)
            try stores.setEmail(email, of: account.id)
            try stores.setPasswordReset(nil, of: account.id)
            try AccountJournal(services: services).note(
                .emailChanged,
                of: account.id,
                by: account.id,
                at: now,
                personal: ["before": before.value, "after": email.value],
                in: stores
            )
            return nil
        }
        if let refusal { throw refusal }
        return account
    }

    /// The sessions that hold, newest first.
    package func sessions(of principal: Principal) async throws -> [LoginSession] {
        let now = services.now()
        return try await services.database.read { stores in
            try stores.loginSessions(of: principal.id).filter { $0.isValid(at: now, roles: principal.account.roles) }
        }
    }

    /// Ends one of the own sessions.
    ///
    /// - Throws: `Refusal` where there is none such.
    package func endSession(_ id: UUID, of principal: Principal) async throws {
        try await services.database.write { stores in
            guard let session = try stores.loginSession(id: id), session.accountID == principal.id else {
                throw Refusal.notFound("session_unknown", ru: "Такого входа нет.", en: "There is no such session.")
            }
            try stores.deleteLoginSession(tokenHash: session.tokenHash)
        }
    }

    /// Ends all sessions but this one.
    package func endOtherSessions(of principal: Principal) async throws {
        let session = try principal.session
        try await services.database.write { try $0.deleteLoginSessions(of: principal.id, except: session.id) }
    }
}
