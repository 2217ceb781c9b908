/// A person's name in its parts, in Cyrillic or Latin letters.
public struct HolderName: Hashable, Sendable, Codable {
    /// Family name.
    public var surname: String
    /// Given name or names.
    public var givenName: String
    /// Patronymic, where the person has one.
    public var patronymic: String?

    /// Makes a name.
    public init(surname: String, givenName: String, patronymic: String? = nil) {
        self.surname = surname
        self.givenName = givenName
        self.patronymic = patronymic?.isEmpty == true ? nil : patronymic
    }
}
