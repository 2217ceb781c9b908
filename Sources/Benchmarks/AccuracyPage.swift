import Evaluation
import Foundation

/// The accuracy benchmark as one page with the DET curves of both sides.
enum AccuracyPage {
    static func html(_ results: [AccuracyComparison]) -> String {
        """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Accuracy: attestd and dlib</title>
        <style>\(PageStyle.css)</style></head><body>
        <h1>Accuracy: attestd and dlib</h1>
        <p class="note">Both on the same pictures and pairs. In brackets the 95 % interval by draws of subjects with
        replacement.</p>
        \(results.map(section).joined(separator: "\n"))
        </body></html>
        """
    }

    private static func section(_ result: AccuracyComparison) -> String {
        let failures = result.systems.map { "\($0.name) \($0.failuresToEnrol)" }.joined(separator: ", ")
        var parts = [
            "<h2>\(PageStyle.escaped(result.name))</h2>",
            "<p>\(result.pictures) pictures of \(result.people) people; \(PageStyle.escaped(result.pairSource)). "
                + "No face found: \(PageStyle.escaped(failures)). \(PageStyle.escaped(result.verdict)).</p>",
            rates(result.systems.map { ($0.name, $0.single) }),
            plot("\(result.name): one picture against one", result.systems.map { ($0.name, $0.single) }),
        ]
        let names = result.systems.first?.bursts.map(\.name) ?? []
        if !names.isEmpty { parts.append("<h3>Bursts</h3><p>\(PageStyle.escaped(result.burstProtocol))</p>") }
        for (index, name) in names.enumerated() {
            let summaries = result.systems.map { ($0.name, $0.bursts[index].rates) }
            parts.append("<h4>\(PageStyle.escaped(name))</h4>")
            parts.append(rates(summaries))
            parts.append(plot("\(result.name): \(name)", summaries))
        }
        parts.append("<p class=\"note\">Pictures, SHA-256: <code>\(result.dataSha256)</code></p>")
        return parts.joined(separator: "\n")
    }

    private static func rates(_ summaries: [(name: String, rates: ErrorRateSummary)]) -> String {
        func row(_ name: String, _ cells: [String]) -> String {
            "<tr><td>\(name)</td>\(cells.map { "<td>\($0)</td>" }.joined())</tr>"
        }
        let heading = summaries.map { "<th scope=\"col\">\(PageStyle.escaped($0.name))</th>" }.joined()
        var rows = [row("Equal error rate", summaries.map { AccuracyComparison.percent($0.rates.equalErrorRate) })]
        for (index, rate) in AccuracyComparison.rates.enumerated() {
            rows.append(
                row(
                    "FNMR at FMR \(AccuracyComparison.scientific(rate))",
                    summaries.map {
                        $0.rates.operatingPoints[index].falseNonMatchRate.map(AccuracyComparison.percent)
                            ?? "too few pairs"
                    }
                )
            )
        }
        return "<table><tr><th scope=\"col\">Rate</th>\(heading)</tr>\n\(rows.joined(separator: "\n"))</table>"
    }

    private static func plot(_ label: String, _ summaries: [(name: String, rates: ErrorRateSummary)]) -> String {
        DetectionErrorPlot(
            label: "Detection error trade-off, \(label)",
            curves: summaries.map { .init(name: $0.name, points: $0.rates.curve) }
        ).svg
    }
}
