import Foundation
import QuestionBank

/// Writes questions in Moodle's XML format, so that ``MoodleXMLReader`` reads the same questions again.
struct MoodleXMLWriter {
    static let head = Data("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<quiz>\n".utf8)
    static let tail = Data("</quiz>\n".utf8)

    private var topic: [String] = []
    private let xml = XMLWriter()

    /// The XML of one topic that has a description.
    mutating func data(_ described: Topic) -> Data {
        topic = described.path
        category(described)
        return xml.take()
    }

    /// The XML of one question, with its category before it wherever the topic changes.
    mutating func data(_ question: BankQuestion, losses: inout LossList) throws(Unwritable) -> Data {
        let body = try MoodleItemWriter.check(question, losses: &losses)
        if question.topic != topic {
            topic = question.topic
            category(Topic(path: topic))
        }
        MoodleItemWriter(xml: xml, question: body).write()
        return xml.take()
    }

    private func category(_ topic: Topic) {
        xml.element("question", [("type", "category")]) {
            xml.line()
            xml.element("category") { xml.element("text", text: CategoryPath.text(topic.path)) }
            if let info = topic.info {
                xml.element("info", [("format", MoodleText.name(info.format))]) {
                    xml.element("text", text: info.text)
                    MoodleItemWriter.files(info, xml)
                }
            }
            if let identifier = topic.externalID { xml.element("idnumber", text: identifier) }
            xml.line()
        }
        xml.line()
    }
}

/// Writes one question that was checked.
struct MoodleItemWriter {
    let xml: XMLWriter
    let question: BankQuestion

    func write() {
        xml.element("question", [("type", type)]) {
            xml.line()
            xml.element("name") { xml.element("text", text: question.title) }
            rich("questiontext", prompt)
            rich("generalfeedback", question.explanation ?? RichText("", format: question.prompt.format))
            value("defaultgrade", "\(question.points)")
            if let penalty = question.penalty { value("penalty", penalty.ofOne) }
            value("hidden", question.isHidden ? "1" : "0")
            value("idnumber", question.externalID ?? "")
            kind()
            outcomeFeedback()
            hints()
            let tags = BankTags.tags(of: question)
            if !tags.isEmpty {
                xml.element("tags") { for tag in tags { xml.element("tag") { xml.element("text", text: tag) } } }
                xml.line()
            }
        }
        xml.line()
    }

    private var type: String {
        switch question.interaction {
        case .choice: "multichoice"
        case .trueFalse: "truefalse"
        case .numeric: "numerical"
        case .shortText: "shortanswer"
        case .matching: "matching"
        case .ordering: "ordering"
        case .cloze: "cloze"
        case .open: "essay"
        case .description: "description"
        }
    }

    private var prompt: RichText {
        guard case .cloze(let cloze) = question.interaction else { return question.prompt }
        var prompt = question.prompt
        for (index, gap) in cloze.gaps.enumerated() {
            prompt.text = prompt.text.replacing(Cloze.marker(index + 1), with: ClozeGapWriter.text(gap))
        }
        return prompt
    }

    // MARK: Kinds

    private func kind() {
        switch question.interaction {
        case .choice(let choice):
            value("single", choice.isSingle ? "true" : "false")
            value("shuffleanswers", choice.isShuffled ? "true" : "false")
            value("answernumbering", choice.numbering.rawValue)
            value("showstandardinstruction", choice.showsInstruction ? "1" : "0")
            for option in choice.options { answer(option.text, option.fraction, option.feedback) }
        case .trueFalse(let key):
            for isTrue in [true, false] {
                answer(
                    RichText(isTrue ? "true" : "false", format: .moodle),
                    isTrue == key.isTrue ? .full : .zero,
                    isTrue == key.isTrue ? key.rightFeedback : key.wrongFeedback
                )
            }
            value("showstandardinstruction", key.showsInstruction ? "1" : "0")
        case .shortText(let entry):
            value("usecase", entry.isCaseSensitive ? "1" : "0")
            for accepted in entry.answers {
                answer(RichText(accepted.text, format: .moodle), accepted.fraction, accepted.feedback)
            }
        case .numeric(let entry):
            for accepted in entry.answers {
                let text = accepted.value.map { "\($0)" } ?? "*"
                answer(RichText(text, format: .moodle), accepted.fraction, accepted.feedback) {
                    xml.element("tolerance", text: "\(accepted.tolerance)")
                }
            }
            if let rule = entry.units { units(rule) }
        case .matching(let matching):
            value("shuffleanswers", matching.isShuffled ? "true" : "false")
            for pair in matching.pairs { side(pair.prompt, pair.match.text) }
            for distractor in matching.distractors {
                side(RichText("", format: question.prompt.format), distractor.text)
            }
        case .ordering(let order): ordering(order)
        case .open(let response): openResponse(response)
        case .cloze, .description: break
        }
    }

    private func units(_ rule: UnitRule) {
        xml.element("units") {
            for unit in rule.units {
                xml.element("unit") {
                    xml.element("multiplier", text: "\(unit.multiplier)")
                    xml.element("unit_name", text: unit.name)
                }
            }
        }
        xml.line()
        let grading =
            switch rule.grading {
            case .optional: "0"
            case .partOfAnswer: "1"
            case .partOfQuestion: "2"
            }
        let display =
            switch rule.display {
            case .typed: "0"
            case .buttons: "1"
            case .list: "2"
            case .hidden: "3"
            }
        value("unitgradingtype", grading)
        value("unitpenalty", rule.penalty.ofOne)
        value("showunits", display)
        value("unitsleft", rule.isOnLeft ? "1" : "0")
    }

    private func ordering(_ order: Ordering) {
        value("layouttype", order.layout.rawValue.uppercased())
        value("selecttype", order.selection.rawValue.uppercased())
        value("selectcount", "\(order.selectionCount)")
        value("gradingtype", order.grading.rawValue.uppercased())
        value("showgrading", order.showsGrading ? "SHOW" : "HIDE")
        value("numberingstyle", order.numbering.rawValue)
        for (index, item) in order.items.enumerated() {
            xml.element("answer", [("fraction", "\(index + 1).0000000"), format(item)]) {
                xml.element("text", text: item.text)
                Self.files(item, xml)
            }
            xml.line()
        }
    }

    private func openResponse(_ response: OpenResponse) {
        let formats: [OpenResponse.TextPart.Editor: String] = [
            .rich: "editor", .richWithFiles: "editorfilepicker", .plain: "plain", .monospaced: "monospaced",
        ]
        value("responseformat", response.text.flatMap { formats[$0.editor] } ?? "noinline")
        if let text = response.text {
            value("responserequired", text.isRequired ? "1" : "0")
            value("responsefieldlines", "\(text.lines)")
            if let words = text.minimumWords { value("minwordlimit", "\(words)") }
            if let words = text.maximumWords { value("maxwordlimit", "\(words)") }
        } else {
            value("responserequired", "0")
        }
        value("attachments", response.files.map { $0.maximum.map { "\($0)" } ?? "-1" } ?? "0")
        value("attachmentsrequired", "\(response.files?.required ?? 0)")
        if let bytes = response.files?.maximumBytes { value("maxbytes", "\(bytes)") }
        if let types = response.files?.types, !types.isEmpty {
            value("filetypeslist", types.joined(separator: ","))
        }
        if let note = response.graderNote { rich("graderinfo", note) }
        if let template = response.text?.template { rich("responsetemplate", template) }
    }

    // MARK: Parts

    private func outcomeFeedback() {
        let feedback = question.feedback
        let texts = [
            ("correctfeedback", feedback.correct), ("partiallycorrectfeedback", feedback.partlyCorrect),
            ("incorrectfeedback", feedback.incorrect),
        ]
        for case (let name, let text?) in texts { rich(name, text) }
        if feedback.showsNumberCorrect {
            xml.element("shownumcorrect")
            xml.line()
        }
    }

    private func hints() {
        for hint in question.hints {
            xml.element("hint", [format(hint.text)]) {
                xml.element("text", text: hint.text.text)
                Self.files(hint.text, xml)
                if hint.showsNumberCorrect { xml.element("shownumcorrect") }
                if hint.clearsWrong { xml.element("clearwrong") }
            }
            xml.line()
        }
    }

    private func answer(_ text: RichText, _ fraction: Fraction, _ feedback: RichText?, _ more: () -> Void = {}) {
        xml.element("answer", [("fraction", fraction.percent), format(text)]) {
            xml.element("text", text: text.text)
            Self.files(text, xml)
            if let feedback {
                xml.element("feedback", [format(feedback)]) {
                    xml.element("text", text: feedback.text)
                    Self.files(feedback, xml)
                }
            }
            more()
        }
        xml.line()
    }

    private func side(_ prompt: RichText, _ match: String) {
        xml.element("subquestion", [format(prompt)]) {
            xml.element("text", text: prompt.text)
            Self.files(prompt, xml)
            xml.element("answer") { xml.element("text", text: match) }
        }
        xml.line()
    }

    private func rich(_ name: String, _ text: RichText) {
        xml.element(name, [format(text)]) {
            xml.element("text", text: text.text)
            Self.files(text, xml)
        }
        xml.line()
    }

    private func value(_ name: String, _ text: String) {
        xml.element(name, text: text)
        xml.line()
    }

    private func format(_ text: RichText) -> (String, String?) { ("format", MoodleText.name(text.format)) }

    static func files(_ text: RichText, _ xml: XMLWriter) {
        for file in text.files {
            xml.element(
                "file",
                [("name", file.name), ("path", file.folder), ("encoding", "base64")],
                text: file.data.base64EncodedString()
            )
        }
    }
}
