/// What is measured of a face image, by the names of ISO/IEC 29794-5:2025 where it has one.
///
/// The order is the order in which components are listed and defects are told: most fundamental first.
public enum QualityMeasure: String, Codable, CaseIterable, Sendable {
    /// One face and no other.
    case singleFacePresent = "single_face_present"
    /// The distance of the eyes' centres.
    case interEyeDistance = "inter_eye_distance"
    /// The share of the face that lies outside the picture; not in the standard.
    case faceOutsidePicture = "face_outside_picture"
    /// The room on the left side.
    case leftwardCrop = "leftward_crop_of_the_face_image"
    /// The room on the right side.
    case rightwardCrop = "rightward_crop_of_the_face_image"
    /// The room above.
    case marginAbove = "margin_above_of_the_face_image"
    /// The room below.
    case marginBelow = "margin_below_of_the_face_image"
    /// How far the head is turned aside.
    case headPoseYaw = "head_pose_yaw"
    /// How far the head is raised or lowered.
    case headPosePitch = "head_pose_pitch"
    /// How far the head is tilted.
    case headPoseRoll = "head_pose_roll"
    /// The mean luminance of the face.
    case luminanceMean = "luminance_mean"
    /// The share of the face that is black.
    case underExposurePrevention = "under_exposure_prevention"
    /// The share of the face that is white.
    case overExposurePrevention = "over_exposure_prevention"
    /// How many levels of luminance the face has.
    case dynamicRange = "dynamic_range"
    /// Whether both sides of the face are lit alike.
    case illuminationUniformity = "illumination_uniformity"
    /// How sharp the face is.
    case sharpness
    /// Whether the face as a whole looks uncovered.
    case faceOcclusionPrevention = "face_occlusion_prevention"
    /// Whether both eyes are visible.
    case eyesVisible = "eyes_visible"
    /// Whether the mouth is visible.
    case mouthOcclusionPrevention = "mouth_occlusion_prevention"
    /// How calm the background is.
    case backgroundUniformity = "background_uniformity"

    /// The name in configurations and in what is printed.
    public var name: String { rawValue }

    /// The unit of the raw number.
    public var unit: String { definition.unit }

    /// The quality component value of a raw number: 0 to 100, higher is better; 0 for what is not a number.
    public func value(of raw: Double) -> Int {
        let value = definition.value(of: raw)
        return value.isNaN ? 0 : Int(min(100, max(0, value)).rounded())
    }

    /// What is measured, where each measure has a file of its own.
    var definition: any QualityMeasurement.Type {
        switch self {
        case .singleFacePresent: SingleFacePresent.self
        case .interEyeDistance: InterEyeDistance.self
        case .faceOutsidePicture: FaceOutsidePicture.self
        case .leftwardCrop: LeftwardCrop.self
        case .rightwardCrop: RightwardCrop.self
        case .marginAbove: MarginAbove.self
        case .marginBelow: MarginBelow.self
        case .headPoseYaw: HeadPoseYaw.self
        case .headPosePitch: HeadPosePitch.self
        case .headPoseRoll: HeadPoseRoll.self
        case .luminanceMean: LuminanceMean.self
        case .underExposurePrevention: UnderExposurePrevention.self
        case .overExposurePrevention: OverExposurePrevention.self
        case .dynamicRange: DynamicRange.self
        case .illuminationUniformity: IlluminationUniformity.self
        case .sharpness: Sharpness.self
        case .faceOcclusionPrevention: FaceOcclusionPrevention.self
        case .eyesVisible: EyesVisible.self
        case .mouthOcclusionPrevention: MouthOcclusionPrevention.self
        case .backgroundUniformity: BackgroundUniformity.self
        }
    }
}
