import Foundation
import QuestionBank

extension MoodleItem {
    /// The kind with its key; the gaps of a cloze text are taken out of `prompt`.
    func interaction(prompt: inout RichText, desk: inout ItemDesk) throws(ItemFault) -> Interaction {
        switch type {
        case "multichoice": return .choice(try choice(desk: &desk))
        case "multichoiceset": return .choice(try choiceSet(desk: &desk))
        case "truefalse": return .trueFalse(try trueFalse(desk: &desk))
        case "shortanswer": return .shortText(try shortText(desk: &desk))
        case "numerical": return .numeric(try numeric(desk: &desk))
        case "matching", "match": return .matching(try matching(desk: &desk))
        case "essay": return .open(openResponse(desk: &desk))
        case "ordering": return .ordering(try ordering(desk: &desk))
        case "gapselect", "ddwtos": return .cloze(try selectedGaps(prompt: &prompt, desk: &desk))
        case "cloze", "multianswer":
            let (text, cloze) = try ClozeText.read(prompt.text)
            prompt.text = text
            return .cloze(cloze)
        default: return .description
        }
    }

    private func choice(desk: inout ItemDesk) throws(ItemFault) -> Choice {
        var options: [Choice.Option] = []
        for answer in element.all("answer") {
            let text = MoodleText.rich(answer, default: format, desk: &desk) ?? RichText("")
            guard !text.isEmpty else {
                desk.lost(.emptyOption(line: answer.line))
                continue
            }
            let feedback = rich("feedback", in: answer, desk: &desk)
            options.append(Choice.Option(text: text, fraction: try fraction(answer), feedback: feedback))
        }
        try AnswerRules.check(options.map(\.fraction), minimum: 2, desk: &desk)
        let isSingle = flag("single") ?? true
        if !isSingle { AnswerRules.checkSum(options.map(\.fraction), desk: &desk) }
        var numbering = Choice.Numbering.lowercase
        if let name = value("answernumbering") {
            if let known = Choice.Numbering(rawValue: name) {
                numbering = known
            } else {
                desk.note(unknown("answernumbering", name))
            }
        }
        return Choice(
            isSingle: isSingle,
            options: options,
            isShuffled: flag("shuffleanswers") ?? true,
            numbering: numbering,
            showsInstruction: flag("showstandardinstruction") ?? true
        )
    }

    /// The plugin "all or nothing": every right option has 100 percent.
    private func choiceSet(desk: inout ItemDesk) throws(ItemFault) -> Choice {
        var ignored = ItemDesk(line: desk.line) { _ in }
        var choice = try choice(desk: &ignored)
        for (_, fault) in ignored.faults where fault.code != .fractionsDoNotAddUp { desk.lost(fault) }
        let right = choice.options.count { $0.fraction > .zero }
        for index in choice.options.indices where choice.options[index].fraction > .zero {
            choice.options[index].fraction = Fraction(units: Fraction.unitsOfWhole / right)
        }
        choice.isSingle = false
        choice.isAllOrNothing = true
        return choice
    }

    private func trueFalse(desk: inout ItemDesk) throws(ItemFault) -> TrueFalse {
        var right: Bool?
        var feedback: [Bool: RichText] = [:]
        for answer in element.all("answer") {
            let isTrue: Bool
            switch MoodleText.plain(answer, desk: &desk).lowercased() {
            case "true": isTrue = true
            case "false": isTrue = false
            default:
                desk.lost(.emptyOption(line: answer.line))
                continue
            }
            feedback[isTrue] = rich("feedback", in: answer, desk: &desk)
            if try fraction(answer) > .zero {
                guard right == nil else {
                    throw ItemFault(
                        .noRightAnswer,
                        ru: "И «верно», и «неверно» отмечены как верный ответ.",
                        en: "Both true and false are marked as right."
                    )
                }
                right = isTrue
            }
        }
        guard let right else { throw .noRightAnswer }
        return TrueFalse(
            isTrue: right,
            rightFeedback: feedback[right],
            wrongFeedback: feedback[!right],
            showsInstruction: flag("showstandardinstruction") ?? true
        )
    }

    private func shortText(desk: inout ItemDesk) throws(ItemFault) -> TextEntry {
        var answers: [TextEntry.Answer] = []
        for answer in element.all("answer") {
            let text = MoodleText.plain(answer, desk: &desk)
            guard !text.isEmpty else {
                desk.lost(.emptyOption(line: answer.line))
                continue
            }
            let feedback = rich("feedback", in: answer, desk: &desk)
            answers.append(TextEntry.Answer(text: text, fraction: try fraction(answer), feedback: feedback))
        }
        try AnswerRules.check(answers.map(\.fraction), minimum: 1, desk: &desk)
        return TextEntry(answers: answers, isCaseSensitive: flag("usecase") ?? false)
    }

    private func numeric(desk: inout ItemDesk) throws(ItemFault) -> NumericEntry {
        var answers: [NumericEntry.Answer] = []
        for answer in element.all("answer") {
            let text = MoodleText.plain(answer, desk: &desk)
            let tolerance = answer.first("tolerance")?.text.trimmed() ?? ""
            answers.append(
                NumericEntry.Answer(
                    value: text == "*" ? nil : try AnswerRules.number(text, line: answer.line),
                    tolerance: tolerance.isEmpty
                        ? .zero : try AnswerRules.tolerance(tolerance, line: answer.line),
                    fraction: try fraction(answer),
                    feedback: rich("feedback", in: answer, desk: &desk)
                )
            )
        }
        try AnswerRules.check(answers.map(\.fraction), minimum: 1, desk: &desk)
        return NumericEntry(answers: answers, units: try units(desk: &desk))
    }

    private func units(desk: inout ItemDesk) throws(ItemFault) -> UnitRule? {
        var units: [UnitRule.Unit] = []
        for unit in element.first("units")?.all("unit") ?? [] {
            guard let name = unit.first("unit_name")?.wholeText.trimmed(), !name.isEmpty else { continue }
            let multiplier = unit.first("multiplier")?.wholeText.trimmed() ?? "1"
            units.append(UnitRule.Unit(name: name, multiplier: try AnswerRules.number(multiplier, line: unit.line)))
        }
        guard !units.isEmpty else { return nil }
        let gradings: [String: UnitRule.Grading] = ["0": .optional, "1": .partOfAnswer, "2": .partOfQuestion]
        let displays: [String: UnitRule.Display] = ["0": .typed, "1": .buttons, "2": .list, "3": .hidden]
        var rule = UnitRule(units: units)
        if let text = value("unitgradingtype") {
            if let known = gradings[text] { rule.grading = known } else { desk.note(unknown("unitgradingtype", text)) }
        }
        if let text = value("showunits") {
            if let known = displays[text] { rule.display = known } else { desk.note(unknown("showunits", text)) }
        }
        if let text = value("unitpenalty") {
            if let number = ExactDecimal(text), let part = Fraction(of: number.value, whole: 1) {
                rule.penalty = part
            } else {
                desk.note(unknown("unitpenalty", text))
            }
        }
        rule.isOnLeft = flag("unitsleft") ?? false
        return rule
    }

    private func matching(desk: inout ItemDesk) throws(ItemFault) -> Matching {
        var pairs: [Matching.Pair] = []
        var distractors: [RichText] = []
        for side in element.all("subquestion") {
            let prompt = MoodleText.rich(side, default: format, desk: &desk) ?? RichText("")
            let match = RichText(side.first("answer").map { MoodleText.plain($0, desk: &desk) } ?? "")
            if match.isEmpty {
                // Moodle's form leaves empty rows behind.
                guard !prompt.isEmpty else { continue }
                throw ItemFault(
                    .invalidPair,
                    line: side.line,
                    ru: "У левой части «\(prompt.text.excerpt(40))» нет пары.",
                    en: "The left-hand side “\(prompt.text.excerpt(40))” has no match."
                )
            }
            if prompt.isEmpty { distractors.append(match) } else { pairs.append(.init(prompt: prompt, match: match)) }
        }
        try AnswerRules.checkCount(pairs.count, minimum: 2)
        return Matching(pairs: pairs, distractors: distractors, isShuffled: flag("shuffleanswers") ?? true)
    }

    private func openResponse(desk: inout ItemDesk) -> OpenResponse {
        var editor: OpenResponse.TextPart.Editor? = .rich
        switch value("responseformat") ?? "editor" {
        case "editor": editor = .rich
        case "editorfilepicker": editor = .richWithFiles
        case "plain": editor = .plain
        case "monospaced": editor = .monospaced
        case "noinline": editor = nil
        case let name: desk.note(unknown("responseformat", name))
        }
        func count(_ name: String) -> Int? { value(name).flatMap { Int($0) } }
        let attachments = count("attachments") ?? 0
        let text = editor.map { editor in
            OpenResponse.TextPart(
                editor: editor,
                isRequired: flag("responserequired") ?? true,
                lines: min(max(count("responsefieldlines") ?? 15, 1), 1000),
                minimumWords: count("minwordlimit").flatMap { $0 > 0 ? $0 : nil },
                maximumWords: count("maxwordlimit").flatMap { $0 > 0 ? $0 : nil },
                template: rich("responsetemplate", desk: &desk)
            )
        }
        let types = (value("filetypeslist") ?? "").split { $0 == "," || $0 == ";" || $0.isWhitespace }.map(String.init)
        // Without a text field the file is the answer, whatever the number says.
        let files =
            attachments == 0 && text != nil
            ? nil
            : OpenResponse.FilePart(
                maximum: attachments < 0 ? nil : max(attachments, 1),
                required: max(count("attachmentsrequired") ?? 0, 0),
                types: types,
                maximumBytes: count("maxbytes").flatMap { $0 > 0 ? $0 : nil }
            )
        return OpenResponse(text: text, files: files, graderNote: rich("graderinfo", desk: &desk))
    }

    private func ordering(desk: inout ItemDesk) throws(ItemFault) -> Ordering {
        var items: [(place: ExactDecimal, text: RichText)] = []
        for answer in element.all("answer") {
            let text = MoodleText.rich(answer, default: format, desk: &desk) ?? RichText("")
            guard !text.isEmpty else {
                desk.lost(.emptyOption(line: answer.line))
                continue
            }
            items.append((answer["fraction"].flatMap { ExactDecimal($0) } ?? .zero, text))
        }
        try AnswerRules.checkCount(items.count, minimum: 2)
        // The fraction is the place; where all are alike the order of the file is meant.
        let sorted = items.enumerated().sorted { ($0.element.place, $0.offset) < ($1.element.place, $1.offset) }
        var order = Ordering(items: sorted.map(\.element.text))
        if let text = value("layouttype")?.uppercased() {
            order.layout = text == "HORIZONTAL" ? .horizontal : .vertical
        }
        if let text = value("selecttype")?.lowercased() {
            if let known = Ordering.Selection(rawValue: text) {
                order.selection = known
            } else {
                desk.note(unknown("selecttype", text))
            }
        }
        order.selectionCount = max(value("selectcount").flatMap { Int($0) } ?? 0, 0)
        if let text = value("gradingtype") {
            if let known = Ordering.Grading(rawValue: text.lowercased()) {
                order.grading = known
            } else {
                desk.note(unknown("gradingtype", text))
            }
        }
        if let text = value("showgrading")?.lowercased() { order.showsGrading = text == "show" || text == "1" }
        if let text = value("numberingstyle") {
            if let known = Choice.Numbering(rawValue: text) {
                order.numbering = known
            } else {
                desk.note(unknown("numberingstyle", text))
            }
        }
        return order
    }

    private func fraction(_ answer: Element) throws(ItemFault) -> Fraction {
        guard let text = answer["fraction"], !text.trimmed().isEmpty else { return .zero }
        guard let fraction = Fraction(percent: text) else {
            throw ItemFault(
                .invalidFraction,
                line: answer.line,
                ru: "Вес «\(text.excerpt(20))» не является числом от −100 до 100.",
                en: "The fraction “\(text.excerpt(20))” is not a number from −100 to 100."
            )
        }
        return fraction
    }
}
