package import Accounts
import Foundation
import Storage
import TransparencyLog

/// A candidate's own contracts: somebody who studies two programmes has two contracts and one account (row A1).
package struct OwnContracts: Sendable {
    let services: Services

    /// Creates the workflow.
    package init(_ services: Services) {
        self.services = services
    }

    /// The contracts bound to the account, oldest first.
    package func contracts(of principal: Principal) async throws -> [Contract] {
        try await services.database.read { try $0.contracts(of: principal.id) }
    }

    /// Binds a further contract; the name in it must be the account's.
    ///
    /// - Throws: `Refusal`, the same whatever the register says of the number, as at registration.
    package func bind(_ text: String, to principal: Principal, from address: String) async throws -> Contract {
        let now = services.now()
        let name = principal.account.name
        let number = try await ContractAdmission(services).admittedNumber(text, name: name, from: address, at: now)
        return try await services.database.write { [services] stores in
            guard try stores.contract(number)?.verdict(for: name) == .admitted else {
                throw Refusal.contractNotAccepted
            }
            try stores.bindContract(number, to: principal.id)
            guard let contract = try stores.contract(number) else { throw Refusal.contractNotAccepted }
            try AccountJournal(services: services).note(
                .contractBound,
                of: principal.id,
                by: principal.id,
                at: now,
                facts: ["contract": .string(contract.id.lowercased)],
                in: stores
            )
            return contract
        }
    }

    /// Makes sure that somebody has a contract that has not ended. Without one they read what they have, and start
    /// nothing new; what is under way they finish.
    ///
    /// - Throws: `Refusal`.
    static func requireOpenContract(of accountID: UUID, in stores: any Stores) throws {
        guard try stores.contracts(of: accountID).contains(where: { $0.closedAt == nil }) else {
            throw Refusal(
                .conflict,
                "contracts_ended",
                ru: "Срок ваших договоров закончился: новые попытки недоступны. Обратитесь в учебный отдел.",
                en: "Your contracts have ended: no new attempts can be made. Ask the study office."
            )
        }
    }
}
