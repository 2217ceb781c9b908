import Foundation

/// A comparison score on a number line with the thresholds: at or below the first a match, above the second a
/// non-match, between them nobody but a person decides.
///
/// Places are percentages and text is not scaled, so the plot fits a phone as well as a desk.
struct ScorePlot {
    let distance: Double
    let matchAtOrBelow: Double
    let nonMatchAbove: Double
    let outcome: String

    /// The right end of the line; hardly any two faces are further apart.
    private static let end = 1.0

    init?(_ record: JSON) {
        let facts = record["comparison"]
        guard let distance = facts["distance"].number, let match = facts["match_at_or_below"].number,
            let nonMatch = facts["non_match_above"].number
        else { return nil }
        (self.distance, matchAtOrBelow, nonMatchAbove) = (distance, match, nonMatch)
        outcome = record["outcome"].text
    }

    var svg: String {
        let tone = outcome == "match" ? "good" : outcome == "non_match" ? "bad" : "unsure"
        let (match, nonMatch, place) = (percent(matchAtOrBelow), percent(nonMatchAbove), percent(distance))
        let label = percent(min(max(distance, 0.09), Self.end - 0.09))
        return """
            <svg class="plot" width="100%" height="86" role="img" aria-label="Distance \(text(distance)); match at or \
            below \(text(matchAtOrBelow)), non-match above \(text(nonMatchAbove))">
            <rect x="0" y="34" width="\(match)" height="18" class="zone good"/>
            <rect x="\(match)" y="34" width="\(percent(nonMatchAbove - matchAtOrBelow))" height="18" \
            class="zone unsure"/>
            <rect x="\(nonMatch)" y="34" width="\(percent(Self.end - nonMatchAbove))" height="18" class="zone bad"/>
            <text x="1.5%" y="47" class="zone-name">match</text>
            <text x="98.5%" y="47" class="zone-name" text-anchor="end">non-match</text>
            \(tick(match, text(matchAtOrBelow), anchor: "end"))
            \(tick(nonMatch, text(nonMatchAbove), anchor: "start"))
            <text x="0" y="72" class="tick">0</text>
            <text x="100%" y="72" class="tick" text-anchor="end">\(HTML.number(Self.end).prefix(1))</text>
            <line x1="\(place)" x2="\(place)" y1="24" y2="56" class="needle \(tone)"/>
            <circle cx="\(place)" cy="43" r="6" class="needle \(tone)"/>
            <text x="\(label)" y="17" class="score \(tone)" text-anchor="middle">\(text(distance))</text>
            </svg>
            """
    }

    private func tick(_ place: String, _ label: String, anchor: String) -> String {
        "<line x1=\"\(place)\" x2=\"\(place)\" y1=\"34\" y2=\"60\" class=\"threshold\"/>"
            + "<text x=\"\(place)\" y=\"72\" class=\"tick\" text-anchor=\"\(anchor)\">\(label)</text>"
    }

    private func percent(_ value: Double) -> String {
        HTML.number(min(max(value / Self.end, 0), 1) * 100) + "%"
    }

    private func text(_ value: Double) -> String { String(format: "%.3f", value) }
}
