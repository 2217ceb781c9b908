import QuestionBank

/// GIFT text in which an escaped character can be told from one that has a meaning.
///
/// Each unit is a byte of UTF-8; a character that stood behind a backslash has ``literal`` set, so that a search for
/// `=` does not find `\=`. All characters with a meaning are ASCII, so bytes are enough and cheap.
typealias GIFTText = ArraySlice<UInt16>

enum GIFTUnit {
    /// Marks a unit that stood behind a backslash.
    static let literal: UInt16 = 0x100

    static let hash = UInt16(UInt8(ascii: "#"))
    static let equals = UInt16(UInt8(ascii: "="))
    static let tilde = UInt16(UInt8(ascii: "~"))
    static let colon = UInt16(UInt8(ascii: ":"))
    static let percent = UInt16(UInt8(ascii: "%"))
    static let openBrace = UInt16(UInt8(ascii: "{"))
    static let closeBrace = UInt16(UInt8(ascii: "}"))
    static let openBracket = UInt16(UInt8(ascii: "["))
    static let closeBracket = UInt16(UInt8(ascii: "]"))
    static let hyphen = UInt16(UInt8(ascii: "-"))
    static let greater = UInt16(UInt8(ascii: ">"))
    static let asterisk = UInt16(UInt8(ascii: "*"))
    static let period = UInt16(UInt8(ascii: "."))
    static let newline = UInt16(UInt8(ascii: "\n"))

    /// Appends the units of one line, with its escapes resolved.
    ///
    /// `\~ \= \# \{ \} \:` stand for the character, `\\` for a backslash, `\n` for a line break; any other backslash
    /// is itself, as TeX formulas need.
    static func append(line bytes: ArraySlice<UInt8>, to units: inout [UInt16]) {
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let byte = bytes[index]
            index += 1
            guard byte == UInt8(ascii: "\\"), index < bytes.endIndex else {
                units.append(UInt16(byte))
                continue
            }
            switch bytes[index] {
            case UInt8(ascii: "~"), UInt8(ascii: "="), UInt8(ascii: "#"), UInt8(ascii: "{"), UInt8(ascii: "}"),
                UInt8(ascii: ":"), UInt8(ascii: "\\"):
                units.append(UInt16(bytes[index]) | literal)
                index += 1
            case UInt8(ascii: "n"):
                units.append(newline | literal)
                index += 1
            default:
                units.append(UInt16(byte))
            }
        }
    }

    static func isSpace(_ unit: UInt16) -> Bool {
        let byte = unit & 0xFF
        return byte == 0x20 || (0x09...0x0D).contains(byte)
    }
}

extension GIFTText {
    /// The text without white space at its ends.
    var trimmed: GIFTText {
        var start = startIndex
        var end = endIndex
        while start < end, GIFTUnit.isSpace(self[start]) { start += 1 }
        while end > start, GIFTUnit.isSpace(self[end - 1]) { end -= 1 }
        return self[start..<end]
    }

    /// The characters meant.
    var string: String {
        String(decoding: map { UInt8(truncatingIfNeeded: $0) }, as: UTF8.self)
    }

    /// The characters meant on one line, for titles.
    var line: String {
        trimmed.split(whereSeparator: { $0 & 0xFF == GIFTUnit.newline }).map { GIFTText($0).trimmed.string }
            .joined(separator: " ")
    }

    /// Where two units stand next to each other, at or after `start`.
    func firstPair(_ first: UInt16, _ second: UInt16, from start: Int? = nil) -> Int? {
        var index = start ?? startIndex
        while index + 1 < endIndex {
            if self[index] == first, self[index + 1] == second { return index }
            index += 1
        }
        return nil
    }

    /// The parts before and after the first `unit`; nil when there is none.
    func cut(at unit: UInt16) -> (before: GIFTText, after: GIFTText)? {
        guard let index = firstIndex(of: unit) else { return nil }
        return (self[..<index], self[(index + 1)...])
    }

    /// The text with the format that a prefix such as `[html]` names.
    func formatted(default format: RichText.Format) -> RichText {
        var body = trimmed
        var named = format
        if body.first == GIFTUnit.openBracket,
            let close = body.prefix(12).firstIndex(of: GIFTUnit.closeBracket),
            let known = RichText.Format(gift: body[(body.startIndex + 1)..<close].string.lowercased())
        {
            named = known
            body = body[(close + 1)...].trimmed
        }
        return RichText(body.string, format: named)
    }
}

extension RichText.Format {
    /// The format with a name of GIFT.
    init?(gift name: String) {
        switch name {
        case "html": self = .html
        case "moodle": self = .moodle
        case "plain": self = .plain
        case "markdown": self = .markdown
        default: return nil
        }
    }

    /// The name in GIFT.
    var gift: String { self == .moodle ? "moodle" : rawValue }
}
