import Accounts
import Cryptography
import Foundation
import Storage

/// Asks for the password again before credentials change: a session left open must not be enough to take an account
/// over (ASVS 5 7.5.1). Guesses are slowed down by account.
struct Reauthentication {
    let services: Services

    /// Makes sure that the password is the principal's.
    ///
    /// - Throws: `Refusal`.
    func check(_ password: String, of account: Account, from address: String, at now: Date) async throws {
        let gate = ThrottleGate("password:\(account.id.lowercased)", .secondFactor, from: address)
        if let wait = try await services.database.read({ try gate.wait(at: now, in: $0) }) {
            throw Login.tooMany(wait.seconds)
        }
        let claim = PasswordClaim.trusted(by: gate.key)
        guard !services.passwords.isBusy(for: claim) else { throw Refusal.loginBusy }
        if let wait = try await services.database.write({ try gate.enter(at: now, in: $0) }) {
            throw Login.tooMany(wait.seconds)
        }
        do {
            let verdict = try await services.passwords.verify(password, against: account.password, for: claim)
            guard verdict != .invalid else { throw Refusal.passwordWrong }
            try await services.database.write { try gate.succeed(in: $0) }
        } catch let error as CryptographyError where error.code == .busy {
            try await services.database.write { try gate.takeBack(in: $0) }
            throw Refusal.loginBusy
        }
    }
}

extension Refusal {
    static let passwordWrong = Refusal(
        .forbidden,
        "password_wrong",
        ru: "Пароль неверный.",
        en: "The password is wrong."
    )
}
