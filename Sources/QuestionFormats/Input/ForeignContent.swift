import Foundation

/// What some files are that are no files of questions, told by their first bytes: without this their braces would be
/// taken for those of GIFT.
enum ForeignContent {
    /// The most bytes of a file that are looked at to tell whether it is JSON.
    private static let jsonLimit = 4 << 20

    /// What a file is called; nil where it may be a file of questions.
    ///
    /// - Parameter head: its first bytes.
    static func name(_ head: [UInt8], _ source: ByteSource) throws -> String? {
        if let known = signatures.first(where: { head.starts(with: $0.bytes) }) { return known.name }
        var text = head[...]
        if text.starts(with: [0xEF, 0xBB, 0xBF]) { text = text.dropFirst(3) }
        text = text.drop { $0 == 0x20 || (0x09...0x0D).contains($0) }
        let start = String(decoding: text.prefix(200), as: UTF8.self).lowercased()
        if start.hasPrefix("<!doctype html") || start.hasPrefix("<html") { return "HTML" }
        if start.hasPrefix("---\n") || start.hasPrefix("---\r\n") { return "YAML" }
        guard let first = text.first, first == UInt8(ascii: "{") || first == UInt8(ascii: "[") else { return nil }
        return try isJSON(text, source) ? "JSON" : nil
    }

    /// Whether a text that begins with a bracket or a brace is JSON, or was meant to be: `[html]` begins a question.
    private static func isJSON(_ text: ArraySlice<UInt8>, _ source: ByteSource) throws -> Bool {
        let inside = text.dropFirst().drop { $0 == 0x20 || (0x09...0x0D).contains($0) }.first
        let isObject = text.first == UInt8(ascii: "{")
        if inside == UInt8(ascii: "\"") { return true }
        if !isObject, inside == UInt8(ascii: "{") || inside == UInt8(ascii: "[") { return true }
        guard let whole = try? source.all(limit: jsonLimit) else { return false }
        return (try? JSONSerialization.jsonObject(with: Data(whole))) != nil
    }

    private static let signatures: [(bytes: [UInt8], name: String)] = [
        (Array("%PDF-".utf8), "PDF"), (Array("{\\rtf".utf8), "RTF"), ([0x89, 0x50, 0x4E, 0x47], "PNG"),
        ([0xFF, 0xD8, 0xFF], "JPEG"), (Array("GIF87a".utf8), "GIF"), (Array("GIF89a".utf8), "GIF"),
        ([0x1F, 0x8B], "gzip"), ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], "7z"), (Array("Rar!".utf8), "RAR"),
        ([0xD0, 0xCF, 0x11, 0xE0], "DOC, XLS"), ([0x7F, 0x45, 0x4C, 0x46], "ELF"), (Array("BZh".utf8), "bzip2"),
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A], "xz"),
    ]
}
