import StrictDecoding

/// What an ID token says when the provider has asked for a second factor: one of some values of `acr`, or one of some
/// values among `amr` (OpenID Connect Core 1.0 §2, RFC 8176 §2).
///
/// Both mean what the provider makes them mean, so there is no default. UserInfo does not count: it tells of the person,
/// not of this login.
public struct SecondFactorClaims: Hashable, Sendable {
    /// Values of `acr`, exactly; the provider is asked for them.
    public let contexts: Set<String>
    /// Values of `amr`, exactly.
    public let methods: Set<String>

    func isProved(by token: JSONValue) -> Bool {
        if let context = token["acr"]?.text, contexts.contains(context) { return true }
        guard case .array(let used)? = token["amr"] else { return false }
        return used.contains { $0.text.map(methods.contains) ?? false }
    }
}

extension SecondFactorClaims: Decodable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case acr, amr
    }

    /// Reads the values; there must be one.
    ///
    /// - Throws: `DecodingError` that names the setting.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.strictContainer(keyedBy: CodingKeys.self)
        contexts = Set(try values.decodeIfPresent([String].self, forKey: .acr) ?? [])
        methods = Set(try values.decodeIfPresent([String].self, forKey: .amr) ?? [])
        guard !contexts.isEmpty || !methods.isEmpty else {
            throw values.refusal(.acr, "there must be a value of acr or amr")
        }
        for (key, texts) in [(CodingKeys.acr, contexts), (.amr, methods)] where texts.contains("") {
            throw values.refusal(key, "must not have empty values")
        }
        // They are asked for as a list with spaces between.
        guard !contexts.contains(where: { $0.contains(where: \.isWhitespace) }) else {
            throw values.refusal(.acr, "must not have values with spaces")
        }
    }
}
