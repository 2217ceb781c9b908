import Biometrics
import CFaceEngine
import Foundation
import Testing

@testable import FaceAnalysis

@Suite("EXIF orientation")
struct OrientationTests {
    /// A TIFF block with one directory entry.
    static func tiff(
        orientation: UInt16,
        bigEndian: Bool,
        type: UInt16 = 3,
        count: UInt32 = 1,
        entries: UInt16 = 1,
        offset: UInt32 = 8
    ) -> Data {
        func bytes<Number: FixedWidthInteger>(_ number: Number) -> Data {
            withUnsafeBytes(of: bigEndian ? number.bigEndian : number.littleEndian) { Data($0) }
        }
        var block = Data((bigEndian ? "MM" : "II").utf8) + bytes(UInt16(42)) + bytes(offset) + bytes(entries)
        block += bytes(UInt16(0x0112)) + bytes(type) + bytes(count) + bytes(orientation) + bytes(UInt16(0))
        return block + bytes(UInt32(0))
    }

    /// The file with an EXIF block before all other segments.
    static func tagged(_ file: Data, _ tiff: Data) -> Data {
        let block = Data("Exif\0\0".utf8) + tiff
        let length = UInt16(block.count + 2)
        return file.prefix(2) + [0xFF, 0xE1, UInt8(length >> 8), UInt8(length & 0xFF)] + block + file.dropFirst(2)
    }

    /// Where a point of the stored picture lies in the upright one (EXIF 2.32, 4.6.4).
    static func upright(_ point: PicturePoint, _ orientation: Int, width: Float, height: Float) -> PicturePoint {
        let (x, y) = (point.x, point.y)
        return switch orientation {
        case 2: PicturePoint(x: width - x, y: y)
        case 3: PicturePoint(x: width - x, y: height - y)
        case 4: PicturePoint(x: x, y: height - y)
        case 5: PicturePoint(x: y, y: x)
        case 6: PicturePoint(x: height - y, y: x)
        case 7: PicturePoint(x: height - y, y: width - x)
        case 8: PicturePoint(x: y, y: width - x)
        default: point
        }
    }

    @Test("the face moves with the picture", arguments: 1...8, [false, true])
    func faceMoves(_ orientation: Int, _ bigEndian: Bool) async throws {
        // This one is found even when it lies on its side or stands on its head.
        let photograph = try Support.photograph("obama2")
        let analyzer = try Support.analyzer()
        let stored = try await analyzer.analyze(photograph, embed: .none)
        let file = Self.tagged(photograph, Self.tiff(orientation: UInt16(orientation), bigEndian: bigEndian))
        let turned = try await analyzer.analyze(file, embed: .none)

        let isOnSide = orientation >= 5
        #expect(turned.width == (isOnSide ? stored.height : stored.width))
        #expect(turned.height == (isOnSide ? stored.width : stored.height))
        let expected = Self.upright(
            try #require(stored.faces.first).landmarks.nose,
            orientation,
            width: Float(stored.width),
            height: Float(stored.height)
        )
        let nose = try #require(turned.faces.first).landmarks.nose
        #expect(nose.distance(to: expected) < 50)
    }

    @Test("a mirrored picture shows the same person")
    func mirrored() async throws {
        let photograph = try Support.photograph("obama")
        let analyzer = try Support.analyzer()
        let plain = try #require(try await analyzer.analyze(photograph).template)
        let mirrored = Self.tagged(photograph, Self.tiff(orientation: 2, bigEndian: true))
        let other = try #require(try await analyzer.analyze(mirrored).template)
        #expect(try analyzer.comparator.compare(reference: plain, probe: other).distance < 0.2)
    }

    @Test("a small picture turns too", arguments: 1...8)
    func dimensions(_ orientation: UInt16) throws {
        let file = Self.tagged(JPEGFixtures.colour.file, Self.tiff(orientation: orientation, bigEndian: false))
        let info = try DecodedPicture(file, limits: PictureLimits()).info
        #expect(info.orientation == Int32(orientation))
        #expect(info.width == (orientation >= 5 ? 8 : 16))
        #expect(info.height == (orientation >= 5 ? 16 : 8))
    }

    @Test(
        "a damaged EXIF block is ignored",
        arguments: [
            tiff(orientation: 0, bigEndian: false), tiff(orientation: 9, bigEndian: false),
            tiff(orientation: 6, bigEndian: true, type: 7), tiff(orientation: 6, bigEndian: true, count: 0),
            tiff(orientation: 6, bigEndian: true, count: .max), tiff(orientation: 6, bigEndian: true, entries: 0),
            tiff(orientation: 6, bigEndian: true, offset: .max), tiff(orientation: 6, bigEndian: true, offset: 25),
            tiff(orientation: 6, bigEndian: true, offset: .max - 1), tiff(orientation: 6, bigEndian: true).prefix(18),
            tiff(orientation: 6, bigEndian: true).prefix(9), tiff(orientation: 6, bigEndian: true).prefix(4),
            Data("MM".utf8), Data("XX\0*".utf8) + Data(count: 40), Data(),
        ]
    )
    func damaged(_ tiff: Data) throws {
        let info = try DecodedPicture(Self.tagged(JPEGFixtures.colour.file, tiff), limits: PictureLimits()).info
        #expect(info.orientation == 1)
        #expect(info.width == 16)
    }

    @Test("a directory that claims more entries than there are bytes ends at the last byte")
    func tooManyEntries() throws {
        var block = Self.tiff(orientation: 6, bigEndian: true, entries: .max)
        block[10] = 0x7F
        let info = try DecodedPicture(Self.tagged(JPEGFixtures.colour.file, block), limits: PictureLimits()).info
        #expect(info.orientation == 1)
    }
}
