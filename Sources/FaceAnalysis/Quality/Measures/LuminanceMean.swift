/// The mean luminance of the face (ISO/IEC 29794-5:2025, "luminance mean").
///
/// Raw number: 0 to 255 (the standard divides by 255). Value: a rise around 51 and a fall around 204, each of width
/// 12.75, as OFIQ.
enum LuminanceMean: QualityMeasurement {
    static let unit = "luminance, 0 to 255"
    static let bounds = QualityBounds.both(0...255)

    static func raw(of face: DetectedFace, in picture: PictureAnalysis) -> Double {
        face.appearance.map { Double($0.brightness) } ?? .nan
    }

    static func value(of raw: Double) -> Double {
        100 * qualitySigmoid(raw, centre: 51, width: 12.75)
            * (1 - qualitySigmoid(raw, centre: 204, width: 12.75))
    }

    static func defect(of face: DetectedFace, in picture: PictureAnalysis, missed bound: QualityBound) -> QualityFault {
        QualityFault(bound == .atMost ? .faceTooBright : .faceTooDark)
    }
}
