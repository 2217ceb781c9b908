public import Foundation

/// What somebody wrote about a candidate before such texts were sealed: why the candidate may go on without
/// identification, or what the candidate is asked to show.
public struct UnsealedText: Hashable, Sendable {
    /// Where it stands.
    public enum Place: Hashable, Sendable {
        /// The reason of an override.
        case override
        /// The message of a demand.
        case demand
    }

    /// Where it stands.
    public var place: Place
    /// The override or the demand.
    public var id: UUID
    /// The attempt whose candidate it is about.
    public var attemptID: UUID
    /// What was written.
    public var text: String

    /// Creates a value.
    public init(place: Place, id: UUID, attemptID: UUID, text: String) {
        self.place = place
        self.id = id
        self.attemptID = attemptID
        self.text = text
    }
}
