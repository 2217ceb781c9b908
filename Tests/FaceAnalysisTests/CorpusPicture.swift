import CFaceEngine
import Foundation
import Testing

@testable import FaceAnalysis

/// Red, green and blue.
struct Colour: Equatable, Sendable {
    var red: UInt8
    var green: UInt8
    var blue: UInt8

    static func grey(_ shade: UInt8) -> Colour { Colour(red: shade, green: shade, blue: shade) }
    static let white = grey(255)
}

/// What a picture of the corpus shows: blocks of 8 x 8 pixels, each of one colour.
struct BlockPicture: Sendable {
    let columns: Int
    let blocks: [Colour]

    var rows: Int { blocks.count / columns }
    var width: Int { columns * 8 }
    var height: Int { rows * 8 }

    /// No two of its turned and mirrored forms are alike.
    static let shades: [UInt8] = [10, 60, 110, 160, 210, 250]
    static let grey = BlockPicture(columns: 3, blocks: shades.map(Colour.grey))

    func colour(x: Int, y: Int) -> Colour { blocks[y / 8 * columns + x / 8] }

    func map(_ change: (Colour) -> Colour) -> BlockPicture {
        BlockPicture(columns: columns, blocks: blocks.map(change))
    }

    /// As it looks after the EXIF orientation was applied (EXIF 2.32, 4.6.4).
    func upright(_ orientation: Int) -> BlockPicture {
        let turned = orientation >= 5
        let (newColumns, newRows) = turned ? (rows, columns) : (columns, rows)
        var result: [Colour] = []
        for y in 0..<newRows {
            for x in 0..<newColumns {
                let (column, row) =
                    switch orientation {
                    case 2: (columns - 1 - x, y)
                    case 3: (columns - 1 - x, rows - 1 - y)
                    case 4: (x, rows - 1 - y)
                    case 5: (y, x)
                    case 6: (y, rows - 1 - x)
                    case 7: (columns - 1 - y, rows - 1 - x)
                    case 8: (columns - 1 - y, x)
                    default: (x, y)
                    }
                result.append(blocks[row * columns + column])
            }
        }
        return BlockPicture(columns: newColumns, blocks: result)
    }
}

/// One file of the corpus and what must become of it.
struct CorpusCase: Sendable, CustomTestStringConvertible {
    enum Outcome: Sendable {
        /// Decodes to these pixels, each channel within two of the value.
        case shows(BlockPicture)
        /// Decodes to this upright size; what it shows is not known.
        case decodes(width: Int, height: Int)
        /// Refused with this code.
        case refused(FaceAnalysisError.Code)
        /// Decodes, or is refused as the picture's fault: never a fault of the engine's.
        case anyVerdict
    }

    let name: String
    let file: Data
    let outcome: Outcome
    let limits: PictureLimits

    init(_ name: String, _ file: Data, _ outcome: Outcome, limits: PictureLimits = PictureLimits(acceptsPGM: true)) {
        self.name = name
        self.file = file
        self.outcome = outcome
        self.limits = limits
    }

    var testDescription: String { name }

    func check(sourceLocation: SourceLocation = #_sourceLocation) throws {
        CorpusFolder.keep(self)
        let picture: DecodedPicture
        do throws(FaceAnalysisError) {
            picture = try DecodedPicture(file, limits: limits)
        } catch {
            switch outcome {
            case .refused(let code): #expect(error.code == code, "\(name): \(error)", sourceLocation: sourceLocation)
            case .anyVerdict: #expect(error.isAboutPicture, "\(name): \(error)", sourceLocation: sourceLocation)
            default: Issue.record("\(name): \(error)", sourceLocation: sourceLocation)
            }
            return
        }
        let info = picture.info
        switch outcome {
        case .refused(let code):
            Issue.record("\(name): decoded, and not \(code.rawValue)", sourceLocation: sourceLocation)
        case .anyVerdict:
            #expect(info.width > 0 && info.height > 0, sourceLocation: sourceLocation)
        case .decodes(let width, let height):
            #expect(info.width == width && info.height == height, "\(name)", sourceLocation: sourceLocation)
        case .shows(let expected):
            #expect(
                info.width == expected.width && info.height == expected.height,
                "\(name)",
                sourceLocation: sourceLocation
            )
            try Self.compare(picture, expected, name, sourceLocation)
        }
    }

    private static func compare(
        _ picture: borrowing DecodedPicture,
        _ expected: BlockPicture,
        _ name: String,
        _ sourceLocation: SourceLocation
    ) throws {
        let info = picture.info
        guard info.kept_width == expected.width, info.kept_height == expected.height else { return }
        var pixels = [UInt8](repeating: 0, count: expected.width * expected.height * 3)
        var error = afe_error()
        let isCopied = afe_image_copy_pixels(picture.pointer, &pixels, pixels.count, &error)
        try #require(isCopied, sourceLocation: sourceLocation)
        var worst = 0
        for y in 0..<expected.height {
            for x in 0..<expected.width {
                let colour = expected.colour(x: x, y: y)
                let place = (y * expected.width + x) * 3
                for (channel, value) in [colour.red, colour.green, colour.blue].enumerated() {
                    worst = max(worst, abs(Int(pixels[place + channel]) - Int(value)))
                }
            }
        }
        #expect(worst <= 2, "\(name): a pixel is off by \(worst)", sourceLocation: sourceLocation)
    }
}

/// Where the corpus is written when `ATTESTD_CORPUS` names a folder, so that other tools can go through it.
enum CorpusFolder {
    private static let folder = ProcessInfo.processInfo.environment["ATTESTD_CORPUS"].map { URL(filePath: $0) }

    static func keep(_ picture: CorpusCase) {
        guard let folder else { return }
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in picture.file { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try? picture.file.write(to: folder.appending(path: String(hash, radix: 16)))
    }
}
