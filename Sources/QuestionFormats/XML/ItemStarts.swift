/// Where items begin in a document that is not well-formed, so that what cannot be read is counted all the same.
enum ItemStarts {
    /// The most items that are looked for.
    private static let limit = 1_000_000

    /// The lines of the start tags with a name, outside of comments and CDATA.
    ///
    /// - Parameter isItem: whether a tag, with its attributes, begins an item.
    static func lines(of name: String, in source: ByteSource, where isItem: (String) -> Bool) throws -> [Int] {
        var lines: [Int] = []
        var scanner = Scanner(name: Array(name.utf8))
        let next = try source.open()
        while lines.count < limit, let piece = try next() {
            for byte in piece where byte != 0 {
                if let (line, tag) = scanner.take(byte), isItem(tag) { lines.append(line) }
            }
        }
        return lines
    }

    private struct Scanner {
        enum Place {
            case text
            /// Inside a tag, from its `<`.
            case tag([UInt8])
            /// Inside what ends with these bytes.
            case skipped(until: [UInt8], seen: [UInt8])
        }

        let name: [UInt8]
        var line = 1
        private var start = 1
        private var place = Place.text

        init(name: [UInt8]) {
            self.name = name
        }

        /// The most bytes of a tag that are kept.
        private static let tagLimit = 2_000

        /// Takes one byte; answers a start tag that ends with it.
        mutating func take(_ byte: UInt8) -> (line: Int, tag: String)? {
            defer { if byte == UInt8(ascii: "\n") { line += 1 } }
            switch place {
            case .text:
                if byte == UInt8(ascii: "<") {
                    start = line
                    place = .tag([])
                }
            case .tag(var bytes):
                if byte == UInt8(ascii: ">") {
                    place = .text
                    return isWanted(bytes) ? (start, String(decoding: bytes, as: UTF8.self)) : nil
                }
                if byte == UInt8(ascii: "<") {
                    start = line
                    bytes = []
                } else if bytes.count < Self.tagLimit {
                    bytes.append(byte)
                }
                place = .tag(bytes)
                if bytes.elementsEqual("!--".utf8) { place = .skipped(until: Array("-->".utf8), seen: []) }
                if bytes.elementsEqual("![CDATA[".utf8) { place = .skipped(until: Array("]]>".utf8), seen: []) }
            case .skipped(let end, var seen):
                seen.append(byte)
                if seen.count > end.count { seen.removeFirst() }
                place = seen == end ? .text : .skipped(until: end, seen: seen)
            }
            return nil
        }

        private func isWanted(_ tag: [UInt8]) -> Bool {
            guard tag.starts(with: name) else { return false }
            guard let next = tag.dropFirst(name.count).first else { return true }
            return next == 0x20 || (0x09...0x0D).contains(next) || next == UInt8(ascii: "/")
        }
    }
}
