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
        for point in operatingPoints {
            let name = "FNMR at FMR \(Self.scientific(point.falseMatchRate))"
                .padding(toLength: 23, withPad: " ", startingAt: 0)
            guard let rate = point.falseNonMatchRate, let threshold = point.threshold else {
                lines.append("\(name)too few comparisons to say")
                continue
            }
            let claim = point.isClaimSupported ? "" : "   (too few non-mated comparisons to claim this rate)"
            lines.append("\(name)\(Self.percent(rate))   threshold \(String(format: "%.3f", threshold))\(claim)")
        }
        if let foldAccuracy {
            lines.append(
                "Accuracy by \(foldAccuracy.folds.count) folds  "
                    + String(format: "%.2f ± %.2f %%", 100 * foldAccuracy.mean, 100 * foldAccuracy.standardError)
            )
        }
        lines.append("")
        lines.append("In brackets: 95 % interval, \(bootstrapReplicates) draws of subjects")
        return lines.joined(separator: "\n")
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

    static func scientific(_ rate: Double) -> String { String(format: "1e%d", Int(log10(rate).rounded())) }
}
