import Foundation

/// The ticket as the candidate saw it, with what was answered, and the grade.
struct TicketSection {
    let findings: Findings

    var html: String {
        guard !findings.answers.isEmpty else { return "" }
        return HTML.section(
            "ticket",
            "The ticket and the grade \(HTML.term("билет, оценка"))",
            """
            <p>Drawn at the start, from a secret that the exam committed to when it was published
            (SHA-256 <code>\(HTML.escaped(findings.secretDigest))</code>). Orders of questions and of options are this
            ticket’s own. One item is answered wrongly on purpose, and the grade shows it.</p>
            \(grade)
            <ol class="ticket" lang="ru">\(findings.answers.map { item($0) }.joined(separator: "\n"))</ol>
            """
        )
    }

    private var grade: String {
        let result = findings.result
        guard !result["points"].text.isEmpty else { return "" }
        return """
            <p class="grade"><strong lang="ru">\(HTML.escaped(result["grade_text"].text))</strong>
            <span>\(HTML.escaped(result["points"].text)) of \(HTML.escaped(result["maximum"].text)) points,
            \(result["percent"].integer ?? 0) %: \(comparison)</span></p>
            """
    }

    private var comparison: String {
        let maximum = findings.answers.reduce(0) { $0 + $1.item.points }
        let awarded = findings.answers.filter { !$0.isMeantWrong }.reduce(0) { $0 + $1.item.points }
        let result = findings.result
        let isExpected =
            (Hundredths.of(result["points"].text), Hundredths.of(result["maximum"].text)) == (awarded, maximum)
        return isExpected
            ? "what the demonstration had computed beforehand"
            : "the demonstration had computed \(Hundredths.text(awarded)) of \(Hundredths.text(maximum))"
    }

    private func item(_ given: AnswerGiven) -> String {
        let mark =
            given.isMeantWrong
            ? "<span class=\"outcome bad\" lang=\"en\">wrong on purpose</span>"
            : "<span class=\"outcome good\" lang=\"en\">right</span>"
        return """
            <li class="\(given.isMeantWrong ? "bad" : "good")">
            <p class="prompt">\(HTML.escaped(given.item.prompt))</p>
            \(answer(given))
            <p class="points">\(mark) <span lang="en">worth \(Hundredths.text(given.item.points))</span></p>
            </li>
            """
    }

    private func answer(_ given: AnswerGiven) -> String {
        let (item, answer) = (given.item, given.answer)
        switch answer["type"].text {
        case "choice": return options(item, chosen: [answer["index"].integer ?? -1], isSingle: true)
        case "choices":
            return options(item, chosen: Set(answer["indexes"].elements.compactMap(\.integer)), isSingle: false)
        case "truth":
            let value = answer["value"] == true
            return list([("Верно", value), ("Неверно", !value)], isSingle: true)
        case "matches": return pairs(item, answer["indexes"].elements.map(\.integer))
        case "number": return "<p class=\"typed\">\(HTML.escaped(answer["value"].text))</p>"
        default: return "<p class=\"typed\">\(HTML.escaped(answer["text"].text))</p>"
        }
    }

    private func options(_ item: TicketItem, chosen: Set<Int>, isSingle: Bool) -> String {
        list(item.options.enumerated().map { ($0.element, chosen.contains($0.offset)) }, isSingle: isSingle)
    }

    private func list(_ options: [(text: String, isChosen: Bool)], isSingle: Bool) -> String {
        let rows = options.map { option in
            let sign = isSingle ? (option.isChosen ? "◉" : "○") : (option.isChosen ? "☑" : "☐")
            let spoken = option.isChosen ? "<span class=\"spoken\" lang=\"en\"> (chosen)</span>" : ""
            return "<li\(option.isChosen ? " class=\"chosen\"" : "")><span aria-hidden=\"true\">\(sign)</span>"
                + "<span>\(HTML.escaped(option.text))\(spoken)</span></li>"
        }
        return "<ul class=\"options\">\(rows.joined())</ul>"
    }

    private func pairs(_ item: TicketItem, _ places: [Int?]) -> String {
        let rows = zip(item.pairPrompts, places).map { prompt, place in
            let choice = place.flatMap { item.pairChoices.indices.contains($0) ? item.pairChoices[$0] : nil } ?? ""
            return "<dt>\(HTML.escaped(prompt))</dt><dd>\(HTML.escaped(choice))</dd>"
        }
        return "<dl class=\"pairs\">\(rows.joined())</dl>"
    }
}
