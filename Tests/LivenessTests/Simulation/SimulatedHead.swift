import Biometrics
import Foundation

struct Point3: Sendable {
    var x: Double
    var y: Double
    var z: Double

    static func + (one: Point3, other: Point3) -> Point3 {
        Point3(x: one.x + other.x, y: one.y + other.y, z: one.z + other.z)
    }

    /// Turned to the right of the picture, raised, and tilted clockwise, radians.
    func rotated(turn: Double, nod: Double, tilt: Double) -> Point3 {
        let turned = Point3(x: x * cos(turn) - z * sin(turn), y: y, z: x * sin(turn) + z * cos(turn))
        let nodded = Point3(
            x: turned.x,
            y: turned.y * cos(nod) + turned.z * sin(nod),
            z: -turned.y * sin(nod) + turned.z * cos(nod)
        )
        return Point3(
            x: nodded.x * cos(tilt) - nodded.y * sin(tilt),
            y: nodded.x * sin(tilt) + nodded.y * cos(tilt),
            z: nodded.z
        )
    }
}

/// Five points of a head in millimetres (x right, y down, z away from the camera) from the tip of the nose, and what
/// its templates are like.
struct SimulatedHead: Sendable {
    /// Eyes, nose, corners of the mouth.
    var points: [Point3]
    /// The middle of the skull as the detector's boxes have it: of 195 photographs of real people who turn, as far behind
    /// eyes and mouth as moves it by 1.3 times the nose's parallax.
    var skull: Point3
    var identity: [Double]
    private let side: [Double]

    init(_ draws: inout Draws) {
        // The average of the coarse pose's head, and people 10 % to either side of it.
        func vary(_ value: Double) -> Double { value * (1 + max(-2, min(2, draws.normal())) * 0.07) }
        let (eye, eyesAbove, eyesBehind) = (vary(31.5), vary(36), vary(30))
        let (mouth, mouthBelow, mouthBehind) = (vary(26.5), vary(29), vary(25))
        points = [
            Point3(x: -eye, y: -eyesAbove, z: eyesBehind), Point3(x: eye, y: -eyesAbove, z: eyesBehind),
            Point3(x: draws.normal(0.7), y: 0, z: 0),
            Point3(x: -mouth, y: mouthBelow, z: mouthBehind), Point3(x: mouth, y: mouthBelow, z: mouthBehind),
        ]
        skull = Point3(x: 0, y: -4, z: eyesBehind + vary(36))
        func direction() -> [Double] { (0..<128).map { _ in draws.normal() / 128.squareRoot() } }
        // Templates share a mean: two people are some 0.6 to 0.8 apart, not √2.
        let mean = (0..<128).map { $0 % 2 == 0 ? 1.0 : -1.0 }.map { $0 / 128.squareRoot() }
        identity = zip(mean, direction()).map { $0 + 0.55 * $1 }
        side = direction()
    }

    /// The head as a flat picture of the size of life shows it, with the relief that the detector takes it to have.
    func flattened(relief: Double) -> [Point3] {
        points.enumerated().map { index, point in
            Point3(x: point.x, y: point.y, z: index == 2 ? -relief : 0)
        }
    }

    /// A template of the head turned by an angle.
    func template(turn: Double, _ draws: inout Draws) throws -> FaceTemplate {
        let raw = identity.indices.map { index in
            identity[index] + 0.45 * turn * side[index] + draws.normal(0.06) / 128.squareRoot()
        }
        let length = raw.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return try FaceTemplate(modelID: "simulated", values: raw.map { Float($0 / length) })
    }
}
