public import Foundation

/// Somebody whom the provider has identified and who has access.
public struct ExternalIdentity: Hashable, Sendable {
    /// The provider. Only issuer and subject together name a person for good (OpenID Connect Core 1.0 §5.7): an e-mail
    /// address may be given to somebody else later.
    public let issuer: String
    /// The provider's own identifier of the person, at most 255 ASCII characters; case counts.
    public let subject: String
    /// The e-mail address, as the provider writes it; `nil` where it is not verified.
    public let email: String?
    /// Given name (имя).
    public let givenName: String?
    /// Family name (фамилия).
    public let familyName: String?
    /// Middle name, in Russia the patronymic (отчество).
    public let middleName: String?
    /// The role by the configuration's rules.
    public let role: String
    /// When the person last proved who they are to the provider, where it says so.
    public let authenticatedAt: Date?
}
