/// Compares a probe with a reference under the thresholds of one model.
public struct TemplateComparator: Equatable, Sendable {
    /// The model whose templates are compared.
    public let modelID: String
    /// The thresholds measured with that model.
    public let thresholds: DecisionThresholds

    /// Makes a comparator.
    public init(modelID: String, thresholds: DecisionThresholds) {
        self.modelID = modelID
        self.thresholds = thresholds
    }

    /// Compares two templates; a non-match is a value.
    ///
    /// - Throws: `model_mismatch` when a template is not of the comparator's model, `length_mismatch` when they have
    ///   different numbers of values.
    public func compare(reference: FaceTemplate, probe: FaceTemplate) throws(BiometricsError) -> Comparison {
        for template in [reference, probe] where template.modelID != modelID {
            throw BiometricsError(
                .modelMismatch,
                "a template of \(template.modelID) under the thresholds of \(modelID)"
            )
        }
        let score = try ComparisonScore(reference, probe)
        return Comparison(
            score: score,
            decision: thresholds.decision(for: score),
            thresholds: thresholds,
            modelID: modelID
        )
    }
}

/// One comparison, with everything that is needed to explain it later.
public struct Comparison: Equatable, Sendable {
    /// The dissimilarity score.
    public let score: ComparisonScore
    /// What the score decides under the thresholds.
    public let decision: ComparisonDecision
    /// The thresholds in force.
    public let thresholds: DecisionThresholds
    /// The model that made both templates.
    public let modelID: String

    /// The Euclidean distance, 0 to 2; smaller means more alike.
    public var distance: Float { score.distance }

    /// Whether the templates are so alike that the pictures are probably copies of one picture.
    public var isSuspectedCopy: Bool { score.distance <= thresholds.suspectedCopyAtOrBelow }
}
