/// Whether the face as a whole looks uncovered (ISO/IEC 29794-5:2025, "face occlusion prevention"), a weak sign.
///
/// Raw number: the confidence of the detector, 0.5 to 1. Value: 0 at 0.5, below which the
/// detector reports nothing, 100 at 0.9, near the median of uncovered faces.
enum FaceOcclusionPrevention: QualityMeasurement {
    static let unit = "confidence"
    static let bounds = QualityBounds.atLeast(0...1)

    static func raw(of face: DetectedFace, in picture: PictureAnalysis) -> Double {
        Double(face.confidence)
    }

    static func value(of raw: Double) -> Double {
        100 * (raw - 0.5) / 0.4
    }

    static func defect(of face: DetectedFace, in picture: PictureAnalysis, missed bound: QualityBound) -> QualityFault {
        QualityFault(.faceCovered)
    }
}
