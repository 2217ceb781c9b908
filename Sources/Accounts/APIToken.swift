public import Foundation

/// A token by which another program, such as a learning management system, uses the API in its issuer's name.
///
/// It has the rights in its scopes as long as the issuer has them too. Only its hash is stored.
public struct APIToken: Hashable, Sendable {
    /// The identifier (UUIDv7).
    public var id: UUID
    /// SHA-256 of the token's text, hex.
    public var tokenHash: String
    /// In whose name it acts.
    public var issuerID: UUID
    /// What it is for.
    public var name: String
    /// What it may do at most.
    public var scopes: Set<Permission>
    /// When it was issued.
    public var createdAt: Date
    /// Until when it holds.
    public var expiresAt: Date
    /// When it was last used, to a minute.
    public var lastUsedAt: Date?

    /// How long a token may hold at most, in seconds.
    public static let longestLifetime: TimeInterval = 366 * 86_400

    /// Creates a value.
    public init(
        id: UUID,
        tokenHash: String,
        issuerID: UUID,
        name: String,
        scopes: Set<Permission>,
        createdAt: Date,
        expiresAt: Date,
        lastUsedAt: Date? = nil
    ) {
        self.id = id
        self.tokenHash = tokenHash
        self.issuerID = issuerID
        self.name = name
        self.scopes = scopes
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.lastUsedAt = lastUsedAt
    }

    /// Whether it still acts for its issuer: who is disabled, or may no longer issue tokens, has none that hold.
    public func isValid(at now: Date, issuer: Account) -> Bool {
        now < expiresAt && issuer.disabledAt == nil && issuer.may(.manageAPITokens)
    }
}
