import Foundation
import Testing

@testable import FaceAnalysis

@Suite("Broken pictures", .timeLimit(.minutes(5)))
struct BrokenPictureTests {
    static let jpegs: [CorpusCase] = BrokenPictureJPEGTests.readable.filter { $0.file.count < 3000 }
    static let pngs: [CorpusCase] =
        (BrokenPicturePNGTests.kinds + BrokenPicturePNGTests.readable).filter { $0.file.count < 3000 }

    // MARK: - Other formats

    private static func pgm(_ header: String, pixels: Int = 24) -> Data {
        Data(header.utf8) + Data((0..<pixels).map { UInt8(truncatingIfNeeded: $0) })
    }

    static let others: [CorpusCase] = {
        let blocks = BlockPicture.grey
        let pixels = Data((0..<16).flatMap { y in (0..<24).map { x in blocks.colour(x: x, y: y).red } })
        let readable = [
            "P5\n24 16\n255\n", "P5\t24\r16 # a comment\n# another\n255 ", "P5 0024 00016 255\n", "P5#\n24#\n16 255\n",
        ]
        let refused: [(String, Data)] = [
            ("no white space behind the mark", pgm("P56 4 255\n")), ("no numbers", pgm("P5")),
            ("a comment without end", pgm("P5 #" + String(repeating: "x", count: 10_000), pixels: 0)),
            ("a width of 0", pgm("P5 0 4 255\n")), ("a height of 0", pgm("P5 6 0 255\n")),
            ("a negative width", pgm("P5 -6 4 255\n")), ("a letter for a number", pgm("P5 6 x 255\n")),
            ("a zero byte in the header", pgm("P5 6\04 255\n")), ("one pixel too few", pgm("P5 6 4 255\n", pixels: 23)),
            ("no pixels", pgm("P5 6 4 255", pixels: 0)),
            ("no white space before the pixels", pgm("P5 6 4 255x")),
        ]
        let limits = PictureLimits(acceptsPGM: true)
        let sizes: [(String, FaceAnalysisError.Code)] = [
            ("P5 999999999 999999999 255\n", .pictureTooManyPixels), ("P5 4294967297 1 255\n", .pictureTooManyPixels),
            ("P5 18446744073709551617 1 255\n", .pictureTooManyPixels), ("P5 16385 1 255\n", .pictureTooManyPixels),
            ("P5 6 4 0\n", .pictureUnsupportedFormat), ("P5 6 4 256\n", .pictureUnsupportedFormat),
            ("P5 6 4 65535\n", .pictureUnsupportedFormat), ("P5 6 4 99999999999\n", .pictureUnsupportedFormat),
            ("P2 6 4 255\n", .pictureUnsupportedFormat), ("P6 6 4 255\n", .pictureUnsupportedFormat),
        ]
        let jpeg = BrokenPictureJPEGTests.plain.file
        let png = BrokenPicturePNGTests.plain.file
        let unknown: [(String, Data)] = [
            ("empty", Data()), ("one byte", Data([0xFF])), ("zeros", Data(count: 100_000)),
            ("the mark of JPEG cut", Data([0xFF, 0xD8])), ("the mark of PNG cut", png.prefix(7)),
            (
                "the mark of PNG after a transfer as text",
                Data([0x89, 0x50, 0x4E, 0x47, 0x0A, 0x1A, 0x0A]) + png.dropFirst(8)
            ),
            ("a byte before a JPEG", Data([0]) + jpeg), ("a line before a PNG", Data("\r\n".utf8) + png),
            ("GIF", Data("GIF89a".utf8) + Data(count: 100)), ("BMP", Data("BM".utf8) + Data(count: 100)),
            ("WebP", Data("RIFF\0\0\0\0WEBPVP8 ".utf8)), ("TIFF", Data("II*\0".utf8) + Data(count: 100)),
            ("HEIC", Data("\0\0\0\u{18}ftypheic".utf8)), ("PDF", Data("%PDF-1.7\n".utf8) + jpeg),
            ("ZIP", Data("PK\u{3}\u{4}".utf8) + jpeg), ("HTML", Data("<html>".utf8) + png),
            ("JPEG 2000", Data([0xFF, 0x4F, 0xFF, 0x51]) + Data(count: 100)),
        ]
        return readable.map { CorpusCase($0, Data($0.utf8) + pixels, .shows(blocks), limits: limits) }
            + [
                CorpusCase(
                    "garbage behind a PGM",
                    Data(readable[0].utf8) + pixels + jpeg,
                    .shows(blocks),
                    limits: limits
                )
            ]
            + refused.map { CorpusCase($0.0, $0.1, .refused(.pictureCorrupt), limits: limits) }
            + sizes.map { CorpusCase($0.0, pgm($0.0), .refused($0.1), limits: limits) }
            + unknown.map { CorpusCase($0.0, $0.1, .refused(.pictureUnsupportedFormat), limits: limits) }
    }()

    @Test("other formats, and no format at all", arguments: others)
    func other(_ picture: CorpusCase) throws { try picture.check() }

    // MARK: - Orientation

    @Test("every orientation is turned upright, in every format that holds one", arguments: 1...8, [false, true])
    func orientation(_ orientation: Int, _ bigEndian: Bool) throws {
        let tiff = OrientationTests.tiff(orientation: UInt16(orientation), bigEndian: bigEndian)
        let upright = CorpusCase.Outcome.shows(BlockPicture.grey.upright(orientation))
        let exif = CorpusPNG.Chunk("eXIf", tiff)
        for jpeg in [BrokenPictureJPEGTests.plain, BrokenPictureJPEGTests.progressive] {
            try CorpusCase("JPEG", OrientationTests.tagged(jpeg.file, tiff), upright).check()
        }
        for place in ["IDAT", "IEND"] {
            try CorpusCase("PNG", BrokenPicturePNGTests.plain.inserting(exif, before: place), upright).check()
        }
    }

    /// TIFF blocks that go in circles, point outside or count wrongly; the orientation that must come of each.
    static let blocks: [(name: String, block: Data, orientation: Int)] = {
        let good = OrientationTests.tiff(orientation: 6, bigEndian: true)
        func changed(_ place: Int, _ bytes: [UInt8]) -> Data {
            var copy = good
            copy.replaceSubrange(place..<place + bytes.count, with: bytes)
            return copy
        }
        return [
            ("the next directory is this one", changed(22, [0, 0, 0, 8]), 6),
            ("the directory lies in the header", changed(4, [0, 0, 0, 0]), 1),
            ("the directory lies at the last byte", changed(4, [0, 0, 0, 25]), 1),
            ("the directory lies far outside", changed(4, [0xFF, 0xFF, 0xFF, 0xFF]), 1),
            ("65535 entries, the first of them good", changed(8, [0xFF, 0xFF]), 6),
            ("65535 entries, none of them good", changed(8, [0xFF, 0xFF, 0x77]), 1),
            ("no entries", changed(8, [0, 0]), 1), ("a count of 4 billion", changed(14, [255, 255, 255, 255]), 1),
            ("a text as orientation", changed(12, [0, 2]), 1), ("orientation 0", changed(18, [0, 0]), 1),
            ("orientation 9", changed(18, [0, 9]), 1), ("orientation 65535", changed(18, [255, 255]), 1),
            ("another byte order than said", changed(0, [0x49, 0x49]), 1), ("not TIFF", changed(2, [0, 43]), 1),
            ("cut in the entry", good.prefix(19), 1), ("cut in the header", good.prefix(7), 1), ("nothing", Data(), 1),
            ("one directory entry, then 60 000 bytes", good + Data(count: 60_000), 6),
        ]
    }()

    @Test("a broken EXIF block leaves the picture as it is", arguments: blocks)
    func exif(_ name: String, _ block: Data, _ orientation: Int) throws {
        let upright = CorpusCase.Outcome.shows(BlockPicture.grey.upright(orientation))
        let jpeg = OrientationTests.tagged(BrokenPictureJPEGTests.plain.file, block)
        try CorpusCase("\(name), JPEG", jpeg, upright).check()
        let chunk = CorpusPNG.Chunk("eXIf", block)
        try CorpusCase("\(name), PNG", BrokenPicturePNGTests.plain.inserting(chunk, before: "IDAT"), upright).check()
    }

    // MARK: - Damage

    @Test("a file cut anywhere is refused", arguments: jpegs + pngs)
    func cut(_ picture: CorpusCase) throws {
        // What lies behind the end belongs to nobody.
        let end = picture.name.contains("behind the end") ? 0 : picture.file.count
        let step = max(1, end / 400)
        for count in stride(from: 8, to: end, by: step) {
            try CorpusCase("\(count) bytes", picture.file.prefix(count), .refused(.pictureCorrupt)).check()
        }
    }

    @Test("a JPEG that ends at a marker is refused, with and without an end mark")
    func cutAtMarkers() throws {
        let made = [BrokenPictureJPEGTests.plain, BrokenPictureJPEGTests.colour.sequential()]
        for jpeg in made + [BrokenPictureJPEGTests.restarting.sequential()] {
            for count in 1..<jpeg.segments.count - 1 {
                var head = CorpusJPEG(segments: Array(jpeg.segments.prefix(count)))
                if head.segments.count > 1 {
                    try CorpusCase("\(count) segments", head.file, .refused(.pictureCorrupt)).check()
                }
                head.segments.append(CorpusJPEG.end)
                try CorpusCase("\(count) segments and an end", head.file, .refused(.pictureCorrupt)).check()
            }
        }
    }

    @Test("a segment that lies about its length is refused, unless it is one that nobody needs")
    func lengths() throws {
        let tiff = OrientationTests.tiff(orientation: 6, bigEndian: true)
        let exif = CorpusJPEG.Segment(marker: 0xE1, parameters: Data("Exif\0\0".utf8) + tiff)
        let comment = CorpusJPEG.Segment(marker: 0xFE, parameters: Data("comment".utf8))
        for var jpeg in [BrokenPictureJPEGTests.restarting.sequential(), BrokenPictureJPEGTests.progressive] {
            jpeg.segments.insert(contentsOf: [exif, comment], at: 1)
            for index in jpeg.segments.indices {
                let marker = jpeg.segments[index].marker
                guard let parameters = jpeg.segments[index].parameters else { continue }
                let isNeeded = ![0xE1, 0xFE].contains(marker)
                for claim in [0, 1, 2, 3, UInt16(parameters.count + 1), UInt16(parameters.count + 3), 65_535] {
                    var file = jpeg
                    file.segments[index].claimedLength = claim
                    // Without tables of codes those of motion JPEG are in force, which happen to read something.
                    let hasNoTables = marker == 0xC4 && claim == 2
                    let outcome =
                        isNeeded && !hasNoTables ? CorpusCase.Outcome.refused(.pictureCorrupt) : .anyVerdict
                    try CorpusCase("\(String(marker, radix: 16)) of \(claim)", file.file, outcome).check()
                }
            }
        }
    }

    @Test(
        "thousands of files with random damage: a picture or a refusal, nothing else",
        arguments: jpegs + pngs + others
    )
    func damage(_ picture: CorpusCase) throws {
        guard !picture.file.isEmpty, picture.file.count < 3000 else { return }
        var numbers = SeededNumbers(seed: UInt64(picture.file.count) << 32 | UInt64(picture.name.utf8.count))
        let limits = PictureLimits(mostPixels: 200_000, acceptsPGM: true)
        for round in 0..<30 {
            var file = Data(picture.file)
            for _ in 0...round % 4 where !file.isEmpty {
                let place = Int.random(in: 0..<file.count, using: &numbers)
                switch round % 5 {
                case 0: file[place] ^= 1 << UInt8.random(in: 0...7, using: &numbers)
                case 1: file[place] = UInt8.random(in: 0...255, using: &numbers)
                case 2: file[place] = 0xFF
                case 3: file.removeSubrange(place..<min(file.count, place + Int.random(in: 1...8, using: &numbers)))
                default: file.insert(contentsOf: file[place...].prefix(16), at: place)
                }
            }
            try CorpusCase("round \(round)", file, .anyVerdict, limits: limits).check()
        }
    }
}
