import Foundation

/// Finds values in JSON text by their place, so that one can be replaced and every other byte stays.
///
/// The text must be JSON already; what is not is refused, but not explained.
struct JSONText {
    /// A member of an object.
    struct Member {
        /// The key.
        var key: String
        /// Where the value stands.
        var value: Range<Int>
    }

    let bytes: [UInt8]

    init(_ text: String) {
        bytes = Array(text.utf8)
    }

    /// The text of a value.
    func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    /// Where the outermost value stands.
    func root() throws -> Range<Int> {
        let start = skipSpace(0)
        return start..<(try end(ofValueAt: start))
    }

    /// The members of the object that stands in a range.
    func members(_ object: Range<Int>) throws -> [Member] {
        var members: [Member] = []
        try forEachItem(of: object, open: "{", close: "}") { start in
            let keyEnd = try end(ofValueAt: start)
            let key = try JSONDecoder().decode(String.self, from: Data(bytes[start..<keyEnd]))
            let colon = skipSpace(keyEnd)
            guard colon < bytes.count, bytes[colon] == UInt8(ascii: ":") else { throw Self.broken }
            let value = skipSpace(colon + 1)
            let valueEnd = try end(ofValueAt: value)
            members.append(Member(key: key, value: value..<valueEnd))
            return valueEnd
        }
        return members
    }

    /// The elements of the array that stands in a range.
    func elements(_ array: Range<Int>) throws -> [Range<Int>] {
        var elements: [Range<Int>] = []
        try forEachItem(of: array, open: "[", close: "]") { start in
            let valueEnd = try end(ofValueAt: start)
            elements.append(start..<valueEnd)
            return valueEnd
        }
        return elements
    }

    private static let broken = EvaluationError("the text is not JSON")

    private func forEachItem(
        of range: Range<Int>,
        open: Unicode.Scalar,
        close: Unicode.Scalar,
        _ item: (Int) throws -> Int
    ) throws {
        guard range.lowerBound < bytes.count, bytes[range.lowerBound] == UInt8(ascii: open) else { throw Self.broken }
        var place = skipSpace(range.lowerBound + 1)
        while place < range.upperBound, bytes[place] != UInt8(ascii: close) {
            place = skipSpace(try item(place))
            if place < range.upperBound, bytes[place] == UInt8(ascii: ",") { place = skipSpace(place + 1) }
        }
    }

    private func skipSpace(_ start: Int) -> Int {
        var place = start
        while place < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[place]) { place += 1 }
        return place
    }

    private func end(ofValueAt start: Int) throws -> Int {
        guard start < bytes.count else { throw Self.broken }
        if bytes[start] == UInt8(ascii: "\"") { return try end(ofStringAt: start) }
        guard bytes[start] == UInt8(ascii: "{") || bytes[start] == UInt8(ascii: "[") else {
            let end = bytes[start...].firstIndex { [0x20, 0x09, 0x0A, 0x0D, 0x2C, 0x5D, 0x7D, 0x3A].contains($0) }
            guard end != start else { throw Self.broken }
            return end ?? bytes.count
        }
        var depth = 0
        var place = start
        while place < bytes.count {
            switch bytes[place] {
            case UInt8(ascii: "\""):
                place = try end(ofStringAt: place)
                continue
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            default: break
            }
            place += 1
            if depth == 0 { return place }
        }
        throw Self.broken
    }

    private func end(ofStringAt start: Int) throws -> Int {
        var place = start + 1
        while place < bytes.count {
            if bytes[place] == UInt8(ascii: "\\") {
                place += 2
            } else if bytes[place] == UInt8(ascii: "\"") {
                return place + 1
            } else {
                place += 1
            }
        }
        throw Self.broken
    }
}
