import Biometrics
import Cryptography
public import FaceAnalysis

/// Measures the thresholds and the calibration of a model on sets of pictures whose truth is known.
///
/// Pictures are compared within each set only: strangers of two sets differ by their cameras too and would look easier
/// to tell apart than they are. All sets' comparisons then count together.
public struct CalibrationStudy: Sendable {
    /// One set of pictures with the templates made of them.
    public struct DataSet: Sendable {
        /// What the set is called.
        public var name: String
        /// Its pictures and pairs.
        public var list: PairList
        /// Its templates.
        public var found: PictureTemplates

        /// Makes a data set.
        public init(name: String, list: PairList, found: PictureTemplates) {
            self.name = name
            self.list = list
            self.found = found
        }
    }

    /// The false match rates of the table, as far as there are comparisons enough.
    static let rates = [1e-1, 3e-2, 1e-2, 3e-3, 1e-3, 3e-4, 1e-4, 3e-5, 1e-5, 1e-6]

    private let matchRate: Double
    private let nonMatchRate: Double

    /// Makes a study.
    ///
    /// - Parameters:
    ///   - matchRate: the false match rate at the largest distance that is a match.
    ///   - nonMatchRate: the false match rate at the largest distance that is not yet a non-match; not lower, so that
    ///     what lies between is inconclusive.
    /// - Throws: `EvaluationError` unless 0 < `matchRate` ≤ `nonMatchRate` < 1.
    public init(matchRate: Double = 1e-3, nonMatchRate: Double = 1e-2) throws {
        guard matchRate > 0, matchRate <= nonMatchRate, nonMatchRate < 1 else {
            throw EvaluationError("the rate for a match lies above 0 and not above the rate for a non-match")
        }
        self.matchRate = matchRate
        self.nonMatchRate = nonMatchRate
    }

    /// Measures.
    ///
    /// - Throws: `EvaluationError` or `BiometricsError` where the comparisons are too few for either threshold or for a
    ///   calibration.
    public func result(_ sets: [DataSet], modelID: String, models: [ModelInUse]) throws -> CalibrationResult {
        let each = try sets.map { try ListComparisons($0.list, $0.found.templates, by: .templates).trials }
        let trials = try Self.joined(each, sets)
        guard !trials.mated.isEmpty, !trials.nonMated.isEmpty else {
            throw EvaluationError("both mated and non-mated comparisons are needed")
        }
        let curve = try ErrorRateCurve(trials)
        for rate in [matchRate, nonMatchRate] where Double(trials.nonMated.count) < 3 / rate {
            throw EvaluationError("\(trials.nonMated.count) non-mated comparisons are too few for a rate of \(rate)")
        }
        let rates = Set(Self.rates + [matchRate, nonMatchRate]).sorted(by: >)
            .filter { Double(trials.nonMated.count) >= 3 / $0 }
        var rows: [(rate: Double, threshold: Float)] = []
        for rate in rates {
            guard let threshold = curve.threshold(forFalseMatchRate: rate).map(Self.roundedDown) else { continue }
            // Rates too near to each other for the data share their threshold: the lower one is the better claim.
            if let last = rows.last, last.threshold <= threshold { rows.removeLast() }
            rows.append((rate, threshold))
        }
        let bootstrap = ErrorRateSummary.bootstrap(for: trials)
        let measured = ThresholdRates(of: trials, at: rows.map(\.threshold), bootstrap: bootstrap)
        let table = try ErrorRateTable(
            zip(rows, measured.points).compactMap { row, point in
                guard let match = point.falseMatchRate, let nonMatch = point.falseNonMatchRate else { return nil }
                return ErrorRateTable.Row(
                    falseMatchRate: row.rate,
                    threshold: row.threshold,
                    falseMatchInterval: match.interval.low...match.interval.high,
                    falseNonMatchRate: nonMatch.value,
                    falseNonMatchInterval: nonMatch.interval.low...nonMatch.interval.high
                )
            }
        )
        guard let match = table.row(forFalseMatchRate: matchRate),
            let nonMatch = table.row(forFalseMatchRate: nonMatchRate)
        else {
            throw EvaluationError("the comparisons are too few to tell the thresholds apart")
        }
        return CalibrationResult(
            modelID: modelID,
            models: models,
            sets: zip(sets, each).map { set, trials in
                CalibrationResult.SetSummary(
                    name: set.name,
                    pictures: set.list.pictures.count,
                    failuresToEnrol: set.found.templates.count { $0 == nil },
                    subjects: Set(set.list.subjects).count,
                    matedComparisons: trials.mated.count,
                    nonMatedComparisons: trials.nonMated.count,
                    check: ThresholdRates(
                        of: trials,
                        at: [match.threshold, nonMatch.threshold],
                        bootstrap: ErrorRateSummary.bootstrap(for: trials)
                    )
                )
            },
            dataSha256: Self.digest(sets),
            bootstrapReplicates: bootstrap.replicates,
            match: match,
            nonMatch: nonMatch,
            table: table,
            calibration: try ScoreCalibration(fitting: trials),
            quality: try CalibrationQuality(crossValidating: trials)
        )
    }

    /// The sets' comparisons together, each set with subjects of its own.
    private static func joined(_ each: [ComparisonTrials], _ sets: [DataSet]) throws -> ComparisonTrials {
        var all: [ComparisonTrials.Trial] = []
        var offset: Int32 = 0
        for (trials, set) in zip(each, sets) {
            for kind in [trials.mated, trials.nonMated] {
                all += kind.map {
                    .init(distance: $0.distance, first: $0.first + offset, second: $0.second + offset)
                }
            }
            offset += Int32(set.list.subjectNames.count)
        }
        return try ComparisonTrials(all)
    }

    /// Four decimals, downwards, so that the rate is kept.
    private static func roundedDown(_ threshold: Float) -> Float {
        Float((Double(threshold) * 10_000).rounded(.down) / 10_000)
    }

    private static func digest(_ sets: [DataSet]) -> String {
        if sets.count == 1 { return sets[0].found.dataDigest }
        return SHA256Digest.hash(utf8: sets.map(\.found.dataDigest).joined(separator: "\n")).hex
    }
}
