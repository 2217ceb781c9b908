import FaceAnalysis
import Foundation

/// A face's own millimetres in a picture: from the five landmarks to the head's coordinates and back.
struct FaceFrame: Equatable, Sendable {
    /// The pixels of the point between the eyes.
    private let origin: PicturePoint
    /// Unit vector along the eyes, to the right.
    private let along: PicturePoint
    /// Pixels a millimetre.
    let scale: Double
    /// How far right the middle of the mouth lies for each millimetre below the eyes.
    private let slant: Double
    /// How the head was turned in the picture, radians to the right of the picture.
    let turn: Double
    /// How far below the eyes the tip of the nose and the mouth lie in the picture, millimetres.
    let noseBelow: Double
    let mouthBelow: Double

    /// A frame of landmarks; `nil` where they make no upright face.
    init?(_ landmarks: FaceLandmarks) {
        let span = Double(landmarks.interEyeDistance)
        guard span >= 8 else { return nil }
        origin = PicturePoint(
            x: (landmarks.leftEye.x + landmarks.rightEye.x) / 2,
            y: (landmarks.leftEye.y + landmarks.rightEye.y) / 2
        )
        along = PicturePoint(
            x: (landmarks.rightEye.x - landmarks.leftEye.x) / Float(span),
            y: (landmarks.rightEye.y - landmarks.leftEye.y) / Float(span)
        )
        let (start, axis) = (origin, along)
        func turned(_ point: PicturePoint) -> (x: Double, y: Double) {
            let (x, y) = (Double(point.x - start.x), Double(point.y - start.y))
            let (cosine, sine) = (Double(axis.x), Double(axis.y))
            return (x * cosine + y * sine, y * cosine - x * sine)
        }
        let nose = turned(landmarks.nose)
        let mouths = [landmarks.leftMouth, landmarks.rightMouth].map(turned)
        let mouth = (x: (mouths[0].x + mouths[1].x) / 2, y: (mouths[0].y + mouths[1].y) / 2)
        guard mouth.y > 0.5 * span, nose.y > 0.15 * mouth.y, nose.y < 0.9 * mouth.y else { return nil }
        slant = mouth.x / mouth.y
        // The nose stands out of the line from the eyes to the mouth by this much, 27 mm before it on average.
        let aside = (nose.x - slant * nose.y) * HeadSurface.eyeSpan / span
        turn = asin(min(0.6, max(-0.6, aside / 27)))
        scale = span / (HeadSurface.eyeSpan * cos(turn))
        noseBelow = nose.y / scale
        mouthBelow = mouth.y / scale
    }

    /// The pixel of a place given in millimetres from between the eyes.
    func pixel(x: Double, y: Double) -> PicturePoint {
        let (across, down) = ((x + slant * y) * scale, y * scale)
        return PicturePoint(
            x: origin.x + Float(across) * along.x - Float(down) * along.y,
            y: origin.y + Float(across) * along.y + Float(down) * along.x
        )
    }

    /// The place of a pixel in millimetres from between the eyes.
    func millimetres(of pixel: PicturePoint) -> (x: Double, y: Double) {
        let (x, y) = (Double(pixel.x - origin.x), Double(pixel.y - origin.y))
        let (cosine, sine) = (Double(along.x), Double(along.y))
        let down = (y * cosine - x * sine) / scale
        return ((x * cosine + y * sine) / scale - slant * down, down)
    }
}
