import Accounts
import Cryptography
import Foundation
import Identification
import Storage

extension Login {
    /// Takes the second step of a login: a ticket from the first one, with a code of the app or a recovery code.
    ///
    /// - Throws: `Refusal`.
    package func complete(
        ticket text: String,
        code: String,
        from device: ClientDevice,
        replacing earlier: String? = nil
    ) async throws -> Success {
        let now = services.now()
        guard let token = try? SessionToken(text: text) else { throw Refusal.ticketInvalid }
        let tokenHash = token.hashedForStorage.hex
        let account = try await services.database.read { stores -> Account? in
            guard let ticket = try stores.loginTicket(tokenHash: tokenHash), now < ticket.expiresAt else { return nil }
            return try stores.account(ticket.accountID)
        }
        guard let account, account.disabledAt == nil else { throw Refusal.ticketInvalid }
        let gate = ThrottleGate("second-factor:\(account.id.lowercased)", .secondFactor, from: device.address)
        // A wrong code is a value inside, so that its record becomes durable.
        let step = try await services.database.write { [services] stores -> Step in
            if let wait = try gate.enter(at: now, in: stores) { return .turnedAway(wait) }
            let records = LoginRecords(services: services)
            guard let factor = try stores.secondFactor(of: account.id), factor.confirmedAt != nil,
                let proof = try SecondFactorCheck(vault: services.vault).use(code, of: factor, at: now, in: stores)
            else {
                try records.store(account, .nonMatch, "second_factor_wrong", at: now, in: stores)
                return .wrong
            }
            // Two second steps with one ticket make one session.
            guard try stores.deleteLoginTicket(tokenHash: tokenHash) else { throw Refusal.ticketInvalid }
            try gate.succeed(in: stores)
            try records.store(account, .match, proof.rawValue, at: now, in: stores)
            if proof == .recoveryCode {
                try AccountJournal(services: services)
                    .note(.recoveryCodeUsed, of: account.id, by: account.id, at: now, in: stores)
            }
            let opening = SessionOpening(services: services)
            return .opened(try opening.open(account, from: device, replacing: earlier, at: now, in: stores))
        }
        switch step {
        case .opened(let success): return success
        case .wrong: throw Refusal.secondFactorWrong
        case .turnedAway(let wait):
            throw try await LoginRecords(services: services).turnAway(account, wait, at: now)
        }
    }

    private enum Step: Sendable {
        case opened(Success)
        case wrong
        case turnedAway(ThrottleGate.Wait)
    }
}

extension Refusal {
    static let ticketInvalid = Refusal(
        .unauthenticated,
        "login_ticket_invalid",
        ru: "Время на второй шаг входа истекло. Войдите ещё раз.",
        en: "The time for the second step of the login is over. Log in again."
    )

    static let secondFactorWrong = Refusal(
        .unauthenticated,
        "second_factor_wrong",
        ru: "Код не подошёл. Введите новый код из приложения или код восстановления.",
        en: "The code is not right. Enter a new code from the app, or a recovery code."
    )
}
