import Foundation

extension EvaluationReport {
    /// The report as a readable table for a terminal.
    public var table: String {
        var lines = [
            "Pictures               \(pictures) of \(subjects) people; \(pairSource)",
            "Failure to enrol       \(Self.percent(failureToEnrolRate))\(failureList)",
            "Comparisons            \(matedComparisons) mated, \(nonMatedComparisons) non-mated",
            "Model                  \(modelId)",
            "Data SHA-256           \(dataSha256)",
            "",
            "Equal error rate       \(Self.percent(equalErrorRate))",
        ]
        lines += operatingPoints.map(Self.line)
        if let foldAccuracy {
            lines.append(
                "Accuracy by \(foldAccuracy.folds.count) folds  "
                    + String(format: "%.2f ± %.2f %%", 100 * foldAccuracy.mean, 100 * foldAccuracy.standardError)
            )
        }
        for group in groups ?? [] { lines += Self.lines(group) }
        if let burst { lines += Self.lines(burst) }
        lines.append("")
        lines.append("In brackets: 95 % interval, \(bootstrapReplicates) draws of subjects")
        return lines.joined(separator: "\n")
    }

    private static func line(_ point: OperatingPoint) -> String {
        let name = "FNMR at FMR \(scientific(point.falseMatchRate))"
            .padding(toLength: 23, withPad: " ", startingAt: 0)
        guard let rate = point.falseNonMatchRate, let threshold = point.threshold else {
            return "\(name)too few comparisons to say"
        }
        let claim = point.isClaimSupported ? "" : "   (too few non-mated comparisons to claim this rate)"
        return "\(name)\(percent(rate))   threshold \(String(format: "%.3f", threshold))\(claim)"
    }

    private static func line(_ point: Group.Point) -> String {
        let match = point.falseMatchRate.map(precise) ?? "no comparisons"
        let nonMatch = point.falseNonMatchRate.map(percent) ?? "no comparisons"
        return "at \(String(format: "%.3f", point.threshold)) (all: FMR \(scientific(point.overallFalseMatchRate)))"
            + "   FMR \(match)   FNMR \(nonMatch)"
    }

    private static func lines(_ group: Group) -> [String] {
        var lines = [
            "",
            "Group \(group.name): \(group.pictures) pictures of \(group.subjects) people, failure to enrol "
                + "\(percent(group.failureToEnrolRate)), \(group.matedComparisons) mated, "
                + "\(group.nonMatedComparisons) non-mated",
        ]
        lines += group.points.map { "  \(line($0))" }
        return lines + group.notes.map { "  \($0)" }
    }

    private static func lines(_ burst: Burst) -> [String] {
        var lines = ["", "Bursts: \(burst.protocolSummary)"]
        if burst.conditions.isEmpty { lines.append("  nobody has enough pictures") }
        for condition in burst.conditions {
            lines.append(
                "  \(condition.name): \(condition.rates.matedComparisons) mated, "
                    + "\(condition.rates.nonMatedComparisons) non-mated, "
                    + "equal error rate \(percent(condition.rates.equalErrorRate))"
            )
            lines += condition.rates.operatingPoints.map { "    \(line($0))" }
            lines += condition.atSingleThresholds.map { "    \(line($0))" }
        }
        return lines
    }

    private var failureList: String {
        guard !failures.isEmpty else { return "" }
        let parts = failures.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
        return " (\(parts.joined(separator: ", ")))"
    }

    static func percent(_ rate: Double) -> String { String(format: "%.2f %%", 100 * rate) }

    static func percent(_ rate: Rate) -> String {
        guard let low = rate.low, let high = rate.high else { return "\(percent(rate.value)) [no interval]" }
        return "\(percent(rate.value)) " + String(format: "[%.2f – %.2f]", 100 * low, 100 * high)
    }

    /// A small rate with its interval, in percent with four decimals.
    static func precise(_ rate: Rate) -> String {
        guard let low = rate.low, let high = rate.high else { return "\(percent(rate.value)) [no interval]" }
        return String(format: "%.4f %% [%.4f – %.4f]", 100 * rate.value, 100 * low, 100 * high)
    }

    static func scientific(_ rate: Double) -> String { String(format: "1e%d", Int(log10(rate).rounded())) }
}
