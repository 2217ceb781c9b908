/// One thing that is wrong with a picture, with what was measured and what was asked for.
///
/// The numbers are for staff; a candidate is shown the advice.
public struct QualityDefect: Equatable, Hashable, Sendable {
    /// What is wrong, as a stable word.
    public let code: Code
    /// What was measured, in the unit of the code; of an angle its size.
    public let measured: Double
    /// The limit that it missed.
    public let limit: Double
    /// Where the fault lies as seen in the picture, if it lies on one side.
    public let direction: Direction?

    /// Makes a defect.
    public init(_ code: Code, measured: Double, limit: Double, direction: Direction? = nil) {
        self.code = code
        self.measured = measured
        self.limit = limit
        self.direction = direction
    }

    /// What the person can do about it, in the direction of the fault.
    public var advice: Advice { direction.flatMap { code.advice(towards: $0) } ?? code.advice }

    /// A sentence in both languages of the interface.
    public struct Advice: Equatable, Hashable, Sendable {
        /// In Russian.
        public let russian: String
        /// In English.
        public let english: String
    }

    /// A side of the picture, as somebody sees it who looks at the picture.
    ///
    /// The person's own left is the picture's right: pictures are taken as a camera sees, not as a mirror shows.
    public enum Direction: String, Codable, CaseIterable, Sendable {
        case left, right, up, down
    }

    /// What can be wrong, as stable words.
    public enum Code: String, Codable, CaseIterable, Sendable {
        /// No face was found. Unit: faces.
        case noFace = "no_face"
        /// More than one face was found. Unit: faces.
        case severalFaces = "several_faces"
        /// The eyes are too close together. Unit: pixels between the eyes' centres.
        case faceTooSmall = "face_too_small"
        /// The face reaches outside the picture. Unit: share of the aligned face outside.
        case faceCutByEdge = "face_cut_by_edge"
        /// The face is whole but too close to the edge. Unit: distances between the eyes, or from eyes to chin.
        case faceNearEdge = "face_near_edge"
        /// The head is turned aside; the direction is where it points. Unit: degrees.
        case headTurned = "head_turned"
        /// The head is raised or lowered; the direction is where it points. Unit: degrees.
        case headNodded = "head_nodded"
        /// The head or the camera is tilted; the direction is where the crown leans. Unit: degrees.
        case headTilted = "head_tilted"
        /// The face is too dark. Unit: mean luminance, 0 to 255, or share of the face that is black.
        case faceTooDark = "face_too_dark"
        /// The face is too bright. Unit: mean luminance, 0 to 255, or share of the face that is white.
        case faceTooBright = "face_too_bright"
        /// The face has too few levels of luminance. Unit: bits.
        case faceTooFlat = "face_too_flat"
        /// One side of the face is in the shadow; the direction is that side. Unit: overlap, 0 to 1.
        case lightUneven = "light_uneven"
        /// The face is blurred. Unit: as ``FaceAppearance/sharpness``.
        case faceBlurred = "face_blurred"
        /// The face as a whole looks covered. Unit: the detector's confidence, 0 to 1.
        case faceCovered = "face_covered"
        /// An eye looks covered. Unit: as ``FaceAppearance/leftEyeDetail``.
        case eyesCovered = "eyes_covered"
        /// The mouth looks covered. Unit: as ``FaceAppearance/mouthDetail``.
        case mouthCovered = "mouth_covered"
        /// The background is busy. Unit: as ``FaceAppearance/backgroundGradient``.
        case backgroundBusy = "background_busy"
    }
}
