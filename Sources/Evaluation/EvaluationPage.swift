import Foundation

extension EvaluationReport {
    /// The report as one self-contained HTML page with the DET curve as inline SVG.
    public var page: String {
        """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Evaluation of \(Self.escaped(modelId))</title>
        <style>
        :root { color-scheme: light dark; --ink: #1b2733; --soft: #5b6b79; --line: #c9d2da; --paper: #fff; --curve: #2c5f9e }
        @media (prefers-color-scheme: dark) {
          :root { --ink: #e6ebf0; --soft: #9fadb9; --line: #3a4650; --paper: #14191e; --curve: #7fb0ea } }
        body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper);
          max-width: 46rem; margin: 0 auto; padding: 1rem }
        table { border-collapse: collapse; width: 100% } th, td { text-align: left; padding: .4rem .6rem .4rem 0;
          border-bottom: 1px solid var(--line); vertical-align: top } th { font-weight: 600 }
        .note { color: var(--soft) } code { overflow-wrap: anywhere } svg { width: 100%; height: auto }
        svg text { fill: var(--soft); font-size: 12px } .grid { stroke: var(--line) }
        .curve { stroke: var(--curve); stroke-width: 2; fill: none }
        </style></head><body>
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

    /// FNMR over FMR, both logarithmic.
    private var plot: String {
        let (width, height, left, top) = (640.0, 420.0, 64.0, 16.0)
        let lowestRate = 1e-5
        func x(_ rate: Double) -> Double {
            left + (width - left - 16) * (log10(max(rate, lowestRate)) - log10(lowestRate)) / -log10(lowestRate)
        }
        func y(_ rate: Double) -> Double {
            top + (height - top - 48) * (-log10(max(rate, 1e-4))) / 4
        }
        var parts: [String] = []
        for power in -5...0 {
            let place = x(pow(10, Double(power)))
            parts.append("<line class=\"grid\" x1=\"\(place)\" x2=\"\(place)\" y1=\"\(top)\" y2=\"\(height - 48)\"/>")
            parts.append("<text x=\"\(place)\" y=\"\(height - 30)\" text-anchor=\"middle\">1e\(power)</text>")
        }
        for power in -4...0 {
            let place = y(pow(10, Double(power)))
            parts.append("<line class=\"grid\" x1=\"\(left)\" x2=\"\(width - 16)\" y1=\"\(place)\" y2=\"\(place)\"/>")
            parts.append("<text x=\"\(left - 8)\" y=\"\(place + 4)\" text-anchor=\"end\">1e\(power)</text>")
        }
        let points = curve.map { String(format: "%.1f,%.1f", x($0.falseMatchRate), y($0.falseNonMatchRate)) }
        parts.append("<polyline class=\"curve\" points=\"\(points.joined(separator: " "))\"/>")
        parts.append("<text x=\"\(width / 2)\" y=\"\(height - 8)\" text-anchor=\"middle\">false match rate</text>")
        let middle = height / 2 - 20
        parts.append(
            "<text x=\"16\" y=\"\(middle)\" text-anchor=\"middle\" transform=\"rotate(-90 16 \(middle))\">"
                + "false non-match rate</text>"
        )
        let label = "False non-match rate over false match rate, equal error rate \(Self.percent(equalErrorRate.value))"
        return "<svg viewBox=\"0 0 \(width) \(height)\" role=\"img\" aria-label=\"\(label)\">"
            + "\(parts.joined())</svg>"
    }

    private static func escaped(_ text: String) -> String {
        text.replacingOccurrences(of: "&", with: "&amp;")
            .replacingOccurrences(of: "<", with: "&lt;")
            .replacingOccurrences(of: ">", with: "&gt;")
    }
}
