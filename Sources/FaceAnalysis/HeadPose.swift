import Foundation

/// A coarse estimate of where a head points, from five landmarks.
///
/// The yaw follows the truth but shows about half of it; the pitch is little more than a sign and moves when the mouth
/// opens. Good enough to refuse a profile, not to measure an angle.
public struct HeadPose: Equatable, Hashable, Sendable, Codable {
    /// Degrees towards the left side of the picture.
    public var yaw: Float
    /// Degrees downwards.
    public var pitch: Float
    /// Degrees clockwise.
    public var roll: Float

    /// Makes a pose.
    public init(yaw: Float, pitch: Float, roll: Float) {
        self.yaw = yaw
        self.pitch = pitch
        self.roll = roll
    }

    // An average head in millimetres, seen from the front: how far the eyes and mouth corners lie behind the tip of the
    // nose, and above or below it.
    private static let eyeSpan: Float = 63
    private static let eyesAbove: Float = 36
    private static let eyesBehind: Float = 30
    private static let mouthBelow: Float = 29
    private static let mouthBehind: Float = 25

    /// Estimates a pose.
    public init(_ landmarks: FaceLandmarks) {
        let span = max(landmarks.interEyeDistance, .leastNormalMagnitude)
        let along = PicturePoint(
            x: (landmarks.rightEye.x - landmarks.leftEye.x) / span,
            y: (landmarks.rightEye.y - landmarks.leftEye.y) / span
        )
        let eyes = landmarks.leftEye.middle(to: landmarks.rightEye)
        let mouth = landmarks.leftMouth.middle(to: landmarks.rightMouth)

        // Coordinates of a point from between the eyes, along their line and across it.
        func turned(_ point: PicturePoint) -> PicturePoint {
            let x = point.x - eyes.x
            let y = point.y - eyes.y
            return PicturePoint(x: x * along.x + y * along.y, y: y * along.x - x * along.y)
        }
        let nose = turned(landmarks.nose)
        let chin = turned(mouth)
        // Where along the way from the eyes to the mouth the nose is; a mouth on the eyes' line has no such way.
        let way = nose.y / (abs(chin.y) > 1e-3 ? chin.y : .infinity)

        let behind =
            Self.eyesBehind + (Self.mouthBehind - Self.eyesBehind) * Self.eyesAbove
            / (Self.eyesAbove + Self.mouthBelow)
        let aside = (nose.x - chin.x * way) / span
        yaw = Self.degrees(atan(-aside * Self.eyeSpan / behind))
        let height = Self.eyesAbove + Self.mouthBelow
        pitch = Self.degrees(
            atan2(way * height - Self.eyesAbove, Self.eyesBehind - way * (Self.eyesBehind - Self.mouthBehind))
        )
        roll = Self.degrees(atan2(along.y, along.x))
    }

    private static func degrees(_ radians: Float) -> Float { radians * 180 / .pi }
}
