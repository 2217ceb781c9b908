import FaceAnalysis
import Foundation

/// A point or a vector in a plane.
struct Vector: Equatable, Sendable {
    var x: Double
    var y: Double

    init(_ x: Double, _ y: Double) {
        self.x = x
        self.y = y
    }

    init(_ point: PicturePoint) {
        self.init(Double(point.x), Double(point.y))
    }

    var length: Double { (x * x + y * y).squareRoot() }
    var isFinite: Bool { x.isFinite && y.isFinite }

    static func + (one: Vector, other: Vector) -> Vector { Vector(one.x + other.x, one.y + other.y) }
    static func - (one: Vector, other: Vector) -> Vector { Vector(one.x - other.x, one.y - other.y) }
    static func * (one: Vector, factor: Double) -> Vector { Vector(one.x * factor, one.y * factor) }
    static func / (one: Vector, divisor: Double) -> Vector { Vector(one.x / divisor, one.y / divisor) }
}

/// The five points of a face without place, size and tilt: the eyes lie at (−½, 0) and (½, 0), y runs down the face.
struct FaceShape: Equatable, Sendable {
    /// Eyes and corners of the mouth, left to right and top to bottom: nearly in a plane.
    var corners: [Vector]
    /// The tip of the nose, before that plane.
    var nose: Vector

    /// Where the shape lay in the picture.
    struct Placement: Equatable, Sendable {
        /// The middle of eyes and mouth, pixels.
        var centre: Vector
        /// Radians clockwise.
        var roll: Double
        /// The distance of the eyes, pixels.
        var eyes: Double
        /// From the middle of the eyes to the middle of the mouth, pixels.
        var height: Double
    }

    init(corners: [Vector], nose: Vector) {
        self.corners = corners
        self.nose = nose
    }

    /// Takes place, size and tilt out of landmarks; `nil` where they are no face: not finite, or on one spot.
    static func normalized(_ landmarks: FaceLandmarks) -> (shape: FaceShape, placement: Placement)? {
        let left = Vector(landmarks.leftEye)
        let right = Vector(landmarks.rightEye)
        let mouth = [Vector(landmarks.leftMouth), Vector(landmarks.rightMouth)]
        let nose = Vector(landmarks.nose)
        let span = right - left
        let eyes = span.length
        guard (mouth + [left, right, nose]).allSatisfy(\.isFinite), eyes > 1 else { return nil }
        let middle = (left + right) / 2
        let along = span / eyes

        func turned(_ point: Vector) -> Vector {
            let offset = point - middle
            return Vector(offset.x * along.x + offset.y * along.y, offset.y * along.x - offset.x * along.y) / eyes
        }
        let shape = FaceShape(corners: [left, right, mouth[0], mouth[1]].map(turned), nose: turned(nose))
        let height = shape.height
        // A mouth on the line of the eyes, or above it, is no face.
        guard height > 0.2 else { return nil }
        let centre = (left + right + mouth[0] + mouth[1]) / 4
        let roll = atan2(along.y, along.x)
        return (shape, Placement(centre: centre, roll: roll, eyes: eyes, height: height * eyes))
    }

    /// From the middle of the eyes to the middle of the mouth, in distances of the eyes.
    var height: Double { ((corners[2] + corners[3]) / 2 - (corners[0] + corners[1]) / 2).length }

    /// The median of shapes, coordinate by coordinate; `nil` of none.
    static func median(_ shapes: [FaceShape]) -> FaceShape? {
        guard !shapes.isEmpty else { return nil }
        func middle(_ point: (FaceShape) -> Vector) -> Vector {
            Vector(
                Statistics.median(shapes.map { point($0).x }) ?? .nan,
                Statistics.median(shapes.map { point($0).y }) ?? .nan
            )
        }
        return FaceShape(corners: (0..<4).map { index in middle { $0.corners[index] } }, nose: middle(\.nose))
    }

    /// How far the tip of the nose lies from where it would lie if `neutral` were flat, in distances of the eyes.
    ///
    /// The four corners fix how a plane was moved, turned and seen in perspective (a homography); a flat picture's nose
    /// goes along with them. A head's does not: it goes aside by its height over the plane times the tangent of the
    /// turn. x is positive towards the right of the picture, y downwards. `nil` where the corners fix nothing.
    func parallax(from neutral: FaceShape) -> Vector? {
        guard let back = Homography(from: corners, to: neutral.corners), let seen = back.apply(to: nose) else {
            return nil
        }
        return seen - neutral.nose
    }
}
