package import Accounts
package import Foundation
import Storage
import TransparencyLog

/// The register of contracts for those who keep it (row A1): import, search, corrections, closing.
package struct ContractRegister: Sendable {
    let services: Services

    /// Creates the workflow.
    package init(_ services: Services) {
        self.services = services
    }

    /// A contract with what was done to it.
    package struct Entry: Sendable {
        package var contract: Contract
        /// Whether the account bound to it carries another name; `false` where none is bound.
        package var isNamedOtherwise: Bool
        /// What staff did to it, oldest first.
        package var changes: [ContractChange]
    }

    /// The contracts that a filter lets through, in the order of names.
    package func contracts(_ filter: ContractFilter) async throws -> [Contract] {
        try await services.database.read { try $0.contracts(filter) }
    }

    /// One contract.
    ///
    /// - Throws: `Refusal` where there is none such.
    package func contract(_ id: UUID) async throws -> Entry {
        try await services.database.read { try Self.entry(id, in: $0) }
    }

    /// Corrects the name and the birthday of a contract.
    ///
    /// The name of a bound account follows: it came from the contract, further contracts are matched with it, and a
    /// correction that left it would split the person in two. Other contracts of the account keep their name and are
    /// told as such; what is recorded already stays as it was recorded.
    /// - Throws: `Refusal`.
    package func correct(
        _ id: UUID,
        name: PersonName,
        birthDate: CalendarDay?,
        reason: String,
        by principal: Principal
    ) async throws -> Entry {
        try Registration.check(name)
        return try await change(id, .corrected, reason: reason, by: principal) { contract, _, stores in
            if let accountID = contract.accountID, name != contract.name { try stores.setName(name, of: accountID) }
            (contract.name, contract.birthDate) = (name, birthDate)
        }
    }

    /// Closes a contract: it opens no account, and starts no attempts unless its holder has another one.
    ///
    /// - Throws: `Refusal`.
    package func close(_ id: UUID, reason: String, by principal: Principal) async throws -> Entry {
        try await change(id, .closed, reason: reason, by: principal) { contract, now, _ in
            guard contract.closedAt == nil else {
                throw Refusal(
                    .conflict,
                    "contract_closed",
                    ru: "Договор уже закрыт.",
                    en: "The contract is closed already."
                )
            }
            contract.closedAt = now
        }
    }

    /// Opens a contract again that was closed by mistake.
    ///
    /// - Throws: `Refusal`.
    package func reopen(_ id: UUID, reason: String, by principal: Principal) async throws -> Entry {
        try await change(id, .reopened, reason: reason, by: principal) { contract, _, _ in
            guard contract.closedAt != nil else {
                throw Refusal(
                    .conflict,
                    "contract_open",
                    ru: "Договор не закрыт.",
                    en: "The contract is not closed."
                )
            }
            contract.closedAt = nil
        }
    }

    private func change(
        _ id: UUID,
        _ kind: ContractChange.Kind,
        reason: String,
        by principal: Principal,
        _ body: @escaping @Sendable (inout Contract, Date, any Stores) throws -> Void
    ) async throws -> Entry {
        let now = services.now()
        return try await services.database.write { [services] stores in
            guard let before = try stores.contract(id: id) else { throw Refusal.unknownContract }
            var contract = before
            try body(&contract, now, stores)
            let change = ContractChange(
                id: services.makeID(at: now),
                contractID: id,
                kind: kind,
                reason: reason,
                nameBefore: before.name,
                birthDateBefore: before.birthDate,
                by: principal.id,
                at: now
            )
            try stores.updateContract(contract, noting: change)
            try AccountJournal(services: services).note(
                .contractChanged,
                of: contract.accountID,
                by: principal.id,
                at: now,
                facts: ["contract": .string(id.lowercased), "change": .string(kind.rawValue)],
                personal: ["before": before.name.displayed, "after": contract.name.displayed, "reason": reason],
                in: stores
            )
            return try Self.entry(id, in: stores)
        }
    }

    private static func entry(_ id: UUID, in stores: any Stores) throws -> Entry {
        guard let contract = try stores.contract(id: id) else { throw Refusal.unknownContract }
        let holder = try contract.accountID.flatMap { try stores.account($0) }
        return Entry(
            contract: contract,
            isNamedOtherwise: holder.map { !$0.name.matches(contract.name) } ?? false,
            changes: try stores.contractChanges(of: id)
        )
    }
}

extension Refusal {
    static let unknownContract = notFound(
        "contract_unknown",
        ru: "Такого договора в реестре нет.",
        en: "There is no such contract in the register."
    )
}
