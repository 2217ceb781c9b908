/// Why an archive as a whole is not read, or could not be written.
public struct ArchiveRefusal: Error, Hashable, Sendable {
    /// Why, as a stable code.
    public enum Code: String, Hashable, Sendable {
        /// It is damaged.
        case damaged
        /// Its entries unpack to too much.
        case bomb
        /// A name leaves its folder, stands twice or is no name.
        case unsafeName
        /// Links, devices, encrypted entries or archives inside.
        case unsafeEntry
        /// It could not be written.
        case unwritable
    }

    /// Why, as a stable code.
    public let code: Code
    /// The file inside, where there is one; at most 200 characters of its name.
    public let file: String?
    /// Why, in Russian.
    public let ru: String
    /// Why, in English.
    public let en: String

    init(_ code: Code, file: String? = nil, ru: String, en: String) {
        self.code = code
        self.file = file.map { String($0.prefix(200)) }
        self.ru = ru
        self.en = en
    }
}
