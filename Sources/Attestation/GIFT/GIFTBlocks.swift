import Foundation

/// One item of a GIFT file: the lines between two blank ones, without comments.
struct GIFTBlock {
    /// The line where it begins, from 1.
    var line = 0
    /// Its text with the escapes resolved.
    var units: [UInt16] = []
    /// The tags in its comments, `[tag:…]`.
    var tags: [String] = []
    /// The identifier in its comments, `[id:…]`.
    var externalID: String?
    /// The category in force.
    var topic = ""
    /// Whether the text exceeded the limit; what came after it was skipped.
    var isTooLarge = false
}

/// Splits a GIFT file into blocks, line by line and in one pass.
struct GIFTBlockReader {
    /// The most bytes one item may have; enough for a picture inside the HTML.
    static let blockLimit = 2 << 20

    private let bytes: [UInt8]
    private var position: Int
    private var lineNumber = 0
    private var topic = ""
    private var pending: ArraySlice<UInt8>?

    init(_ text: String) {
        bytes = Array(text.utf8)
        // A byte-order mark is no part of the text.
        position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    }

    /// The next block with text; nil at the end.
    mutating func next() -> GIFTBlock? {
        var block = GIFTBlock()
        while let line = nextLine() {
            let isEmpty = block.units.isEmpty && !block.isTooLarge
            let body = Self.trimmed(line)
            if body.isEmpty {
                if !isEmpty { break }
                // Comments that stand alone belong to nothing.
                block = GIFTBlock()
            } else if body.starts(with: "//".utf8) {
                Self.readComment(body.dropFirst(2), into: &block)
            } else if body.starts(with: "$CATEGORY:".utf8) {
                // A category ends the item before it even without a blank line, or it would become its text.
                if !isEmpty {
                    pending = line
                    break
                }
                topic = Self.topic(body.dropFirst(10))
            } else {
                if isEmpty { block.line = lineNumber }
                if block.units.count + line.count > Self.blockLimit {
                    block.isTooLarge = true
                } else {
                    GIFTUnit.append(line: line, to: &block.units)
                    block.units.append(GIFTUnit.newline)
                }
            }
        }
        block.topic = topic
        return block.units.isEmpty && !block.isTooLarge ? nil : block
    }

    /// The next line without its end, which may be LF, CRLF or CR.
    private mutating func nextLine() -> ArraySlice<UInt8>? {
        if let line = pending {
            pending = nil
            return line
        }
        guard position < bytes.count else { return nil }
        lineNumber += 1
        let start = position
        while position < bytes.count {
            let byte = bytes[position]
            if byte == 0x0A || byte == 0x0D { break }
            position += 1
        }
        let line = bytes[start..<position]
        if position < bytes.count {
            position += bytes[position] == 0x0D && position + 1 < bytes.count && bytes[position + 1] == 0x0A ? 2 : 1
        }
        return line
    }

    private static func trimmed(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var line = line
        while let first = line.first, GIFTUnit.isSpace(UInt16(first)) { line = line.dropFirst() }
        while let last = line.last, GIFTUnit.isSpace(UInt16(last)) { line = line.dropLast() }
        return line
    }

    /// The path of a category below Moodle's context (`$course$`, `$system$`, …) and its root `top`.
    private static func topic(_ bytes: ArraySlice<UInt8>) -> String {
        var units: [UInt16] = []
        GIFTUnit.append(line: bytes, to: &units)
        var path = units[...].line[...]
        if path.hasPrefix("$"), let close = path.dropFirst().firstIndex(of: "$") {
            path = path[path.index(after: close)...]
            if path.hasPrefix("/") { path = path.dropFirst() }
        }
        if path == "top" { return "" }
        if path.hasPrefix("top/") { path = path.dropFirst(4) }
        return String(path)
    }

    /// Takes `[id:…]` and `[tag:…]` out of a comment; `\]` stands for a bracket inside.
    private static func readComment(_ comment: ArraySlice<UInt8>, into block: inout GIFTBlock) {
        var rest = comment
        while let open = rest.firstIndex(of: UInt8(ascii: "[")) {
            rest = rest[(open + 1)...]
            let isTag = rest.starts(with: "tag:".utf8)
            guard isTag || rest.starts(with: "id:".utf8) else { continue }
            var value: [UInt8] = []
            var index = rest.startIndex + (isTag ? 4 : 3)
            while index < rest.endIndex, rest[index] != UInt8(ascii: "]") {
                if rest[index] == UInt8(ascii: "\\"), index + 1 < rest.endIndex { index += 1 }
                value.append(rest[index])
                index += 1
            }
            // An unclosed bracket is prose, and so is all that follows it.
            guard index < rest.endIndex else { return }
            let text = String(decoding: value, as: UTF8.self).trimmingCharacters(in: .whitespaces)
            if isTag {
                if !text.isEmpty { block.tags.append(text) }
            } else if block.externalID == nil, !text.isEmpty {
                block.externalID = text
            }
            rest = rest[(index + 1)...]
        }
    }
}
