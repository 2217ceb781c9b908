import FaceAnalysis
import Foundation
import Testing

@Suite("Rasters that presentations are drawn on")
struct PresentationRasterTests {
    /// Columns rise in red, rows in green.
    private static let slope = PictureRaster(width: 64, height: 48) { x, y in
        SIMD3(Float(x) * 4, Float(y) * 5, 100)
    }

    private static func quad(_ corners: [(x: Float, y: Float)], depth: Float, texture: PictureRaster) -> TexturedMesh {
        let places: [(Float, Float)] = [(0, 0), (1, 0), (0, 1), (1, 1)]
        return TexturedMesh(
            corners: zip(corners, places).map { corner, place in
                TexturedMesh.Corner(
                    x: corner.x,
                    y: corner.y,
                    depth: depth,
                    u: place.0 * Float(texture.width - 1),
                    v: place.1 * Float(texture.height - 1)
                )
            },
            triangles: [0, 1, 2, 1, 3, 2]
        )
    }

    @Test("A JPEG file reads back as what was encoded, nearly")
    func roundTrip() throws {
        let file = try Self.slope.jpeg(quality: 95)
        #expect(file.prefix(3) == Data([0xFF, 0xD8, 0xFF]))
        let again = try PictureRaster(decoding: file)
        #expect(again.width == 64 && again.height == 48)
        let differences = zip(Self.slope.pixels, again.pixels).map { abs(Int($0) - Int($1)) }
        #expect(Double(differences.reduce(0, +)) / Double(differences.count) < 2)
        #expect(try Self.slope.jpeg(quality: 30).count < file.count)
    }

    @Test("Decoding keeps the caps on pictures")
    func caps() throws {
        let file = try Self.slope.jpeg(quality: 80)
        let error = #expect(throws: FaceAnalysisError.self) {
            try PictureRaster(decoding: file, limits: PictureLimits(mostPixels: 1_000))
        }
        #expect(error?.code == .pictureTooManyPixels)
        #expect(throws: FaceAnalysisError.self) { try PictureRaster(decoding: file.prefix(file.count / 2)) }
        #expect(throws: FaceAnalysisError.self) { try PictureRaster(decoding: Data()) }
    }

    @Test("Between pixels the colour is between theirs, beyond the edge it is the edge's")
    func sampling() {
        #expect(Self.slope.sample(x: 10.5, y: 20) == SIMD3(42, 100, 100))
        #expect(Self.slope.sample(x: 10, y: 20.25) == SIMD3(40, 101.25, 100))
        #expect(Self.slope.sample(x: -7, y: 900) == SIMD3(0, 235, 100))
        let one = PictureRaster(width: 1, height: 1, red: 9, green: 8, blue: 7)
        #expect(one.sample(x: 3, y: -3) == SIMD3(9, 8, 7))
    }

    @Test("The nearer of two things is seen, whichever is drawn first", arguments: [true, false])
    func depth(_ nearFirst: Bool) throws {
        let near = PictureRaster(width: 2, height: 2, red: 200)
        let far = PictureRaster(width: 2, height: 2, blue: 200)
        var picture = PictureRaster(width: 20, height: 20)
        var depths = [Float](repeating: .infinity, count: 400)
        let small = Self.quad([(5, 5), (14, 5), (5, 14), (14, 14)], depth: 1, texture: near)
        let large = Self.quad([(-2, -2), (22, -2), (-2, 22), (22, 22)], depth: 2, texture: far)
        for isNear in [nearFirst, !nearFirst] {
            try picture.draw(isNear ? small : large, texture: isNear ? near : far, depths: &depths)
        }
        #expect(picture[10, 10] == SIMD3(200, 0, 0))
        #expect(picture[2, 2] == SIMD3(0, 0, 200))
        #expect(picture[19, 19] == SIMD3(0, 0, 200))
        #expect(depths[10 * 20 + 10] == 1)
    }

    @Test("A texture recedes in perspective: the middle of a slanted edge is not its half")
    func perspective() throws {
        var picture = PictureRaster(width: 101, height: 11)
        var depths = [Float](repeating: .infinity, count: 101 * 11)
        let ramp = PictureRaster(width: 251, height: 2) { x, _ in SIMD3(repeating: Float(x)) }
        let corners = [(Float(0), Float(0), Float(1)), (100, 0, 3), (0, 10, 1), (100, 10, 3)]
        let mesh = TexturedMesh(
            corners: corners.map { x, y, depth in
                TexturedMesh.Corner(x: x, y: y, depth: depth, u: x * 2.5, v: 0)
            },
            triangles: [0, 1, 2, 1, 3, 2]
        )
        try picture.draw(mesh, texture: ramp, depths: &depths)
        // Half way in the picture, 1/depth is half way between 1 and 1/3: a quarter of the way along the edge.
        #expect(abs(picture[50, 5].x - 62.5) <= 1)
        #expect(abs(depths[5 * 101 + 50] - 1.5) < 0.01)
    }

    @Test("What lies behind the camera or is no number is not drawn, a missing corner is an error")
    func impossible() throws {
        let white = PictureRaster(width: 2, height: 2, red: 255)
        var picture = PictureRaster(width: 8, height: 8)
        let blank = picture
        var depths = [Float](repeating: .infinity, count: 64)
        for depth in [Float(0), -1, .nan] {
            let mesh = Self.quad([(0, 0), (8, 0), (0, 8), (8, 8)], depth: depth, texture: white)
            try picture.draw(mesh, texture: white, depths: &depths)
        }
        let lost = Self.quad([(.nan, 0), (8, 0), (0, 8), (.infinity, 8)], depth: 1, texture: white)
        try picture.draw(lost, texture: white, depths: &depths)
        #expect(picture == blank)
        var broken = Self.quad([(0, 0), (8, 0), (0, 8), (8, 8)], depth: 1, texture: white)
        broken.triangles = [0, 1, 4]
        #expect(throws: FaceAnalysisError.self) { try picture.draw(broken, texture: white, depths: &depths) }
    }

    @Test("Noise has the deviation asked for, and the same seed gives the same noise")
    func noise() {
        let grey = PictureRaster(width: 120, height: 100, red: 100, green: 100, blue: 100)
        var noisy = grey
        noisy.expose(gain: 1.1, readNoise: 1.5, shotNoise: 0.05, seed: 7)
        let values = noisy.pixels.map(Double.init)
        let mean = values.reduce(0, +) / Double(values.count)
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
        #expect(abs(mean - 110) < 0.2)
        // Rounding to whole values adds a twelfth.
        #expect(abs(variance - (1.5 * 1.5 + 0.05 * 110 + 1.0 / 12)) < 0.4)
        var again = grey
        again.expose(gain: 1.1, readNoise: 1.5, shotNoise: 0.05, seed: 7)
        #expect(again == noisy)
        var other = grey
        other.expose(gain: 1.1, readNoise: 1.5, shotNoise: 0.05, seed: 8)
        #expect(other != noisy)
    }
}
