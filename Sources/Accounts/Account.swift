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
    public var role: Role
    /// The password's hash (Argon2id).
    public var password: PasswordHash
    /// When it was made.
    public var createdAt: Date

    /// Creates an account value; storing it is the store's matter.
    public init(
        id: UUID,
        email: EmailAddress,
        name: PersonName,
        role: Role,
        password: PasswordHash,
        createdAt: Date
    ) {
        self.id = id
        self.email = email
        self.name = name
        self.role = role
        self.password = password
        self.createdAt = createdAt
    }
}
