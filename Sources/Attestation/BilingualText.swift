/// A message for people in the two languages of the service.
///
/// The Russian text is what staff and candidates read; the English one is for administrators and logs.
public struct BilingualText: Hashable, Sendable, Codable {
    /// The Russian wording.
    public var ru: String
    /// The English wording.
    public var en: String

    /// Makes a message from both wordings.
    public init(ru: String, en: String) {
        self.ru = ru
        self.en = en
    }
}
