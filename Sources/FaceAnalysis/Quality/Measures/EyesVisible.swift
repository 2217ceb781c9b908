/// Whether both eyes are visible (ISO/IEC 29794-5:2025, "eyes visible"), as far as their detail shows it.
///
/// Raw number: the smaller of both, see ``FaceAppearance/leftEyeDetail``. Value: 100 raw / 0.22, the median
/// of 1 549 press photographs.
enum EyesVisible: QualityMeasurement {
    static let unit = "share of luminance"
    static let bounds = QualityBounds.atLeast(0...2)

    static func raw(of face: DetectedFace, in picture: PictureAnalysis) -> Double {
        guard let left = face.appearance?.leftEyeDetail, let right = face.appearance?.rightEyeDetail else {
            return .nan
        }
        // Swift's min passes over what is not a number when it stands second.
        return left.isNaN || right.isNaN ? .nan : Double(min(left, right))
    }

    static func value(of raw: Double) -> Double {
        100 * raw / 0.22
    }

    static func defect(of face: DetectedFace, in picture: PictureAnalysis, missed bound: QualityBound) -> QualityFault {
        QualityFault(.eyesCovered)
    }
}
