import FaceAnalysis
import Foundation
import Testing

@testable import Liveness

@Suite("Parallax")
struct FaceShapeTests {
    /// A camera 500 mm away.
    static func shape(_ points: [Point3]) throws -> FaceShape {
        let seen = points.map { point in
            PicturePoint(
                x: Float(320 + 700 * point.x / (point.z + 500)),
                y: Float(240 + 700 * point.y / (point.z + 500))
            )
        }
        let landmarks = FaceLandmarks(
            leftEye: seen[0],
            rightEye: seen[1],
            nose: seen[2],
            leftMouth: seen[3],
            rightMouth: seen[4]
        )
        return try #require(FaceShape.normalized(landmarks)?.shape)
    }

    static let head = [(-31.5, -36.0, 28.0), (31.5, -36, 28), (0, 0, 0), (-26.5, 29, 28), (26.5, 29, 28)]
        .map { Point3(x: $0.0, y: $0.1, z: $0.2) }
    static let flat = head.map { Point3(x: $0.x, y: $0.y, z: 0) }

    @Test("a flat picture's nose goes along with eyes and mouth, however it is moved, turned and tilted")
    func plane() throws {
        let neutral = try Self.shape(Self.flat)
        for turn in [-0.8, -0.3, 0, 0.5] {
            for nod in [-0.7, 0, 0.4] {
                for tilt in [-0.3, 0.2] {
                    let moved = Self.flat.map {
                        $0.rotated(turn: turn, nod: nod, tilt: tilt) + Point3(x: 40, y: -30, z: 120)
                    }
                    let parallax = try #require(try Self.shape(moved).parallax(from: neutral))
                    #expect(parallax.length < 1e-4)
                }
            }
        }
    }

    @Test("a head's nose goes aside by its height times the tangent of the turn")
    func relief() throws {
        let neutral = try Self.shape(Self.head)
        for degrees in [-35.0, -20, -10, 10, 20, 35] {
            let angle = degrees * .pi / 180
            let turned = Self.head.map { $0.rotated(turn: angle, nod: 0, tilt: 0) }
            let parallax = try #require(try Self.shape(turned).parallax(from: neutral))
            #expect(abs(parallax.x - 28 / 63 * tan(angle)) < 0.03)
            #expect(abs(parallax.y) < 0.01)
            let nodded = Self.head.map { $0.rotated(turn: 0, nod: -angle, tilt: 0) }
            let lowered = try #require(try Self.shape(nodded).parallax(from: neutral))
            #expect(abs(lowered.y - 28 / 63 * tan(angle)) < 0.03)
        }
    }

    @Test("points that fix no plane give no parallax")
    func degenerate() {
        let line = FaceShape(corners: (0..<4).map { Vector(Double($0), 0) }, nose: Vector(0, 0))
        let square = FaceShape(
            corners: [Vector(0, 0), Vector(1, 0), Vector(0, 1), Vector(1, 1)],
            nose: Vector(0.5, 0.5)
        )
        let unknown = FaceShape(corners: [Vector(.nan, 0)] + square.corners.dropFirst(), nose: square.nose)
        #expect(line.parallax(from: square) == nil)
        #expect(unknown.parallax(from: square) == nil)
        #expect(square.parallax(from: square) == Vector(0, 0))
    }

    @Test("order statistics leave out nothing and take no number that is none")
    func statistics() {
        #expect(Statistics.median([3, 1, 2]) == 2)
        #expect(Statistics.median([4, 1, 2, 3]) == 2.5)
        #expect(Statistics.median([]) == nil)
        #expect(Statistics.median([1, .nan]) == nil)
        #expect(Statistics.smoothed([0, 9, 0, 0]) == [4.5, 0, 0, 0])
    }
}
