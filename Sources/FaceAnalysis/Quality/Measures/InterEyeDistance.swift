/// The distance of the eyes' centres (ISO/IEC 29794-5:2025, "inter-eye distance").
///
/// Raw number: pixels of the whole picture. Value: a sigmoid around 70 px of width 20 px, as OFIQ. Unlike there a
/// turned head is not corrected for: that could only let smaller faces pass.
enum InterEyeDistance: QualityMeasurement {
    static let unit = "px"
    static let bounds = QualityBounds.atLeast(1...10_000)

    static func raw(of face: DetectedFace, in picture: PictureAnalysis) -> Double { Double(face.interEyeDistance) }

    static func value(of raw: Double) -> Double { 100 * qualitySigmoid(raw, centre: 70, width: 20) }

    static func defect(of face: DetectedFace, in picture: PictureAnalysis, missed bound: QualityBound) -> QualityFault {
        QualityFault(.faceTooSmall)
    }
}
