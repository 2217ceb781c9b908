import Foundation

/// A comparison whose truth is known, with how much it counts.
struct WeightedScore: Sendable {
    var distance: Double
    var isMated: Bool
    var weight: Double
}

extension ComparisonTrials {
    /// The comparisons with weights that add up to one for each kind, so that both kinds are as likely.
    ///
    /// Each subject counts alike among the mated comparisons, however many pictures there are of it; each comparison
    /// counts alike among the non-mated.
    func weightedScores() -> [WeightedScore] {
        var perSubject: [Int32: Int] = [:]
        for trial in mated { perSubject[trial.first, default: 0] += 1 }
        let subjects = Double(perSubject.count)
        return mated.map {
            WeightedScore(
                distance: Double($0.distance),
                isMated: true,
                weight: 1 / (subjects * Double(perSubject[$0.first] ?? 1))
            )
        }
            + nonMated.map {
                WeightedScore(distance: Double($0.distance), isMated: false, weight: 1 / Double(nonMated.count))
            }
    }
}

extension ScoreCalibration {
    /// Keeps the line finite where the kinds do not overlap; too little to be seen where they do.
    private static let ridge = 1e-6
    private static let mostSteps = 200

    /// Fits the calibration to comparisons by logistic regression with equal prior probabilities.
    ///
    /// The log-likelihood ratio is cut off by the «rule of three» (ISO/IEC 19795-1 annex B) over subjects: none of n
    /// people was so alike to a stranger, or so unlike to himself, so the rate may still be 3/n.
    ///
    /// - Throws: `trials_invalid` where there are no mated or no non-mated comparisons, too few people to support
    ///   anything (four of each kind), or where distance does not tell persons apart.
    public init(fitting trials: ComparisonTrials) throws(BiometricsError) {
        let matedSubjects = Set(trials.mated.map(\.first)).count
        let nonMatedSubjects = Set(trials.nonMated.flatMap { [$0.first, $0.second] }).count
        guard matedSubjects > 3, nonMatedSubjects > 3 else {
            throw BiometricsError(
                .trialsInvalid,
                "a calibration needs more than three people with several pictures, here are \(matedSubjects)"
            )
        }
        let line = Self.line(of: trials.weightedScores())
        guard line.slope < 0, line.slope.isFinite, line.intercept.isFinite else {
            throw BiometricsError(.trialsInvalid, "mated comparisons are not nearer than non-mated ones")
        }
        try self.init(
            intercept: line.intercept,
            slope: line.slope,
            supported: -log(Double(matedSubjects) / 3)...log(Double(nonMatedSubjects) / 3)
        )
    }

    /// Newton's method on the weighted logistic loss of the two parameters.
    private static func line(of scores: [WeightedScore]) -> (intercept: Double, slope: Double) {
        // Centred and scaled, so that the ridge means the same whatever the distances' range is.
        let total = scores.reduce(0) { $0 + $1.weight }
        let mean = scores.reduce(0) { $0 + $1.weight * $1.distance } / total
        let variance = scores.reduce(0) { $0 + $1.weight * ($1.distance - mean) * ($1.distance - mean) } / total
        let spread = max(variance.squareRoot(), 1e-12)
        var (constant, slope) = (0.0, 0.0)
        for _ in 0..<mostSteps {
            var gradient = (ridge * constant, ridge * slope)
            var curvature = (ridge, 0.0, ridge)
            for score in scores {
                let place = (score.distance - mean) / spread
                let probability = 1 / (1 + exp(-(constant + slope * place)))
                let error = score.weight * (probability - (score.isMated ? 1 : 0))
                let bend = score.weight * probability * (1 - probability)
                gradient.0 += error
                gradient.1 += error * place
                curvature.0 += bend
                curvature.1 += bend * place
                curvature.2 += bend * place * place
            }
            let determinant = curvature.0 * curvature.2 - curvature.1 * curvature.1
            guard determinant > 0 else { break }
            var step = (
                (curvature.2 * gradient.0 - curvature.1 * gradient.1) / determinant,
                (curvature.0 * gradient.1 - curvature.1 * gradient.0) / determinant
            )
            // A step across the whole scale comes of a flat region and would overshoot.
            let size = max(abs(step.0), abs(step.1))
            if size > 2 { step = (step.0 * 2 / size, step.1 * 2 / size) }
            constant -= step.0
            slope -= step.1
            if size < 1e-10 { break }
        }
        return (constant - slope * mean / spread, slope / spread)
    }
}
