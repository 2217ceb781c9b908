/// The distances between which a comparison decides nothing.
///
/// They belong to one model: another model needs thresholds measured with it.
public struct DecisionThresholds: Equatable, Hashable, Sendable {
    /// The largest distance that is still a match.
    public let matchAtOrBelow: Float
    /// The largest distance that is not yet a non-match.
    public let nonMatchAbove: Float
    /// The largest distance at which two pictures are suspected of being copies of one.
    ///
    /// Two pictures taken at different moments differ by more. A live frame this close to the portrait is probably the
    /// portrait itself held up to the camera or fed into it.
    public let suspectedCopyAtOrBelow: Float

    /// Makes thresholds.
    ///
    /// - Throws: `thresholds_invalid` unless 0 ≤ `suspectedCopyAtOrBelow` < `matchAtOrBelow` ≤ `nonMatchAbove` ≤ 2.
    public init(
        matchAtOrBelow: Float,
        nonMatchAbove: Float,
        suspectedCopyAtOrBelow: Float = 0.05
    ) throws(BiometricsError) {
        guard
            suspectedCopyAtOrBelow >= 0, suspectedCopyAtOrBelow < matchAtOrBelow, matchAtOrBelow <= nonMatchAbove,
            nonMatchAbove <= 2
        else {
            throw BiometricsError(.thresholdsInvalid, "thresholds must rise: copy < match <= non-match <= 2")
        }
        self.matchAtOrBelow = matchAtOrBelow
        self.nonMatchAbove = nonMatchAbove
        self.suspectedCopyAtOrBelow = suspectedCopyAtOrBelow
    }

    /// Decides on a score; a score that no two templates can have, such as NaN, decides nothing.
    public func decision(for score: ComparisonScore) -> ComparisonDecision {
        guard score.distance.isFinite, score.distance >= 0 else { return .inconclusive }
        if score.distance <= matchAtOrBelow { return .match }
        return score.distance > nonMatchAbove ? .nonMatch : .inconclusive
    }
}
