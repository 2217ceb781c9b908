/// The sample photographs, and the part that each one plays.
enum Picture: String, Sendable, CaseIterable {
    case cutPortrait = "obama_partial_face.jpg"
    case portrait = "obama.jpg"
    case impostorFrame = "biden.jpg"
    case admissionFrame = "obama2.jpg"
    case examFrame = "obama3.jpg"

    /// The part that it plays.
    var part: String {
        switch self {
        case .cutPortrait: "A portrait cut by the picture’s edge"
        case .portrait: "The candidate’s portrait"
        case .impostorFrame: "Frame: somebody else at the camera"
        case .admissionFrame: "Frame: the candidate, before the start"
        case .examFrame: "Frame: the candidate, during the exam"
        }
    }

    /// What the photograph really is.
    var provenance: String {
        switch self {
        case .cutPortrait: "Barack Obama; the right part of the official portrait of 6 December 2012"
        case .portrait: "Barack Obama; official portrait, 6 December 2012"
        case .impostorFrame: "Joe Biden; Blue Room of the White House, 10 May 2010"
        case .admissionFrame: "Barack Obama; address to Congress, 9 September 2009"
        case .examFrame: "Barack Obama; Blue Room of the White House, 10 May 2010"
        }
    }
}
