public import Biometrics
public import FaceAnalysis
public import Foundation

/// A person of an evaluation of liveness: a picture, where the face in it is, and the reference it is compared with.
public struct PresentationSubject: Sendable {
    /// The picture's name, for kept samples.
    public let name: String
    /// The picture: JPEG, PNG or PGM.
    public let picture: Data
    /// The face in the picture.
    public let landmarks: FaceLandmarks
    /// The template of another picture of the person where there is one, of the same picture otherwise.
    public let reference: FaceTemplate

    /// Makes a subject.
    public init(name: String, picture: Data, landmarks: FaceLandmarks, reference: FaceTemplate) {
        self.name = name
        self.picture = picture
        self.landmarks = landmarks
        self.reference = reference
    }
}
