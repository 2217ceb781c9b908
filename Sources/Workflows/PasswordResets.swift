package import Accounts
package import Cryptography
package import Foundation
import OneTimePasswords
import Storage

/// Passwords that people have forgotten: staff issue a one-time code, and whoever has it sets a new password (row A2).
package struct PasswordResets: Sendable {
    let services: Services

    /// Creates the workflow.
    package init(_ services: Services) {
        self.services = services
    }

    /// A code that was issued; it is shown once and never stored.
    package struct Issue: Sendable {
        package var account: Account
        package var code: String
        package var expiresAt: Date
    }

    /// Issues a code for an account, in place of any older one.
    ///
    /// - Throws: `Refusal`.
    package func issue(for accountID: UUID, by principal: Principal) async throws -> Issue {
        let now = services.now()
        return try await services.database.write { [services] stores in
            let account = try AccountAdministration.visible(accountID, to: principal, in: stores)
            guard account.id != principal.id else { throw Refusal.ownAccount }
            guard PasswordReset.mayIssue(principal.account, for: account) else { throw Refusal.notForThisAccount }
            guard account.disabledAt == nil else {
                throw Refusal.disabledUntilEnabled
            }
            return try Self.store(for: account, by: principal.id, at: now, services, in: stores)
        }
    }

    /// Issues a code from the command line, whoever runs it; the second factor is taken away where asked for.
    ///
    /// - Throws: `Refusal`.
    package func issue(email: String, removingSecondFactor: Bool) async throws -> Issue {
        let now = services.now()
        let email = try Registration.checkedEmail(email)
        return try await services.database.write { [services] stores in
            guard let account = try stores.account(email: email) else { throw Refusal.unknownAccount }
            if removingSecondFactor, try stores.secondFactor(of: account.id) != nil {
                try stores.setSecondFactor(nil, of: account.id)
                try AccountJournal(services: services)
                    .note(.secondFactorRemoved, of: account.id, by: nil, at: now, in: stores)
            }
            return try Self.store(for: account, by: nil, at: now, services, in: stores)
        }
    }

    static func store(
        for account: Account,
        by issuer: UUID?,
        at now: Date,
        _ services: Services,
        in stores: any Stores
    ) throws -> Issue {
        let code = try OneTimeCode.random()
        let reset = PasswordReset(
            accountID: account.id,
            codeHash: code.hashedForStorage.hex,
            issuedBy: issuer,
            issuedAt: now,
            expiresAt: now.addingTimeInterval(PasswordReset.lifetime)
        )
        try stores.setPasswordReset(reset, of: account.id)
        try AccountJournal(services: services).note(.resetIssued, of: account.id, by: issuer, at: now, in: stores)
        return Issue(account: account, code: code.text, expiresAt: reset.expiresAt)
    }

    /// Sets a new password by a code; all sessions of the account end. A second factor stays.
    ///
    /// An unknown login and a code that is wrong, used or too old get one answer. The right code is never throttled: it
    /// cannot be guessed, and must work while somebody tries.
    /// - Returns: the account, and the secret by which the browser is known from now on: so its holder gets in, whoever
    ///   tries the account meanwhile.
    /// - Throws: `Refusal`.
    package func redeem(
        email text: String,
        code typed: String,
        newPassword: String,
        from address: String,
        by browser: LoginBrowser = LoginBrowser()
    ) async throws -> (accountID: UUID, device: SessionToken) {
        let now = services.now()
        let email = EmailAddress(text)
        let key = email?.value ?? text
        let throttleKey = "reset:\(SHA256Digest.hash(utf8: key).hex)"
        let codeHash = OneTimeCode(typed: typed)?.hashedForStorage.hex ?? ""
        let found = try await services.database.read { stores in
            try email.flatMap { try Self.holder($0, codeHash: codeHash, at: now, in: stores) }
        }
        guard let account = found else {
            let gate = ThrottleGate(throttleKey, from: address)
            throw try await turnAway(gate, at: now)
        }
        var changed = account
        let password = NewPassword(services: services)
        try password.check(newPassword, email: account.email, name: account.name)
        changed.password = try await password.hash(newPassword)
        let device = try await services.database.write { [services, changed] stores in
            // Of two redemptions at the same time one finds the code used.
            guard try Self.holder(changed.email, codeHash: codeHash, at: now, in: stores)?.id == changed.id else {
                throw Refusal.resetRefused
            }
            try stores.updatePassword(of: changed)
            try stores.setPasswordReset(nil, of: changed.id)
            try stores.deleteLoginTickets(of: changed.id)
            try stores.deleteLoginSessions(of: changed.id, except: nil)
            try stores.setThrottle(nil, for: throttleKey)
            try stores.setThrottle(nil, for: Login.throttleKey(changed.email.value))
            services.loginTurns.forget(Login.throttleKey(changed.email.value))
            try AccountJournal(services: services)
                .note(.resetRedeemed, of: changed.id, by: changed.id, at: now, in: stores)
            return try KnownDevices.remember(
                changed.id,
                replacing: browser.device,
                session: nil,
                at: now,
                in: stores
            )
        }
        return (changed.id, device)
    }

    /// Counts a wrong code, and answers what to tell.
    private func turnAway(_ gate: ThrottleGate, at now: Date) async throws -> Refusal {
        // Looked at first: what is blocked must not cost a write.
        if let wait = try await services.database.read({ try gate.wait(at: now, in: $0) }) {
            return Login.tooMany(wait.seconds)
        }
        let wait = try await services.database.write { try gate.enter(at: now, in: $0) }
        return wait.map { Login.tooMany($0.seconds) } ?? .resetRefused
    }

    private static func holder(
        _ email: EmailAddress,
        codeHash: String,
        at now: Date,
        in stores: any Stores
    ) throws -> Account? {
        guard let account = try stores.account(email: email), account.disabledAt == nil,
            let reset = try stores.passwordReset(of: account.id), now < reset.expiresAt,
            constantTimeEqual(Array(reset.codeHash.utf8), Array(codeHash.utf8))
        else { return nil }
        return account
    }
}

extension Refusal {
    static let resetRefused = Refusal(
        .unprocessable,
        "reset_code_refused",
        ru: "Адрес или код не подошёл. Проверьте код или попросите новый: он действует 24 часа и один раз.",
        en: "The address or the code is not right. Check it or ask for a new code: one works for 24 hours, and once."
    )

    static let disabledUntilEnabled = Refusal(
        .conflict,
        "account_disabled",
        ru: "Учётная запись отключена: сначала включите её.",
        en: "The account is disabled: enable it first."
    )

    static let ownAccount = Refusal(
        .conflict,
        "own_account",
        ru: "С собственной учётной записью этого сделать нельзя: попросите другого администратора.",
        en: "This cannot be done to one's own account: ask another administrator."
    )

    static let notForThisAccount = Refusal(
        .forbidden,
        "account_not_yours_to_change",
        ru: "Для этой учётной записи у вас нет прав: обратитесь к администратору.",
        en: "You have no rights over this account: ask an administrator."
    )

    static let unknownAccount = notFound(
        "account_unknown",
        ru: "Такой учётной записи нет.",
        en: "There is no such account."
    )
}
