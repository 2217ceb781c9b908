/// One reason why a picture is refused, with what was measured and what was asked for.
///
/// The numbers are for staff; a candidate is shown the advice.
public struct QualityDefect: Equatable, Hashable, Sendable {
    /// The reason as a stable word.
    public let code: Code
    /// What was measured, in the unit of the code.
    public let measured: Double
    /// The limit that it missed.
    public let limit: Double

    /// Makes a defect.
    public init(_ code: Code, measured: Double, limit: Double) {
        self.code = code
        self.measured = measured
        self.limit = limit
    }

    /// What the person can do about it.
    public var advice: Advice { code.advice }

    /// A sentence in both languages of the interface.
    public struct Advice: Equatable, Hashable, Sendable {
        /// In Russian.
        public let russian: String
        /// In English.
        public let english: String
    }

    /// The reasons, as stable words.
    public enum Code: String, Codable, CaseIterable, Sendable {
        /// No face was found. Unit: faces.
        case noFace = "no_face"
        /// More than one face was found. Unit: faces.
        case severalFaces = "several_faces"
        /// The eyes are too close together. Unit: pixels between the eyes' centres.
        case faceTooSmall = "face_too_small"
        /// The face reaches outside the picture. Unit: share of the aligned face outside.
        case faceCutByEdge = "face_cut_by_edge"
        /// The face is whole but too close to the edge. Unit: distances between the eyes.
        case faceNearEdge = "face_near_edge"
        /// The head is turned aside. Unit: degrees.
        case headTurned = "head_turned"
        /// The head is raised or lowered. Unit: degrees.
        case headNodded = "head_nodded"
        /// The head or the camera is tilted. Unit: degrees.
        case headTilted = "head_tilted"
        /// The face is too dark. Unit: mean luminance, 0 to 255.
        case faceTooDark = "face_too_dark"
        /// The face is too bright. Unit: mean luminance, 0 to 255.
        case faceTooBright = "face_too_bright"
        /// The face has too little contrast. Unit: standard deviation of the luminance.
        case faceTooFlat = "face_too_flat"
        /// The face is blurred. Unit: normalised variance of the Laplacian.
        case faceBlurred = "face_blurred"
    }
}
