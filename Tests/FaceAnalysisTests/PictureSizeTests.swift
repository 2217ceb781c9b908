import Biometrics
import CFaceEngine
import Foundation
import Testing

@testable import FaceAnalysis

@Suite("Pictures of every size")
struct PictureSizeTests {
    /// An evenly grey PGM, which needs no encoder.
    private static func grey(_ width: Int, _ height: Int) -> Data {
        Data("P5\n\(width) \(height)\n255\n".utf8) + Data(repeating: 100, count: width * height)
    }

    @Test(
        "A picture of any shape is analysed: no face, its light as it is",
        arguments: [
            (1, 1), (2, 1), (7, 5), (31, 33), (320, 240), (321, 239), (641, 479), (640, 480), (642, 482), (1279, 719),
            (1280, 720), (5000, 3), (3, 5000), (16_384, 1), (1, 16_384), (2600, 2599),
        ]
    )
    func shapes(_ width: Int, _ height: Int) throws {
        let limits = PictureLimits(acceptsPGM: true)
        let picture = try DecodedPicture(Self.grey(width, height), limits: limits)
        #expect(picture.info.width == width && picture.info.height == height)
        #expect(abs(picture.info.brightness - 100) < 0.01 && picture.info.contrast < 0.01)
        var timings = AnalysisTimings()
        #expect(try Self.engine().detect(in: picture, timings: &timings).isEmpty)
    }

    @Test(
        "A face is where it was, and the same one, whatever the picture is scaled by before the detector",
        arguments: [
            // Enlarged; kept; just smaller; by no whole number; halved; the least more and less than that; a third; a
            // quarter.
            (205, 256), (256, 320), (258, 322), (320, 400), (512, 640), (513, 641), (511, 639), (768, 960),
            (1024, 1280),
        ]
    )
    func scaling(_ width: Int, _ height: Int) throws {
        let original = try PictureRaster(decoding: Support.photograph("obama"))
        let engine = try Self.engine()
        let whole = try Self.face(of: original, with: engine)
        let scaled = try Self.face(of: original.resized(width: width, height: height), with: engine)
        let factor = Float(width) / Float(original.width)
        let faceWidth = (whole.face.right - whole.face.left) * factor
        for side in [\afe_face.left, \.top, \.right, \.bottom] {
            let shift = abs(scaled.face[keyPath: side] - whole.face[keyPath: side] * factor)
            #expect(shift < 0.05 * faceWidth, "\(shift) of \(faceWidth)")
        }
        for mark in [\afe_face.landmarks.0, \.landmarks.1, \.landmarks.2, \.landmarks.3, \.landmarks.4] {
            let shift = abs(scaled.face[keyPath: mark].x - whole.face[keyPath: mark].x * factor)
            let rise = abs(scaled.face[keyPath: mark].y - whole.face[keyPath: mark].y * factor)
            #expect(max(shift, rise) < 0.02 * faceWidth, "\(shift), \(rise) of \(faceWidth)")
        }
        #expect(Self.distance(whole.template, scaled.template) < 0.2)
    }

    @Test("What was asked for before never shows in a template or a measure")
    func order() throws {
        let engine = try Self.engine()
        var timings = AnalysisTimings()
        let one = try DecodedPicture(Support.photograph("obama"), limits: PictureLimits())
        let other = try DecodedPicture(Support.photograph("obama2"), limits: PictureLimits())
        let oneFace = try #require(try engine.detect(in: one, timings: &timings).first)
        let otherFace = try #require(try engine.detect(in: other, timings: &timings).first)
        let first = try engine.embed(oneFace, in: one, timings: &timings)
        let second = try engine.embed(otherFace, in: one, timings: &timings)
        let third = try engine.embed(otherFace, in: other, timings: &timings)
        // Other landmarks, or another picture with the same landmarks: another chip.
        #expect(second != first && second != third)
        let measured = try engine.measure(oneFace, in: one, timings: &timings)
        let again = try engine.measure(oneFace, in: other, timings: &timings)
        #expect(measured != again)
        #expect(try engine.embed(oneFace, in: one, timings: &timings) == first)
        #expect(try engine.measure(oneFace, in: one, timings: &timings) == measured)
        #expect(try engine.embed(otherFace, in: other, timings: &timings) == third)

        // A picture at an address that another one had is still another picture.
        for _ in 0..<3 {
            let fresh = try DecodedPicture(Support.photograph("obama"), limits: PictureLimits())
            #expect(try engine.embed(oneFace, in: fresh, timings: &timings) == first)
            let replaced = try DecodedPicture(Support.photograph("biden"), limits: PictureLimits())
            #expect(try engine.embed(oneFace, in: replaced, timings: &timings) != first)
        }
    }

    private static func engine() throws -> Engine {
        try Engine(
            LoadedModels(
                manifest: ModelManifest.load(directory: Support.modelsDirectory),
                directory: Support.modelsDirectory,
                digest: Support.digest
            )
        )
    }

    private static func face(of raster: PictureRaster, with engine: borrowing Engine) throws
        -> (face: afe_face, template: FaceTemplate)
    {
        var timings = AnalysisTimings()
        let picture = try DecodedPicture(raster.jpeg(quality: 97), limits: PictureLimits())
        let face = try #require(try engine.detect(in: picture, timings: &timings).first)
        return (face, try engine.embed(face, in: picture, timings: &timings))
    }

    private static func distance(_ one: FaceTemplate, _ other: FaceTemplate) -> Float {
        zip(one.values, other.values).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
    }
}
