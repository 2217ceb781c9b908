/// Whether the mouth is visible (ISO/IEC 29794-5:2025, "mouth occlusion prevention"), as far as its detail shows it.
///
/// Raw number: see ``FaceAppearance/mouthDetail``. Value: 100 raw / 0.24, the median
/// of 1 549 press photographs.
enum MouthOcclusionPrevention: QualityMeasurement {
    static let unit = "share of luminance"
    static let bounds = QualityBounds.atLeast(0...2)

    static func raw(of face: DetectedFace, in picture: PictureAnalysis) -> Double {
        face.appearance?.mouthDetail.map(Double.init) ?? .nan
    }

    static func value(of raw: Double) -> Double {
        100 * raw / 0.24
    }

    static func defect(of face: DetectedFace, in picture: PictureAnalysis, missed bound: QualityBound) -> QualityFault {
        QualityFault(.mouthCovered)
    }
}
