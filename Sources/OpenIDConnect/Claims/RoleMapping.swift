/// Which claims give which role.
///
/// The first rule that fits decides; where none fits there is no access.
public struct RoleMapping: Hashable, Sendable, Decodable {
    /// The rules in their order.
    public let rules: [RoleRule]

    static let maximumRules = 256

    /// Reads a list of rules.
    ///
    /// - Throws: `DecodingError` where there is none, or more than 256.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        rules = try container.decode([RoleRule].self)
        guard (1...Self.maximumRules).contains(rules.count) else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "must have 1 to \(Self.maximumRules) rules: nobody could log in without"
            )
        }
    }

    /// The role of the first rule that fits.
    func role(for claims: Claims) -> String? {
        rules.first { $0.fits(claims) }?.role
    }
}

/// One rule: where a claim is, or has among its values, `value`, the person has `role`.
public struct RoleRule: Hashable, Sendable {
    /// Which claim.
    public let claim: ClaimPath
    /// The value, exactly; case counts.
    public let value: String
    /// The role's name, as attestd writes it; the caller checks that it knows it.
    public let role: String

    func fits(_ claims: Claims) -> Bool {
        switch claims[claim] {
        case .string(let text)?: text == value
        // Members that are no texts fit nothing, and spoil nothing.
        case .array(let members)?: members.contains(.string(value))
        default: false
        }
    }
}

extension RoleRule: Decodable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case claim, value, role
    }

    /// Reads a rule; all three settings must be there.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.strictContainer(keyedBy: CodingKeys.self)
        claim = try values.decode(ClaimPath.self, forKey: .claim)
        value = try values.decode(String.self, forKey: .value)
        role = try values.decode(String.self, forKey: .role)
        guard !value.isEmpty else { throw values.refusal(.value, "must not be empty") }
        guard !role.isEmpty else { throw values.refusal(.role, "must not be empty") }
    }
}
