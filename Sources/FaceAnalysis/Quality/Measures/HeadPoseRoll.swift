/// How far the head is tilted (ISO/IEC 29794-5:2025, "head pose roll").
///
/// Raw number: degrees of the line through the eyes, above zero clockwise. Value: 100 cos² of it, as OFIQ.
enum HeadPoseRoll: QualityMeasurement {
    static let unit = "degrees"
    static let bounds = QualityBounds.atMost(1...180)

    /// Beyond this it is the picture that lies on its side, and leaning the head would not help.
    private static let mostOfANeck: Float = 60

    static func raw(of face: DetectedFace, in picture: PictureAnalysis) -> Double { Double(face.pose.roll) }

    static func value(of raw: Double) -> Double { headPoseValue(raw) }

    static func limited(_ raw: Double) -> Double { abs(raw) }

    static func defect(of face: DetectedFace, in picture: PictureAnalysis, missed bound: QualityBound) -> QualityFault {
        let roll = face.pose.roll
        guard abs(roll) < mostOfANeck else { return QualityFault(.headTilted) }
        return QualityFault(.headTilted, roll > 0 ? .right : .left)
    }
}
