import Foundation

/// Tells the format of a file by its content, never by its name.
enum FormatSniffer {
    /// What kind of file it is before it is read.
    enum Family: Equatable {
        case archive
        case xml
        case gift(TextEncoding)
        case aiken(TextEncoding)
    }

    /// - Throws: ``FileRefusal`` for an empty file, or one of no known kind.
    static func family(_ source: ByteSource) throws -> Family {
        let next = try source.open()
        var head: [UInt8] = []
        while head.count < 4096, let piece = try next() { head += piece }
        guard !head.isEmpty else {
            throw FileRefusal(.unknownFormat, ru: "Файл пуст.", en: "The file is empty.")
        }
        if head.starts(with: [0x50, 0x4B, 0x03, 0x04]) || head.starts(with: [0x50, 0x4B, 0x05, 0x06]) {
            return .archive
        }
        if let name = try ForeignContent.name(head, source) {
            throw FileRefusal(
                .unknownFormat,
                ru: "Это файл \(name), а не файл вопросов: нужен GIFT, Aiken, Moodle XML или QTI.",
                en: "This is a file of \(name), not one of questions: GIFT, Aiken, Moodle XML or QTI is needed."
            )
        }
        if isXML(head) { return .xml }
        let encoding = try TextEncoding.detect(source)
        return try isAiken(source, encoding) ? .aiken(encoding) : .gift(encoding)
    }

    private static func isXML(_ head: [UInt8]) -> Bool {
        var bytes = head[...]
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { bytes = bytes.dropFirst(2) }
        // Zero bytes are the other halves of UTF-16.
        let ascii = bytes.lazy.filter { $0 != 0 }.drop { $0 == 0x20 || (0x09...0x0D).contains($0) }.prefix(2)
        guard ascii.first == UInt8(ascii: "<"), let second = ascii.dropFirst().first else { return false }
        // A GIFT file may begin with HTML in a question, but it has no letters of a whole document's root.
        if second == UInt8(ascii: "?") || second == UInt8(ascii: "!") { return true }
        let text = String(decoding: bytes.prefix(512).filter { $0 != 0 }, as: UTF8.self).lowercased()
        return ["<quiz", "assessmentitem", "assessment-item", "assessmenttest", "assessment-test"].contains {
            text.contains($0)
        }
    }

    /// Whether the beginning has lettered options with an answer line, and no braces.
    private static func isAiken(_ source: ByteSource, _ encoding: TextEncoding) throws -> Bool {
        let lines = try LineReader(source, encoding: encoding)
        var options = 0
        var answers = 0
        var texts = 0
        var braces = false
        var seen = 0
        while seen < 2000, let line = try lines.line() {
            seen += 1
            let text = String(decoding: line.trimmed.prefix(400), as: UTF8.self)
            if text.isEmpty || text.hasPrefix("//") { continue }
            texts += 1
            if text.hasPrefix("::") || text.hasPrefix("$CATEGORY:") { return false }
            if AikenItem.option(text) != nil { options += 1 } else if AikenItem.answer(text) != nil { answers += 1 }
            if text.contains("{"), !text.contains("\\{") { braces = true }
        }
        guard texts > 0 else {
            throw FileRefusal(
                .unknownFormat,
                ru: "В файле нет текста вопросов.",
                en: "There is no text of questions in the file."
            )
        }
        if answers > 0 && options > 0 { return true }
        guard braces || (options < 2 && answers == 0) else { return true }
        guard braces else {
            throw FileRefusal(
                .unknownFormat,
                ru: "Это не GIFT, не Aiken, не Moodle XML и не пакет QTI.",
                en: "This is neither GIFT, Aiken, Moodle XML nor a QTI package."
            )
        }
        return false
    }
}
