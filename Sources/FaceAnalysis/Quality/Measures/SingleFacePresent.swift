/// One face and no other (ISO/IEC 29794-5:2025, "single face present").
///
/// Raw number: 0 with one face, 1 with none, otherwise the square root of the second largest face's area over the
/// largest one's. Value: 100 (1 - raw), as OFIQ. Any second face refuses a picture, however small: which of the two
/// is to be compared would be a guess.
enum SingleFacePresent: QualityMeasurement {
    static let unit = "ratio of sizes"
    static let bounds = QualityBounds.atMost(0...0)

    static func raw(of face: DetectedFace, in picture: PictureAnalysis) -> Double { raw(in: picture) }

    static func raw(in picture: PictureAnalysis) -> Double {
        guard picture.faces.count != 1 else { return 0 }
        let areas = picture.faces.map { Double($0.box.area) }.sorted(by: >)
        guard areas.count > 1, areas[0] > 0 else { return 1 }
        return (areas[1] / areas[0]).squareRoot()
    }

    static func value(of raw: Double) -> Double { 100 * (1 - raw) }

    static func defect(of face: DetectedFace, in picture: PictureAnalysis, missed bound: QualityBound) -> QualityFault {
        QualityFault(.severalFaces)
    }
}
