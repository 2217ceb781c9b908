import CFaceEngine
import Foundation
import Testing

@testable import FaceAnalysis

@Suite("Decoding")
struct DecodingTests {
    static func code(_ file: Data, limits: PictureLimits = PictureLimits()) -> FaceAnalysisError.Code? {
        do throws(FaceAnalysisError) {
            _ = try DecodedPicture(file, limits: limits)
            return nil
        } catch {
            return error.code
        }
    }

    @Test("reads every kind of JPEG and PNG", arguments: JPEGFixtures.all + PNGFixtures.valid)
    func kinds(_ fixture: PictureFixture) throws {
        let info = try DecodedPicture(fixture.file, limits: PictureLimits()).info
        #expect(info.width == fixture.width)
        #expect(info.height == fixture.height)
        #expect(abs(info.brightness - fixture.brightness) < 2)
        #expect(abs(info.contrast - fixture.contrast) < 2)
    }

    @Test("refuses a damaged PNG", arguments: PNGFixtures.corrupt)
    func corrupt(_ fixture: CorruptFixture) {
        #expect(!fixture.file.isEmpty)
        #expect(Self.code(fixture.file) == .pictureCorrupt)
    }

    @Test("refuses what is no picture", arguments: ["", "x", "not a picture", "GIF89a......", "RIFF....WEBPVP8 "])
    func noPicture(_ text: String) {
        #expect(Self.code(Data(text.utf8)) == .pictureUnsupportedFormat)
    }

    @Test("refuses a file that is cut anywhere", arguments: JPEGFixtures.all + PNGFixtures.valid)
    func cutSmall(_ fixture: PictureFixture) {
        for count in fixture.file.indices {
            let code = Self.code(fixture.file.prefix(count))
            #expect(
                code == .pictureCorrupt || count < 8 && code == .pictureUnsupportedFormat,
                "\(count) of \(fixture.file.count) bytes"
            )
        }
    }

    @Test("refuses a photograph that is cut anywhere", arguments: ["obama", "obama_partial_face"])
    func cutPhotograph(_ name: String) throws {
        let file = try Support.photograph(name)
        let last = [1, 2, 3, 10, 100, 1000].map { file.count - $0 }
        for count in stride(from: 3, to: file.count, by: file.count / 60) + last {
            #expect(Self.code(file.prefix(count)) == .pictureCorrupt, "\(count) of \(file.count) bytes")
        }
    }

    @Test("survives a change of any byte", arguments: JPEGFixtures.all + PNGFixtures.valid)
    func changedBytes(_ fixture: PictureFixture) {
        let limits = PictureLimits(mostPixels: 100_000)
        for index in fixture.file.indices {
            for change in [0x01, 0x80, 0xFF] as [UInt8] {
                var file = fixture.file
                file[index] ^= change
                // Some changes are harmless; every other one must be an error of the picture's.
                if let code = Self.code(file, limits: limits) {
                    #expect(FaceAnalysisError(code, "").isAboutPicture, "byte \(index): \(code.rawValue)")
                }
            }
        }
    }

    @Test(
        "refuses a PNG by the size in its header",
        arguments: [
            (100_000, 100_000), (0xFFFF_FFFF, 0xFFFF_FFFF), (0xFFFF_FFFF, 1), (1, 16_385), (6_325, 6_325),
            (0x8000_0000, 2),
        ] as [(UInt32, UInt32)]
    )
    func hugePNG(_ width: UInt32, _ height: UInt32) throws {
        var file = try #require(PNGFixtures.valid.first).file
        withUnsafeBytes(of: (width.bigEndian, height.bigEndian)) { file.replaceSubrange(16..<24, with: $0) }
        #expect(Self.code(file) == .pictureTooManyPixels)
    }

    @Test("refuses a JPEG by the size in its header")
    func hugeJPEG() throws {
        var file = JPEGFixtures.colour.file
        let frame = try #require(file.firstRange(of: Data([0xFF, 0xC0])))
        file.replaceSubrange(frame.lowerBound + 5..<frame.lowerBound + 9, with: [0xFF, 0xDC, 0xFF, 0xDC])
        #expect(Self.code(file) == .pictureTooManyPixels)
    }

    @Test("holds the cap on bytes exactly")
    func bytesCap() async throws {
        let cap = PictureLimits().mostBytes
        let padded = JPEGFixtures.colour.file + Data(count: cap - JPEGFixtures.colour.file.count)
        #expect(Self.code(padded) == nil)
        #expect(Self.code(padded + [0]) == .pictureTooLarge)
        await #expect(throws: FaceAnalysisError(.pictureTooLarge, "")) {
            _ = try await Support.analyzer().analyze(padded + [0])
        }
    }

    @Test("holds the caps on pixels and sides exactly")
    func pixelCaps() {
        let file = JPEGFixtures.colour.file
        #expect(Self.code(file, limits: PictureLimits(mostPixels: 128)) == nil)
        #expect(Self.code(file, limits: PictureLimits(mostPixels: 127)) == .pictureTooManyPixels)
        #expect(Self.code(file, limits: PictureLimits(longestSide: 16)) == nil)
        #expect(Self.code(file, limits: PictureLimits(longestSide: 15)) == .pictureTooManyPixels)
        #expect(Self.code(file, limits: PictureLimits(mostBytes: -1, mostPixels: -1, longestSide: -1)) != nil)
    }

    @Test(
        "shrinks a big picture by a power of two and remembers its size",
        arguments: (JPEGFixtures.all + PNGFixtures.valid).filter { $0.name == "wide" }
    )
    func shrinking(_ fixture: PictureFixture) throws {
        let info = try DecodedPicture(fixture.file, limits: PictureLimits()).info
        #expect(info.width == 5121 && info.height == 16)
        #expect(info.kept_width == 1281 && info.kept_height == 4)
    }

    @Test("a picture without a face, however small, is a result")
    func noFace() async throws {
        for fixture in [JPEGFixtures.colour, JPEGFixtures.wide] + PNGFixtures.valid.prefix(2) {
            let analysis = try await Support.analyzer().analyze(fixture.file)
            #expect(analysis.faces.isEmpty)
            #expect(analysis.template == nil)
            #expect(PictureRequirements.probe.assess(analysis).defects.map(\.code) == [.noFace])
        }
    }
}
