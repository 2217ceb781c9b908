import FaceAnalysis
import Foundation

/// A camera of 640 × 480 pixels: where points fall, how they are exposed and stored.
struct Camera: Sendable {
    static let width = 640
    static let height = 480

    /// Focal length in pixels; 600 is a webcam's 56° across.
    var focalLength: Double
    /// The distance of the eyes from the camera at rest, millimetres.
    var distance: Double
    /// Where the point between the eyes lies at rest, pixels.
    var centre: (x: Double, y: Double)
    /// How far the camera trembles, standard deviation in pixels.
    var tremble: Double
    /// How far the exposure drifts, share.
    var drift: Double
    /// Seconds of a period of that.
    var driftPeriod: Double
    var phase: Double
    var readNoise: Double
    /// Variance for each step of value.
    var shotNoise: Double
    var quality: Int

    /// A webcam and a person before it, the eyes 85 to 112 pixels apart.
    init(draws: inout SeededDraws) {
        focalLength = draws.number(in: 540...680)
        distance = focalLength * HeadSurface.eyeSpan / draws.number(in: 85...112)
        centre = (
            Double(Self.width) / 2 + draws.number(in: -35...35), Double(Self.height) * 0.44 + draws.number(in: -25...20)
        )
        tremble = draws.number(in: 0.1...0.5)
        drift = draws.number(in: 0.005...0.04)
        driftPeriod = draws.number(in: 3...9)
        phase = draws.number(in: 0...(2 * .pi))
        readNoise = draws.number(in: 0.8...2)
        shotNoise = draws.number(in: 0.02...0.07)
        quality = 75 + draws.index(below: 11)
    }

    /// What the camera sees at a moment.
    func view(draws: inout SeededDraws) -> CameraView {
        // The sum of uniform draws is near enough to a normal one.
        func normal() -> Double { (0..<4).reduce(0.0) { sum, _ in sum + draws.number(in: -1...1) } * 0.866 }
        return CameraView(
            focalLength: focalLength,
            distance: distance,
            x: centre.x + tremble * normal(),
            y: centre.y + tremble * normal()
        )
    }

    /// The gain of the exposure at a moment.
    func gain(at time: Double) -> Double { 1 + drift * sin(2 * .pi * time / driftPeriod + phase) }
}

/// A camera at one moment: a perspective projection.
struct CameraView: Sendable {
    var focalLength: Double
    var distance: Double
    var x: Double
    var y: Double

    /// Where a point falls that is given in millimetres from between the eyes at rest.
    func corner(_ point: Point3, texture: PicturePoint, light: Float = 1) -> TexturedMesh.Corner {
        let depth = distance + point.z
        // Behind the camera: such a corner is never drawn.
        guard depth > 1 else { return TexturedMesh.Corner(x: 0, y: 0, depth: 0, u: 0, v: 0) }
        return TexturedMesh.Corner(
            x: Float(x + focalLength * point.x / depth),
            y: Float(y + focalLength * point.y / depth),
            depth: Float(depth),
            u: texture.x,
            v: texture.y,
            light: light
        )
    }
}
