/// How calm the background is (ISO/IEC 29794-5:2025, "background uniformity").
///
/// Raw number: see ``FaceAppearance/backgroundGradient``; 0 where no background is visible. Value: a falling sigmoid
/// of width 10 around 25, the median of press photographs; before a plain wall the median is 3.
enum BackgroundUniformity: QualityMeasurement {
    static let unit = "levels"
    static let bounds = QualityBounds.atMost(0...255)

    static func raw(of face: DetectedFace, in picture: PictureAnalysis) -> Double {
        face.appearance.map { Double($0.backgroundGradient) } ?? .nan
    }

    static func value(of raw: Double) -> Double {
        100 * (1 - qualitySigmoid(raw, centre: 25, width: 10))
    }

    static func defect(of face: DetectedFace, in picture: PictureAnalysis, missed bound: QualityBound) -> QualityFault {
        QualityFault(.backgroundBusy)
    }
}
