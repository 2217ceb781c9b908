import Foundation

/// False match and false non-match rates over all thresholds (ISO/IEC 19795-1, 8.2 and 8.3).
///
/// A comparison is a match at a threshold when its distance is at or below it. Weights count a subject's comparisons
/// more than once or not at all, which is how the bootstrap draws subjects.
public struct ErrorRateCurve: Sendable {
    private let mated: WeightedDistances
    private let nonMated: WeightedDistances

    /// The curve of trials, each counted once.
    ///
    /// - Throws: `trials_invalid` where there are no mated or no non-mated comparisons.
    public init(_ trials: ComparisonTrials) throws(BiometricsError) {
        try self.init(trials) { _ in 1 }
    }

    /// The curve of trials with subjects counted `weight(subject)` times; a comparison counts by the product of its
    /// subjects' weights, a mated one by its subject's.
    init(_ trials: ComparisonTrials, weight: (Int32) -> Double) throws(BiometricsError) {
        mated = WeightedDistances(trials.mated) { weight($0.first) }
        nonMated = WeightedDistances(trials.nonMated) { weight($0.first) * weight($0.second) }
        guard mated.total > 0, nonMated.total > 0 else {
            throw BiometricsError(.trialsInvalid, "error rates need mated and non-mated comparisons")
        }
    }

    /// The share of non-mated comparisons that match at a threshold.
    public func falseMatchRate(at threshold: Float) -> Double { nonMated.share(atOrBelow: threshold) }

    /// The share of mated comparisons that do not match at a threshold.
    public func falseNonMatchRate(at threshold: Float) -> Double { 1 - mated.share(atOrBelow: threshold) }

    /// The largest threshold whose false match rate is not above a rate; `nil` where even the nearest non-mated pair
    /// is too much, that is where the trials are too few to say.
    public func threshold(forFalseMatchRate rate: Double) -> Float? { nonMated.largestDistance(withShareUpTo: rate) }

    /// The false non-match rate at the threshold of a false match rate; `nil` where there is no such threshold.
    public func falseNonMatchRate(atFalseMatchRate rate: Double) -> Double? {
        threshold(forFalseMatchRate: rate).map { falseNonMatchRate(at: $0) }
    }

    /// The rate at which both error rates are equal, between the two nearest steps.
    public var equalErrorRate: Double {
        // FMR rises and FNMR falls with the threshold, in steps at the distances of both kinds.
        let crossings = [mated, nonMated].map { kind in
            kind.distances.partitionPoint { falseMatchRate(at: $0) >= falseNonMatchRate(at: $0) }
        }
        let candidates = zip([mated, nonMated], crossings)
        let crossing = candidates.compactMap { $0.distances.indices.contains($1) ? $0.distances[$1] : nil }.min()
        let before = candidates.compactMap { $1 > 0 ? $0.distances[$1 - 1] : nil }.max()
        guard let crossing else { return 1 }
        let after = (falseMatchRate(at: crossing), falseNonMatchRate(at: crossing))
        let last = before.map { (falseMatchRate(at: $0), falseNonMatchRate(at: $0)) } ?? (0, 1)
        // Both rates are taken to run straight from one step to the next.
        let gap = (last.1 - last.0, after.0 - after.1)
        let part = gap.0 + gap.1 > 0 ? gap.0 / (gap.0 + gap.1) : 0
        return last.0 + part * (after.0 - last.0)
    }

    /// Points of the detection error trade-off curve, by rising false match rate.
    ///
    /// - Parameter count: how many points, spread evenly over the logarithm of the false match rate.
    public func detectionErrorTradeoff(points count: Int = 120) -> [DetectionErrorPoint] {
        let lowest = 1 / nonMated.total
        guard count > 1, lowest < 1 else { return [] }
        var points: [DetectionErrorPoint] = []
        for step in 0..<count {
            let rate = pow(10, log10(lowest) * (1 - Double(step) / Double(count - 1)))
            guard let threshold = threshold(forFalseMatchRate: rate), threshold != points.last?.threshold else {
                continue
            }
            points.append(
                DetectionErrorPoint(
                    threshold: threshold,
                    falseMatchRate: falseMatchRate(at: threshold),
                    falseNonMatchRate: falseNonMatchRate(at: threshold)
                )
            )
        }
        return points
    }
}

/// A point of a detection error trade-off curve.
public struct DetectionErrorPoint: Hashable, Sendable {
    /// The threshold.
    public var threshold: Float
    /// FMR there.
    public var falseMatchRate: Double
    /// FNMR there.
    public var falseNonMatchRate: Double
}
