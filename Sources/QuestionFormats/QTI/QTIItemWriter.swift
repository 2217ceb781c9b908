import Foundation
import QuestionBank

/// Makes one item of QTI, with the names of 2.x; ``QTIXML`` spells them as the version does.
struct QTIItemWriter {
    typealias Node = Element.Node

    let question: BankQuestion
    var body: QTIBody
    var extras = QTIExtras()
    /// Declarations of responses, the parts of the body behind the text, and of the processing.
    var responses: [Node] = []
    var interactions: [Node] = []
    var processing: [Node] = []
    var feedback: [Node] = []
    var feedbackOutcomes: [(name: String, cardinality: String)] = []
    var template: String?

    /// What scores are parts of.
    var base: ExactDecimal { question.points > .zero ? question.points : .one }

    init(question: BankQuestion, losses: LossList) {
        self.question = question
        body = QTIBody(losses: losses)
    }

    /// The item's root element.
    mutating func item(identifier: String) -> Element {
        writeInteraction()
        writeFeedback()
        setExtras()
        var text = QTIBody.html("div", class: "question-text", body.nodes(question.prompt, wrapper: "div"))
        if case .cloze(let cloze) = question.interaction { text = gaps(text, cloze) }
        var rubric: [Node] = []
        if case .open(let response) = question.interaction, let note = response.graderNote {
            rubric = [QTIBody.element("rubricBlock", [("view", "scorer")], block(note))]
        }
        var children = responses
        children.append(outcome("SCORE", "single", "float", default: "0"))
        children.append(outcome("MAXSCORE", "single", "float", default: "\(question.points)"))
        for (name, cardinality) in feedbackOutcomes { children.append(outcome(name, cardinality, "identifier")) }
        children.append(QTIBody.element("itemBody", [], rubric + [text] + interactions))
        if let template {
            children.append(QTIBody.element("responseProcessing", [("template", template)]))
        } else if !processing.isEmpty {
            children.append(QTIBody.element("responseProcessing", [], processing))
        }
        return Element(
            name: "assessmentItem",
            namespace: QTIBody.qti,
            attributes: [
                ("identifier", identifier), ("title", question.title), ("adaptive", "false"),
                ("timeDependent", "false"),
            ],
            children: children + feedback,
            line: 0
        )
    }

    // MARK: Parts

    /// A text as blocks, where bare characters may not stand.
    mutating func block(_ text: RichText) -> [Node] {
        let nodes = body.nodes(text, wrapper: "div")
        let isBlock = nodes.allSatisfy { if case .element = $0 { true } else { false } }
        return isBlock ? nodes : [QTIBody.html("div", class: "format-\(text.format.rawValue)", nodes)]
    }

    private func outcome(
        _ name: String,
        _ cardinality: String,
        _ type: String,
        default value: String? = nil
    ) -> Node {
        let start = value.map { [QTIBody.element("defaultValue", [], [QTIBody.element("value", [], [.text($0)])])] }
        return QTIBody.element(
            "outcomeDeclaration",
            [("identifier", name), ("cardinality", cardinality), ("baseType", type)],
            start ?? []
        )
    }

    /// Declares a response with its key.
    mutating func declare(
        _ identifier: String,
        cardinality: String,
        type: String,
        correct: [String],
        mapping: [(key: String, score: ExactDecimal)]? = nil,
        isCaseSensitive: Bool? = nil
    ) {
        var children: [Node] = []
        if !correct.isEmpty {
            let values = correct.map { QTIBody.element("value", [], [.text($0)]) }
            children.append(QTIBody.element("correctResponse", [], values))
        }
        if let mapping {
            let entries = mapping.map { entry in
                let sensitive = isCaseSensitive.map { [("caseSensitive", $0 ? "true" : "false")] } ?? []
                return QTIBody.element(
                    "mapEntry",
                    [("mapKey", entry.key), ("mappedValue", "\(entry.score)")] + sensitive
                )
            }
            children.append(QTIBody.element("mapping", [("defaultValue", "0")], entries))
        }
        responses.append(
            QTIBody.element(
                "responseDeclaration",
                [("identifier", identifier), ("cardinality", cardinality), ("baseType", type)],
                children
            )
        )
    }

    func score(_ fraction: Fraction, of whole: ExactDecimal? = nil) -> ExactDecimal {
        let units = Decimal(fraction.units) / Decimal(Fraction.unitsOfWhole)
        return Self.rounded(units * (whole ?? base).value)
    }

    /// Twelve places: far more than scores need, and few enough for other programs' floating point.
    static func rounded(_ score: Decimal) -> ExactDecimal {
        var exact = score
        var result = Decimal()
        NSDecimalRound(&result, &exact, 12, .plain)
        return ExactDecimal(result)
    }

    static func variable(_ name: String) -> Node { QTIBody.element("variable", [("identifier", name)]) }

    static func value(_ text: String, _ type: String) -> Node {
        QTIBody.element("baseValue", [("baseType", type)], [.text(text)])
    }

    static func set(_ outcome: String, _ expression: Node) -> Node {
        QTIBody.element("setOutcomeValue", [("identifier", outcome)], [expression])
    }

    // MARK: Feedback

    private mutating func writeFeedback() {
        func modal(_ outcome: String, _ identifier: String, _ nodes: [Node]) -> Node {
            QTIBody.element(
                "modalFeedback",
                [("outcomeIdentifier", outcome), ("identifier", identifier), ("showHide", "show")],
                [QTIBody.element("contentBody", [], nodes)]
            )
        }
        for (identifier, text) in answerFeedback() { feedback.append(modal("FEEDBACK", identifier, block(text))) }
        if let explanation = question.explanation {
            feedbackOutcomes.append(("FEEDBACK_GENERAL", "single"))
            feedback.append(modal("FEEDBACK_GENERAL", "general", block(explanation)))
            process(Self.set("FEEDBACK_GENERAL", Self.value("general", "identifier")))
        }
        let outcomes = question.feedback
        let texts = [
            ("correct", outcomes.correct), ("partial", outcomes.partlyCorrect), ("incorrect", outcomes.incorrect),
        ]
        guard texts.contains(where: { $0.1 != nil }) else { return }
        feedbackOutcomes.append(("FEEDBACK_OUTCOME", "single"))
        for case (let name, let text?) in texts { feedback.append(modal("FEEDBACK_OUTCOME", name, block(text))) }
        func show(_ name: String) -> Node { Self.set("FEEDBACK_OUTCOME", Self.value(name, "identifier")) }
        let full = QTIBody.element("gte", [], [Self.variable("SCORE"), Self.variable("MAXSCORE")])
        let some = QTIBody.element("gt", [], [Self.variable("SCORE"), Self.value("0", "float")])
        process(
            QTIBody.element(
                "responseCondition",
                [],
                [
                    QTIBody.element("responseIf", [], [full, show("correct")]),
                    QTIBody.element("responseElseIf", [], [some, show("partial")]),
                    QTIBody.element("responseElse", [], [show("incorrect")]),
                ]
            )
        )
    }

    /// Adds a rule, writing a template out when there was one.
    mutating func process(_ rule: Node) {
        if template != nil {
            template = nil
            processing.append(Self.set("SCORE", QTIBody.element("mapResponse", [("identifier", "RESPONSE")])))
        }
        processing.append(rule)
    }

    /// The feedback of single answers, by the identifiers that the reader knows them by.
    private func answerFeedback() -> [(String, RichText)] {
        func numbered(_ texts: [RichText?], _ prefix: String) -> [(String, RichText)] {
            texts.enumerated().compactMap { index, text in text.map { ("\(prefix)\(index + 1)", $0) } }
        }
        switch question.interaction {
        case .choice(let choice): return numbered(choice.options.map(\.feedback), "C")
        case .trueFalse(let key):
            let texts = [("true", key.isTrue), ("false", !key.isTrue)]
            return texts.compactMap { name, isRight in
                (isRight ? key.rightFeedback : key.wrongFeedback).map { (name, $0) }
            }
        case .numeric(let entry): return numbered(entry.answers.map(\.feedback), "ANSWER_")
        case .shortText(let entry): return numbered(entry.answers.map(\.feedback), "ANSWER_")
        case .cloze(let cloze):
            return cloze.gaps.enumerated().flatMap { index, gap -> [(String, RichText)] in
                let prefix = "GAP_\(index + 1)_"
                switch gap.entry {
                case .choice(let choice): return numbered(choice.options.map(\.feedback), prefix)
                case .numeric(let entry): return numbered(entry.answers.map(\.feedback), prefix)
                case .text(let entry): return numbered(entry.answers.map(\.feedback), prefix)
                }
            }
        default: return []
        }
    }

    // MARK: What QTI has no place for

    private mutating func setExtras() {
        extras.externalID = question.externalID
        extras.penalty = question.penalty
        extras.points = question.points
        extras.hints = question.hints.isEmpty ? nil : question.hints
        extras.isHidden = question.isHidden ? true : nil
        extras.showsNumberCorrect = question.feedback.showsNumberCorrect ? true : nil
        switch question.interaction {
        case .choice(let choice):
            extras.numbering = choice.numbering
            extras.showsInstruction = choice.showsInstruction
        case .trueFalse(let key):
            extras.showsInstruction = key.showsInstruction
        case .numeric(let entry):
            extras.units = entry.units
        case .ordering(var order):
            order.items = []
            extras.ordering = order
        case .open(var response):
            response.graderNote = nil
            extras.response = response
        case .cloze(let cloze):
            extras.gapWeights = cloze.gaps.map(\.weight)
            extras.gapDisplays = cloze.gaps.map {
                if case .choice(let choice) = $0.entry { choice.display } else { nil }
            }
        case .shortText, .matching, .description:
            break
        }
    }
}
