import Foundation

extension EvaluationReport {
    /// The report as one self-contained HTML page with the DET curve as inline SVG.
    public var page: String {
        """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Evaluation of \(Self.escaped(modelId))</title>
        <style>\(PageStyle.css)</style></head><body>
        <h1>Evaluation of \(Self.escaped(modelId))</h1>
        <p>\(pictures) pictures of \(subjects) people; \(Self.escaped(pairSource)). \(matedComparisons) mated and
        \(nonMatedComparisons) non-mated comparisons.</p>
        <table>
        <tr><th scope="col">Rate</th><th scope="col">Estimate</th><th scope="col">Threshold</th></tr>
        <tr><td>Failure to enrol</td><td>\(Self.percent(failureToEnrolRate))</td><td></td></tr>
        <tr><td>Equal error rate</td><td>\(Self.percent(equalErrorRate))</td><td></td></tr>
        \(operatingPoints.map(row).joined(separator: "\n"))
        \(foldRow)
        </table>
        <p class="note">In brackets the 95 % interval by \(bootstrapReplicates) draws of subjects with replacement.</p>
        <h2>Detection error trade-off</h2>
        \(plot)
        \(groupSection)
        \(burstSection)
        <h2>What it stands on</h2>
        <table>
        <tr><td>Pictures, SHA-256</td><td><code>\(dataSha256)</code></td></tr>
        \(modelSha256.sorted { $0.key < $1.key }
            .map { "<tr><td>\(Self.escaped($0.key))</td><td><code>\($0.value)</code></td></tr>" }
            .joined(separator: "\n"))
        </table>
        </body></html>
        """
    }

    private func row(_ point: OperatingPoint) -> String {
        let name = "FNMR at FMR \(Self.scientific(point.falseMatchRate))"
        guard let rate = point.falseNonMatchRate, let threshold = point.threshold else {
            return "<tr><td>\(name)</td><td>too few comparisons to say</td><td></td></tr>"
        }
        let claim = point.isClaimSupported ? "" : "<br><span class=\"note\">too few comparisons to claim it</span>"
        return "<tr><td>\(name)</td><td>\(Self.percent(rate))\(claim)</td>"
            + "<td>\(String(format: "%.3f", threshold))</td></tr>"
    }

    private var foldRow: String {
        guard let foldAccuracy else { return "" }
        let text = String(format: "%.2f ± %.2f %%", 100 * foldAccuracy.mean, 100 * foldAccuracy.standardError)
        return "<tr><td>Accuracy by \(foldAccuracy.folds.count) folds</td><td>\(text)</td><td></td></tr>"
    }

    private var plot: String {
        let label = "False non-match rate over false match rate, equal error rate \(Self.percent(equalErrorRate.value))"
        return DetectionErrorPlot(label: label, curves: [.init(name: "", points: curve)]).svg
    }

    private var groupSection: String {
        guard let groups else { return "" }
        let rows = groups.map { group in
            let notes = group.notes.map { "<p class=\"note\">\(Self.escaped($0))</p>" }
            return """
                <h3>\(Self.escaped(group.name))</h3>
                <p>\(group.pictures) pictures of \(group.subjects) people, failure to enrol \
                \(Self.percent(group.failureToEnrolRate)); \(group.matedComparisons) mated and \
                \(group.nonMatedComparisons) non-mated comparisons.</p>
                \(Self.table(group.points))
                \(notes.joined(separator: "\n"))
                """
        }
        return "<h2>Groups</h2>\n\(rows.joined(separator: "\n"))"
    }

    /// Rates at the thresholds that were measured on all single pictures.
    private static func table(_ points: [Group.Point]) -> String {
        let rows = points.map { point in
            "<tr><td>\(scientific(point.overallFalseMatchRate))</td>"
                + "<td>\(point.falseMatchRate.map(precise) ?? "no comparisons")</td>"
                + "<td>\(point.falseNonMatchRate.map(percent) ?? "no comparisons")</td></tr>"
        }
        return """
            <table><tr><th scope="col">At the threshold that has, over all single pictures, the FMR</th>
            <th scope="col">FMR here</th><th scope="col">FNMR here</th></tr>
            \(rows.joined(separator: "\n"))
            </table>
            """
    }

    private var burstSection: String {
        guard let burst else { return "" }
        let tables = burst.conditions.map { condition in
            """
            <h3>\(Self.escaped(condition.name))</h3>
            <p>\(condition.rates.matedComparisons) mated and \(condition.rates.nonMatedComparisons) non-mated comparisons.
            </p><table><tr><td>Equal error rate</td><td>\(Self.percent(condition.rates.equalErrorRate))</td><td></td></tr>
            \(condition.rates.operatingPoints.map(row).joined(separator: "\n"))
            </table>
            \(Self.table(condition.atSingleThresholds))
            """
        }
        let curves = burst.conditions.map { DetectionErrorPlot.Curve(name: $0.name, points: $0.rates.curve) }
        let plot =
            curves.isEmpty
            ? "<p>Nobody has enough pictures.</p>"
            : DetectionErrorPlot(label: "Error rates of single pictures and of bursts", curves: curves).svg
        return "<h2>Bursts</h2>\n<p>\(Self.escaped(burst.protocolSummary))</p>\n\(plot)\n"
            + tables.joined(separator: "\n")
    }

    private static func escaped(_ text: String) -> String { PageStyle.escaped(text) }
}
