import Archives

/// Why a whole file is not read: it is unsafe, unreadable or none of the formats.
public struct FileRefusal: Error, Hashable, Sendable, Codable {
    /// Why, as a stable code.
    public enum Code: String, Hashable, Sendable, Codable {
        /// The file cannot be opened or read.
        case unreadable
        /// None of the formats.
        case unknownFormat = "unknown_format"
        /// Text in no encoding that is known here.
        case unknownEncoding = "unknown_encoding"
        /// A document type declaration: entities can be bombs, and can fetch files.
        case documentType = "document_type"
        /// An archive that is damaged.
        case damagedArchive = "damaged_archive"
        /// An archive whose entries unpack to too much.
        case archiveBomb = "archive_bomb"
        /// An archive with a name that leaves its folder, stands twice or is no name.
        case unsafeName = "unsafe_name"
        /// An archive with links, devices, encrypted entries or archives inside.
        case unsafeEntry = "unsafe_entry"
        /// A package without its manifest.
        case noManifest = "no_manifest"
        /// Something greater than its limit.
        case tooLarge = "too_large"
    }

    /// Why, as a stable code.
    public var code: Code
    /// The line, where there is one.
    public var line: Int?
    /// The file inside a package, where there is one.
    public var file: String?
    /// Why, for people.
    public var reason: BilingualReason

    init(_ code: Code, line: Int? = nil, file: String? = nil, ru: String, en: String) {
        self.code = code
        self.line = line
        self.file = file
        reason = BilingualReason(ru: ru, en: en)
    }

    /// Why an archive was refused.
    init(_ refusal: ArchiveRefusal) {
        let code: Code =
            switch refusal.code {
            case .damaged: .damagedArchive
            case .bomb: .archiveBomb
            case .unsafeName: .unsafeName
            case .unsafeEntry: .unsafeEntry
            case .unwritable: .unreadable
            }
        self.init(code, file: refusal.file, ru: refusal.ru, en: refusal.en)
    }
}
