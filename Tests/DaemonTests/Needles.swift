import Foundation
import TestSupport

/// Things that must not be found, and how to look for them.
struct Needles {
    /// Something that must not be found.
    struct Needle: Hashable, Sendable {
        /// What it is.
        var name: String
        /// As it would stand there.
        var text: String
    }

    private(set) var all: [Needle] = []

    /// Adds something, in the ways that it could be written.
    mutating func add(_ name: String, _ text: String?) {
        guard let text, !text.isEmpty else { return }
        all.append(Needle(name: name, text: text))
    }

    /// The first of them that stands in some bytes, if any does.
    ///
    /// A few digits could stand in an identifier or a digest by chance: they count where nothing hexadecimal is next to
    /// them.
    func found(in data: Data) -> [Needle] {
        all.filter { Self.stands($0.text, in: data) }
    }

    static func stands(_ text: String, in data: Data) -> Bool {
        let wanted = Data(text.utf8)
        let isShortNumber = text.utf8.count < 10 && text.allSatisfy { $0.isNumber }
        var start = data.startIndex
        while let range = data.range(of: wanted, in: start..<data.endIndex) {
            guard isShortNumber else { return true }
            let before = range.lowerBound > data.startIndex ? data[range.lowerBound - 1] : 0x20
            let after = range.upperBound < data.endIndex ? data[range.upperBound] : 0x20
            if !isHexadecimal(before) && !isHexadecimal(after) { return true }
            start = range.lowerBound + 1
        }
        return false
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool { Character(UnicodeScalar(byte)).isHexDigit }
}

/// All that was sent and received, to prove that what is looked for was there at all.
final class Transcript: Sendable {
    private let bytes = Shared(Data())

    var data: Data { bytes.value }

    /// Takes note of an exchange.
    func note(_ request: Request, _ reply: Reply) {
        let fields = reply.headers.map { "\($0.0): \($0.1)\n" }.joined()
        bytes.update { $0 += request.head + request.body + Data(fields.utf8) + reply.body + Data("\n".utf8) }
    }
}
