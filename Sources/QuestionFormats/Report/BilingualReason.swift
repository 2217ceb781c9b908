/// Why something is as it is, for people, in the two languages of the service.
public struct BilingualReason: Hashable, Sendable, Codable {
    /// The Russian wording.
    public var ru: String
    /// The English wording.
    public var en: String

    /// Makes a reason from both wordings.
    public init(ru: String, en: String) {
        self.ru = ru
        self.en = en
    }
}
