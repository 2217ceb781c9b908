/// The room around a face (ISO/IEC 29794-5:2025, "crop" and "margin of the face image").
///
/// Beside the face it is counted from the nearer eye in distances between the eyes, above and below from the middle
/// between the eyes in distances from there to the chin. Five landmarks have no chin: the eyes and the mouth are 1.72
/// times closer together than the eyes and the chin (median of 1 810 faces; nine in ten are within 1.6 to 1.9).
struct FaceMargins: Equatable {
    var left: Double
    var right: Double
    var above: Double
    var below: Double

    private static let eyesToChinOverEyesToMouth: Double = 1.72

    init(of face: DetectedFace, in picture: PictureAnalysis) {
        let landmarks = face.landmarks
        let span = Double(landmarks.interEyeDistance)
        let eyes = landmarks.leftEye.middle(to: landmarks.rightEye)
        let mouth = landmarks.leftMouth.middle(to: landmarks.rightMouth)
        let chin = Double(eyes.distance(to: mouth)) * Self.eyesToChinOverEyesToMouth
        // A face without extent has no room around it.
        left = Double(min(landmarks.leftEye.x, landmarks.rightEye.x)) / (span > 0 ? span : .nan)
        right =
            (Double(picture.width) - Double(max(landmarks.leftEye.x, landmarks.rightEye.x)))
            / (span > 0 ? span : .nan)
        above = Double(eyes.y) / (chin > 0 ? chin : .nan)
        below = (Double(picture.height) - Double(eyes.y)) / (chin > 0 ? chin : .nan)
    }

    /// The side with the least room, beside what a whole face needs.
    var tightest: QualityDefect.Direction? {
        let sides: [(QualityDefect.Direction, Double)] = [
            (.left, left - LeftwardCrop.centre), (.right, right - RightwardCrop.centre),
            (.up, above - MarginAbove.centre), (.down, below - MarginBelow.centre),
        ]
        return sides.filter { !$0.1.isNaN }.min { $0.1 < $1.1 }?.0
    }
}

/// One side's room: the value is a sigmoid of width 0.1 around a centre of OFIQ's.
protocol FaceMarginMeasurement: QualityMeasurement {
    static var centre: Double { get }
    static var side: QualityDefect.Direction { get }
    static func room(_ margins: FaceMargins) -> Double
}

extension FaceMarginMeasurement {
    static var bounds: QualityBounds { .atLeast(0...20) }

    static func raw(of face: DetectedFace, in picture: PictureAnalysis) -> Double {
        room(FaceMargins(of: face, in: picture))
    }

    static func value(of raw: Double) -> Double { 100 * qualitySigmoid(raw, centre: centre, width: 0.1) }

    static func defect(of face: DetectedFace, in picture: PictureAnalysis, missed bound: QualityBound) -> QualityFault {
        QualityFault(.faceNearEdge, side)
    }
}

/// From the picture's left edge to the eye next to it, in distances between the eyes.
enum LeftwardCrop: FaceMarginMeasurement {
    static let unit = "inter-eye distances"
    static let centre = 0.9
    static let side = QualityDefect.Direction.left
    static func room(_ margins: FaceMargins) -> Double { margins.left }
}

/// From the picture's right edge to the eye next to it, in distances between the eyes.
enum RightwardCrop: FaceMarginMeasurement {
    static let unit = "inter-eye distances"
    static let centre = 0.9
    static let side = QualityDefect.Direction.right
    static func room(_ margins: FaceMargins) -> Double { margins.right }
}

/// From the picture's upper edge to the eyes, in distances from the eyes to the chin.
enum MarginAbove: FaceMarginMeasurement {
    static let unit = "eyes-to-chin distances"
    static let centre = 1.4
    static let side = QualityDefect.Direction.up
    static func room(_ margins: FaceMargins) -> Double { margins.above }
}

/// From the eyes to the picture's lower edge, in distances from the eyes to the chin.
enum MarginBelow: FaceMarginMeasurement {
    static let unit = "eyes-to-chin distances"
    static let centre = 1.8
    static let side = QualityDefect.Direction.down
    static func room(_ margins: FaceMargins) -> Double { margins.below }
}
