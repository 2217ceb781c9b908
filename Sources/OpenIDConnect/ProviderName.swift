import StrictDecoding

/// What the log-in page calls the provider, in the languages of the interface.
public struct ProviderName: Hashable, Sendable {
    /// Russian.
    public let russian: String
    /// English.
    public let english: String

    /// What fits every institution.
    public init() {
        russian = "Учётная запись организации"
        english = "The institution's account"
    }
}

extension ProviderName: Decodable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case ru, en
    }

    /// Reads both names, each of 1 to 100 characters.
    ///
    /// - Throws: `DecodingError` that names the setting.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.strictContainer(keyedBy: CodingKeys.self)
        func name(_ key: CodingKeys) throws -> String {
            let text = try values.decode(String.self, forKey: key)
            guard (1...100).contains(text.count) else { throw values.refusal(key, "must have 1 to 100 characters") }
            return text
        }
        russian = try name(.ru)
        english = try name(.en)
    }
}
