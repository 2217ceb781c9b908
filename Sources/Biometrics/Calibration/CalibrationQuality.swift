import Foundation

/// How good calibrated scores are on comparisons that they were not fitted to.
public struct CalibrationQuality: Equatable, Sendable {
    /// Comparisons whose calibrated probability lies in one range.
    public struct Bin: Equatable, Sendable {
        /// The range of the probability that both pictures show one person.
        public let probability: ClosedRange<Double>
        /// The mean of the probabilities given, at equal prior probabilities.
        public let predicted: Double
        /// The share of mated comparisons among them, at equal prior probabilities.
        public let observed: Double
        /// How many mated comparisons are in the range.
        public let mated: Int
        /// How many non-mated comparisons are in the range.
        public let nonMated: Int
    }

    /// Cost of the log-likelihood ratios in bits (Brümmer, du Preez 2006): 0 is perfect, 1 is no information.
    public let cost: Double
    /// The cost after the best monotone calibration in hindsight: what is lost by the comparison, not by the scale.
    public let minimumCost: Double
    /// Mean squared error of the probability (Brier 1950), at equal prior probabilities: 0 is perfect, 0.25 none.
    public let brierScore: Double
    /// Predicted and observed shares; ranges without comparisons are left out.
    public let reliability: [Bin]

    /// The ends of the ranges of the reliability table.
    private static let edges = [0, 0.01, 0.05, 0.1, 0.3, 0.5, 0.7, 0.9, 0.95, 0.99, 1]

    init(_ scores: [(score: WeightedScore, logLikelihoodRatio: Double)]) {
        func total(_ isMated: Bool) -> Double {
            scores.reduce(0) { $0 + ($1.score.isMated == isMated ? $1.score.weight : 0) }
        }
        let (mated, nonMated) = (total(true), total(false))
        /// Half of all for each kind.
        func share(_ score: WeightedScore) -> Double { score.weight / (2 * (score.isMated ? mated : nonMated)) }

        var cost = 0.0
        var brier = 0.0
        var bins = [(weight: Double, predicted: Double, observed: Double, mated: Int, nonMated: Int)](
            repeating: (0, 0, 0, 0, 0),
            count: Self.edges.count - 1
        )
        for (score, ratio) in scores {
            let weight = share(score)
            let probability = 1 / (1 + exp(-ratio))
            cost += weight * log2(1 + exp(score.isMated ? -ratio : ratio))
            brier += weight * (score.isMated ? (1 - probability) * (1 - probability) : probability * probability)
            let index = min(bins.count - 1, max(0, Self.edges.partitionPoint { $0 > probability } - 1))
            bins[index].weight += weight
            bins[index].predicted += weight * probability
            bins[index].observed += score.isMated ? weight : 0
            if score.isMated { bins[index].mated += 1 } else { bins[index].nonMated += 1 }
        }
        self.cost = cost
        brierScore = brier
        reliability = bins.indices.filter { bins[$0].weight > 0 }.map { index in
            Bin(
                probability: Self.edges[index]...Self.edges[index + 1],
                predicted: bins[index].predicted / bins[index].weight,
                observed: bins[index].observed / bins[index].weight,
                mated: bins[index].mated,
                nonMated: bins[index].nonMated
            )
        }
        let balanced = scores.map {
            WeightedScore(distance: $0.score.distance, isMated: $0.score.isMated, weight: share($0.score))
        }
        minimumCost = zip(balanced, PoolAdjacentViolators.shares(of: balanced)).reduce(0) { sum, pair in
            let (score, best) = pair
            // A share of exactly 0 or 1 costs nothing: no comparison contradicts it.
            return sum - score.weight * log2(score.isMated ? best : 1 - best)
        }
    }
}

extension CalibrationQuality {
    /// Estimates the quality by cross-validation over subjects: each part of the people is judged by a calibration that
    /// was fitted to the others.
    ///
    /// Comparisons between people of different parts are left out.
    ///
    /// - Throws: `trials_invalid` where a part of the people is too small to fit or to judge.
    public init(crossValidating trials: ComparisonTrials, folds: Int = 5) throws(BiometricsError) {
        // People with several pictures are dealt out by themselves, so that each part has its share of them.
        var fold: [Int32: Int] = [:]
        for subject in Set(trials.mated.map(\.first)).sorted() { fold[subject] = fold.count % folds }
        let others = Set(trials.nonMated.flatMap { [$0.first, $0.second] }).subtracting(fold.keys)
        for (place, subject) in others.sorted().enumerated() { fold[subject] = place % folds }

        let all = trials.mated + trials.nonMated
        var judged: [(score: WeightedScore, logLikelihoodRatio: Double)] = []
        for part in 0..<folds {
            let training = try ComparisonTrials(all.filter { fold[$0.first] != part && fold[$0.second] != part })
            let calibration = try ScoreCalibration(fitting: training)
            let held = try ComparisonTrials(all.filter { fold[$0.first] == part && fold[$0.second] == part })
            guard !held.mated.isEmpty, !held.nonMated.isEmpty else {
                throw BiometricsError(.trialsInvalid, "too few people for \(folds) parts")
            }
            judged += held.weightedScores().map {
                ($0, calibration.logLikelihoodRatio(of: ComparisonScore(distance: Float($0.distance))))
            }
        }
        self.init(judged)
    }
}
