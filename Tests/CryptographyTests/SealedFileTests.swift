import Cryptography
import Foundation
import Testing

@Suite("Files sealed piece by piece")
struct SealedFileTests {
    private let file = FileManager.default.temporaryDirectory.appending(path: "attestd-\(UUID().uuidString)")
    private let key = SealingKey.random()

    private func content(_ count: Int) -> Data { Data((0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }) }

    private func write(_ data: Data, by count: Int) throws {
        let writer = try SealedFileWriter(file: file, key: key, name: "a")
        var rest = data
        while !rest.isEmpty {
            try writer.write(Data(rest.prefix(count)))
            rest = Data(rest.dropFirst(count))
        }
        #expect(writer.byteCount == data.count)
        try writer.finish()
    }

    private func read(_ count: Int, name: String = "a", key other: SealingKey? = nil) throws -> Data {
        let reader = try SealedFileReader(file: file, key: other ?? key, name: name, byteCount: count)
        var data = Data()
        while true {
            let piece = try reader.read(from: data.count, limit: 50_000)
            if piece.isEmpty { return data }
            data += piece
        }
    }

    static let piece = SealedFile.pieceBytes

    @Test(
        "What is written in any portions is read again, whatever its length",
        arguments: [0, 1, piece - 1, piece, piece + 1, 3 * piece, 3 * piece + 17],
        [1_000_000, 40_001]
    )
    func lengths(_ count: Int, portion: Int) throws {
        defer { try? FileManager.default.removeItem(at: file) }
        let data = content(count)
        try write(data, by: portion)
        #expect(try read(count) == data)
        let size = try FileManager.default.attributesOfItem(atPath: file.path)[.size] as? Int
        #expect(size == SealedFile.sealedByteCount(count))
        let rights = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
        #expect(rights == 0o600)
    }

    @Test("It is read from any place")
    func places() throws {
        defer { try? FileManager.default.removeItem(at: file) }
        let data = content(3 * Self.piece + 17)
        try write(data, by: 100_000)
        let reader = try SealedFileReader(file: file, key: key, name: "a", byteCount: data.count)
        for offset in [0, 5, Self.piece - 1, Self.piece, 2 * Self.piece + 9, data.count - 1] {
            let found = try reader.read(from: offset, limit: 100)
            #expect(!found.isEmpty && found == data[offset..<offset + found.count])
        }
        #expect(try reader.read(from: data.count, limit: 100).isEmpty)
        #expect(try reader.read(from: -1, limit: 100).isEmpty)
    }

    @Test("It is gone on with where it was, and what came after that is forgotten")
    func resumption() throws {
        defer { try? FileManager.default.removeItem(at: file) }
        let data = content(4 * Self.piece + 3)
        let first = try SealedFileWriter(file: file, key: key, name: "a")
        try first.write(data.prefix(Self.piece + 100))
        try first.synchronize()
        let (pieces, rest) = (first.pieces, first.rest)
        try first.write(content(2 * Self.piece))
        let second = try SealedFileWriter(file: file, key: key, name: "a", pieces: pieces, rest: rest)
        #expect(try SealedFileReader.piece(0, of: file, key: key, name: "a") == data.prefix(Self.piece))
        try second.write(Data(data.dropFirst(Self.piece + 100)))
        try second.finish()
        #expect(try read(data.count) == data)
    }

    @Test("Changed, cut, moved or wrongly named files are refused, and nothing of the text lies on the disk")
    func tampering() throws {
        defer { try? FileManager.default.removeItem(at: file) }
        let data = Data(repeating: 0x61, count: 3 * Self.piece)
        try write(data, by: 100_000)
        let sealed = try Data(contentsOf: file)
        #expect(sealed.range(of: Data(repeating: 0x61, count: 16)) == nil)
        #expect(throws: CryptographyError.self) { try read(data.count, name: "b") }
        #expect(throws: CryptographyError.self) { try read(data.count, key: .random()) }
        #expect(throws: CryptographyError.self) { try read(data.count - 1) }
        // The file of two pieces less claims to end there.
        let box = Self.piece + SealedFile.sealedByteCount(0)
        try sealed.prefix(2 * box).write(to: file)
        #expect(throws: CryptographyError.self) { try read(2 * Self.piece - SealedFile.sealedByteCount(0)) }
        #expect(throws: CryptographyError.self) { try read(data.count) }
        try (sealed[box..<2 * box] + sealed[..<box] + sealed[(2 * box)...]).write(to: file)
        #expect(throws: CryptographyError.self) { try read(data.count) }
        for place in [0, 30, 60, 100, box + 5, sealed.count - 1] {
            var changed = sealed
            changed[place] ^= 1
            try changed.write(to: file)
            #expect(throws: CryptographyError.self, "byte \(place)") { try read(data.count) }
        }
    }
}
