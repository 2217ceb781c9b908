public import Foundation

/// An evaluation's results (ISO/IEC 19795-1 reporting): rates with intervals, counts, and what they stand on.
public struct EvaluationReport: Sendable, Codable {
    /// A rate with its 95 % interval by bootstrap over subjects.
    public struct Rate: Hashable, Sendable, Codable {
        /// The estimate, 0 to 1.
        public var value: Double
        /// The interval's lower end; absent where the replicates have no value.
        public var low: Double?
        /// The interval's upper end.
        public var high: Double?
    }

    /// The false non-match rate at the threshold of a false match rate.
    public struct OperatingPoint: Hashable, Sendable, Codable {
        /// The false match rate aimed at.
        public var falseMatchRate: Double
        /// The largest threshold that keeps it; absent where the trials are too few.
        public var threshold: Float?
        /// The false non-match rate there.
        public var falseNonMatchRate: Rate?
        /// Whether there are enough non-mated comparisons to claim the rate: at least three divided by it
        /// («rule of three», ISO/IEC 19795-1 annex B), and 30 000 for one in ten thousand.
        public var isClaimSupported: Bool
    }

    /// Accuracy by ten folds: in each the threshold is the best of the other nine (LFW protocol).
    public struct FoldAccuracy: Hashable, Sendable, Codable {
        /// Mean of the folds.
        public var mean: Double
        /// Standard error of the mean.
        public var standardError: Double
        /// Each fold.
        public var folds: [Double]
    }

    /// A point of the DET curve.
    public struct Point: Hashable, Sendable, Codable {
        /// The threshold.
        public var threshold: Float
        /// FMR there.
        public var falseMatchRate: Double
        /// FNMR there.
        public var falseNonMatchRate: Double
    }

    /// What a burst of pictures gains over a single one, on the same pictures.
    public struct Burst: Sendable, Codable {
        /// How the pictures were split.
        public var protocolSummary: String
        /// Frames in a portrait.
        public var portraitFrames: Int
        /// Pictures in a burst.
        public var pictures: Int
        /// Each way of comparing; empty where nobody has enough pictures.
        public var conditions: [Condition]

        /// The rates of one way of comparing.
        public struct Condition: Sendable, Codable {
            /// What is compared with what.
            public var name: String
            /// Its rates.
            public var rates: ErrorRateSummary
            /// Its rates at the thresholds that were measured on single pictures: fused templates of strangers lie
            /// nearer to each other, so a threshold does not keep its false match rate by itself.
            public var atSingleThresholds: [Group.Point]
        }
    }

    /// Where the pairs come from.
    public var pairSource: String
    /// SHA-256 over the pictures.
    public var dataSha256: String
    /// The embedder.
    public var modelId: String
    /// SHA-256 of the models' files by their names.
    public var modelSha256: [String: String]
    /// How many pictures.
    public var pictures: Int
    /// How many persons.
    public var subjects: Int
    /// Share of pictures without a template.
    public var failureToEnrolRate: Double
    /// Pictures without a template by reason.
    public var failures: [String: Int]
    /// How many mated comparisons were made.
    public var matedComparisons: Int
    /// How many non-mated comparisons were made.
    public var nonMatedComparisons: Int
    /// How often subjects were drawn for the intervals.
    public var bootstrapReplicates: Int
    /// Where both error rates are equal.
    public var equalErrorRate: Rate
    /// FNMR at FMR 1e-2, 1e-3, 1e-4.
    public var operatingPoints: [OperatingPoint]
    /// By ten folds, where the pairs file has folds.
    public var foldAccuracy: FoldAccuracy?
    /// The DET curve.
    public var curve: [Point]
    /// Each group's rates at the thresholds above, where pictures are labelled with groups.
    public var groups: [Group]?
    /// Portraits of several frames and bursts of probes, where they were asked for.
    public var burst: Burst?
    /// How long the analysis of the pictures took, in seconds.
    public var analysisSeconds: Double

    /// The report as JSON with sorted keys.
    public func json() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        return try encoder.encode(self)
    }
}
