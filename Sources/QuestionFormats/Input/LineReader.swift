/// The lines of a text file in UTF-8, whatever its encoding, one at a time.
final class LineReader {
    /// The most bytes a line may have; what is longer is cut and marked.
    static let lineLimit = 4 << 20

    /// A line without its end, which may be LF, CRLF or CR.
    struct Line {
        /// From 1.
        var number: Int
        /// UTF-8.
        var bytes: [UInt8]
        /// Whether it was longer than the limit.
        var isCut = false

        /// The bytes without white space at the ends.
        var trimmed: ArraySlice<UInt8> {
            var slice = bytes[...]
            while let first = slice.first, first == 0x20 || (0x09...0x0D).contains(first) { slice = slice.dropFirst() }
            while let last = slice.last, last == 0x20 || (0x09...0x0D).contains(last) { slice = slice.dropLast() }
            return slice
        }
    }

    private let next: () throws -> [UInt8]?
    private let transcoder: Transcoder?
    private var toSkip: Int
    private var piece: [UInt8] = []
    private var position = 0
    private var isAtEnd = false
    private var number = 0

    init(_ source: ByteSource, encoding: TextEncoding) throws {
        next = try source.open()
        transcoder = encoding.name == "utf-8" ? nil : try Transcoder(from: encoding.name)
        toSkip = encoding.markLength
    }

    /// The next line; nil at the end.
    func line() throws -> Line? {
        var line = Line(number: number + 1, bytes: [])
        var hasText = false
        while true {
            guard try fill() else {
                if hasText { number += 1 }
                return hasText ? line : nil
            }
            hasText = true
            var end = position
            while end < piece.count, piece[end] != 0x0A, piece[end] != 0x0D { end += 1 }
            if line.bytes.count + end - position <= Self.lineLimit {
                line.bytes += piece[position..<end]
            } else {
                line.isCut = true
            }
            position = end
            if position < piece.count {
                let isReturn = piece[position] == 0x0D
                position += 1
                if isReturn, try fill(), piece[position] == 0x0A { position += 1 }
                number += 1
                return line
            }
        }
    }

    /// Whether there is a byte at the position, after reading on if need be.
    private func fill() throws -> Bool {
        while position >= piece.count {
            guard !isAtEnd else { return false }
            position = 0
            if var bytes = try next() {
                if toSkip > 0 {
                    let skipped = min(toSkip, bytes.count)
                    bytes.removeFirst(skipped)
                    toSkip -= skipped
                }
                piece = transcoder?.convert(bytes) ?? bytes
            } else {
                piece = transcoder?.finish() ?? []
                isAtEnd = true
            }
        }
        return true
    }
}
