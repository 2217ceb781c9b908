public import Foundation

/// A login by the institution's provider that has begun and waits for the browser to come back (row A5).
public struct PendingProviderLogin: Hashable, Sendable {
    /// SHA-256 of the `state` parameter, hex.
    public var stateHash: String
    /// The network that it was begun from, as throttles know it.
    public var network: String
    /// What its end is checked against, sealed.
    public var sealedContent: Data
    /// When it began.
    public var createdAt: Date

    /// How long it waits, in seconds.
    public static let lifetime: TimeInterval = 600
    /// How many may wait that one network began: the staff of a house behind one address log in at the same hour.
    public static let mostOfNetwork = 256
    /// How many may wait in all.
    public static let most = 8_192

    /// Creates a value.
    public init(stateHash: String, network: String, sealedContent: Data, createdAt: Date) {
        self.stateHash = stateHash
        self.network = network
        self.sealedContent = sealedContent
        self.createdAt = createdAt
    }
}

/// Who somebody is to the institution's provider, and which account is theirs.
///
/// Only issuer and subject together name a person for good (OpenID Connect Core 1.0 §5.7).
public struct ProviderIdentity: Hashable, Sendable {
    /// The provider.
    public var issuer: String
    /// The provider's own identifier of the person.
    public var subject: String
    /// The account.
    public var accountID: UUID
    /// Since when.
    public var linkedAt: Date
    /// The last login by it.
    public var lastUsedAt: Date

    /// Creates a value.
    public init(issuer: String, subject: String, accountID: UUID, linkedAt: Date, lastUsedAt: Date) {
        self.issuer = issuer
        self.subject = subject
        self.accountID = accountID
        self.linkedAt = linkedAt
        self.lastUsedAt = lastUsedAt
    }
}

/// Where logins by the institution's provider are kept while they wait, and whose identities there are.
///
/// All calls run inside one storage transaction and are synchronous; backends pass one contract suite.
public protocol ProviderLoginStore: AnyObject {
    /// How many logins wait that began at a time or later: of one network, or of all (`nil`).
    func countPendingProviderLogins(of network: String?, since: Date) throws -> Int
    /// Adds a login that waits.
    func insertPendingProviderLogin(_ login: PendingProviderLogin) throws
    /// The login that waits under a hash.
    func pendingProviderLogin(stateHash: String) throws -> PendingProviderLogin?
    /// Takes a login out: whoever comes second finds nothing.
    func takePendingProviderLogin(stateHash: String) throws -> PendingProviderLogin?
    /// Forgets logins that began before a time; answers how many.
    func purgePendingProviderLogins(before: Date) throws -> Int

    /// The identity of an issuer's subject.
    func providerIdentity(issuer: String, subject: String) throws -> ProviderIdentity?
    /// The identities of an account, oldest first.
    func providerIdentities(of accountID: UUID) throws -> [ProviderIdentity]
    /// Links an identity that has no account to an account that has none of the same issuer.
    func insertProviderIdentity(_ identity: ProviderIdentity) throws
    /// Forgets the identities of an account.
    func deleteProviderIdentities(of accountID: UUID) throws
    /// Notes a login.
    func touchProviderIdentity(issuer: String, subject: String, at: Date) throws
}
