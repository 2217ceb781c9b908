import Foundation
import Testing

@testable import FaceAnalysis

@Suite("Unusual and broken PNG files", .timeLimit(.minutes(5)))
struct BrokenPicturePNGTests {
    private typealias Chunk = CorpusPNG.Chunk

    static let plain = PNGCoder().png
    static let colour = PNGCoder(type: .colour).png
    static let palette = PNGCoder(type: .palette, depth: 4).png
    static let interlaced = PNGCoder(isInterlaced: true)

    static let kinds: [CorpusCase] = PNGCoder.ColourType.allCases.flatMap { type in
        type.depths.flatMap { depth in
            [false, true].flatMap { isInterlaced in
                ([255, 128, 0] as [UInt8]).map { alpha in
                    let coder = PNGCoder(type: type, depth: depth, isInterlaced: isInterlaced, alpha: alpha)
                    let name = "\(type), \(depth) bits\(isInterlaced ? ", interlaced" : ""), alpha \(alpha)"
                    return CorpusCase(name, coder.png.file, .shows(coder.shown))
                }
            }
        }
    }

    private static func text(_ type: String, _ head: String, inflated: Int) -> CorpusPNG.Chunk {
        Chunk(type, Data(head.utf8) + Deflate.zeros(inflated))
    }

    static let readable: [CorpusCase] = {
        let shown: [(String, Data)] = [
            ("the pixels in chunks of one byte", split(plain, by: 1)),
            ("an empty chunk of pixels", plain.inserting(Chunk("IDAT"), before: "IDAT")),
            ("a wrong checksum of a text", plain.inserting(Chunk("tEXt", damage: 1), before: "IDAT")),
            ("an unknown chunk", plain.inserting(Chunk("abCd", Data(count: 5000)), before: "IDAT")),
            ("garbage behind the end", plain.file + Data(repeating: 0xA5, count: 1000)),
            ("a JPEG behind the end", plain.file + BlockCoder().sequential().file),
            ("a second picture behind the end", plain.file + colour.file),
            (
                "a text that inflates to 100 MB",
                plain.inserting(text("zTXt", "a\0\0", inflated: 100_000_000), before: "IDAT")
            ),
            (
                "an international text that inflates to 100 MB",
                plain.inserting(text("iTXt", "a\0\u{1}\0\0\0", inflated: 100_000_000), before: "IDAT")
            ),
            (
                "a colour profile that inflates to 100 MB",
                plain.inserting(text("iCCP", "a\0\0", inflated: 100_000_000), before: "IDAT")
            ),
            (
                "1000 texts that inflate to 1 MB each", many(1000, text("zTXt", "a\0\0", inflated: 1_000_000))
            ),
            ("100 000 empty chunks", many(100_000, Chunk("abCd"))),
            ("a suggested palette of nonsense", plain.inserting(Chunk("sPLT", Data([0, 0, 9, 9])), before: "IDAT")),
            ("gamma 0", plain.inserting(Chunk("gAMA", Data(count: 4)), before: "IDAT")),
            (
                "chromaticities of nonsense",
                plain.inserting(Chunk("cHRM", Data(repeating: 255, count: 32)), before: "IDAT")
            ),
            ("a histogram without a palette", plain.inserting(Chunk("hIST", Data(count: 512)), before: "IDAT")),
            ("transparency of the wrong length", plain.inserting(Chunk("tRNS", Data(count: 77)), before: "IDAT")),
            ("orientation that is none", plain.inserting(Chunk("eXIf", Data("nonsense".utf8)), before: "IDAT")),
            ("an animation", animation),
        ]
        let isDark = { (colour: Colour) in colour.red == BlockPicture.shades[0] }
        let withoutDark = BlockPicture.grey.map { isDark($0) ? .white : $0 }
        let shade = Data([0, BlockPicture.shades[0]])
        return shown.map { CorpusCase($0.0, $0.1, .shows(.grey)) } + [
            CorpusCase(
                "one transparent shade",
                plain.inserting(Chunk("tRNS", shade), before: "IDAT"),
                .shows(withoutDark)
            ),
            CorpusCase(
                "one transparent colour",
                colour.inserting(Chunk("tRNS", shade + shade + shade), before: "IDAT"),
                .shows(withoutDark)
            ),
            CorpusCase(
                "a palette with transparent entries",
                palette.inserting(Chunk("tRNS", Data(count: 16)), before: "IDAT"),
                .shows(BlockPicture.grey.map { _ in .white })
            ),
            CorpusCase(
                "fewer transparencies than entries",
                palette.inserting(Chunk("tRNS", Data([0])), before: "IDAT"),
                .shows(PNGCoder(type: .palette, depth: 4).shown.map { $0.red == 0 ? .white : $0 })
            ),
        ]
    }()

    static let refused: [CorpusCase] = {
        let stream = { (rows: Data) in plain.replacing("IDAT") { $0.contents = Deflate.stored(rows) } }
        let rows = PNGCoder().rows
        let corrupt: [(String, Data)] = [
            ("a wrong checksum of the header", plain.replacing("IHDR") { $0.damage = 1 }),
            ("a wrong checksum of the palette", palette.replacing("PLTE") { $0.damage = 1 }),
            ("a wrong checksum of the pixels", plain.replacing("IDAT") { $0.damage = 0x8000_0000 }),
            ("no end", plain.leavingOut("IEND")),
            ("no pixels", plain.leavingOut("IDAT")),
            ("no palette", palette.leavingOut("PLTE")),
            ("no header", plain.leavingOut("IHDR")),
            ("two headers", plain.inserting(plain.chunks[0], before: "IDAT")),
            ("a row too few", stream(rows.prefix(25 * 15))),
            ("a byte too few", stream(rows.dropLast())),
            ("no rows", stream(Data())),
            ("rows for 100 pictures", stream((0..<100).reduce(Data()) { all, _ in all + rows })),
            ("filter 5", stream(Data([5]) + rows.dropFirst())),
            ("an unknown critical chunk", plain.inserting(Chunk("ABCD"), before: "IDAT")),
            ("a palette of 4 bytes", palette.replacing("PLTE") { $0.contents = Data(count: 4) }),
            ("a palette of 300 entries", palette.replacing("PLTE") { $0.contents = Data(count: 900) }),
            ("a second palette", palette.inserting(palette.chunks[1], before: "IDAT")),
            ("a stream that is not deflate", plain.replacing("IDAT") { $0.contents[0] = 0x77 }),
            ("a stream with a dictionary", plain.replacing("IDAT") { $0.contents[1] = 0xFF }),
            ("a stored block that lies about its length", plain.replacing("IDAT") { $0.contents[3] = 1 }),
            (
                "rows that go on for 200 MB",
                plain.replacing("IDAT") { $0.contents = Deflate.zeros(200_000_000) }
            ),
            (
                "interlaced rows that go on for 200 MB",
                interlaced.png.replacing("IDAT") { $0.contents = Deflate.zeros(200_000_000) }
            ),
        ]
        // Header bytes: depth, colour type, compression, filter, interlacing.
        let headers: [(Int, UInt8)] = [
            (8, 0), (8, 3), (8, 7), (8, 17), (8, 255), (9, 1), (9, 5), (9, 7), (10, 1), (11, 1), (12, 2), (12, 255),
        ]
        let inHeader = headers.map { place, value in
            ("byte \(place) of the header is \(value)", plain.replacing("IHDR") { $0.contents[place] = value })
        }
        let lengths: [(String, Data)] = [0, 12, 14].map { count in
            (
                "a header of \(count) bytes",
                plain.replacing("IHDR") { $0.contents = Data(($0.contents + [0]).prefix(count)) }
            )
        }
        return (corrupt + inHeader + lengths).map { CorpusCase($0.0, $0.1, .refused(.pictureCorrupt)) }
    }()

    private static let animation: Data = {
        var control = Data()
        for number in [2, 0] as [UInt32] { control.append(bigEndian: number) }
        var frame = Data()
        for number in [0, 24, 16, 0, 0] as [UInt32] { frame.append(bigEndian: number) }
        frame += Data(count: 6)
        let second = Data([0, 0, 0, 1]) + Deflate.stored(PNGCoder(picture: BlockPicture.grey.map { _ in .white }).rows)
        var file = plain
        file.chunks.insert(contentsOf: [Chunk("acTL", control), Chunk("fcTL", frame)], at: 1)
        file.chunks.insert(contentsOf: [Chunk("fcTL", frame), Chunk("fdAT", second)], at: file.chunks.count - 1)
        return file.file
    }()

    private static func split(_ png: CorpusPNG, by size: Int) -> Data {
        var copy = png
        let index = copy.index(of: "IDAT")
        let contents = copy.chunks[index].contents
        copy.chunks.replaceSubrange(index...index, with: contents.map { Chunk("IDAT", Data([$0])) })
        return copy.file
    }

    private static func many(_ count: Int, _ chunk: Chunk) -> Data {
        let index = plain.index(of: "IDAT")
        let bytes = chunk.bytes
        var file = CorpusPNG(chunks: Array(plain.chunks[..<index])).file
        for _ in 0..<count { file += bytes }
        for chunk in plain.chunks[index...] { file += chunk.bytes }
        return file
    }

    @Test("every kind is decoded to the right pixels", arguments: kinds)
    func everyKind(_ picture: CorpusCase) throws { try picture.check() }

    @Test("the unusual is decoded to the right pixels", arguments: readable)
    func reading(_ picture: CorpusCase) throws { try picture.check() }

    @Test("the broken is refused", arguments: refused)
    func refusing(_ picture: CorpusCase) throws { try picture.check() }

    // A file of 356 bytes once had 1.3 GB filled before its end was noticed.
    @Test(
        "a chunk that claims more than the file has is refused before memory is taken for it",
        arguments: [
            "IHDR", "PLTE", "IDAT", "IEND", "tRNS", "eXIf", "tEXt", "zTXt", "iTXt", "iCCP", "sPLT", "hIST", "pCAL",
            "sCAL",
            "abCd",
        ]
    )
    func claims(_ type: String) throws {
        let before = try Self.peakKilobytes()
        for claim in [1_000, 1_000_000, 1_350_000_000, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF] as [UInt32] {
            for place in ["IDAT", "IEND"] {
                let file = Self.plain.inserting(Chunk(type, Data(count: 8), claimedLength: claim), before: place)
                try CorpusCase("\(type) of \(claim) bytes", file, .refused(.pictureCorrupt)).check()
            }
        }
        // Other tests run beside this one, but none takes this much.
        #expect(try Self.peakKilobytes() - before < 900_000)
    }

    private static func peakKilobytes() throws -> Int {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") })
        return try #require(line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) })
    }
}
