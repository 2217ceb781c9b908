public import Biometrics

/// Error rates of one way of comparing on one set of comparisons (ISO/IEC 19795-1).
public struct ErrorRateSummary: Sendable, Codable {
    /// How many mated comparisons were made.
    public var matedComparisons: Int
    /// How many non-mated comparisons were made.
    public var nonMatedComparisons: Int
    /// How often subjects were drawn for the intervals.
    public var bootstrapReplicates: Int
    /// Where both error rates are equal.
    public var equalErrorRate: EvaluationReport.Rate
    /// FNMR at each false match rate asked for.
    public var operatingPoints: [EvaluationReport.OperatingPoint]
    /// The DET curve.
    public var curve: [EvaluationReport.Point]

    /// Work of the bootstrap, in comparisons looked at; large sets get fewer replicates.
    private static let bootstrapWork = 1_000_000_000

    /// A bootstrap with as many replicates as trials of that number can be drawn in reasonable time.
    static func bootstrap(for trials: ComparisonTrials) -> SubjectBootstrap {
        let size = max(1, trials.mated.count + trials.nonMated.count)
        return SubjectBootstrap(replicates: min(1_000, max(40, bootstrapWork / size)))
    }

    /// Estimates the rates.
    ///
    /// - Parameter rates: the false match rates at which the false non-match rate is wanted.
    /// - Throws: `EvaluationError` without mated or without non-mated comparisons.
    public init(of trials: ComparisonTrials, rates: [Double]) throws {
        guard !trials.mated.isEmpty, !trials.nonMated.isEmpty else {
            throw EvaluationError(
                "\(trials.mated.count) mated and \(trials.nonMated.count) non-mated comparisons: both kinds are needed"
            )
        }
        let curve = try ErrorRateCurve(trials)
        let bootstrap = Self.bootstrap(for: trials)
        let intervals = bootstrap.intervals(of: trials) { replicate in
            [replicate.equalErrorRate] + rates.map { replicate.falseNonMatchRate(atFalseMatchRate: $0) }
        }
        // Where no error was seen every draw of subjects sees none either; the «rule of three» bounds the rate instead
        // (ISO/IEC 19795-1 annex B), with subjects as the independent trials.
        let ruleOfThree = 3 / Double(max(3, Set(trials.mated.map(\.first)).count))
        func rate(_ value: Double, _ index: Int) -> EvaluationReport.Rate {
            let interval = intervals.indices.contains(index) ? intervals[index] : nil
            let high = interval.map { value == 0 ? max($0.high, ruleOfThree) : $0.high }
            return EvaluationReport.Rate(value: value, low: interval?.low, high: high)
        }
        matedComparisons = trials.mated.count
        nonMatedComparisons = trials.nonMated.count
        bootstrapReplicates = bootstrap.replicates
        equalErrorRate = rate(curve.equalErrorRate, 0)
        operatingPoints = rates.enumerated().map { index, target in
            EvaluationReport.OperatingPoint(
                falseMatchRate: target,
                threshold: curve.threshold(forFalseMatchRate: target),
                falseNonMatchRate: curve.falseNonMatchRate(atFalseMatchRate: target).map { rate($0, index + 1) },
                isClaimSupported: Double(trials.nonMated.count) >= 3 / target
            )
        }
        self.curve = curve.detectionErrorTradeoff().map {
            EvaluationReport.Point(
                threshold: $0.threshold,
                falseMatchRate: $0.falseMatchRate,
                falseNonMatchRate: $0.falseNonMatchRate
            )
        }
    }
}
