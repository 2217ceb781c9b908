import Biometrics
import Evaluation
import Foundation

/// Our error rates and dlib's on one set of pictures.
struct AccuracyComparison: Encodable {
    /// One way of recognising, on the pictures that all of them could use.
    struct System: Encodable {
        var name: String
        /// Pictures without a template.
        var failuresToEnrol: Int
        /// All pairs of the list.
        var single: ErrorRateSummary
        /// False non-match rates with failures to enrol counted as non-matches, on all pictures (ISO/IEC 19795-1
        /// generalised rate), at each of `rates`; absent where the pairs are too few.
        var generalized: [Double?]
        /// A burst of three against one portrait; the first is the single picture of the same protocol.
        var bursts: [Burst]

        struct Burst: Encodable {
            var name: String
            var rates: ErrorRateSummary
        }
    }

    static let rates = [1e-1, 1e-2, 1e-3, 1e-4]

    var name: String
    var pairSource: String
    var pictures: Int
    var people: Int
    var picturesCommonToAll: Int
    var dataSha256: String
    var burstProtocol: String
    /// Ours first, then dlib as people use it, then its mirror variant.
    var systems: [System]

    init(name: String, list: PairList, ours: PictureTemplates, theirs: [AccuracyPeer.Descriptor?]) throws {
        self.name = name
        let common = zip(ours.templates, theirs).map { $0 != nil && $1 != nil }
        let burst = try BurstProtocol(portraitFrames: 1, burst: 3)
        func system<Sample>(
            _ name: String,
            _ samples: [Sample?],
            _ comparison: SampleComparison<Sample>
        ) throws -> System {
            let shared = zip(samples, common).map { $1 ? $0 : nil }
            let all = try ListComparisons(list, samples, by: comparison).trials
            return System(
                name: name,
                failuresToEnrol: samples.count { $0 == nil },
                single: try ErrorRateSummary(
                    of: ListComparisons(list, shared, by: comparison).trials,
                    rates: Self.rates
                ),
                generalized: try Self.generalized(all, pairs: list.matedPairCount),
                bursts: try burst.conditions(list, shared, by: comparison).map {
                    System.Burst(name: $0.name, rates: try ErrorRateSummary(of: $0.trials, rates: Self.rates))
                }
            )
        }
        pairSource = list.source
        pictures = list.pictures.count
        people = Set(list.subjects).count
        picturesCommonToAll = common.count { $0 }
        dataSha256 = ours.dataDigest
        burstProtocol = burst.summary
        systems = [
            try system("attestd", ours.templates, .templates),
            try system("dlib", theirs.map { $0?.plain }, Self.descriptors(isUnitLength: false)),
            try system("dlib, mirror", theirs.map { $0?.mirror }, Self.descriptors(isUnitLength: true)),
        ]
    }

    private static func generalized(_ trials: ComparisonTrials, pairs: Int) throws -> [Double?] {
        let curve = try ErrorRateCurve(trials)
        let failed = Double(pairs - trials.mated.count)
        return rates.map { rate in
            curve.falseNonMatchRate(atFalseMatchRate: rate).map {
                (failed + $0 * Double(trials.mated.count)) / Double(max(1, pairs))
            }
        }
    }

    /// dlib's numbers: Euclidean distance, fused as their mean.
    private static func descriptors(isUnitLength: Bool) -> SampleComparison<[Float]> {
        SampleComparison(
            distance: { one, other in
                var sum: Float = 0
                for index in one.indices { sum += (one[index] - other[index]) * (one[index] - other[index]) }
                return sum.squareRoot()
            },
            fuse: { samples in
                guard let first = samples.first else { throw BenchmarkError("nothing to fuse") }
                var mean = [Float](repeating: 0, count: first.count)
                for sample in samples {
                    for index in mean.indices { mean[index] += sample[index] / Float(samples.count) }
                }
                let length = isUnitLength ? mean.reduce(0) { $0 + $1 * $1 }.squareRoot() : 1
                return mean.map { $0 / length }
            }
        )
    }

    /// The comparison as readable text.
    var table: String {
        var lines = [
            "\(name): \(pictures) pictures of \(people) people; \(pairSource)",
            "No face found: " + systems.map { "\($0.name) \($0.failuresToEnrol)" }.joined(separator: ", ")
                + "; \(picturesCommonToAll) pictures common to all",
            "",
            Self.row("", systems.map(\.name)),
        ]
        lines += Self.rows("", systems.map(\.single))
        lines += ["", "Failures to enrol counted as non-matches, all pictures"]
        for (index, rate) in Self.rates.enumerated() {
            lines.append(
                Self.row(
                    "FNMR at FMR \(Self.scientific(rate))",
                    systems.map { $0.generalized[index].map(Self.percent) ?? "too few pairs" }
                )
            )
        }
        lines += ["", "Bursts: \(burstProtocol)"]
        let count = systems.map(\.bursts.count).min() ?? 0
        if count == 0 { lines.append("nobody has four pictures") }
        for index in 0..<count {
            lines.append(systems[0].bursts[index].name)
            lines += Self.rows("  ", systems.map { $0.bursts[index].rates })
        }
        lines += ["", verdict]
        return lines.joined(separator: "\n")
    }

    /// What the project promises: no worse than dlib at every operating point, and better with a burst of three.
    var verdict: String {
        guard systems.allSatisfy({ $0.single.nonMatedComparisons >= 300 && $0.single.matedComparisons >= 30 }) else {
            // «Rule of three» for 1e-2, and «rule of thirty» for the other kind (ISO/IEC 19795-1 annex B).
            return "too few pairs to compare error rates"
        }
        func values(_ summary: ErrorRateSummary) -> [Double?] {
            [summary.equalErrorRate.value] + summary.operatingPoints.map { $0.falseNonMatchRate?.value }
        }
        let names = ["equal error rate"] + Self.rates.map { "FMR \(Self.scientific($0))" }
        let worse = zip(names, zip(values(systems[0].single), values(systems[1].single))).filter { pair in
            guard let ours = pair.1.0, let theirs = pair.1.1 else { return false }
            return ours > theirs
        }
        let single =
            worse.isEmpty
            ? "attestd is no worse than dlib at any operating point"
            : "attestd is worse than dlib at: \(worse.map(\.0).joined(separator: ", "))"
        // The last condition is the fused burst, the first the single picture, both on the same pictures.
        guard let ours = systems[0].bursts.last?.rates, let theirs = systems[1].bursts.first?.rates else {
            return single
        }
        let gains = Self.rates.indices.compactMap { index -> String? in
            guard let burst = ours.operatingPoints[index].falseNonMatchRate?.value,
                let one = theirs.operatingPoints[index].falseNonMatchRate?.value
            else { return nil }
            return "\(Self.percent(burst)) against \(Self.percent(one)) at FMR \(Self.scientific(Self.rates[index]))"
        }
        return "\(single); our burst of three against dlib's one picture, FNMR: \(gains.joined(separator: ", "))"
    }

    private static func rows(_ indent: String, _ summaries: [ErrorRateSummary]) -> [String] {
        var lines = [
            row(
                "\(indent)mated / non-mated",
                summaries.map { "\($0.matedComparisons) / \($0.nonMatedComparisons)" }
            ),
            row("\(indent)equal error rate", summaries.map { percent($0.equalErrorRate) }),
        ]
        for (index, rate) in rates.enumerated() {
            lines.append(
                row(
                    "\(indent)FNMR at FMR \(scientific(rate))",
                    summaries.map { $0.operatingPoints[index].falseNonMatchRate.map(percent) ?? "too few pairs" }
                )
            )
        }
        return lines
    }

    private static func row(_ name: String, _ cells: [String]) -> String {
        ([name] + cells).map { $0.padding(toLength: max(24, $0.count), withPad: " ", startingAt: 0) }
            .joined(separator: " ")
    }

    static func percent(_ rate: Double) -> String { String(format: "%.2f %%", 100 * rate) }

    static func percent(_ rate: EvaluationReport.Rate) -> String {
        guard let low = rate.low, let high = rate.high else { return percent(rate.value) }
        return percent(rate.value) + String(format: " [%.2f – %.2f]", 100 * low, 100 * high)
    }

    static func scientific(_ rate: Double) -> String { String(format: "1e%d", Int(log10(rate).rounded())) }
}
