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
        by browser: LoginBrowser = LoginBrowser()
    ) async throws -> Success {
        let now = services.now()
        guard let token = try? SessionToken(text: text) else { throw Refusal.ticketInvalid }
        let tokenHash = token.hashedForStorage.hex
        let (account, known) = try await services.database.read { stores -> (Account?, KnownDevice?) in
            guard let ticket = try stores.loginTicket(tokenHash: tokenHash), now < ticket.expiresAt else {
                return (nil, nil)
            }
            let account = try stores.account(ticket.accountID)
            return (account, try KnownDevices.find(browser.device, of: account, at: now, in: stores))
        }
        guard let account, account.disabledAt == nil else { throw Refusal.ticketInvalid }
        let key = "second-factor:\(account.id.lowercased)"
        let gate =
            known.map { ThrottleGate(key, .secondFactor, of: $0) }
            ?? ThrottleGate(key, .secondFactor, from: device.address)
        // A wrong code is a value inside, so that its record becomes durable.
        let step = try await services.database.write { [services] stores -> Step in
            if let wait = try gate.enter(at: now, in: stores) { return .turnedAway(wait) }
            let records = LoginRecords(services: services)
            guard let factor = try stores.secondFactor(of: account.id), factor.confirmedAt != nil,
                let proof = try SecondFactorCheck(vault: services.vault).use(code, of: factor, at: now, in: stores)
            else {
                try gate.fail(in: stores)
                try records.store(account, .nonMatch, "second_factor_wrong", from: device, at: now, in: stores)
                return .wrong
            }
            // Two second steps with one ticket make one session.
            guard try stores.deleteLoginTicket(tokenHash: tokenHash) else { throw Refusal.ticketInvalid }
            try gate.succeed(in: stores)
            try records.store(account, .match, proof.rawValue, from: device, at: now, in: stores)
            if proof == .recoveryCode {
                try AccountJournal(services: services)
                    .note(.recoveryCodeUsed, of: account.id, by: account.id, at: now, in: stores)
            }
            let opening = SessionOpening(services: services)
            return .opened(try opening.open(account, from: device, by: browser, at: now, in: stores))
        }
        switch step {
        case .opened(let success): return success
        case .wrong: throw Refusal.secondFactorWrong
        case .turnedAway(let wait):
            throw try await LoginRecords(services: services).turnAway(account, wait, from: device, at: now)
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
