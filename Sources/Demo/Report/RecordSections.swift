import Foundation

/// The identification log's checkpoint and what was verified with it.
struct LogSection {
    let findings: Findings

    var html: String {
        let checkpoint = findings.checkpoint
        guard !checkpoint["note"].text.isEmpty else { return "" }
        return HTML.section(
            "log",
            "The log \(HTML.term("журнал идентификации"))",
            """
            <p>Every identification, portrait, ticket and grade is an entry of a Merkle tree (RFC 9162). The signed
            checkpoint commits to all \(HTML.escaped(checkpoint["size"].text)) entries: whoever has a copy notices any
            later change. Personal data in it is sealed, so it can be erased without breaking a proof.</p>
            <pre>\(HTML.escaped(checkpoint["note"].text))</pre>
            <dl>
            <dt>Verifier key</dt><dd><code>\(HTML.escaped(checkpoint["verifier_key"].text))</code></dd>
            <dt><code>attestd log verify</code></dt><dd>\(HTML.escaped(findings.logVerification))</dd>
            <dt><code>attestd ticket rebuild</code></dt><dd>\(rebuild)</dd>
            </dl>
            """
        )
    }

    private var rebuild: String {
        guard findings.ticketRebuild.hasPrefix("{") else { return HTML.escaped(findings.ticketRebuild) }
        return "Drawn again from blueprint, bank and seed: identical. <details><summary>The ticket’s canonical bytes"
            + "</summary><pre>\(HTML.escaped(findings.ticketRebuild))</pre></details>"
    }
}

/// All steps with their outcomes.
struct StepSection {
    let steps: [Step]

    var html: String {
        var content = ""
        var act = ""
        for step in steps {
            if step.act != act {
                content += act.isEmpty ? "" : "</ol>\n"
                content += "<h3>\(HTML.escaped(step.act))</h3>\n<ol class=\"steps\" start=\"\(step.number)\">"
                act = step.act
            }
            content += """
                <li class="\(step.isRight ? "good" : "bad")"><span class="number">\(step.number)</span>
                <span class="mark">\(step.isRight ? "✓" : "✗")<span class="spoken">\
                \(step.isRight ? "right" : "wrong")</span></span>
                <span class="title">\(HTML.escaped(step.title))</span>
                <span class="result">\(HTML.escaped(step.outcome))</span>
                <span class="time">\(step.milliseconds) ms</span></li>
                """
        }
        return HTML.section("steps", "Step by step", content + (act.isEmpty ? "" : "</ol>"))
    }
}
