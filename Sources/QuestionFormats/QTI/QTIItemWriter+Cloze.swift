import Foundation
import QuestionBank

extension QTIItemWriter {
    /// Declares the responses of the gaps and how they are scored; ``gaps(_:_:)`` puts them into the text.
    mutating func write(_ cloze: Cloze) {
        let total = cloze.gaps.reduce(Decimal(0)) { $0 + $1.weight.value }
        var fractions: [Fraction] = []
        for (index, gap) in cloze.gaps.enumerated() {
            let name = "RESPONSE_\(index + 1)"
            let share = total > 0 ? gap.weight.value / total : 1 / Decimal(cloze.gaps.count)
            let whole = ExactDecimal(base.value * share)
            let prefix = "GAP_\(index + 1)_"
            switch gap.entry {
            case .choice(let choice):
                fractions += choice.options.map(\.fraction)
                declare(
                    name,
                    cardinality: "single",
                    type: "identifier",
                    correct: choice.options.firstIndex { $0.fraction == .full }.map { ["C\($0 + 1)"] } ?? [],
                    mapping: choice.options.enumerated().map {
                        (key: "C\($0.offset + 1)", score: score($0.element.fraction, of: whole))
                    }
                )
                processing.append(Self.added(name))
                let answers = choice.options.enumerated().map { place, option in
                    let chosen = Self.value("C\(place + 1)", "identifier")
                    let test = QTIBody.element("match", [], [Self.variable(name), chosen])
                    return (test: Optional(test), score: ExactDecimal?.none, text: option.feedback)
                }
                if choice.options.contains(where: { $0.feedback != nil }) {
                    processing.append(conditions(name, answers, feedback: prefix, isAdded: true))
                }
            case .numeric(let entry):
                fractions += entry.answers.map(\.fraction)
                declareNumber(name, entry)
                processing.append(conditions(name, number(entry, of: whole), feedback: prefix, isAdded: true))
            case .text(let entry):
                fractions += entry.answers.map(\.fraction)
                declareText(name, entry, whole: whole)
                processing.append(Self.added(name))
                processTextFeedback(entry, name, prefix: prefix, isAdded: true)
            }
        }
        extras.fractions = fractions
    }

    private static func added(_ response: String) -> Node {
        let mapped = QTIBody.element("mapResponse", [("identifier", response)])
        return set("SCORE", QTIBody.element("sum", [], [variable("SCORE"), mapped]))
    }

    /// Puts the interactions where the markers of the gaps stand.
    mutating func gaps(_ node: Node, _ cloze: Cloze) -> Node {
        guard case .element(var element) = node else { return node }
        var children: [Node] = []
        for child in element.children {
            switch child {
            case .element: children.append(gaps(child, cloze))
            case .text(let text): children += split(text, cloze)
            }
        }
        element.children = children
        return .element(element)
    }

    private mutating func split(_ text: String, _ cloze: Cloze) -> [Node] {
        var nodes: [Node] = []
        var rest = text[...]
        while let open = rest.firstRange(of: "{#"), let close = rest[open.upperBound...].firstIndex(of: "}") {
            let number = Int(rest[open.upperBound..<close]) ?? 0
            let after = rest.index(after: close)
            guard cloze.gaps.indices.contains(number - 1) else {
                nodes.append(.text(String(rest[..<open.upperBound])))
                rest = rest[open.upperBound...]
                continue
            }
            if open.lowerBound > rest.startIndex { nodes.append(.text(String(rest[..<open.lowerBound]))) }
            nodes.append(interaction(number, cloze.gaps[number - 1]))
            rest = rest[after...]
        }
        if !rest.isEmpty { nodes.append(.text(String(rest))) }
        return nodes
    }

    private mutating func interaction(_ number: Int, _ gap: Cloze.Gap) -> Node {
        let response = [("responseIdentifier", "RESPONSE_\(number)")]
        guard case .choice(let choice) = gap.entry else {
            return QTIBody.element("textEntryInteraction", response + [("expectedLength", "20")])
        }
        var choices: [Node] = []
        for (index, option) in choice.options.enumerated() {
            choices.append(
                QTIBody.element("inlineChoice", [("identifier", "C\(index + 1)")], body.characters(option.text))
            )
        }
        return QTIBody.element(
            "inlineChoiceInteraction",
            response + [("shuffle", choice.isShuffled ? "true" : "false")],
            choices
        )
    }
}
