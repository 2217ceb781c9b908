/// How many levels of luminance the face has (ISO/IEC 29794-5:2025, "dynamic range").
///
/// Raw number: entropy of the histogram, 0 to 8 bits. Value: 12.5 times that, as OFIQ.
enum DynamicRange: QualityMeasurement {
    static let unit = "bits"
    static let bounds = QualityBounds.atLeast(0...8)

    static func raw(of face: DetectedFace, in picture: PictureAnalysis) -> Double {
        face.appearance.map { Double($0.entropy) } ?? .nan
    }

    static func value(of raw: Double) -> Double {
        12.5 * raw
    }

    static func defect(of face: DetectedFace, in picture: PictureAnalysis, missed bound: QualityBound) -> QualityFault {
        QualityFault(.faceTooFlat)
    }
}
