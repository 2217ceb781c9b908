import Foundation
import QuestionBank

extension QTIItemWriter {
    static let templates = "http://www.imsglobal.org/question/qti_v2p1/rptemplates/"

    /// Writes the interaction, its key and how it is scored.
    mutating func writeInteraction() {
        switch question.interaction {
        case .choice(let choice): write(choice)
        case .trueFalse(let key): write(key)
        case .numeric(let entry):
            declareNumber("RESPONSE", entry)
            process(conditions("RESPONSE", number(entry), feedback: "ANSWER_", isAdded: false))
            interactions = [alone("RESPONSE", lines: 20)]
        case .shortText(let entry):
            declareText("RESPONSE", entry, whole: base)
            template = Self.templates + "map_response"
            processTextFeedback(entry)
            interactions = [alone("RESPONSE", lines: 40)]
        case .matching(let matching): write(matching)
        case .ordering(let order): write(order)
        case .cloze(let cloze): write(cloze)
        case .open(let response): write(response)
        case .description: break
        }
    }

    private func alone(_ response: String, lines: Int) -> Node {
        let entry = QTIBody.element(
            "textEntryInteraction",
            [("responseIdentifier", response), ("expectedLength", "\(lines)")]
        )
        return QTIBody.html("p", class: "answer", [entry])
    }

    // MARK: Choices

    private mutating func write(_ choice: Choice) {
        let names = choice.options.indices.map { "C\($0 + 1)" }
        let pairs = zip(names, choice.options)
        let correct =
            choice.isSingle
            ? pairs.filter { $0.1.fraction == .full }.prefix(1).map(\.0)
            : pairs.filter { $0.1.fraction > .zero }.map(\.0)
        declare(
            "RESPONSE",
            cardinality: choice.isSingle ? "single" : "multiple",
            type: "identifier",
            correct: correct,
            mapping: choice.isAllOrNothing ? nil : pairs.map { (key: $0.0, score: score($0.1.fraction)) }
        )
        let showsFeedback = choice.options.contains { $0.feedback != nil }
        if choice.isAllOrNothing {
            scoreWhole()
            if showsFeedback { showChosen(isSingle: choice.isSingle) }
        } else {
            scoreByMapping(showsFeedback: showsFeedback, isSingle: choice.isSingle)
        }
        let simple = zip(names, choice.options).map { name, option in
            QTIBody.element("simpleChoice", [("identifier", name)], body.nodes(option.text))
        }
        interactions = [choiceInteraction(simple, isSingle: choice.isSingle, isShuffled: choice.isShuffled)]
    }

    private mutating func write(_ key: TrueFalse) {
        declare(
            "RESPONSE",
            cardinality: "single",
            type: "identifier",
            correct: [key.isTrue ? "true" : "false"],
            mapping: [(key: key.isTrue ? "true" : "false", score: base)]
        )
        scoreByMapping(showsFeedback: key.rightFeedback != nil || key.wrongFeedback != nil, isSingle: true)
        let simple = [("true", "Верно"), ("false", "Неверно")].map { name, text in
            QTIBody.element("simpleChoice", [("identifier", name)], [.text(text)])
        }
        interactions = [choiceInteraction(simple, isSingle: true, isShuffled: false)]
    }

    private func choiceInteraction(_ simple: [Node], isSingle: Bool, isShuffled: Bool) -> Node {
        QTIBody.element(
            "choiceInteraction",
            [
                ("responseIdentifier", "RESPONSE"), ("shuffle", isShuffled ? "true" : "false"),
                ("maxChoices", isSingle ? "1" : "0"),
            ],
            simple
        )
    }

    private mutating func scoreByMapping(showsFeedback: Bool, isSingle: Bool) {
        template = Self.templates + "map_response"
        if showsFeedback { showChosen(isSingle: isSingle) }
    }

    private mutating func showChosen(isSingle: Bool) {
        feedbackOutcomes.append(("FEEDBACK", isSingle ? "single" : "multiple"))
        process(Self.set("FEEDBACK", Self.variable("RESPONSE")))
    }

    /// Everything for the right answer, nothing for any other.
    private mutating func scoreWhole() {
        let isRight = QTIBody.element(
            "match",
            [],
            [Self.variable("RESPONSE"), QTIBody.element("correct", [("identifier", "RESPONSE")])]
        )
        let earns = Self.set("SCORE", Self.value("\(base)", "float"))
        process(QTIBody.element("responseCondition", [], [QTIBody.element("responseIf", [], [isRight, earns])]))
    }

    // MARK: Arrangements

    private mutating func write(_ matching: Matching) {
        var matches: [RichText] = []
        for match in matching.pairs.map(\.match) + matching.distractors where !matches.contains(match) {
            matches.append(match)
        }
        let part = Decimal(matching.pairs.count)
        let pairs = matching.pairs.enumerated().map { index, pair in
            "S\(index + 1) T\((matches.firstIndex(of: pair.match) ?? 0) + 1)"
        }
        declare(
            "RESPONSE",
            cardinality: "multiple",
            type: "directedPair",
            correct: pairs,
            mapping: matching.isAllOrNothing
                ? nil : pairs.map { (key: $0, score: Self.rounded(base.value / part)) }
        )
        if matching.isAllOrNothing { scoreWhole() } else { template = Self.templates + "map_response" }
        var left: [Node] = []
        for (index, pair) in matching.pairs.enumerated() {
            left.append(associable("S\(index + 1)", 1, body.nodes(pair.prompt)))
        }
        var right: [Node] = []
        for (index, match) in matches.enumerated() {
            right.append(associable("T\(index + 1)", matching.pairs.count, body.nodes(match)))
        }
        interactions = [
            QTIBody.element(
                "matchInteraction",
                [
                    ("responseIdentifier", "RESPONSE"), ("shuffle", matching.isShuffled ? "true" : "false"),
                    ("maxAssociations", "\(matching.pairs.count)"),
                ],
                [QTIBody.element("simpleMatchSet", [], left), QTIBody.element("simpleMatchSet", [], right)]
            )
        ]
    }

    private func associable(_ name: String, _ maximum: Int, _ nodes: [Node]) -> Node {
        QTIBody.element("simpleAssociableChoice", [("identifier", name), ("matchMax", "\(maximum)")], nodes)
    }

    private mutating func write(_ order: Ordering) {
        let names = order.items.indices.map { "C\($0 + 1)" }
        declare("RESPONSE", cardinality: "ordered", type: "identifier", correct: names)
        scoreWhole()
        var simple: [Node] = []
        for (name, item) in zip(names, order.items) {
            simple.append(QTIBody.element("simpleChoice", [("identifier", name)], body.nodes(item)))
        }
        interactions = [
            QTIBody.element(
                "orderInteraction",
                [
                    ("responseIdentifier", "RESPONSE"), ("shuffle", "true"), ("orientation", order.layout.rawValue),
                ],
                simple
            )
        ]
    }

    // MARK: Entries

    mutating func declareNumber(_ name: String, _ entry: NumericEntry) {
        let full = entry.answers.first { $0.fraction == .full && $0.value != nil }
        declare(name, cardinality: "single", type: "float", correct: full?.value.map { ["\($0)"] } ?? [])
    }

    mutating func declareText(_ name: String, _ entry: TextEntry, whole: ExactDecimal) {
        body.losses.add(
            "wildcards",
            if: entry.answers.contains { $0.text.contains("*") },
            ru: "Звёздочки в ответах другие программы поймут буквально.",
            en: "Other programs take asterisks in answers literally."
        )
        declare(
            name,
            cardinality: "single",
            type: "string",
            correct: entry.answers.first { $0.fraction == .full }.map { [$0.text] } ?? [],
            mapping: entry.answers.map { (key: $0.text, score: score($0.fraction, of: whole)) },
            isCaseSensitive: entry.isCaseSensitive
        )
    }

    /// A condition for each number, with what it earns.
    func number(_ entry: NumericEntry, of whole: ExactDecimal? = nil) -> [(
        test: Node?, score: ExactDecimal?, text: RichText?
    )] {
        entry.answers.map { answer in
            let test = answer.value.map { value in
                QTIBody.element(
                    "equal",
                    answer.tolerance == .zero
                        ? [("toleranceMode", "exact")]
                        : [("toleranceMode", "absolute"), ("tolerance", "\(answer.tolerance) \(answer.tolerance)")],
                    [Self.variable("RESPONSE"), Self.value("\(value)", "float")]
                )
            }
            return (test, score(answer.fraction, of: whole), answer.feedback)
        }
    }

    /// If … else if … over the answers of one response.
    mutating func conditions(
        _ response: String,
        _ answers: [(test: Node?, score: ExactDecimal?, text: RichText?)],
        feedback prefix: String,
        isAdded: Bool
    ) -> Node {
        var branches: [Node] = []
        for (index, answer) in answers.enumerated() {
            let given = QTIBody.element(
                "not",
                [],
                [QTIBody.element("isNull", [], [Self.variable(response)])]
            )
            var actions: [Node] = []
            if let score = answer.score {
                let value = Self.value("\(score)", "float")
                let sum = QTIBody.element("sum", [], [Self.variable("SCORE"), value])
                actions.append(Self.set("SCORE", isAdded ? sum : value))
            }
            if answer.text != nil {
                if !feedbackOutcomes.contains(where: { $0.name == "FEEDBACK" }) {
                    feedbackOutcomes.append(("FEEDBACK", isAdded ? "multiple" : "single"))
                }
                let shown = Self.value("\(prefix)\(index + 1)", "identifier")
                let all = QTIBody.element("multiple", [], [Self.variable("FEEDBACK"), shown])
                actions.append(Self.set("FEEDBACK", isAdded ? all : shown))
            }
            let name = branches.isEmpty ? "responseIf" : "responseElseIf"
            branches.append(
                QTIBody.element(name, [], [answer.test.map { Self.about(response, $0) } ?? given] + actions)
            )
        }
        return QTIBody.element("responseCondition", [], branches)
    }

    /// A test that is about another response than `RESPONSE`.
    private static func about(_ response: String, _ test: Node) -> Node {
        guard case .element(var element) = test, case .element(var variable)? = element.children.first else {
            return test
        }
        variable.attributes = [("identifier", response)]
        element.children[0] = .element(variable)
        return .element(element)
    }

    /// Conditions that only show feedback; the score comes from the mapping.
    mutating func processTextFeedback(
        _ entry: TextEntry,
        _ response: String = "RESPONSE",
        prefix: String = "ANSWER_",
        isAdded: Bool = false
    ) {
        guard entry.answers.contains(where: { $0.feedback != nil }) else { return }
        let answers = entry.answers.map { answer -> (test: Node?, score: ExactDecimal?, text: RichText?) in
            let test = QTIBody.element(
                "stringMatch",
                [("caseSensitive", entry.isCaseSensitive ? "true" : "false")],
                [Self.variable(response), Self.value(answer.text, "string")]
            )
            return (test, nil, answer.feedback)
        }
        process(conditions(response, answers, feedback: prefix, isAdded: isAdded))
    }

    // MARK: Open responses

    private mutating func write(_ response: OpenResponse) {
        if let text = response.text {
            responses.append(
                QTIBody.element(
                    "responseDeclaration",
                    [("identifier", "RESPONSE"), ("cardinality", "single"), ("baseType", "string")]
                )
            )
            let format =
                switch text.editor {
                case .rich, .richWithFiles: "xhtml"
                case .plain: "plain"
                case .monospaced: "preFormatted"
                }
            interactions.append(
                QTIBody.element(
                    "extendedTextInteraction",
                    [
                        ("responseIdentifier", "RESPONSE"), ("expectedLines", "\(text.lines)"), ("format", format),
                        ("minStrings", text.isRequired ? "1" : "0"),
                    ]
                )
            )
        }
        if let files = response.files {
            responses.append(
                QTIBody.element(
                    "responseDeclaration",
                    [("identifier", "RESPONSE_FILE"), ("cardinality", "single"), ("baseType", "file")]
                )
            )
            let type = files.types.count == 1 && files.types[0].contains("/") ? [("type", files.types[0])] : []
            interactions.append(
                QTIBody.element("uploadInteraction", [("responseIdentifier", "RESPONSE_FILE")] + type)
            )
        }
    }
}
