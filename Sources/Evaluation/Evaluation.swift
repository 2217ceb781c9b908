import Biometrics

/// Compares the pictures of a pair list and estimates error rates from the outcomes.
public struct Evaluation: Sendable {
    private static let rates = [1e-2, 1e-3, 1e-4]

    /// Estimates the report of a pair list and its templates.
    ///
    /// - Parameters:
    ///   - modelSha256: SHA-256 of the models' files by their ids.
    ///   - groups: labels of people or pictures, whose rates are wanted each by itself.
    ///   - burst: how to compare bursts, where that is wanted too.
    /// - Throws: `EvaluationError` or `BiometricsError` where there is nothing to estimate from.
    public static func report(
        _ list: PairList,
        _ found: PictureTemplates,
        modelID: String,
        modelSha256: [String: String],
        analysisSeconds: Double,
        groups: GroupLabels? = nil,
        burst: BurstProtocol? = nil
    ) throws -> EvaluationReport {
        let comparisons = try ListComparisons(list, found.templates, by: .templates)
        let summary = try ErrorRateSummary(of: comparisons.trials, rates: rates)
        return EvaluationReport(
            pairSource: list.source,
            dataSha256: found.dataDigest,
            modelId: modelID,
            modelSha256: modelSha256,
            pictures: list.pictures.count,
            subjects: Set(list.subjects).count,
            failureToEnrolRate: Double(found.templates.count { $0 == nil }) / Double(max(1, list.pictures.count)),
            failures: found.failures,
            matedComparisons: summary.matedComparisons,
            nonMatedComparisons: summary.nonMatedComparisons,
            bootstrapReplicates: summary.bootstrapReplicates,
            equalErrorRate: summary.equalErrorRate,
            operatingPoints: summary.operatingPoints,
            foldAccuracy: foldAccuracy(comparisons.folded),
            curve: summary.curve,
            groups: try groups.map {
                try EvaluationReport.groups(
                    $0,
                    list,
                    found.templates,
                    by: .templates,
                    at: summary.operatingPoints
                )
            },
            burst: try burst.map {
                try self.burst($0, list, found.templates, at: summary.operatingPoints)
            },
            analysisSeconds: analysisSeconds
        )
    }

    private static func burst(
        _ way: BurstProtocol,
        _ list: PairList,
        _ templates: [FaceTemplate?],
        at operatingPoints: [EvaluationReport.OperatingPoint]
    ) throws -> EvaluationReport.Burst {
        EvaluationReport.Burst(
            protocolSummary: way.summary,
            portraitFrames: way.portraitFrames,
            pictures: way.burst,
            conditions: try way.conditions(list, templates, by: .templates).map {
                .init(
                    name: $0.name,
                    rates: try ErrorRateSummary(of: $0.trials, rates: rates),
                    atSingleThresholds: EvaluationReport.points(of: $0.trials, at: operatingPoints)
                )
            }
        )
    }

    private static func foldAccuracy(_ comparisons: [ListComparisons.Folded]) -> EvaluationReport.FoldAccuracy? {
        let folds = Set(comparisons.map(\.fold)).sorted()
        guard folds.count > 1 else { return nil }
        let accuracies = folds.map { fold in
            let threshold = bestThreshold(comparisons.filter { $0.fold != fold })
            let held = comparisons.filter { $0.fold == fold }
            let right = held.count { ($0.distance <= threshold) == $0.isMated }
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
    private static func bestThreshold(_ comparisons: [ListComparisons.Folded]) -> Float {
        let ordered = comparisons.sorted { $0.distance < $1.distance }
        var right = ordered.count { !$0.isMated }
        var best = (right: right, threshold: Float(-1))
        for comparison in ordered {
            right += comparison.isMated ? 1 : -1
            if right > best.right { best = (right, comparison.distance) }
        }
        return best.threshold
    }
}
