/// What a picture must be like to be used for identification: a limit for each measure that matters.
///
/// One face, and no other, is always required. A measure without a limit is reported but not judged.
public struct PictureRequirements: Equatable, Sendable {
    /// The limit of each measure that has one.
    public private(set) var limits: [QualityMeasure: QualityLimit]

    /// Makes requirements; a limit on ``QualityMeasure/singleFacePresent`` has no effect.
    public init(limits: [QualityMeasure: QualityLimit]) {
        self.limits = limits
        self.limits[.singleFacePresent] = nil
    }

    /// The limit of a measure; `nil` switches it off.
    public subscript(measure: QualityMeasure) -> QualityLimit? {
        get { limits[measure] }
        set { limits[measure] = measure == .singleFacePresent ? nil : newValue }
    }

    /// What a portrait must be like: the reference for everything that follows.
    ///
    /// Each limit on light and sharpness refuses at most one in a hundred of 1 549 unconstrained press photographs;
    /// `Models/README.md` says what it catches.
    public static let portrait = PictureRequirements(limits: [
        // ISO/IEC 29794-5 asks for 90 px of an enrolled picture.
        .interEyeDistance: QualityLimit(atLeast: 90),
        .faceOutsidePicture: QualityLimit(atMost: 0.02),
        // The detector's box around a median face, and a tenth of an inter-eye distance beyond it.
        .leftwardCrop: QualityLimit(atLeast: 0.65),
        .rightwardCrop: QualityLimit(atLeast: 0.65),
        .marginAbove: QualityLimit(atLeast: 0.65),
        .marginBelow: QualityLimit(atLeast: 1.05),
        .headPoseYaw: QualityLimit(atMost: 15),
        .headPosePitch: QualityLimit(atMost: 15),
        .headPoseRoll: QualityLimit(atMost: 15),
        .luminanceMean: QualityLimit(atLeast: 40, atMost: 210),
        .underExposurePrevention: QualityLimit(atMost: 0.3),
        .overExposurePrevention: QualityLimit(atMost: 0.1),
        .dynamicRange: QualityLimit(atLeast: 5),
        .illuminationUniformity: QualityLimit(atLeast: 0.1),
        .sharpness: QualityLimit(atLeast: 0.035),
        // Known from drawn covers only: advice, not a refusal.
        .faceOcclusionPrevention: QualityLimit(atLeast: 0.75, isAdvisory: true),
        .eyesVisible: QualityLimit(atLeast: 0.1, isAdvisory: true),
        .mouthOcclusionPrevention: QualityLimit(atLeast: 0.08, isAdvisory: true),
        .backgroundUniformity: QualityLimit(atMost: 25, isAdvisory: true),
    ])

    /// What a live frame must be like: less than a portrait, because a candidate at work cannot pose.
    ///
    /// Each limit on light and sharpness refuses at most one in a thousand of the same photographs.
    public static let probe = PictureRequirements(limits: [
        .interEyeDistance: QualityLimit(atLeast: 60),
        .faceOutsidePicture: QualityLimit(atMost: 0.1),
        .headPoseYaw: QualityLimit(atMost: 30),
        .headPosePitch: QualityLimit(atMost: 20),
        .headPoseRoll: QualityLimit(atMost: 30),
        .luminanceMean: QualityLimit(atLeast: 25, atMost: 235),
        .underExposurePrevention: QualityLimit(atMost: 0.5),
        .overExposurePrevention: QualityLimit(atMost: 0.3),
        .dynamicRange: QualityLimit(atLeast: 4.5),
        .illuminationUniformity: QualityLimit(atLeast: 0.1, isAdvisory: true),
        .sharpness: QualityLimit(atLeast: 0.015),
        .faceOcclusionPrevention: QualityLimit(atLeast: 0.75, isAdvisory: true),
        .eyesVisible: QualityLimit(atLeast: 0.1, isAdvisory: true),
        .mouthOcclusionPrevention: QualityLimit(atLeast: 0.08, isAdvisory: true),
    ])
}
