import Accounts
import Foundation
import Storage

/// Judges who names a contract and themself: at registration, and when somebody adds another contract to their account.
///
/// Whether the number is unknown, stands for another name, is taken or closed makes no difference to the answer: the
/// register cannot be searched by guessing, and guesses from one network are slowed down.
struct ContractAdmission {
    let services: Services

    init(_ services: Services) {
        self.services = services
    }

    /// The number, where the register admits the name under it now.
    ///
    /// - Throws: `Refusal`.
    func admittedNumber(
        _ text: String,
        name: PersonName,
        from address: String,
        at now: Date
    ) async throws -> ContractNumber {
        guard let number = ContractNumber(text) else { throw Refusal.contractNotAccepted }
        let key = "registration:\(NetworkKey.of(address))"
        // Looked at first: what is blocked must not cost a write.
        if let wait = try await services.database.read({ try $0.throttle(key)?.remainingWait(at: now) }) {
            throw Login.tooMany(wait)
        }
        let admitted = try await services.database.write { stores in
            if let wait = try stores.throttle(key)?.remainingWait(at: now) { throw Login.tooMany(wait) }
            if try stores.contract(number)?.verdict(for: name) == .admitted { return true }
            let failed = Throttle.afterFailure(try stores.throttle(key), at: now, rule: .address)
            try stores.setThrottle(failed, for: key)
            return false
        }
        guard admitted else { throw Refusal.contractNotAccepted }
        return number
    }
}

extension Refusal {
    static let contractNotAccepted = Refusal(
        .unprocessable,
        "contract_not_accepted",
        ru: "Договор с таким номером и именем не найден или по нему уже есть учётная запись. "
            + "Проверьте номер и написание имени или обратитесь в учебный отдел.",
        en: "There is no contract with this number and name, or it has its account already. "
            + "Check the number and the spelling of the name, or ask the study office."
    )
}
