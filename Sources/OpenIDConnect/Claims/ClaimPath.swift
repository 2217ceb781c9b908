/// Where a claim lies: its name, or the names of the objects around it and then its own.
///
/// In the configuration `"realm_access.roles"`, or `["https://id.example.edu/roles"]` for names that have dots.
public struct ClaimPath: Hashable, Sendable, Decodable {
    let names: [String]

    static let maximumDepth = 8

    /// Reads a text, split at its dots, or a list of names.
    ///
    /// - Throws: `DecodingError` where a name is empty or there are more than 8.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let text = try? container.decode(String.self) {
            names = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        } else {
            names = try container.decode([String].self)
        }
        guard (1...Self.maximumDepth).contains(names.count), names.allSatisfy({ !$0.isEmpty }) else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "must be a claim's name, with dots or as a list for nested ones"
            )
        }
    }

    init(_ names: String...) {
        self.names = names
    }
}
