import Foundation
import QuestionBank

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
    var topic: [String] = []
    /// Whether the text exceeded the limit; what came after it was skipped.
    var isTooLarge = false
}

/// Splits a GIFT file into blocks, line by line and in one pass.
struct GIFTBlockReader {
    /// The most bytes one item may have; enough for a picture inside the HTML.
    static let blockLimit = 8 << 20

    private let lines: LineReader
    private var topic: [String] = []
    private var pending: LineReader.Line?

    init(_ lines: LineReader) {
        self.lines = lines
    }

    /// The next block with text; nil at the end.
    mutating func next() throws -> GIFTBlock? {
        var block = GIFTBlock()
        while let line = try nextLine() {
            let isEmpty = block.units.isEmpty && !block.isTooLarge
            let body = line.trimmed
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
                topic = CategoryPath.parse(String(decoding: body.dropFirst(10), as: UTF8.self))
            } else {
                if isEmpty { block.line = line.number }
                if line.isCut || block.units.count + line.bytes.count > Self.blockLimit {
                    block.isTooLarge = true
                } else {
                    GIFTUnit.append(line: line.bytes[...], to: &block.units)
                    block.units.append(GIFTUnit.newline)
                }
            }
        }
        block.topic = topic
        return block.units.isEmpty && !block.isTooLarge ? nil : block
    }

    private mutating func nextLine() throws -> LineReader.Line? {
        defer { pending = nil }
        return try pending ?? lines.line()
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
