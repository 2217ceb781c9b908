public import Foundation

/// What kind of file some bytes are, told by the bytes and never by a name, as far as questions ask for kinds of files.
public enum ContentKind: Hashable, Sendable, CaseIterable {
    case jpeg, png, gif, webp, pdf
    /// A zip archive; documents of office programs are such too.
    case zip
    /// A document of an older office program (Compound File Binary Format).
    case compound
    /// Rich Text Format.
    case rtf
    /// Anything else.
    case other

    /// Looks at the first bytes.
    public init(_ bytes: Data) {
        let known: [(ContentKind, [UInt8])] = [
            (.jpeg, [0xFF, 0xD8, 0xFF]), (.png, [0x89, 0x50, 0x4E, 0x47]), (.gif, Array("GIF8".utf8)),
            (.pdf, Array("%PDF-".utf8)), (.zip, [0x50, 0x4B, 3, 4]), (.zip, [0x50, 0x4B, 5, 6]),
            (.compound, [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]), (.rtf, Array("{\\rtf".utf8)),
        ]
        if let kind = known.first(where: { bytes.starts(with: $0.1) })?.0 {
            self = kind
        } else {
            let isWebP = bytes.starts(with: Array("RIFF".utf8)) && bytes.dropFirst(8).starts(with: Array("WEBP".utf8))
            self = isWebP ? .webp : .other
        }
    }

    /// Whether a question that accepts some types accepts these bytes.
    ///
    /// - Parameter types: suffixes (`.pdf`), Moodle's groups (`image`) or media types; empty for any.
    public func isAccepted(by types: [String]) -> Bool {
        let wanted = types.map { $0.lowercased() }.filter { !$0.isEmpty && $0 != "*" && $0 != "*/*" }
        guard !wanted.isEmpty else { return true }
        // Text and programs have no signature: they may be what a type says that no signature stands for.
        guard self != .other else { return !wanted.allSatisfy { Self.recognisable.contains($0) } }
        return !names.isDisjoint(with: wanted)
    }

    private static let recognisable = allCases.reduce(into: Set<String>()) { $0.formUnion($1.names) }
        .subtracting(["document", "spreadsheet", "presentation", "archive"])

    /// How types call it.
    private var names: Set<String> {
        let images: Set<String> = ["image", "image/*", "web_image", "optimised_image", "web_file"]
        switch self {
        case .jpeg: return images.union([".jpg", ".jpeg", ".jpe", "image/jpeg"])
        case .png: return images.union([".png", "image/png"])
        case .gif: return images.union([".gif", "image/gif"])
        case .webp: return images.union([".webp", "image/webp"])
        case .pdf: return [".pdf", "application/pdf", "document"]
        case .rtf: return [".rtf", "application/rtf", "text/rtf", "document"]
        case .compound:
            return [
                ".doc", ".xls", ".ppt", "application/msword", "application/vnd.ms-excel",
                "application/vnd.ms-powerpoint", "document", "spreadsheet", "presentation",
            ]
        case .zip: return Self.archives
        case .other: return []
        }
    }

    private static let archives: Set<String> = {
        let office = "application/vnd.openxmlformats-officedocument."
        let open = "application/vnd.oasis.opendocument."
        return [
            ".zip", ".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".epub", "application/zip",
            "application/epub+zip", office + "wordprocessingml.document", office + "spreadsheetml.sheet",
            office + "presentationml.presentation", open + "text", open + "spreadsheet", open + "presentation",
            "archive", "document", "spreadsheet", "presentation",
        ]
    }()
}
