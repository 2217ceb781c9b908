public import Foundation

/// What one frame showed, and when.
public struct PresenceObservation: Hashable, Sendable {
    /// What it showed.
    public var kind: Kind
    /// When it was judged, by the server's clock.
    public var at: Date

    /// Creates an observation.
    public init(_ kind: Kind, at: Date) {
        self.kind = kind
        self.at = at
    }

    /// What a frame can show.
    public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
        /// The candidate, alone, by comparison with the portrait.
        case candidate
        /// One person whose face does not match the portrait.
        case otherPerson = "other_person"
        /// The portrait itself.
        case suspectedCopy = "suspected_copy"
        /// No face, though the camera sees something.
        case nobody
        /// More than one face.
        case severalPeople = "several_people"
        /// One face, turned too far aside or down to be compared.
        case turnedAway = "turned_away"
        /// Darkness, or one even surface.
        case cameraCovered = "camera_covered"
        /// Nothing that can be relied on: a poor picture, or a comparison without a verdict.
        case unclear
    }
}

/// What a frame says about a condition.
enum PresenceBearing {
    /// It shows the condition.
    case shows
    /// It shows the contrary.
    case refutes
    /// It says nothing of it.
    case silent
}

extension PresenceObservation.Kind {
    /// What a frame of this kind says about a condition.
    ///
    /// Only what a frame positively shows refutes anything. So an unclear frame never ends a condition; who turns the
    /// head so far that no face is found is not facing the camera again; and another person is gone only once the
    /// candidate is recognised, not because nobody is seen.
    func bearing(on condition: PresenceCondition) -> PresenceBearing {
        switch (self, condition) {
        case (.nobody, .absent), (.severalPeople, .severalPeople), (.otherPerson, .otherPerson),
            (.suspectedCopy, .suspectedCopy), (.turnedAway, .turnedAway), (.cameraCovered, .cameraCovered):
            .shows
        case (.candidate, _): .refutes
        // One face that faces the camera, in a picture good enough to be compared.
        case (.otherPerson, _), (.suspectedCopy, .absent), (.suspectedCopy, .severalPeople),
            (.suspectedCopy, .turnedAway), (.suspectedCopy, .cameraCovered):
            .refutes
        case (.nobody, .severalPeople), (.nobody, .cameraCovered): .refutes
        case (.severalPeople, .absent), (.severalPeople, .cameraCovered): .refutes
        case (.turnedAway, .absent), (.turnedAway, .severalPeople), (.turnedAway, .cameraCovered): .refutes
        default: .silent
        }
    }
}
