public import Foundation

/// What staff do with the registers of contracts and accounts: search and change.
///
/// All calls run inside one storage transaction and are synchronous; backends pass one contract suite.
public protocol AccountRegisterStore: AnyObject {
    /// The contract of an identifier.
    func contract(id: UUID) throws -> Contract?
    /// The contracts that a filter lets through, in the order of names.
    func contracts(_ filter: ContractFilter) throws -> [Contract]
    /// Replaces a contract's name, birthday and end, and keeps what was there before.
    func updateContract(_ contract: Contract, noting change: ContractChange) throws
    /// What was done to a contract, oldest first.
    func contractChanges(of contractID: UUID) throws -> [ContractChange]

    /// The accounts that a filter lets through, in the order of names.
    func accounts(_ filter: AccountFilter) throws -> [Account]
    /// Replaces the account's name.
    func setName(_ name: PersonName, of accountID: UUID) throws
    /// Replaces the account's login.
    func setEmail(_ email: EmailAddress, of accountID: UUID) throws
    /// Disables the account (a time) or enables it again (`nil`).
    func setDisabled(at time: Date?, accountID: UUID) throws
    /// How many administrators can log in, one account left out.
    func countActiveAdministrators(besides accountID: UUID) throws -> Int
}
