import Accounts
import Cryptography
package import Foundation
import OneTimePasswords
import Storage

/// Setting a second factor up, and taking it away (row A8).
package struct SecondFactorSetup: Sendable {
    let services: Services

    /// Creates the workflow.
    package init(_ services: Services) {
        self.services = services
    }

    /// How the own second factor stands.
    package struct Standing: Sendable {
        /// When it was confirmed; `nil` where there is none.
        package var confirmedAt: Date?
        /// Whether one was begun and waits for its first code.
        package var isPending: Bool
        /// How many recovery codes are left.
        package var recoveryCodesLeft: Int
        /// Whether the institution demands one.
        package var isRequired: Bool
    }

    /// What an authenticator app needs; shown once.
    package struct Secret: Sendable {
        /// The secret as it is typed.
        package var base32: String
        /// The secret as a QR code holds it.
        package var uri: String
    }

    /// How the principal's second factor stands.
    package func standing(of principal: Principal) async throws -> Standing {
        let isRequired = services.accounts.staffSecondFactor == .required
        return try await services.database.read { stores in
            let factor = try stores.secondFactor(of: principal.id)
            return Standing(
                confirmedAt: factor?.confirmedAt,
                isPending: factor != nil && factor?.confirmedAt == nil,
                recoveryCodesLeft: try stores.countRecoveryCodes(of: principal.id),
                isRequired: isRequired
            )
        }
    }

    /// Begins: makes a secret, which counts once a code has confirmed it. Beginning again makes another one.
    ///
    /// - Throws: `Refusal`.
    package func begin(password: String, principal: Principal, address: String) async throws -> Secret {
        let now = services.now()
        let account = principal.account
        try await Reauthentication(services: services).check(password, of: account, from: address, at: now)
        let key = AuthenticatorKey.random()
        try await services.database.write { [services] stores in
            guard try stores.secondFactor(of: account.id)?.confirmedAt == nil else {
                throw Refusal(
                    .conflict,
                    "second_factor_present",
                    ru: "Второй фактор уже подключён. Чтобы заменить его, сначала отключите.",
                    en: "There is a second factor already. Remove it first to replace it."
                )
            }
            let sealed = try SecondFactorCheck(vault: services.vault).seal(key, of: account.id, in: stores)
            let factor = SecondFactor(accountID: account.id, sealedSecret: sealed, createdAt: now)
            try stores.setSecondFactor(factor, of: account.id)
        }
        return Secret(
            base32: try key.base32,
            uri: try key.uri(issuer: services.accounts.serviceName, account: account.email.value)
        )
    }

    /// Confirms by the first code. All other sessions end, and this one gets a new token: they rest on the password only.
    ///
    /// - Returns: the recovery codes, shown once, and the session.
    /// - Throws: `Refusal`.
    package func confirm(
        code: String,
        principal: Principal,
        address: String
    ) async throws -> (recoveryCodes: [String], session: Login.Success) {
        let now = services.now()
        let session = try principal.session
        let gate = Self.gate(of: principal.id, from: address)
        let codes = try (0..<SecondFactor.recoveryCodeCount).map { _ in try OneTimeCode.random() }
        let result = try await services.database.write { [services] stores -> Result<Login.Success, Refusal> in
            guard var factor = try stores.secondFactor(of: principal.id), factor.confirmedAt == nil else {
                throw Refusal(
                    .conflict,
                    "second_factor_not_begun",
                    ru: "Сначала начните подключение второго фактора.",
                    en: "Begin setting a second factor up first."
                )
            }
            if let wait = try gate.enter(at: now, in: stores) { return .failure(Login.tooMany(wait.seconds)) }
            let check = SecondFactorCheck(vault: services.vault)
            guard let step = try check.step(of: code, factor, at: now, in: stores) else {
                return .failure(.codeWrong)
            }
            try gate.succeed(in: stores)
            (factor.confirmedAt, factor.lastStep) = (now, step)
            try stores.setSecondFactor(factor, of: principal.id)
            try stores.setRecoveryCodes(codes.map(\.hashedForStorage.hex), of: principal.id)
            try stores.deleteLoginSessions(of: principal.id, except: session.id)
            try AccountJournal(services: services)
                .note(.secondFactorAdded, of: principal.id, by: principal.id, at: now, in: stores)
            return .success(
                try SessionOpening(services: services).rotate(session, of: principal.account, in: stores)
            )
        }
        return (codes.map(\.text), try result.get())
    }

    /// Takes the own second factor away; needs the password and a code or a recovery code.
    ///
    /// - Throws: `Refusal`.
    package func remove(password: String, code: String, principal: Principal, address: String) async throws {
        let now = services.now()
        let account = principal.account
        try await Reauthentication(services: services).check(password, of: account, from: address, at: now)
        let gate = Self.gate(of: account.id, from: address)
        let refusal = try await services.database.write { [services] stores -> Refusal? in
            guard let factor = try stores.secondFactor(of: account.id), factor.confirmedAt != nil else {
                throw Refusal.noSecondFactor
            }
            if let wait = try gate.enter(at: now, in: stores) { return Login.tooMany(wait.seconds) }
            let check = SecondFactorCheck(vault: services.vault)
            guard try check.use(code, of: factor, at: now, in: stores) != nil else { return .codeWrong }
            try gate.succeed(in: stores)
            try stores.setSecondFactor(nil, of: account.id)
            try AccountJournal(services: services)
                .note(.secondFactorRemoved, of: account.id, by: account.id, at: now, in: stores)
            return nil
        }
        if let refusal { throw refusal }
    }

    /// Takes somebody else's second factor away, who has lost it; all sessions of the account end.
    ///
    /// - Throws: `Refusal`.
    package func reset(of accountID: UUID, by principal: Principal) async throws {
        let now = services.now()
        try await services.database.write { [services] stores in
            guard try stores.account(accountID) != nil else { throw Refusal.unknownAccount }
            guard accountID != principal.id else { throw Refusal.ownAccount }
            guard try stores.secondFactor(of: accountID) != nil else { throw Refusal.noSecondFactor }
            try stores.setSecondFactor(nil, of: accountID)
            try stores.deleteLoginSessions(of: accountID, except: nil)
            try stores.deleteLoginTickets(of: accountID)
            try AccountJournal(services: services)
                .note(.secondFactorRemoved, of: accountID, by: principal.id, at: now, in: stores)
        }
    }

    private static func gate(of accountID: UUID, from address: String) -> ThrottleGate {
        ThrottleGate("second-factor:\(accountID.lowercased)", .secondFactor, from: address)
    }
}

extension Refusal {
    static let codeWrong = Refusal(
        .forbidden,
        "code_wrong",
        ru: "Код не подошёл. Введите новый код из приложения.",
        en: "The code is not right. Enter a new code from the app."
    )

    static let noSecondFactor = Refusal(
        .conflict,
        "second_factor_absent",
        ru: "Второго фактора у этой учётной записи нет.",
        en: "This account has no second factor."
    )
}
