public import Foundation

/// An authenticator app as an account's second factor (row A8).
public struct SecondFactor: Hashable, Sendable {
    /// Whose it is.
    public var accountID: UUID
    /// The shared secret, sealed under the person's key.
    public var sealedSecret: Data
    /// When it was set up.
    public var createdAt: Date
    /// When the first code proved that the app has the secret; before, it is asked of nobody.
    public var confirmedAt: Date?
    /// The time step of the last code that counted: no code of this step or an earlier one counts again
    /// (RFC 6238 §5.2).
    public var lastStep: UInt64

    /// Creates a value.
    public init(accountID: UUID, sealedSecret: Data, createdAt: Date, confirmedAt: Date? = nil, lastStep: UInt64 = 0) {
        self.accountID = accountID
        self.sealedSecret = sealedSecret
        self.createdAt = createdAt
        self.confirmedAt = confirmedAt
        self.lastStep = lastStep
    }

    /// How many recovery codes are made with a second factor.
    public static let recoveryCodeCount = 10
}

/// Whether members of staff must have a second factor.
public enum SecondFactorRule: String, Hashable, Sendable, Codable, CaseIterable {
    /// Whoever wants one has one.
    case optional
    /// Without one a login allows nothing but setting one up.
    case required
}

/// What stands between the two steps of a login: the password was right, the second factor is still to come.
///
/// It is no session: nothing else can be done with it.
public struct LoginTicket: Hashable, Sendable {
    /// SHA-256 of the ticket's token, hex.
    public var tokenHash: String
    /// Whose login it is.
    public var accountID: UUID
    /// Until when the second step can be taken.
    public var expiresAt: Date

    /// For how long a ticket holds, in seconds.
    public static let lifetime: TimeInterval = 300

    /// Creates a value.
    public init(tokenHash: String, accountID: UUID, expiresAt: Date) {
        self.tokenHash = tokenHash
        self.accountID = accountID
        self.expiresAt = expiresAt
    }
}
