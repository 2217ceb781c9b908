package import Accounts
package import Cryptography
package import Foundation
import Identification
import Storage

/// Electronic identification: login by e-mail and password (row A2), with a second factor where there is one (row A8).
package struct Login: Sendable {
    let services: Services

    /// Creates the workflow.
    package init(_ services: Services) {
        self.services = services
    }

    /// A login that succeeded: the token is shown once and never stored.
    package struct Success: Sendable {
        package var principal: Principal
        package var session: LoginSession
        package var token: SessionToken
    }

    /// What a right password leads to.
    package enum Outcome: Sendable {
        /// The person is in.
        case opened(Success)
        /// The second factor is asked for; the ticket, shown once, allows nothing else.
        case secondFactorNeeded(ticket: SessionToken, expiresAt: Date)
    }

    /// Logs in, or takes the first of two steps.
    ///
    /// Every try is an identification record. An unknown login takes the time of a wrong password and gets its answer.
    /// - Parameter earlier: the token of a session that the same browser still has; it ends with the new login.
    /// - Throws: `Refusal`.
    package func logIn(
        email: String,
        password: String,
        from device: ClientDevice,
        replacing earlier: String? = nil
    ) async throws -> Outcome {
        let now = services.now()
        let address = EmailAddress(email)
        // An unknown login is throttled like a known one, or its answer would tell it apart.
        let gate = ThrottleGate(Self.throttleKey(address?.value ?? email), from: device.address)
        // Looked at first: what is blocked or cannot be computed must not cost a write.
        let (account, wait) = try await services.database.read { stores in
            (try address.flatMap { try stores.account(email: $0) }, try gate.wait(at: now, in: stores))
        }
        let records = LoginRecords(services: services)
        if let wait { throw try await records.turnAway(account, wait, at: now) }
        guard !services.passwords.isBusy else { throw Refusal.loginBusy }
        if let wait = try await services.database.write({ try gate.enter(at: now, in: $0) }) {
            throw try await records.turnAway(account, wait, at: now)
        }

        let verdict = try await verdict(on: password, of: account, gate: gate)
        guard let account, verdict != .invalid else {
            try await records.store(account, .nonMatch, account == nil ? "login_unknown" : "password_wrong", at: now)
            throw Refusal.loginFailed
        }
        guard account.disabledAt == nil else {
            try await records.store(account, .inconclusive, "account_disabled", at: now)
            throw Refusal.accountDisabled
        }
        // Where too many wait, the next login does it.
        let renewed = verdict == .validNeedsRehash ? try? await services.passwords.hash(password) : nil
        return try await services.database.write { [services] stores in
            // Meanwhile it may have been disabled, or have got another password.
            guard let current = try stores.account(account.id), current.password == account.password,
                current.disabledAt == nil
            else { throw Refusal.loginFailed }
            var holder = current
            if let renewed {
                holder.password = renewed
                try stores.updatePassword(of: holder)
            }
            try gate.succeed(in: stores)
            if try stores.secondFactor(of: holder.id)?.confirmedAt != nil {
                try records.store(holder, .inconclusive, "second_factor_needed", at: now, in: stores)
                return try Self.makeTicket(of: holder, at: now, in: stores)
            }
            try records.store(holder, .match, "password_valid", at: now, in: stores)
            let opening = SessionOpening(services: services)
            return .opened(try opening.open(holder, from: device, replacing: earlier, at: now, in: stores))
        }
    }

    /// Ends a login session.
    package func logOut(_ principal: Principal) async throws {
        let tokenHash = try principal.session.tokenHash
        try await services.database.write { try $0.deleteLoginSession(tokenHash: tokenHash) }
    }

    private func verdict(
        on password: String,
        of account: Account?,
        gate: ThrottleGate
    ) async throws -> PasswordVerdict {
        do {
            guard let account else { return try await services.passwords.verifyAgainstNothing(password) }
            return try await services.passwords.verify(password, against: account.password)
        } catch let error as CryptographyError where error.code == .busy {
            try await services.database.write { try gate.takeBack(in: $0) }
            throw Refusal.loginBusy
        }
    }

    private static func makeTicket(of account: Account, at now: Date, in stores: any Stores) throws -> Outcome {
        let token = SessionToken.random(from: SystemRandomSource())
        let ticket = LoginTicket(
            tokenHash: token.hashedForStorage.hex,
            accountID: account.id,
            expiresAt: now.addingTimeInterval(LoginTicket.lifetime)
        )
        try stores.insertLoginTicket(ticket)
        return .secondFactorNeeded(ticket: token, expiresAt: ticket.expiresAt)
    }

    /// The throttle of a login, under which no address can be read.
    static func throttleKey(_ email: String) -> String { "login:\(SHA256Digest.hash(utf8: email).hex)" }

    static func tooMany(_ wait: TimeInterval) -> Refusal {
        let seconds = max(1, Int(wait.rounded(.up)))
        return Refusal(
            .tooMany(retryAfter: seconds),
            "too_many_tries",
            ru: "Слишком много неудачных попыток. Повторите через \(seconds) с.",
            en: "Too many failed tries. Try again in \(seconds) s."
        )
    }
}

extension Refusal {
    static let loginFailed = Refusal(
        .unauthenticated,
        "login_failed",
        ru: "Неверный адрес электронной почты или пароль.",
        en: "The e-mail address or the password is wrong."
    )

    static let accountDisabled = Refusal(
        .forbidden,
        "account_disabled",
        ru: "Учётная запись отключена. Обратитесь к администратору.",
        en: "The account is disabled. Ask the administrator."
    )
}
