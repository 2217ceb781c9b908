import Foundation

/// The exam's events in their order, and how they reached the examiner: live, or caught up after the stream was cut.
struct EventTimeline {
    let findings: Findings

    /// One line of the drawing for each kind of event.
    private static let lanes: [(name: String, prefixes: [String])] = [
        ("attempt", ["attempt."]),
        ("identification", ["identification."]),
        ("answers", ["answer.", "write."]),
        ("device", ["client."]),
        ("presence", ["presence."]),
    ]
    private static let laneHeight = 46.0
    private static let top = 30.0

    var html: String {
        guard !findings.events.isEmpty else { return "" }
        return HTML.section(
            "events",
            "The events \(HTML.term("события сеанса"))",
            """
            <p>What the examiner’s stream brought, in order. The stream was cut after event
            \(findings.eventsBeforeCut) and resumed with <code>Last-Event-ID</code>: \(completeness)</p>
            <figure class="timeline">\(svg)
            <figcaption><span><b class="key live"></b>live</span> <span><b class="key caught"></b>missed, caught up on
            resuming</span> <span><b class="key refused"></b>refused write</span></figcaption></figure>
            <details><summary>All \(findings.events.count) events</summary>
            <ol class="events">\(findings.events.map { row($0) }.joined(separator: "\n"))</ol></details>
            """
        )
    }

    private var completeness: String {
        findings.arrivals.map(\.event) == findings.events
            ? "every event came exactly once, and all are those that the service lists."
            : "<strong class=\"outcome bad\">it did not bring exactly the events that the service lists.</strong>"
    }

    private var svg: String {
        let slots = Double(findings.events.count)
        let height = Self.top + Self.laneHeight * Double(Self.lanes.count)
        func x(_ place: Double) -> String { HTML.number(place / slots * 100) + "%" }
        var parts: [String] = []
        let missed = findings.events.indices.filter { isCaughtUp($0) }
        if let first = missed.first, let last = missed.last {
            let width = x(Double(last - first + 1))
            parts.append(
                "<rect x=\"\(x(Double(first)))\" y=\"0\" width=\"\(width)\" height=\"\(height)\" class=\"cut\"/>"
            )
            let middle = x(Double(first + last + 1) / 2)
            parts.append("<text x=\"\(middle)\" y=\"14\" class=\"tick\" text-anchor=\"middle\">cut</text>")
        }
        for (place, lane) in Self.lanes.enumerated() {
            let y = laneY(place)
            parts.append("<text x=\"0\" y=\"\(y - 14)\" class=\"lane-name\">\(lane.name)</text>")
            parts.append("<line x1=\"0\" x2=\"100%\" y1=\"\(y)\" y2=\"\(y)\" class=\"lane\"/>")
        }
        for (place, event) in findings.events.enumerated() {
            let type = Self.type(of: event)
            let lane = Self.lanes.firstIndex { $0.prefixes.contains { type.hasPrefix($0) } } ?? 0
            let kind = type == "write.refused" ? "refused" : isCaughtUp(place) ? "caught" : "live"
            parts.append(
                "<circle cx=\"\(x(Double(place) + 0.5))\" cy=\"\(laneY(lane))\" r=\"5.5\" class=\"event \(kind)\">"
                    + "<title>\(place + 1). \(HTML.escaped(type)) \(HTML.escaped(outcome(of: event)))</title></circle>"
            )
        }
        return "<svg width=\"100%\" height=\"\(Int(height))\" role=\"img\" "
            + "aria-label=\"\(findings.events.count) events in \(Self.lanes.count) lanes\">\(parts.joined(separator: "\n"))</svg>"
    }

    private func laneY(_ place: Int) -> Double { Self.top + Self.laneHeight * (Double(place) + 0.6) }

    private func isCaughtUp(_ place: Int) -> Bool {
        let index = findings.events[place]["index"].integer
        guard let arrival = findings.arrivals.first(where: { $0.index == index }), arrival.connection > 1,
            let made = try? Date(findings.events[place]["time"].text, strategy: Self.time)
        else { return false }
        return made < arrival.connectedAt
    }

    private func row(_ event: JSON) -> String {
        let type = Self.type(of: event)
        let details = event["data"]["facts"].members.filter { $0.key != "identification_id" }
            .sorted { $0.key < $1.key }
            .map { "\($0.key) \($0.value.text.count > 24 ? $0.value.text.prefix(12) + "…" : $0.value.text[...])" }
        return """
            <li><code>\(HTML.escaped(type))</code> <span>\(HTML.escaped(details.joined(separator: ", ")))</span>
            <time>\(HTML.escaped(String(event["time"].text.dropFirst(11))))</time></li>
            """
    }

    private func outcome(of event: JSON) -> String { event["data"]["facts"]["outcome"].text }

    private static func type(of event: JSON) -> String {
        String(event["type"].text.trimmingPrefix("attestd."))
    }

    private static let time = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
}
