/// The institution's OpenID Connect provider, and what this service is to it (row A5).
///
/// Decoded from the configuration file with the key strategy `convertFromSnakeCase`; keys that nobody knows are refused.
public struct ProviderConfiguration: Sendable {
    /// The provider's issuer identifier, exactly as its discovery document writes it.
    public let issuer: String
    /// What the provider calls this service.
    public let clientID: String
    /// The file with the client secret; without one this is a public client, held by PKCE alone.
    public let clientSecretFile: String?
    /// Where the provider sends the browser back to; registered there exactly so.
    public let redirectURI: String
    /// What is asked for; `openid` is always among it.
    public let scopes: [String]
    /// Which claims say who somebody is.
    public let claims: ClaimNames
    /// Which claims give which role; the first rule that fits decides.
    public let roles: RoleMapping
    /// Whether an e-mail address counts that the provider does not call verified.
    public let trustsUnverifiedEmail: Bool
    /// Whether claims that the ID token lacks are asked for at the UserInfo endpoint.
    public let asksUserInfo: Bool
    /// Further audiences that an ID token may have beside this client.
    public let trustedAudiences: [String]
    /// How long ago, in seconds, a person may have typed the password; then the provider asks again.
    public let maximumAge: Int?
    /// What the provider must ask the person for each time.
    public let prompt: Prompt?
    /// A file of PEM certificates to trust instead of the system's, for an institution's own authority.
    public let certificateFile: String?

    let issuerURL: EndpointURL

    /// OpenID Connect Core 1.0 §3.1.2.1; `none` is left out: somebody who logs in may be asked.
    public enum Prompt: String, Hashable, Sendable, Decodable {
        /// Log in again.
        case login
        /// Choose an account.
        case selectAccount = "select_account"
        /// Consent again.
        case consent
    }
}

extension ProviderConfiguration: Decodable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case issuer, clientId, clientSecretFile, redirectUri, scopes, claims, roles, trustUnverifiedEmail, askUserInfo,
            trustedAudiences, maxAgeSeconds, prompt, certificateFile
    }

    /// Reads and checks the settings.
    ///
    /// - Throws: `DecodingError` that names the setting.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.strictContainer(keyedBy: CodingKeys.self)
        issuer = try values.decode(String.self, forKey: .issuer)
        guard let url = EndpointURL(issuer), !url.hasQuery else {
            throw values.refusal(.issuer, "must be an https address without query (http for this machine only)")
        }
        issuerURL = url
        clientID = try values.decode(String.self, forKey: .clientId)
        guard (1...255).contains(clientID.utf8.count), clientID.utf8.allSatisfy({ (0x20...0x7e).contains($0) }) else {
            throw values.refusal(.clientId, "must be 1 to 255 visible ASCII characters")
        }
        clientSecretFile = try values.decodeIfPresent(String.self, forKey: .clientSecretFile)
        redirectURI = try values.decode(String.self, forKey: .redirectUri)
        guard EndpointURL(redirectURI) != nil else {
            throw values.refusal(.redirectUri, "must be an https address (http for this machine only)")
        }
        scopes = try values.decodeIfPresent([String].self, forKey: .scopes) ?? ["openid", "profile", "email"]
        guard scopes.contains("openid"), scopes.count <= 32, scopes.allSatisfy(Self.isScopeToken) else {
            throw values.refusal(.scopes, "must be scope names (RFC 6749 section 3.3), openid among them")
        }
        claims = try values.decodeIfPresent(ClaimNames.self, forKey: .claims) ?? ClaimNames()
        roles = try values.decode(RoleMapping.self, forKey: .roles)
        trustsUnverifiedEmail = try values.decodeIfPresent(Bool.self, forKey: .trustUnverifiedEmail) ?? false
        asksUserInfo = try values.decodeIfPresent(Bool.self, forKey: .askUserInfo) ?? true
        trustedAudiences = try values.decodeIfPresent([String].self, forKey: .trustedAudiences) ?? []
        maximumAge = try values.decodeIfPresent(Int.self, forKey: .maxAgeSeconds)
        guard maximumAge.map((0...31_536_000).contains) ?? true else {
            throw values.refusal(.maxAgeSeconds, "must be 0 to 31536000")
        }
        prompt = try values.decodeIfPresent(Prompt.self, forKey: .prompt)
        certificateFile = try values.decodeIfPresent(String.self, forKey: .certificateFile)
    }

    private static func isScopeToken(_ text: String) -> Bool {
        (1...128).contains(text.utf8.count)
            && text.utf8.allSatisfy {
                (0x21...0x7e).contains($0) && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
            }
    }
}
