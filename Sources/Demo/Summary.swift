/// What came of the demonstration as a whole.
struct Summary: Sendable {
    var steps: [Step]
    var milliseconds: Int
    /// What stopped it from outside, if anything did.
    var interruption: Guardian.Interruption?
    /// Whether the play came to its end.
    var isComplete = true
    var isRight: Bool

    init(steps: [Step], milliseconds: Int, interruption: Guardian.Interruption?) {
        self.steps = steps
        self.milliseconds = milliseconds
        self.interruption = interruption
        isRight = interruption == nil && steps.allSatisfy(\.isRight)
    }

    var wrong: [Step] { steps.filter { !$0.isRight } }
}
