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
