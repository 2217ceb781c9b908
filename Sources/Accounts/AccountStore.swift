public import Foundation

/// Where accounts, contracts, login sessions and throttles are kept.
///
/// All calls run inside one storage transaction and are synchronous; backends pass one contract suite.
public protocol AccountStore: AnyObject {
    /// The contract of a number.
    func contract(_ number: ContractNumber) throws -> Contract?
    /// The contracts bound to an account, oldest first.
    func contracts(of accountID: UUID) throws -> [Contract]
    /// Adds a contract or replaces name and birthday of one that has no account yet; tells what happened.
    func importContract(_ contract: Contract) throws -> ContractImport
    /// Binds an account to a contract that has none.
    func bindContract(_ number: ContractNumber, to accountID: UUID) throws

    /// The account of an identifier.
    func account(_ id: UUID) throws -> Account?
    /// The account of a login.
    func account(email: EmailAddress) throws -> Account?
    /// Adds an account.
    func insertAccount(_ account: Account) throws
    /// Replaces the account's roles.
    func setRoles(_ roles: Set<Role>, of accountID: UUID) throws
    /// Replaces the password's hash (rehash on login, password change).
    func updatePassword(of account: Account) throws

    /// The login session of a token's hash.
    func loginSession(tokenHash: String) throws -> LoginSession?
    /// Adds a login session.
    func insertLoginSession(_ session: LoginSession) throws
    /// Notes that the session was used.
    func touchLoginSession(tokenHash: String, at: Date) throws
    /// Ends a session; ending one that is not there is no error.
    func deleteLoginSession(tokenHash: String) throws

    /// Forgets sessions that have ended and throttles that are forgiven; answers how many rows went.
    func purgeSessionsAndThrottles(at now: Date) throws -> Int

    /// The throttle of a key, such as `account:<id>` or `address:<ip>`.
    func throttle(_ key: String) throws -> Throttle?
    /// Stores a throttle, or forgets it (`nil`).
    func setThrottle(_ throttle: Throttle?, for key: String) throws
}

/// What importing one contract did.
public enum ContractImport: String, Hashable, Sendable {
    /// It is new.
    case added
    /// It was there with another name and without an account: the name was replaced.
    case corrected
    /// It was there just so.
    case unchanged
    /// It has an account under another name: a person must look.
    case refused
}
