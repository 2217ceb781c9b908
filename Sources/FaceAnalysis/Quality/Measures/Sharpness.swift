/// How sharp the face is (ISO/IEC 29794-5:2025, "sharpness").
///
/// Raw number: see ``FaceAppearance/sharpness``. OFIQ asks a trained forest here; this is a ratio of two energies, with
/// the value a sigmoid of
/// width 0.03 around 0.1, the median of 1 549 press photographs.
enum Sharpness: QualityMeasurement {
    static let unit = "ratio"
    static let bounds = QualityBounds.atLeast(0...10)

    static func raw(of face: DetectedFace, in picture: PictureAnalysis) -> Double {
        face.appearance.map { Double($0.sharpness) } ?? .nan
    }

    static func value(of raw: Double) -> Double {
        100 * qualitySigmoid(raw, centre: 0.1, width: 0.03)
    }

    static func defect(of face: DetectedFace, in picture: PictureAnalysis, missed bound: QualityBound) -> QualityFault {
        QualityFault(.faceBlurred)
    }
}
