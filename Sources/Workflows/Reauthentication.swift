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
        guard !services.passwords.isBusy else { throw Refusal.loginBusy }
        if let wait = try await services.database.write({ try gate.enter(at: now, in: $0) }) {
            throw Login.tooMany(wait.seconds)
        }
        do {
            guard try await services.passwords.verify(password, against: account.password) != .invalid else {
                throw Refusal.passwordWrong
            }
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
