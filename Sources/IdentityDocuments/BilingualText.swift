/// A text for people in both languages of the interface.
public struct BilingualText: Hashable, Sendable, Codable {
    /// In Russian.
    public var ru: String
    /// In English.
    public var en: String

    /// Makes a text.
    public init(ru: String, en: String) {
        self.ru = ru
        self.en = en
    }
}
