/// One step of the play as it came out.
struct Step: Sendable {
    var number: Int
    /// The act that it belongs to.
    var act: String
    /// What was done.
    var title: String
    /// What came of it; of a wrong step what should have come and what did.
    var outcome: String
    var isRight: Bool
    var milliseconds: Int
}

/// A step on which the others stand came out wrong, so that the play cannot go on.
struct PlayStopped: Error {}
