/// How much of the aligned face the edge of the picture cuts off; the standard knows only the room around a whole face.
///
/// Raw number: share of the aligned face, 0 to 1. Value: 100 (1 - raw).
enum FaceOutsidePicture: QualityMeasurement {
    static let unit = "share"
    static let bounds = QualityBounds.atMost(0...1)

    static func raw(of face: DetectedFace, in picture: PictureAnalysis) -> Double { Double(face.chipOutside) }

    static func value(of raw: Double) -> Double { 100 * (1 - raw) }

    static func defect(of face: DetectedFace, in picture: PictureAnalysis, missed bound: QualityBound) -> QualityFault {
        QualityFault(.faceCutByEdge, FaceMargins(of: face, in: picture).tightest)
    }
}
