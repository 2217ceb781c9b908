/// Comparisons whose truth is known, from which error rates are estimated (ISO/IEC 19795-1).
///
/// A mated comparison is of two samples of one subject, a non-mated one of two subjects. Subjects are numbered from 0.
public struct ComparisonTrials: Sendable {
    /// One comparison.
    public struct Trial: Hashable, Sendable {
        /// Dissimilarity score.
        public var distance: Float
        /// The subject of the first sample.
        public var first: Int32
        /// The subject of the second sample; the same for a mated comparison.
        public var second: Int32

        /// Makes a trial.
        public init(distance: Float, first: Int32, second: Int32) {
            self.distance = distance
            self.first = first
            self.second = second
        }
    }

    /// The mated comparisons by rising distance.
    public let mated: [Trial]
    /// The non-mated comparisons by rising distance.
    public let nonMated: [Trial]
    /// How many subjects took part.
    public let subjectCount: Int
    /// The highest number of a subject.
    let highestSubject: Int32

    /// Sorts comparisons. A distance that is not a number has no place among them.
    ///
    /// - Throws: `trials_invalid` at such a distance.
    public init(_ trials: some Sequence<Trial>) throws(BiometricsError) {
        var mated: [Trial] = []
        var nonMated: [Trial] = []
        var subjects: Set<Int32> = []
        for trial in trials {
            guard trial.distance.isFinite, trial.distance >= 0, trial.first >= 0, trial.second >= 0 else {
                throw BiometricsError(.trialsInvalid, "a distance or a subject of a trial is impossible")
            }
            subjects.insert(trial.first)
            subjects.insert(trial.second)
            if trial.first == trial.second {
                mated.append(trial)
            } else {
                nonMated.append(trial)
            }
        }
        // In place: tens of millions of trials are not unusual.
        mated.sort { $0.distance < $1.distance }
        nonMated.sort { $0.distance < $1.distance }
        self.mated = mated
        self.nonMated = nonMated
        subjectCount = subjects.count
        highestSubject = subjects.max() ?? 0
    }
}
