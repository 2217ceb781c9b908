/// What a picture must be like to be used for identification.
///
/// An absent limit is not checked. The defaults follow ISO/IEC 29794-5 for sizes and were set by measurement for what
/// the engine estimates coarsely.
public struct PictureRequirements: Equatable, Sendable, Codable {
    /// The smallest distance of the eyes' centres in pixels.
    public var leastInterEyeDistance: Double
    /// The largest share of the aligned face that may lie outside the picture, 0 to 1.
    public var mostFaceOutside: Double
    /// The smallest distance from the face's box to the picture's edge, in distances between the eyes.
    public var leastMargin: Double?
    /// How far the head may be turned aside, degrees of the coarse estimate.
    public var mostYaw: Double?
    /// How far the head may be raised or lowered, degrees of the coarse estimate.
    public var mostPitch: Double?
    /// How far the head may be tilted, degrees.
    public var mostRoll: Double?
    /// The lowest mean luminance of the face, 0 to 255.
    public var leastBrightness: Double?
    /// The highest mean luminance of the face, 0 to 255.
    public var mostBrightness: Double?
    /// The lowest standard deviation of the face's luminance, 0 to 255.
    public var leastContrast: Double?
    /// The lowest sharpness, as ``FaceAppearance/sharpness`` measures it.
    public var leastSharpness: Double?

    /// Makes requirements.
    public init(
        leastInterEyeDistance: Double,
        mostFaceOutside: Double,
        leastMargin: Double? = nil,
        mostYaw: Double? = nil,
        mostPitch: Double? = nil,
        mostRoll: Double? = nil,
        leastBrightness: Double? = nil,
        mostBrightness: Double? = nil,
        leastContrast: Double? = nil,
        leastSharpness: Double? = nil
    ) {
        self.leastInterEyeDistance = leastInterEyeDistance
        self.mostFaceOutside = mostFaceOutside
        self.leastMargin = leastMargin
        self.mostYaw = mostYaw
        self.mostPitch = mostPitch
        self.mostRoll = mostRoll
        self.leastBrightness = leastBrightness
        self.mostBrightness = mostBrightness
        self.leastContrast = leastContrast
        self.leastSharpness = leastSharpness
    }

    /// What a portrait must be like: the reference for everything that follows.
    ///
    /// The estimate of the yaw is coarse: 30° keep nine in ten faces of unconstrained press photographs. A sharpness of
    /// 0.02 is a blur of about 1.5 pixels of the aligned face.
    public static let portrait = PictureRequirements(
        leastInterEyeDistance: 90,
        mostFaceOutside: 0.02,
        leastMargin: 0.1,
        mostYaw: 30,
        mostPitch: 30,
        mostRoll: 20,
        leastBrightness: 35,
        mostBrightness: 225,
        leastContrast: 8,
        leastSharpness: 0.018
    )

    /// What a live frame must be like: less than a portrait, because a candidate at work cannot pose.
    public static let probe = PictureRequirements(
        leastInterEyeDistance: 60,
        mostFaceOutside: 0.1,
        mostYaw: 40,
        mostPitch: 40,
        mostRoll: 30,
        leastBrightness: 20,
        mostBrightness: 240,
        leastContrast: 5,
        leastSharpness: 0.005
    )

    /// Judges a picture.
    ///
    /// All defects of the face are listed, most fundamental first. With no face or several there is nothing else to
    /// measure.
    public func assess(_ analysis: PictureAnalysis) -> PictureAssessment {
        guard let face = analysis.faces.first else {
            return .refused([QualityDefect(.noFace, measured: 0, limit: 1)])
        }
        guard analysis.faces.count == 1 else {
            return .refused([QualityDefect(.severalFaces, measured: Double(analysis.faces.count), limit: 1)])
        }
        let defects = placementDefects(of: face) + poseDefects(of: face) + appearanceDefects(of: face)
        return defects.isEmpty ? .accepted : .refused(defects)
    }

    private func placementDefects(of face: DetectedFace) -> [QualityDefect] {
        let span = Double(face.interEyeDistance)
        let outside = Double(face.chipOutside)
        let margin = span > 0 ? Double(face.margin) / span : -1
        var defects: [QualityDefect?] = [below(leastInterEyeDistance, span, .faceTooSmall)]
        if !(outside <= mostFaceOutside) {
            defects.append(QualityDefect(.faceCutByEdge, measured: outside, limit: mostFaceOutside))
        } else {
            defects.append(below(leastMargin, margin, .faceNearEdge))
        }
        return defects.compactMap(\.self)
    }

    private func poseDefects(of face: DetectedFace) -> [QualityDefect] {
        let pose = face.pose
        return [
            above(mostYaw, Double(abs(pose.yaw)), .headTurned),
            above(mostPitch, Double(abs(pose.pitch)), .headNodded),
            above(mostRoll, Double(abs(pose.roll)), .headTilted),
        ].compactMap(\.self)
    }

    private func appearanceDefects(of face: DetectedFace) -> [QualityDefect] {
        guard let appearance = face.appearance else { return [] }
        return [
            below(leastBrightness, Double(appearance.brightness), .faceTooDark),
            above(mostBrightness, Double(appearance.brightness), .faceTooBright),
            below(leastContrast, Double(appearance.contrast), .faceTooFlat),
            below(leastSharpness, Double(appearance.sharpness), .faceBlurred),
        ].compactMap(\.self)
    }

    // Both are written so that a value that is not a number is a defect.
    private func below(_ limit: Double?, _ measured: Double, _ code: QualityDefect.Code) -> QualityDefect? {
        guard let limit, !(measured >= limit) else { return nil }
        return QualityDefect(code, measured: measured, limit: limit)
    }

    private func above(_ limit: Double?, _ measured: Double, _ code: QualityDefect.Code) -> QualityDefect? {
        guard let limit, !(measured <= limit) else { return nil }
        return QualityDefect(code, measured: measured, limit: limit)
    }
}

/// Whether a picture may be used.
public enum PictureAssessment: Equatable, Sendable {
    /// It may.
    case accepted
    /// It may not, for these reasons.
    case refused([QualityDefect])

    /// The reasons; empty when accepted.
    public var defects: [QualityDefect] {
        switch self {
        case .accepted: []
        case .refused(let defects): defects
        }
    }

    /// Whether the picture may be used.
    public var isAccepted: Bool { self == .accepted }
}
