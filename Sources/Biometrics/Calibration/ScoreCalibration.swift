import Foundation

/// Turns a distance into the weight of its evidence: how much likelier it is between two pictures of one person than
/// between those of two persons.
///
/// The logarithm of the likelihood ratio is a falling line over the distance (logistic regression; Brümmer, du Preez
/// 2006), cut off where the data that it was fitted to can tell no more.
public struct ScoreCalibration: Equatable, Hashable, Sendable {
    /// The log-likelihood ratio at distance 0, natural logarithm, before it is cut off.
    public let intercept: Double
    /// The change of the log-likelihood ratio a unit of distance; negative.
    public let slope: Double
    /// The log-likelihood ratios that the data support; 0 lies within.
    public let supported: ClosedRange<Double>

    /// Makes a calibration.
    ///
    /// - Throws: `thresholds_invalid` unless the line falls and the supported range has 0 in it.
    public init(intercept: Double, slope: Double, supported: ClosedRange<Double>) throws(BiometricsError) {
        guard
            intercept.isFinite, slope.isFinite, slope < 0, supported.lowerBound.isFinite, supported.lowerBound < 0,
            supported.upperBound.isFinite, supported.upperBound > 0
        else {
            throw BiometricsError(.thresholdsInvalid, "a calibration falls with the distance and has finite limits")
        }
        self.intercept = intercept
        self.slope = slope
        self.supported = supported
    }

    /// The natural logarithm of the likelihood ratio, within what the data support.
    ///
    /// A score that no two templates can have, such as NaN, counts as the strongest sign of two persons.
    public func logLikelihoodRatio(of score: ComparisonScore) -> Double {
        guard score.distance.isFinite, score.distance >= 0 else { return supported.lowerBound }
        let line = intercept + slope * Double(score.distance)
        return min(max(line, supported.lowerBound), supported.upperBound)
    }

    /// The probability that both pictures show one person, if nothing else were known and one person were as likely
    /// as two; never 0 and never 1.
    public func sameSourceProbability(of score: ComparisonScore) -> Double {
        1 / (1 + exp(-logLikelihoodRatio(of: score)))
    }
}
