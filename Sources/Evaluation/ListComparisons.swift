public import Biometrics

/// The outcomes of a pair list's comparisons.
public struct ListComparisons: Sendable {
    /// A comparison of a protocol with folds.
    struct Folded: Sendable {
        var distance: Float
        var isMated: Bool
        var fold: Int
    }

    /// All comparisons that could be made.
    public let trials: ComparisonTrials
    /// Those that belong to a fold.
    let folded: [Folded]

    /// Compares what a list says, leaving out pictures without a sample.
    ///
    /// - Parameter samples: one for each picture of the list; `nil` for a failure to enrol.
    /// - Throws: `EvaluationError` where list and folders contradict each other, or what the comparison throws.
    public init<Sample>(
        _ list: PairList,
        _ samples: [Sample?],
        by comparison: SampleComparison<Sample>
    ) throws {
        guard let pairs = list.pairs else {
            trials = try ComparisonTrials(Self.all(list, samples, comparison))
            folded = []
            return
        }
        var made: [ComparisonTrials.Trial] = []
        var folded: [Folded] = []
        for pair in pairs {
            guard let one = samples[pair.first], let other = samples[pair.second] else { continue }
            let subject = list.subjects[pair.first]
            // A pair that is said to show one person counts as such whatever the folders are called.
            let second = pair.isMated ? subject : list.subjects[pair.second]
            guard pair.isMated || subject != second else {
                throw EvaluationError(
                    "\(list.pictures[pair.first]) and \(list.pictures[pair.second]) contradict their folders"
                )
            }
            let distance = try comparison.distance(one, other)
            made.append(.init(distance: distance, first: subject, second: second))
            if let fold = pair.fold {
                folded.append(Folded(distance: distance, isMated: pair.isMated, fold: fold))
            }
        }
        trials = try ComparisonTrials(made)
        self.folded = folded
    }

    private static func all<Sample>(
        _ list: PairList,
        _ samples: [Sample?],
        _ comparison: SampleComparison<Sample>
    ) throws -> [ComparisonTrials.Trial] {
        let present = samples.indices.compactMap { index in
            samples[index].map { (sample: $0, subject: list.subjects[index]) }
        }
        var made: [ComparisonTrials.Trial] = []
        made.reserveCapacity(present.count * max(0, present.count - 1) / 2)
        for (place, first) in present.enumerated() {
            for second in present[(place + 1)...] {
                made.append(
                    .init(
                        distance: try comparison.distance(first.sample, second.sample),
                        first: first.subject,
                        second: second.subject
                    )
                )
            }
        }
        return made
    }
}
