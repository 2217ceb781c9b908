/// Confidence intervals by drawing subjects with replacement (ISO/IEC 19795-1, annex B; Bolle, Ratha, Pankanti 2004).
///
/// The comparisons of one subject are not independent of each other, so subjects are drawn, not comparisons.
public struct SubjectBootstrap: Sendable {
    /// How many times subjects are drawn.
    public let replicates: Int
    private let seed: UInt64

    /// A bootstrap whose draws are the same for the same seed.
    public init(replicates: Int = 400, seed: UInt64 = 1) {
        self.replicates = max(20, replicates)
        self.seed = seed
    }

    /// An interval that holds the middle 95 % of the replicates.
    public struct Interval: Hashable, Sendable {
        /// The lower end.
        public var low: Double
        /// The upper end.
        public var high: Double
    }

    /// Estimates the intervals of several statistics at once.
    ///
    /// - Parameter statistics: what is estimated of each curve; `nil` where a replicate has no value, which counts as
    ///   the worst there is.
    /// - Returns: an interval for each; `nil` where more than one replicate in forty had no value.
    public func intervals(
        of trials: ComparisonTrials,
        _ statistics: (ErrorRateCurve) -> [Double?]
    ) -> [Interval?] {
        var samples: [[Double?]] = []
        draw(subjects: trials) { weight in
            // A draw without mated comparisons says nothing and is left out.
            guard let curve = try? ErrorRateCurve(trials, weight: weight) else { return }
            samples.append(statistics(curve))
        }
        guard let first = samples.first else { return [] }
        return first.indices.map { index in Self.interval(samples.map { $0[index] }) }
    }

    /// Draws the subjects of trials as many times as there are replicates, each time telling how often a subject was
    /// drawn.
    func draw(subjects trials: ComparisonTrials, _ use: (_ weight: (Int32) -> Double) -> Void) {
        // Only subjects that take part are drawn, however they are numbered.
        var takesPart = [Bool](repeating: false, count: Int(trials.highestSubject) + 1)
        for kind in [trials.mated, trials.nonMated] {
            for trial in kind {
                takesPart[Int(trial.first)] = true
                takesPart[Int(trial.second)] = true
            }
        }
        let subjects = takesPart.indices.filter { takesPart[$0] }
        var generator = SplitMix(state: seed)
        for _ in 0..<replicates {
            var counts = [Double](repeating: 0, count: takesPart.count)
            for _ in subjects.indices { counts[subjects[generator.next(below: subjects.count)]] += 1 }
            let drawn = counts
            use { drawn[Int($0)] }
        }
    }

    /// The interval that holds the middle 95 % of some values; `nil` where more than one in forty is missing.
    static func interval(_ values: [Double?]) -> Interval? {
        let known = values.compactMap(\.self).sorted()
        guard values.count - known.count <= values.count / 40, !known.isEmpty else { return nil }
        func quantile(_ share: Double) -> Double {
            known[min(known.count - 1, max(0, Int((share * Double(known.count)).rounded(.down))))]
        }
        return Interval(low: quantile(0.025), high: quantile(0.975))
    }
}

/// SplitMix64 (Steele, Lea, Flood 2014): reproducible draws for statistics; no secret comes of it.
struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func next(below bound: Int) -> Int {
        Int(next().multipliedFullWidth(by: UInt64(bound)).high)
    }
}
