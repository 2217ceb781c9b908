import Foundation

/// What was found about an ID token.
enum IDTokenVerdict: Sendable {
    /// It is the provider's, for this client and this login, and of now.
    case accepted(IDToken)
    /// It must not be believed.
    case refused(IDTokenRefusal)
}

/// A believed ID token.
struct IDToken: Hashable, Sendable {
    let subject: String
    /// When the person last proved who they are.
    let authenticatedAt: Date?
    let claims: JSONValue
}

/// Why an ID token is not believed; the name is for logs.
public enum IDTokenRefusal: String, Hashable, Sendable, CaseIterable {
    /// Longer than 32 KiB.
    case tooLong = "too_long"
    /// Encrypted; attestd gives providers no key to encrypt to.
    case encrypted
    /// No JWS in compact form, or its payload no JSON object.
    case malformed
    /// Signed by an algorithm that is not allowed, `none` among them.
    case algorithm
    /// The header asks for something that its reader must understand.
    case criticalHeader = "critical_header"
    /// None of the provider's keys is the one that the token names.
    case unknownKey = "unknown_key"
    /// The signature is another key's, or the token was changed.
    case signature
    /// Another provider's.
    case issuer
    /// For somebody else, or also for somebody who is not trusted.
    case audience
    /// Issued to another client.
    case authorizedParty = "authorized_party"
    /// Its time is over, or not named.
    case expired
    /// Issued in the future, or at no time.
    case issuedAt = "issued_at"
    /// Not valid yet.
    case notYetValid = "not_yet_valid"
    /// For another login.
    case nonce
    /// Beside another access token.
    case accessTokenHash = "access_token_hash"
    /// No subject, or one against the standard.
    case subject
    /// The person proved who they are too long ago, or the token does not say when.
    case authenticationTooOld = "authentication_too_old"
}
