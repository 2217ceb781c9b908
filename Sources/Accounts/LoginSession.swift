public import Foundation

/// A login session: who holds a token, and until when.
///
/// Only the token's hash is stored, so a copy of the database opens nobody's session (ASVS 5, V7).
public struct LoginSession: Hashable, Sendable {
    /// The identifier by which its holder sees and ends it; it opens nothing.
    public var id: UUID
    /// SHA-256 of the token, hex.
    public var tokenHash: String
    /// Whose session it is.
    public var accountID: UUID
    /// When the login succeeded.
    public var createdAt: Date
    /// The last request seen, to a minute.
    public var lastSeenAt: Date
    /// The end at the latest, whatever happens.
    public var expiresAt: Date
    /// From which network address the login came.
    public var address: String?
    /// What the browser or program called itself, shortened.
    public var userAgent: String?

    /// Creates a session value.
    public init(
        id: UUID,
        tokenHash: String,
        accountID: UUID,
        createdAt: Date,
        lastSeenAt: Date,
        expiresAt: Date,
        address: String? = nil,
        userAgent: String? = nil
    ) {
        self.id = id
        self.tokenHash = tokenHash
        self.accountID = accountID
        self.createdAt = createdAt
        self.lastSeenAt = lastSeenAt
        self.expiresAt = expiresAt
        self.address = address
        self.userAgent = userAgent.map(Self.shortened)
    }

    /// As much of a `User-Agent` as tells one device from another, in characters.
    public static let longestUserAgent = 160

    private static func shortened(_ userAgent: String) -> String {
        String(String.UnicodeScalarView(userAgent.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }))
            .prefix(longestUserAgent).description
    }

    /// How long sessions last, in seconds: staff 8 h or 15 min idle, candidates 12 h
    /// (an exam must not be cut by a login that runs out).
    public static func limits(of roles: Set<Role>) -> (total: TimeInterval, idle: TimeInterval) {
        let hour: TimeInterval = 3600
        return roles.areStaff ? (8 * hour, hour / 4) : (12 * hour, 12 * hour)
    }

    /// Tells whether the session still counts.
    public func isValid(at now: Date, roles: Set<Role>) -> Bool {
        now < expiresAt && now < lastSeenAt.addingTimeInterval(Self.limits(of: roles).idle)
    }
}
