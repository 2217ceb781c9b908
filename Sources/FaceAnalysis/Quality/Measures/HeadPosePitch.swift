/// How far the head is raised or lowered (ISO/IEC 29794-5:2025, "head pose pitch"), little more than a sign.
///
/// Raw number: degrees of the coarse estimate, above zero downwards. Value: 100 cos² of it, as OFIQ.
///
/// Against a fit of 468 points on 1 810 faces the estimate shows a quarter to a third of the angle (correlation 0.5 to
/// 0.7) and moves when the mouth opens. It is not scaled up, because that would scale up its error: a limit catches
/// heads that are far up or down, and only some of them.
enum HeadPosePitch: QualityMeasurement {
    static let unit = "degrees, coarse"
    static let bounds = QualityBounds.atMost(1...90)

    static func raw(of face: DetectedFace, in picture: PictureAnalysis) -> Double { Double(face.pose.pitch) }

    static func value(of raw: Double) -> Double { headPoseValue(raw) }

    static func limited(_ raw: Double) -> Double { abs(raw) }

    static func defect(of face: DetectedFace, in picture: PictureAnalysis, missed bound: QualityBound) -> QualityFault {
        QualityFault(.headNodded, face.pose.pitch > 0 ? .down : face.pose.pitch < 0 ? .up : nil)
    }
}
