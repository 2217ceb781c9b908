/// Which claims say who somebody is; the standard's own names (OpenID Connect Core 1.0 §5.1) unless said otherwise.
public struct ClaimNames: Hashable, Sendable {
    var email = ClaimPath("email")
    var emailVerified = ClaimPath("email_verified")
    var givenName = ClaimPath("given_name")
    var familyName = ClaimPath("family_name")
    var middleName = ClaimPath("middle_name")

    /// The standard's names.
    public init() {}
}

extension ClaimNames: Decodable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case email, emailVerified, givenName, familyName, middleName
    }

    /// Reads the names that differ from the standard's.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.strictContainer(keyedBy: CodingKeys.self)
        email = try values.decodeIfPresent(ClaimPath.self, forKey: .email) ?? email
        emailVerified = try values.decodeIfPresent(ClaimPath.self, forKey: .emailVerified) ?? emailVerified
        givenName = try values.decodeIfPresent(ClaimPath.self, forKey: .givenName) ?? givenName
        familyName = try values.decodeIfPresent(ClaimPath.self, forKey: .familyName) ?? familyName
        middleName = try values.decodeIfPresent(ClaimPath.self, forKey: .middleName) ?? middleName
    }
}
