public import Biometrics

/// Which face of a picture is turned into a template.
public enum EmbedMode: String, Codable, CaseIterable, Sendable {
    /// The face, if there is exactly one.
    case onlyFace = "only_face"
    /// The largest face.
    case largest
    /// None: faces are only found.
    case none
}

/// What was found in one picture.
public struct PictureAnalysis: Equatable, Sendable {
    /// The upright picture's width in pixels.
    public let width: Int
    /// The upright picture's height in pixels.
    public let height: Int
    /// Mean luminance of the whole picture, 0 to 255; near 0 when the camera is covered.
    public let brightness: Float
    /// Standard deviation of the luminance of the whole picture, 0 to 255.
    public let contrast: Float
    /// The faces, largest first.
    public let faces: [DetectedFace]
    /// How long each step took.
    public let timings: AnalysisTimings

    /// Makes an analysis of faces that were found otherwise.
    public init(
        width: Int,
        height: Int,
        brightness: Float,
        contrast: Float,
        faces: [DetectedFace],
        timings: AnalysisTimings = AnalysisTimings()
    ) {
        self.width = width
        self.height = height
        self.brightness = brightness
        self.contrast = contrast
        self.faces = faces
        self.timings = timings
    }

    /// The largest face.
    public var largestFace: DetectedFace? { faces.first }
    /// The template, if the picture had a face that was to be embedded.
    public var template: FaceTemplate? { faces.first?.template }
}

/// One face in a picture. All coordinates are pixels of the upright picture.
public struct DetectedFace: Equatable, Sendable {
    /// The box around the face, chin to forehead; it may reach outside the picture.
    public let box: PictureRectangle
    /// Eyes, nose and mouth.
    public let landmarks: FaceLandmarks
    /// The detector's confidence, 0.5 to 1.
    public let confidence: Float
    /// Share of the box, 0 to 1, that lies outside the picture.
    public let boxOutside: Float
    /// Share of the aligned face picture, 0 to 1, that lies outside the picture: how much the embedder cannot see.
    public let chipOutside: Float
    /// Distance in pixels from the box to the picture's nearest edge; negative when the box reaches outside.
    public let margin: Float
    /// Light and sharpness; measured for the largest face only.
    public let appearance: FaceAppearance?
    /// The template, when this face was embedded.
    public let template: FaceTemplate?

    /// Makes a face that was found otherwise.
    public init(
        box: PictureRectangle,
        landmarks: FaceLandmarks,
        confidence: Float,
        boxOutside: Float = 0,
        chipOutside: Float = 0,
        margin: Float,
        appearance: FaceAppearance? = nil,
        template: FaceTemplate? = nil
    ) {
        self.box = box
        self.landmarks = landmarks
        self.confidence = confidence
        self.boxOutside = boxOutside
        self.chipOutside = chipOutside
        self.margin = margin
        self.appearance = appearance
        self.template = template
    }

    /// The distance of the eyes' centres in pixels.
    public var interEyeDistance: Float { landmarks.interEyeDistance }
    /// A coarse estimate of where the head points.
    public var pose: HeadPose { HeadPose(landmarks) }
}

/// How long each step of an analysis took.
public struct AnalysisTimings: Equatable, Hashable, Sendable {
    /// Reading the file into pixels.
    public var decode: Duration = .zero
    /// Inside the detector's network.
    public var detectForward: Duration = .zero
    /// Scaling before the detector and decoding its outputs.
    public var detectRest: Duration = .zero
    /// Cutting, measuring and scaling the aligned chip.
    public var align: Duration = .zero
    /// Inside the embedder's network.
    public var embedForward: Duration = .zero

    /// Makes timings of nothing.
    public init() {}

    /// All steps together.
    public var total: Duration { decode + detectForward + detectRest + align + embedForward }
    /// The time that no code but the networks' could save.
    public var insideNetworks: Duration { detectForward + embedForward }

    /// Adds step by step.
    public static func + (one: AnalysisTimings, other: AnalysisTimings) -> AnalysisTimings {
        var sum = one
        sum.decode += other.decode
        sum.detectForward += other.detectForward
        sum.detectRest += other.detectRest
        sum.align += other.align
        sum.embedForward += other.embedForward
        return sum
    }
}
