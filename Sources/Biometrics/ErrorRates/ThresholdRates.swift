/// Both error rates at fixed thresholds, each with its 95 % interval.
///
/// Unlike ``ErrorRateCurve`` it takes trials of one kind only, as a group of one person has.
public struct ThresholdRates: Sendable {
    /// A rate and where it may lie.
    public struct Estimate: Hashable, Sendable {
        /// The share of errors among the comparisons.
        public var value: Double
        /// The interval by bootstrap over subjects. Where no error was seen its upper end is the «rule of three»
        /// (ISO/IEC 19795-1 annex B) with subjects as the independent trials, for every draw sees none either.
        public var interval: SubjectBootstrap.Interval
    }

    /// The rates at one threshold.
    public struct Point: Hashable, Sendable {
        /// The threshold.
        public var threshold: Float
        /// Share of the non-mated comparisons that match; `nil` without such comparisons.
        public var falseMatchRate: Estimate?
        /// Share of the mated comparisons that do not match; `nil` without such comparisons.
        public var falseNonMatchRate: Estimate?
    }

    /// The rates, in the order of the thresholds given.
    public let points: [Point]

    /// Measures the rates at thresholds.
    public init(of trials: ComparisonTrials, at thresholds: [Float], bootstrap: SubjectBootstrap) {
        let mated = Kind(trials.mated, thresholds)
        let nonMated = Kind(trials.nonMated, thresholds)
        var matedSamples = [[Double]](repeating: [], count: thresholds.count)
        var nonMatedSamples = matedSamples
        bootstrap.draw(subjects: trials) { weight in
            mated.append(to: &matedSamples) { weight($0.first) }
            nonMated.append(to: &nonMatedSamples) { weight($0.first) * weight($0.second) }
        }
        points = thresholds.indices.map { index in
            Point(
                threshold: thresholds[index],
                falseMatchRate: nonMated.estimate(index, nonMatedSamples[index]) { $0 },
                falseNonMatchRate: mated.estimate(index, matedSamples[index]) { 1 - $0 }
            )
        }
    }

    /// The comparisons of one kind, with how many are at or below each threshold.
    private struct Kind {
        let trials: [ComparisonTrials.Trial]
        let counts: [Int]
        let subjects: Int

        init(_ trials: [ComparisonTrials.Trial], _ thresholds: [Float]) {
            self.trials = trials
            counts = thresholds.map { threshold in trials.partitionPoint { $0.distance > threshold } }
            var seen: Set<Int32> = []
            for trial in trials {
                seen.insert(trial.first)
                seen.insert(trial.second)
            }
            subjects = seen.count
        }

        /// Adds each threshold's share of the weight at or below it; a draw without any weight says nothing.
        func append(to samples: inout [[Double]], weight: (ComparisonTrials.Trial) -> Double) {
            let order = counts.indices.sorted { counts[$0] < counts[$1] }
            var shares = [Double](repeating: 0, count: counts.count)
            var sum = 0.0
            var next = 0
            for (index, trial) in trials.enumerated() {
                while next < order.count, counts[order[next]] == index {
                    shares[order[next]] = sum
                    next += 1
                }
                sum += weight(trial)
            }
            while next < order.count {
                shares[order[next]] = sum
                next += 1
            }
            guard sum > 0 else { return }
            for index in shares.indices { samples[index].append(shares[index] / sum) }
        }

        func estimate(_ index: Int, _ samples: [Double], _ rate: (Double) -> Double) -> Estimate? {
            guard !trials.isEmpty else { return nil }
            let value = rate(Double(counts[index]) / Double(trials.count))
            var interval =
                SubjectBootstrap.interval(samples.map(rate)) ?? SubjectBootstrap.Interval(low: 0, high: 1)
            if value == 0 { interval.high = max(interval.high, min(1, 3 / Double(max(1, subjects)))) }
            return Estimate(value: value, interval: interval)
        }
    }
}
