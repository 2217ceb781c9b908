/// What may be wrong with a candidate's presence while the exam runs (row B6); each lasts for a time of its own.
public enum PresenceCondition: String, Hashable, Sendable, Codable, CaseIterable {
    /// Nobody is in frame.
    case absent
    /// Several people are in frame.
    case severalPeople = "several_people"
    /// One person is in frame, and it is not the candidate.
    case otherPerson = "other_person"
    /// The frames are all but identical to the portrait: it is held up to the camera or fed in.
    case suspectedCopy = "suspected_copy"
    /// The face is turned away from the camera, aside or down.
    case turnedAway = "turned_away"
    /// The camera sees nothing: it is covered, or the room is dark.
    case cameraCovered = "camera_covered"

    /// The event that tells that it began.
    public var began: SessionEventType {
        switch self {
        case .absent: .presenceAbsent
        case .severalPeople: .presenceSeveralPeople
        case .otherPerson: .presenceOtherPerson
        case .suspectedCopy: .presenceSuspectedCopy
        case .turnedAway: .presenceTurnedAway
        case .cameraCovered: .presenceCameraCovered
        }
    }

    /// The event that tells that it is over.
    public var ended: SessionEventType {
        switch self {
        case .absent: .presenceAbsentEnded
        case .severalPeople: .presenceSeveralPeopleEnded
        case .otherPerson: .presenceOtherPersonEnded
        case .suspectedCopy: .presenceSuspectedCopyEnded
        case .turnedAway: .presenceTurnedAwayEnded
        case .cameraCovered: .presenceCameraCoveredEnded
        }
    }
}
