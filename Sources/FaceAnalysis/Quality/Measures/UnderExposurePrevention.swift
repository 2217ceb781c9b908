/// The share of the face that is black (ISO/IEC 29794-5:2025, "under-exposure prevention").
///
/// Raw number: share, 0 to 1, of pixels with a luminance of 0 to 25. Value: 120 (0.832 - sigmoid around 0.92 of width
/// 0.05), as OFIQ.
enum UnderExposurePrevention: QualityMeasurement {
    static let unit = "share"
    static let bounds = QualityBounds.atMost(0...1)

    static func raw(of face: DetectedFace, in picture: PictureAnalysis) -> Double {
        face.appearance.map { Double($0.darkShare) } ?? .nan
    }

    static func value(of raw: Double) -> Double {
        120 * (0.832 - qualitySigmoid(raw, centre: 0.92, width: 0.05))
    }

    static func defect(of face: DetectedFace, in picture: PictureAnalysis, missed bound: QualityBound) -> QualityFault {
        QualityFault(.faceTooDark)
    }
}
