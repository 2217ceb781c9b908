/// The share of the face that is white (ISO/IEC 29794-5:2025, "over-exposure prevention").
///
/// Raw number: share, 0 to 1, of pixels with a luminance of 247 to 255. Value: 1 / (raw + 0.01), as OFIQ.
enum OverExposurePrevention: QualityMeasurement {
    static let unit = "share"
    static let bounds = QualityBounds.atMost(0...1)

    static func raw(of face: DetectedFace, in picture: PictureAnalysis) -> Double {
        face.appearance.map { Double($0.brightShare) } ?? .nan
    }

    static func value(of raw: Double) -> Double {
        1 / (raw + 0.01)
    }

    static func defect(of face: DetectedFace, in picture: PictureAnalysis, missed bound: QualityBound) -> QualityFault {
        QualityFault(.faceTooBright)
    }
}
