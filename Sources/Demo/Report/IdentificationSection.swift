import Foundation

/// The portrait that was refused, the one that was accepted, and each frame against it.
struct IdentificationSection {
    let findings: Findings

    var html: String {
        portrait + comparisons
    }

    private var portrait: String {
        guard let refused = FaceSheet(findings.faces[.cutPortrait]),
            let accepted = FaceSheet(findings.faces[.portrait])
        else { return "" }
        let isRefused = findings.portraitRefusal["code"].text == "portrait_refused"
        let advice = findings.portraitRefusal["faults"].elements.map { fault in
            "<li><code>\(HTML.escaped(fault["code"].text))</code> \(HTML.escaped(fault["detail"].text))</li>"
        }
        return HTML.section(
            "portrait",
            "The portrait \(HTML.term("фотопортрет"))",
            """
            <div class="pair">
            <article>
            \(PictureFigure(picture: .cutPortrait, sheet: refused, showsEdge: true, tone: "bad").html)
            <p class="outcome bad">\(isRefused ? "Refused" : "Not refused, as it should have been")</p>
            <p>What the candidate is told:</p>
            <ul class="advice">\(advice.joined())</ul>
            </article>
            <article>
            \(PictureFigure(picture: .portrait, sheet: accepted, tone: "good").html)
            <p class="outcome good">Accepted</p>
            <p>One whole face, large, sharp and upright. The picture and its template are kept sealed with a key of
            the candidate’s own: to erase the person, the key is destroyed.</p>
            </article>
            </div>
            """
        )
    }

    private var comparisons: String {
        let cards = findings.comparisons.map { card($0) }
        guard !cards.isEmpty else { return "" }
        return HTML.section(
            "identification",
            "The comparisons \(HTML.term("биометрическая идентификация"))",
            """
            <p>Each frame is compared with the portrait. The number is a distance: the smaller, the more alike. The
            candidate is told only the outcome and what to do; score and thresholds are for the compliance
            officer.</p>
            \(cards.joined(separator: "\n"))
            """
        )
    }

    private func card(_ comparison: Findings.Comparison) -> String {
        let outcome = comparison.verdict["outcome"].text
        let tone = outcome == "match" ? "good" : outcome == "non_match" ? "bad" : "unsure"
        let pictures = [Picture.portrait, comparison.picture].compactMap { picture -> String? in
            guard let sheet = FaceSheet(findings.faces[picture]) else { return nil }
            return PictureFigure(picture: picture, sheet: sheet, tone: picture == .portrait ? "neutral" : tone).html
        }
        let model = comparison.record["comparison"]["model_id"].text
        return """
            <article class="comparison">
            <div class="pictures">\(pictures.joined(separator: "\n"))</div>
            <div class="facts">
            <p class="outcome \(tone)">\(Self.name(of: outcome))</p>
            \(ScorePlot(comparison.record)?.svg ?? "")
            <p class="legend">Between the thresholds a person decides.</p>
            <dl>
            <dt>The candidate is told</dt><dd>\(HTML.escaped(comparison.verdict["advice"].text))</dd>
            <dt>The attempt is then</dt><dd><code>\(HTML.escaped(comparison.verdict["attempt_state"].text))</code></dd>
            <dt>Model</dt><dd><code>\(HTML.escaped(model))</code></dd>
            </dl>
            </div>
            </article>
            """
    }

    private static func name(of outcome: String) -> String {
        switch outcome {
        case "match": "Match"
        case "non_match": "Non-match"
        default: "Inconclusive"
        }
    }
}
