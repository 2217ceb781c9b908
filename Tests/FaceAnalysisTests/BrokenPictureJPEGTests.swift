import Foundation
import Testing

@testable import FaceAnalysis

@Suite("Unusual and broken JPEG files", .timeLimit(.minutes(5)))
struct BrokenPictureJPEGTests {
    typealias Segment = CorpusJPEG.Segment

    static let grey = BlockCoder()
    static let plain = grey.sequential()
    static let colour = BlockCoder(
        components: [
            BlockPicture.shades, [128, 100, 150, 128, 110, 130], [128, 140, 120, 100, 128, 126],
        ]
    )
    static let inks = BlockCoder(
        components: [
            [10, 60, 110, 160, 210, 250], [20, 250, 30, 240, 40, 230], [255, 0, 128, 64, 32, 200],
            [255, 250, 200, 150, 100, 50],
        ]
    )
    static let restarting = BlockCoder(restartInterval: 2)
    static let progressive = grey.progressive()

    /// Red, green and blue of luminance and chroma (JFIF 1.02).
    private static func light(_ y: UInt8, _ cb: UInt8, _ cr: UInt8) -> Colour {
        let (y, blue, red) = (Double(y), Double(cb) - 128, Double(cr) - 128)
        let byte = { (value: Double) in UInt8(min(255, max(0, value.rounded()))) }
        return Colour(
            red: byte(y + 1.402 * red),
            green: byte(y - 0.344136 * blue - 0.714136 * red),
            blue: byte(y + 1.772 * blue)
        )
    }

    private static func picture(_ coder: BlockCoder, _ colour: ([UInt8]) -> Colour) -> BlockPicture {
        BlockPicture(
            columns: 3,
            blocks: (0..<6).map { block in colour(coder.components.map { $0[block] }) }
        )
    }

    private static func over(_ colour: Colour, black: UInt8) -> Colour {
        let mixed = { (value: UInt8) in UInt8((Int(value) * Int(black) + 127) / 255) }
        return Colour(red: mixed(colour.red), green: mixed(colour.green), blue: mixed(colour.blue))
    }

    private static func inverted(_ colour: Colour) -> Colour {
        Colour(red: 255 - colour.red, green: 255 - colour.green, blue: 255 - colour.blue)
    }

    private static func with(_ coder: BlockCoder, _ change: (inout BlockCoder) -> Void) -> BlockCoder {
        var copy = coder
        change(&copy)
        return copy
    }

    static let readable: [CorpusCase] = [
        CorpusCase("grey", plain.file, .shows(.grey)),
        CorpusCase("extended sequential", grey.sequential(frame: 0xC1).file, .shows(.grey)),
        CorpusCase("progressive", progressive.file, .shows(.grey)),
        CorpusCase("restart markers", restarting.sequential().file, .shows(.grey)),
        CorpusCase(
            "colour",
            colour.sequential().file,
            .shows(picture(colour) { light($0[0], $0[1], $0[2]) })
        ),
        CorpusCase(
            "colour, progressive",
            colour.progressive().file,
            .shows(picture(colour) { light($0[0], $0[1], $0[2]) })
        ),
        CorpusCase(
            "red, green and blue without a transform",
            with(colour) { $0.adobe = 0 }.sequential().file,
            .shows(picture(colour) { Colour(red: $0[0], green: $0[1], blue: $0[2]) })
        ),
        CorpusCase(
            "inks as Adobe writes them",
            with(inks) { $0.adobe = 0 }.sequential().file,
            .shows(picture(inks) { over(Colour(red: $0[0], green: $0[1], blue: $0[2]), black: $0[3]) })
        ),
        CorpusCase(
            "inks without Adobe's mark",
            inks.sequential().file,
            .shows(
                picture(inks) { over(inverted(Colour(red: $0[0], green: $0[1], blue: $0[2])), black: 255 - $0[3]) }
            )
        ),
        CorpusCase(
            "inks in YCCK",
            with(inks) { $0.adobe = 2 }.sequential().file,
            .shows(picture(inks) { over(inverted(light($0[0], $0[1], $0[2])), black: $0[3]) })
        ),
        CorpusCase(
            "arithmetic coding",
            Data(
                base64Encoded: """
                    /9j/2wBDAAEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQH/\
                    yQALCAAQABgBAREA/8wABgAQEAX/2gAIAQEAAD8A/wD5savKxTsH9qlkYP/Z
                    """
            ) ?? Data(),
            .shows(.grey)
        ),
        CorpusCase(
            "arithmetic coding, progressive",
            Data(
                base64Encoded: """
                    /9j/2wBDAAEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQH/\
                    ygALCAAQABgBAREA/8wABAAQ/9oACAEBAAAAAf8A82xrGK+ZeNClcP/MAAQQBf/aAAgBAQABBQLA/8wABBAF/9oACAEBAAY/\
                    AsD/zAAEEAX/2gAIAQEAAT8hwP/aAAgBAQAAABBQ/8wABBAF/9oACAEBAAE/EMD/2Q==
                    """
            ) ?? Data(),
            .shows(.grey)
        ),
        CorpusCase("64 scans, the most", grey.progressive(scans: 64).file, .shows(.grey)),
        CorpusCase("garbage behind the end", plain.file + Data(repeating: 0xA5, count: 1000), .shows(.grey)),
        CorpusCase("another picture behind the end", plain.file + colour.sequential().file, .shows(.grey)),
        CorpusCase("a PNG behind the end", plain.file + PNGCoder().png.file, .shows(.grey)),
        CorpusCase(
            "a comment",
            plain.inserting(Segment(marker: 0xFE, parameters: Data("hi".utf8)), at: 1),
            .shows(.grey)
        ),
        CorpusCase(
            "a comment of no bytes",
            plain.inserting(Segment(marker: 0xFE, parameters: Data()), at: 1),
            .shows(.grey)
        ),
        CorpusCase(
            "the longest comment",
            plain.inserting(Segment(marker: 0xFE, parameters: Data(count: 65_533)), at: 1),
            .shows(.grey)
        ),
        CorpusCase(
            "padding between segments",
            plain.inserting(Segment(marker: 0xFF, scan: Data(repeating: 0xFF, count: 100)), at: 2),
            .shows(.grey)
        ),
        CorpusCase(
            "garbage between segments",
            plain.replacing(0xDB) { $0.scan = Data(repeating: 0x11, count: 100) },
            .shows(.grey)
        ),
        CorpusCase(
            "a scan that goes on behind its last block",
            plain.replacing(0xDA) { $0.scan += Data(repeating: 0x11, count: 5000) },
            .shows(.grey)
        ),
        CorpusCase(
            "a profile of colours that is none",
            plain.inserting(Segment(marker: 0xE2, parameters: Data("ICC_PROFILE\0\u{1}\u{FF}".utf8)), at: 1),
            .shows(.grey)
        ),
    ]

    static let refused: [CorpusCase] = {
        let frames: [UInt8] = [0xC3, 0xC5, 0xC6, 0xC7, 0xC8, 0xCB, 0xCD, 0xCE, 0xCF]
        let unsupported =
            frames.map { frame in
                CorpusCase(
                    "frame type \(String(frame, radix: 16))",
                    plain.replacing(0xC0) { $0.marker = frame },
                    .refused(.pictureUnsupportedFormat)
                )
            } + [
                CorpusCase(
                    "12 bits",
                    grey.sequential(frame: 0xC1).replacing(0xC1) { $0.parameters?[0] = 12 },
                    .refused(.pictureUnsupportedFormat)
                ),
                CorpusCase(
                    "2 components",
                    with(grey) { $0.components = [BlockPicture.shades, BlockPicture.shades] }.sequential().file,
                    .refused(.pictureUnsupportedFormat)
                ),
            ]
        let corrupt: [(String, Data)] = [
            ("65 scans", grey.progressive(scans: 65).file),
            ("1000 scans", grey.progressive(scans: 1000).file),
            ("restart markers in the wrong order", restarting.sequential().replacing(0xDA) { $0.scan[4] = 0xD5 }),
            ("no restart marker where one is due", grey.sequential().inserting(interval, at: 3)),
            ("no frame", plain.leavingOut(plain.index(of: 0xC0))),
            ("two frames", plain.inserting(plain.segments[plain.index(of: 0xC0)], at: 2)),
            ("no table of steps", plain.leavingOut(plain.index(of: 0xDB))),
            ("no scan", plain.leavingOut(plain.index(of: 0xDA))),
            ("no end", plain.leavingOut(plain.segments.count - 1)),
            ("two beginnings", plain.inserting(plain.segments[0], at: 1)),
            ("a second scan of a sequential picture", plain.inserting(plain.segments[plain.index(of: 0xDA)], at: 6)),
            ("an end mark in the scan", plain.replacing(0xDA) { $0.scan = $0.scan.prefix(3) + [0xFF, 0xD9] }),
            ("a scan of no data", plain.replacing(0xDA) { $0.scan = Data() }),
            ("a scan of ones", plain.replacing(0xDA) { $0.scan = Data([UInt8](repeating: 0xFF, count: 64)) }),
            ("a table of codes with too many", codes([16] + [UInt8](repeating: 0, count: 15), symbols: 16)),
            ("a table of codes with more than 256", codes([UInt8](repeating: 255, count: 16), symbols: 4080)),
            ("a table of codes with fewer symbols than said", codes([0, 0, 0, 12], symbols: 3)),
            ("a table of codes with number 9", plain.replacing(0xC4) { $0.parameters?[0] = 9 }),
            ("a category of 16 bits", plain.replacing(0xC4) { $0.parameters?[20] = 16 }),
            ("a table of steps with number 9", plain.replacing(0xDB) { $0.parameters?[0] = 9 }),
            ("a table of steps that is cut", plain.replacing(0xDB) { $0.parameters = $0.parameters?.prefix(30) }),
            ("an unknown component in the scan", plain.replacing(0xDA) { $0.parameters?[1] = 77 }),
            ("no component in the scan", plain.replacing(0xDA) { $0.parameters?[0] = 0 }),
            ("5 components in the scan", plain.replacing(0xDA) { $0.parameters?[0] = 5 }),
            ("a missing table of codes", plain.replacing(0xDA) { $0.parameters?[2] = 0x33 }),
            (
                "a spectrum from 60 to 3",
                progressive.replacing(0xDA) { $0.parameters?.replaceSubrange(3...4, with: [60, 3]) }
            ),
            ("a spectrum to 64", progressive.replacing(0xDA) { $0.parameters?[4] = 64 }),
            ("a precision of 15 bits", progressive.replacing(0xDA) { $0.parameters?[5] = 0x0F }),
            ("no components in the frame", plain.replacing(0xC0) { $0.parameters?[5] = 0 }),
            ("3 components said and one given", plain.replacing(0xC0) { $0.parameters?[5] = 3 }),
            ("255 components", plain.replacing(0xC0) { $0.parameters?[5] = 255 }),
            ("a sampling factor of 0", plain.replacing(0xC0) { $0.parameters?[7] = 0x10 }),
            ("a sampling factor of 5", plain.replacing(0xC0) { $0.parameters?[7] = 0x51 }),
        ]
        return unsupported + corrupt.map { CorpusCase($0.0, $0.1, .refused(.pictureCorrupt)) }
    }()

    private static let interval = Segment(marker: 0xDD, parameters: Data([0, 2]))

    private static func codes(_ counts: [UInt8], symbols: Int) -> Data {
        plain.replacing(0xC4) {
            let padded = counts + [UInt8](repeating: 0, count: 16 - counts.count)
            $0.parameters = Data([0] + padded + (0..<symbols).map { UInt8(truncatingIfNeeded: $0 % 11) })
        }
    }

    /// Width, height and what comes of a frame that claims them.
    static let sizes: [(UInt16, UInt16, FaceAnalysisError.Code)] = [
        (0, 16, .pictureCorrupt), (24, 0, .pictureCorrupt), (0, 0, .pictureCorrupt),
        (65_535, 65_535, .pictureTooManyPixels), (65_535, 1, .pictureTooManyPixels),
        (1, 65_500, .pictureTooManyPixels), (16_385, 1, .pictureTooManyPixels),
        (6_325, 6_325, .pictureTooManyPixels),
        // Within the caps, but 200 bytes cannot fill it.
        (16_384, 2_441, .pictureCorrupt), (25, 16, .pictureCorrupt), (24, 17, .pictureCorrupt),
    ]

    @Test("is decoded to the right pixels", arguments: readable)
    func reading(_ picture: CorpusCase) throws { try picture.check() }

    @Test("is refused, and with the right reason", arguments: refused)
    func refusing(_ picture: CorpusCase) throws { try picture.check() }

    @Test("is refused by its size", arguments: sizes, [0xC0, 0xC2] as [UInt8])
    func size(_ size: (UInt16, UInt16, FaceAnalysisError.Code), _ frame: UInt8) throws {
        let made = frame == 0xC0 ? Self.plain : Self.progressive
        let file = made.replacing(frame) {
            var claim = Data()
            claim.append(bigEndian: size.1)
            claim.append(bigEndian: size.0)
            $0.parameters?.replaceSubrange(1...4, with: claim)
        }
        try CorpusCase("\(size.0) x \(size.1)", file, .refused(size.2)).check()
    }

    @Test("a progressive file without some of its scans shows less, never anything else", arguments: 1...4)
    func missingScans(_ count: Int) throws {
        let whole = Self.colour.progressive()
        let scans = whole.segments.indices.filter { whole.segments[$0].marker == CorpusJPEG.startOfScan }
        for first in 0...(scans.count - count) {
            var file = whole
            file.segments.removeSubrange(scans[first]..<scans[first] + count)
            try CorpusCase("without \(count) from \(first)", file.file, .decodes(width: 24, height: 16)).check()
        }
    }
}
