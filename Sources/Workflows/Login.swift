package import Accounts
package import Cryptography
package import Foundation
import Identification
import Storage

/// Electronic identification: login by e-mail and password (row A2).
package struct Login: Sendable {
    let services: Services

    /// Creates the workflow.
    package init(_ services: Services) {
        self.services = services
    }

    /// A login that succeeded: the token is shown once and never stored.
    package struct Success: Sendable {
        package var principal: Principal
        package var token: SessionToken
    }

    /// Logs in.
    ///
    /// Every try is an identification record. An unknown login takes the time of a wrong password and gets its answer.
    /// - Throws: `Refusal`.
    package func logIn(email: String, password: String, from address: String) async throws -> Success {
        let now = services.now()
        let account = try await knownAccount(email)
        // An unknown login is throttled like a known one, or its answer would tell it apart.
        let gate = ThrottleGate(
            account: "login:\(SHA256Digest.hash(utf8: EmailAddress(email)?.value ?? email).hex)",
            address: "address:\(address)"
        )
        if let wait = try await services.database.write({ try gate.enter(at: now, in: $0) }) {
            try await record(account, .inconclusive, "throttled", at: now)
            throw Self.tooMany(wait)
        }

        var verdict = PasswordVerdict.invalid
        do {
            if let account {
                verdict = try await services.passwords.verify(password, against: account.password)
            } else {
                verdict = try await services.passwords.verifyAgainstNothing(password)
            }
        } catch let error as CryptographyError where error.code == .busy {
            try await services.database.write { try gate.takeBack(in: $0) }
            throw Refusal(
                .unavailable,
                "login_busy",
                ru: "Сейчас входит слишком много людей. Повторите через несколько секунд.",
                en: "Too many people are logging in just now. Try again in a few seconds."
            )
        }
        guard let account, verdict != .invalid else {
            try await record(account, .nonMatch, account == nil ? "login_unknown" : "password_wrong", at: now)
            throw Self.wrong
        }
        return try await open(account, verdict: verdict, password: password, gate: gate, at: now)
    }

    /// Ends a login session.
    package func logOut(_ principal: Principal) async throws {
        let tokenHash = principal.session.tokenHash
        try await services.database.write { try $0.deleteLoginSession(tokenHash: tokenHash) }
    }

    /// Who holds a token; `nil` where nobody does.
    package func principal(token text: String) async throws -> Principal? {
        guard let token = try? SessionToken(text: text) else { return nil }
        let now = services.now()
        let tokenHash = token.hashedForStorage.hex
        let found = try await services.database.read { stores -> Principal? in
            guard let session = try stores.loginSession(tokenHash: tokenHash),
                let account = try stores.account(session.accountID),
                session.isValid(at: now, roles: account.roles), account.disabledAt == nil
            else { return nil }
            return Principal(account: account, session: session)
        }
        // Noted to the minute only, or every request would write.
        if let found, now.timeIntervalSince(found.session.lastSeenAt) > 60 {
            try await services.database.write { try $0.touchLoginSession(tokenHash: tokenHash, at: now) }
        }
        return found
    }

    private func knownAccount(_ text: String) async throws -> Account? {
        guard let email = EmailAddress(text) else { return nil }
        return try await services.database.read { try $0.account(email: email) }
    }

    private func open(
        _ account: Account,
        verdict: PasswordVerdict,
        password: String,
        gate: ThrottleGate,
        at now: Date
    ) async throws -> Success {
        var renewed = account
        if verdict == .validNeedsRehash { renewed.password = try await services.passwords.hash(password) }
        let token = SessionToken.random(from: SystemRandomSource())
        let limits = LoginSession.limits(of: account.roles)
        let session = LoginSession(
            tokenHash: token.hashedForStorage.hex,
            accountID: account.id,
            createdAt: now,
            lastSeenAt: now,
            expiresAt: now.addingTimeInterval(limits.total)
        )
        let record = makeRecord(account, .match, "password_valid", at: now)
        let holder = renewed
        try await services.database.write { [services] stores in
            if verdict == .validNeedsRehash { try stores.updatePassword(of: holder) }
            try stores.insertLoginSession(session)
            try gate.succeed(in: stores)
            try LogBook(vault: services.vault).store(record, in: stores)
        }
        return Success(principal: Principal(account: holder, session: session), token: token)
    }

    private func record(
        _ account: Account?,
        _ outcome: IdentificationOutcome,
        _ reason: String,
        at now: Date
    ) async throws {
        let record = makeRecord(account, outcome, reason, at: now)
        try await services.database.write { [services] stores in
            try LogBook(vault: services.vault).store(record, in: stores)
        }
    }

    private func makeRecord(
        _ account: Account?,
        _ outcome: IdentificationOutcome,
        _ reason: String,
        at now: Date
    ) -> IdentificationRecord {
        IdentificationRecord(
            id: services.makeID(at: now),
            method: .electronic,
            subject: account?.id,
            outcome: outcome,
            reason: reason,
            at: now
        )
    }

    static func tooMany(_ wait: TimeInterval) -> Refusal {
        let seconds = max(1, Int(wait.rounded(.up)))
        return Refusal(
            .tooMany(retryAfter: seconds),
            "too_many_tries",
            ru: "Слишком много неудачных попыток. Повторите через \(seconds) с.",
            en: "Too many failed tries. Try again in \(seconds) s."
        )
    }

    private static let wrong = Refusal(
        .unauthenticated,
        "login_failed",
        ru: "Неверный адрес электронной почты или пароль.",
        en: "The e-mail address or the password is wrong."
    )
}

/// The throttles of one try. It counts as a failure when it comes, so that many tries at the same time are no more
/// than as many one after the other; a try that turns out well is taken back.
private struct ThrottleGate: Sendable {
    var account: String
    var address: String

    /// Counts the try, or answers how long to wait.
    func enter(at now: Date, in stores: any Stores) throws -> TimeInterval? {
        let states = (try stores.throttle(account), try stores.throttle(address))
        let waits = [states.0, states.1].compactMap { $0?.remainingWait(at: now) }
        if let wait = waits.max() { return wait }
        try stores.setThrottle(Throttle.afterFailure(states.0, at: now, rule: .account), for: account)
        try stores.setThrottle(Throttle.afterFailure(states.1, at: now, rule: .address), for: address)
        return nil
    }

    /// Forgives the account, and takes this try back from the address, which others may share.
    func succeed(in stores: any Stores) throws {
        try stores.setThrottle(nil, for: account)
        try takeBack(address, .address, in: stores)
    }

    /// Takes the try back: nothing was found out by it.
    func takeBack(in stores: any Stores) throws {
        try takeBack(account, .account, in: stores)
        try takeBack(address, .address, in: stores)
    }

    private func takeBack(_ key: String, _ rule: Throttle.Rule, in stores: any Stores) throws {
        try stores.setThrottle(Throttle.takingBack(try stores.throttle(key), rule: rule), for: key)
    }
}

/// Who makes a request: an account and the login session that shows it.
package struct Principal: Sendable {
    package var account: Account
    package var session: LoginSession

    package init(account: Account, session: LoginSession) {
        self.account = account
        self.session = session
    }

    /// The account's identifier.
    package var id: UUID { account.id }
}
