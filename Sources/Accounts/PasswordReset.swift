public import Foundation

/// A one-time code by which somebody sets a new password; staff issue it, and it is shown once (row A2).
public struct PasswordReset: Hashable, Sendable {
    /// For whom.
    public var accountID: UUID
    /// SHA-256 of the code, hex.
    public var codeHash: String
    /// Who issued it; `nil` for the command line.
    public var issuedBy: UUID?
    /// When.
    public var issuedAt: Date
    /// Until when it can be redeemed.
    public var expiresAt: Date

    /// For how long a code can be redeemed, in seconds.
    public static let lifetime: TimeInterval = 86_400

    /// Creates a value.
    public init(accountID: UUID, codeHash: String, issuedBy: UUID?, issuedAt: Date, expiresAt: Date) {
        self.accountID = accountID
        self.codeHash = codeHash
        self.issuedBy = issuedBy
        self.issuedAt = issuedAt
        self.expiresAt = expiresAt
    }

    /// Whether an account of some roles may issue a reset for another one.
    ///
    /// An administrator may for everybody else; who is responsible for technical support may for candidates, never for
    /// staff, whose rights would otherwise be a reset away. Nobody resets their own: a session left open would be enough
    /// to take the account over.
    public static func mayIssue(_ issuer: Account, for other: Account) -> Bool {
        guard issuer.id != other.id, issuer.may(.supportAccounts) else { return false }
        return issuer.roles.contains(.administrator) || !other.roles.areStaff
    }
}
