/// Why a verifier decided so: stable codes, each with the only outcome that it can stand for.
public enum VisualReason: String, Hashable, Sendable, Codable, CaseIterable {
    /// The person, the document and the account belong together.
    case documentMatches = "document_matches"
    /// They belong together though the names differ, for a reason that the comment gives (a marriage, say).
    case namesDifferExplained = "names_differ_explained"

    /// Another person sits the exam (row C6).
    case otherPerson = "other_person"
    /// The document is somebody else's.
    case documentNotTheirs = "document_not_theirs"
    /// The document is forged or was altered.
    case documentForged = "document_forged"

    /// The document is not valid on this day.
    case documentNotValid = "document_not_valid"
    /// The certified translation is missing.
    case translationMissing = "translation_missing"
    /// Nothing can be read.
    case documentUnreadable = "document_unreadable"
    /// The names differ without explanation.
    case namesDiffer = "names_differ"
    /// The face cannot be seen well enough.
    case faceNotVisible = "face_not_visible"
    /// Sound or picture break down.
    case connectionBad = "connection_bad"
    /// The candidate went away.
    case candidateLeft = "candidate_left"
    /// Two verifiers came to different decisions; made by the service only.
    case verifiersDisagree = "verifiers_disagree"

    /// What the reason stands for.
    public var outcome: IdentificationOutcome {
        switch self {
        case .documentMatches, .namesDifferExplained: .match
        case .otherPerson, .documentNotTheirs, .documentForged: .nonMatch
        case .documentNotValid, .translationMissing, .documentUnreadable, .namesDiffer, .faceNotVisible,
            .connectionBad, .candidateLeft, .verifiersDisagree:
            .inconclusive
        }
    }

    /// Whether another person was found in the candidate's place: the attempt ends (S2 3.7).
    public var endsAttempt: Bool { self == .otherPerson }

    /// The reasons that a verifier may give.
    public static let forVerifiers = allCases.filter { $0 != .verifiersDisagree }
}

/// What a verifier looks at before saying that the person is identified (row C4).
public enum VisualCheck: String, Hashable, Sendable, Codable, CaseIterable {
    /// The live face is the one in the document.
    case faceMatchesDocument = "face_matches_document"
    /// The live face is the one in the portrait.
    case faceMatchesPortrait = "face_matches_portrait"
    /// The names are the account's.
    case namesMatch = "names_match"
    /// The document is valid today.
    case documentValid = "document_valid"
    /// The document shows no trace of change.
    case documentUnaltered = "document_unaltered"
    /// The machine-readable zone agrees with the page.
    case zoneAgrees = "zone_agrees"
    /// The certified translation was shown.
    case translationSeen = "translation_seen"
}

/// Where and how the verifier sees the person (S1 6.10).
public enum VisualRoute: String, Hashable, Sendable, Codable, CaseIterable {
    /// At a remote access point, face to face.
    case inPerson = "in_person"
    /// Over a video link.
    case videoLink = "video_link"
    /// By the still pictures that the candidate sent.
    case stillPictures = "still_pictures"
}
