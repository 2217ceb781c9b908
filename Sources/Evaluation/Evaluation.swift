import Biometrics

/// Compares the pictures of a pair list and estimates error rates from the outcomes.
public struct Evaluation: Sendable {
    private static let rates = [1e-2, 1e-3, 1e-4]
    /// Work of the bootstrap, in comparisons looked at; large sets get fewer replicates.
    private static let bootstrapWork = 1_000_000_000

    /// Estimates the report of a pair list and its templates.
    ///
    /// - Throws: `EvaluationError` or `BiometricsError` where there is nothing to estimate from.
    public static func report(
        _ list: PairList,
        _ found: PictureTemplates,
        modelID: String,
        modelSha256: [String: String],
        analysisSeconds: Double
    ) throws -> EvaluationReport {
        let comparisons = try compare(list, found.templates)
        let trials = try ComparisonTrials(comparisons.map(\.trial))
        guard !trials.mated.isEmpty, !trials.nonMated.isEmpty else {
            throw EvaluationError(
                "\(trials.mated.count) mated and \(trials.nonMated.count) non-mated comparisons: both kinds are needed"
            )
        }
        let curve = try ErrorRateCurve(trials)
        let size = trials.mated.count + trials.nonMated.count
        let bootstrap = SubjectBootstrap(replicates: min(1_000, max(40, bootstrapWork / size)))
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
        return EvaluationReport(
            pairSource: list.source,
            dataSha256: found.dataDigest,
            modelId: modelID,
            modelSha256: modelSha256,
            pictures: list.pictures.count,
            subjects: Set(list.subjects).count,
            failureToEnrolRate: Double(found.templates.count { $0 == nil }) / Double(max(1, list.pictures.count)),
            failures: found.failures,
            matedComparisons: trials.mated.count,
            nonMatedComparisons: trials.nonMated.count,
            bootstrapReplicates: bootstrap.replicates,
            equalErrorRate: rate(curve.equalErrorRate, 0),
            operatingPoints: rates.enumerated().map { index, target in
                EvaluationReport.OperatingPoint(
                    falseMatchRate: target,
                    threshold: curve.threshold(forFalseMatchRate: target),
                    falseNonMatchRate: curve.falseNonMatchRate(atFalseMatchRate: target).map { rate($0, index + 1) },
                    isClaimSupported: Double(trials.nonMated.count) >= 3 / target
                )
            },
            foldAccuracy: foldAccuracy(comparisons),
            curve: curve.detectionErrorTradeoff().map {
                EvaluationReport.Point(
                    threshold: $0.threshold,
                    falseMatchRate: $0.falseMatchRate,
                    falseNonMatchRate: $0.falseNonMatchRate
                )
            },
            analysisSeconds: analysisSeconds
        )
    }

    private struct Comparison {
        var trial: ComparisonTrials.Trial
        var isMated: Bool
        var fold: Int?
    }

    private static func compare(_ list: PairList, _ templates: [FaceTemplate?]) throws -> [Comparison] {
        func comparison(_ first: Int, _ second: Int, isMated: Bool, fold: Int?) throws -> Comparison? {
            guard let one = templates[first], let other = templates[second] else { return nil }
            let subject = list.subjects[first]
            // A pair that is said to show one person counts as such whatever the folders are called.
            let secondSubject = isMated ? subject : list.subjects[second]
            guard isMated || subject != secondSubject else {
                throw EvaluationError("\(list.pictures[first]) and \(list.pictures[second]) contradict their folders")
            }
            let score = try ComparisonScore(one, other)
            return Comparison(
                trial: .init(distance: score.distance, first: subject, second: secondSubject),
                isMated: isMated,
                fold: fold
            )
        }
        if let pairs = list.pairs {
            return try pairs.compactMap {
                try comparison($0.first, $0.second, isMated: $0.isMated, fold: $0.fold)
            }
        }
        var all: [Comparison] = []
        for first in templates.indices {
            for second in templates.indices.dropFirst(first + 1) {
                let isMated = list.subjects[first] == list.subjects[second]
                if let one = try comparison(first, second, isMated: isMated, fold: nil) { all.append(one) }
            }
        }
        return all
    }

    private static func foldAccuracy(_ comparisons: [Comparison]) -> EvaluationReport.FoldAccuracy? {
        let folds = Set(comparisons.compactMap(\.fold)).sorted()
        guard folds.count > 1 else { return nil }
        let accuracies = folds.map { fold in
            let threshold = bestThreshold(comparisons.filter { $0.fold != fold })
            let held = comparisons.filter { $0.fold == fold }
            let right = held.count { ($0.trial.distance <= threshold) == $0.isMated }
            return Double(right) / Double(held.count)
        }
        let mean = accuracies.reduce(0, +) / Double(accuracies.count)
        let variance = accuracies.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(accuracies.count - 1)
        return EvaluationReport.FoldAccuracy(
            mean: mean,
            standardError: (variance / Double(accuracies.count)).squareRoot(),
            folds: accuracies
        )
    }

    /// The threshold at which most comparisons are decided rightly.
    private static func bestThreshold(_ comparisons: [Comparison]) -> Float {
        let ordered = comparisons.sorted { $0.trial.distance < $1.trial.distance }
        var right = ordered.count { !$0.isMated }
        var best = (right: right, threshold: Float(-1))
        for comparison in ordered {
            right += comparison.isMated ? 1 : -1
            if right > best.right { best = (right, comparison.trial.distance) }
        }
        return best.threshold
    }
}
