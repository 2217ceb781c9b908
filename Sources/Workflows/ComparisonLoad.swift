import FaceAnalysis

/// Whether the service keeps up with the pictures that come, for those who watch an exam.
package struct ComparisonLoad: Sendable, Equatable {
    /// In words.
    package enum State: String, Sendable, CaseIterable {
        /// All is compared at once.
        case keepingUp = "keeping_up"
        /// Pictures wait for a worker; none is refused.
        case queueing
        /// Pictures of the last minute were refused with `comparison_busy`; who sent them tries again later.
        case refusing
    }

    /// How many pictures are analysed at once.
    package var workers: Int
    /// How many wait now.
    package var waiting: Int
    /// How many may wait; one more is refused.
    package var mostWaiting: Int
    /// How many were refused within the last minute.
    package var refusedLastMinute: Int

    init(_ load: AnalysisLoad) {
        workers = load.workers
        waiting = load.waiting
        mostWaiting = load.mostWaiting
        refusedLastMinute = load.refusedLastMinute
    }

    /// What the figures come to.
    package var state: State {
        if refusedLastMinute > 0 { return .refusing }
        return waiting > workers ? .queueing : .keepingUp
    }
}
