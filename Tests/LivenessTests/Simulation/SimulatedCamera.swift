import Biometrics
import FaceAnalysis
import Foundation
import Liveness

/// A webcam and the detector behind it: projection, and the noise that was measured of the landmarks.
struct SimulatedCamera: Sendable {
    /// Millimetres from the camera to the face at rest.
    var distance: Double
    /// Pixels.
    var focalLength: Double
    var centre: (x: Double, y: Double)
    /// Seconds from frame to frame.
    var interval: Double

    /// Of 60 pictures moved below a pixel, scaled and turned anew, with noise: the nose before the plane scatters by
    /// 0.013 to 0.015 of the eyes' distance; all points together by 0.015.
    static let pointNoise = 0.012
    static let placeNoise = 0.012

    init(_ draws: inout Draws) {
        distance = draws.number(420...750)
        focalLength = draws.number(560...820)
        centre = (320 + draws.number(-40...40), 240 + draws.number(-25...25))
        interval = draws.number(0.09...0.2)
    }

    /// The moments at which pictures are taken.
    func times(_ duration: Double, _ draws: inout Draws) -> [Double] {
        var times: [Double] = []
        var time = 0.0
        while time <= duration {
            times.append(time)
            time += interval * draws.number(0.9...1.15)
        }
        return times
    }

    /// A frame of points about the face at rest, in millimetres; the box goes around the outline's.
    func frame(
        _ points: [Point3],
        outline: [Point3],
        at time: Double,
        template: FaceTemplate?,
        noise: Double = 1,
        _ draws: inout Draws
    ) -> LivenessFrame {
        func projected(_ point: Point3) -> (x: Double, y: Double) {
            (
                x: centre.x + focalLength * point.x / (point.z + distance),
                y: centre.y + focalLength * point.y / (point.z + distance)
            )
        }
        var seen = points.map(projected)
        let edges = outline.map(projected)
        let eyes = hypot(seen[1].x - seen[0].x, seen[1].y - seen[0].y)
        let together = (draws.normal(Self.placeNoise * eyes * noise), draws.normal(Self.placeNoise * eyes * noise))
        for index in seen.indices {
            seen[index].x += together.0 + draws.normal(Self.pointNoise * eyes * noise)
            seen[index].y += together.1 + draws.normal(Self.pointNoise * eyes * noise)
        }
        let wide = draws.normal(Self.placeNoise * eyes * noise)
        let box = PictureRectangle(
            left: Float((edges.map(\.x).min() ?? 0) + together.0 - wide),
            top: Float((edges.map(\.y).min() ?? 0) + together.1),
            right: Float((edges.map(\.x).max() ?? 0) + together.0 + wide),
            bottom: Float((edges.map(\.y).max() ?? 0) + together.1)
        )
        let points = seen.map { PicturePoint(x: Float($0.x), y: Float($0.y)) }
        return Self.frame(points, box, at: time, template, &draws)
    }

    private static func frame(
        _ points: [PicturePoint],
        _ box: PictureRectangle,
        at time: Double,
        _ template: FaceTemplate?,
        _ draws: inout Draws
    ) -> LivenessFrame {
        let landmarks = FaceLandmarks(
            leftEye: points[0],
            rightEye: points[1],
            nose: points[2],
            leftMouth: points[3],
            rightMouth: points[4]
        )
        let face = DetectedFace(
            box: box,
            landmarks: landmarks,
            confidence: 0.9,
            margin: 20,
            appearance: FaceAppearance(brightness: 120, contrast: 40, sharpness: 0.05),
            template: template
        )
        let digest = (0..<4).flatMap { _ in withUnsafeBytes(of: draws.next()) { Array($0) } }
        return LivenessFrame(capturedAt: time, digest: digest, width: 640, height: 480, faces: [face])
    }
}
