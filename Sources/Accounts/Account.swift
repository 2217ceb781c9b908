public import Cryptography
public import Foundation

/// A person's account.
public struct Account: Sendable {
    /// The identifier (UUIDv7); the pseudonym under which logs and the identification log know the person.
    public var id: UUID
    /// The login.
    public var email: EmailAddress
    /// The person's name.
    public var name: PersonName
    /// What the account may do.
    public var roles: Set<Role>
    /// The password's hash (Argon2id).
    public var password: PasswordHash
    /// When it was made.
    public var createdAt: Date
    /// Since when nobody can log in with it; its records stay.
    public var disabledAt: Date?

    /// Creates an account value; storing it is the store's matter.
    public init(
        id: UUID,
        email: EmailAddress,
        name: PersonName,
        roles: Set<Role>,
        password: PasswordHash,
        createdAt: Date,
        disabledAt: Date? = nil
    ) {
        self.id = id
        self.email = email
        self.name = name
        self.roles = roles
        self.password = password
        self.createdAt = createdAt
        self.disabledAt = disabledAt
    }

    /// Whether the account has a right.
    public func may(_ permission: Permission) -> Bool { permission.isGranted(to: roles) }
}
