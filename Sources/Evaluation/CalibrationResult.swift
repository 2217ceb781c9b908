public import Biometrics
public import FaceAnalysis
import Foundation

/// Thresholds and calibration of a model, with what they were measured on.
public struct CalibrationResult: Sendable {
    /// What one set of pictures contributed, and how the thresholds do on it alone.
    public struct SetSummary: Sendable {
        /// What the set is called.
        public var name: String
        /// How many pictures.
        public var pictures: Int
        /// How many of them gave no template.
        public var failuresToEnrol: Int
        /// How many persons.
        public var subjects: Int
        /// How many mated comparisons were made.
        public var matedComparisons: Int
        /// How many non-mated comparisons were made.
        public var nonMatedComparisons: Int
        /// Both error rates on this set at the thresholds for a match and for a non-match.
        public var check: ThresholdRates
    }

    /// The embedder.
    public var modelID: String
    /// Detector and embedder.
    public var models: [ModelInUse]
    /// The sets.
    public var sets: [SetSummary]
    /// SHA-256 over the pictures of all sets.
    public var dataSha256: String
    /// How often subjects were drawn for the intervals.
    public var bootstrapReplicates: Int
    /// The row of the largest distance that is a match.
    public var match: ErrorRateTable.Row
    /// The row of the largest distance that is not yet a non-match.
    public var nonMatch: ErrorRateTable.Row
    /// False match rates and the distances at which they hold.
    public var table: ErrorRateTable
    /// Distance to probability.
    public var calibration: ScoreCalibration
    /// How good the probability is on people that it was not fitted to.
    public var quality: CalibrationQuality

    /// The result as readable text for a terminal.
    public var summary: String {
        func percent(_ rate: Double) -> String { String(format: "%.4g %%", 100 * rate) }
        func interval(_ range: ClosedRange<Double>) -> String {
            String(format: "[%.4g – %.4g]", 100 * range.lowerBound, 100 * range.upperBound)
        }
        func estimate(_ estimate: ThresholdRates.Estimate?) -> String {
            guard let estimate else { return "no comparisons" }
            return percent(estimate.value) + " " + interval(estimate.interval.low...estimate.interval.high)
        }
        var lines = ["Model \(modelID)"]
        for set in sets {
            lines.append(
                "\(set.name): \(set.pictures) pictures of \(set.subjects) people, \(set.failuresToEnrol) without a face, "
                    + "\(set.matedComparisons) mated and \(set.nonMatedComparisons) non-mated comparisons"
            )
        }
        lines += ["", "False match rate   threshold   95 % interval of the rate, %    FNMR"]
        for row in table.rows {
            lines.append(
                percent(row.falseMatchRate).padding(toLength: 19, withPad: " ", startingAt: 0)
                    + String(format: "%.4f      ", row.threshold)
                    + interval(row.falseMatchInterval).padding(toLength: 32, withPad: " ", startingAt: 0)
                    + percent(row.falseNonMatchRate) + " " + interval(row.falseNonMatchInterval)
            )
        }
        lines += [
            "", "The thresholds on each set alone (match at \(match.threshold), non-match above \(nonMatch.threshold))",
        ]
        for set in sets {
            for (name, point) in zip(["match", "non-match"], set.check.points) {
                lines.append(
                    "  \(set.name), \(name): FMR \(estimate(point.falseMatchRate)), "
                        + "FNMR \(estimate(point.falseNonMatchRate))"
                )
            }
        }
        lines += [
            "",
            String(
                format: "Log-likelihood ratio = %.3f %.3f × distance, from %.2f to %.2f",
                calibration.intercept,
                calibration.slope,
                calibration.supported.lowerBound,
                calibration.supported.upperBound
            ),
            String(
                format: "On people it was not fitted to: cost %.4f bits (at best %.4f), Brier score %.4f",
                quality.cost,
                quality.minimumCost,
                quality.brierScore
            ),
            "Probability given     predicted   observed   mated / non-mated",
        ]
        for bin in quality.reliability {
            lines.append(
                String(
                    format: "%5.1f to %5.1f %%     %6.2f %%   %6.2f %%   %d / %d",
                    100 * bin.probability.lowerBound,
                    100 * bin.probability.upperBound,
                    100 * bin.predicted,
                    100 * bin.observed,
                    bin.mated,
                    bin.nonMated
                )
            )
        }
        return lines.joined(separator: "\n")
    }
}
