import Foundation
import QuestionBank

/// Draws questions that use everything the model has.
struct RandomQuestions {
    var random: FixedRandom

    init(seed: UInt64) {
        random = FixedRandom(state: seed)
    }

    mutating func question(_ type: QuestionType) -> BankQuestion {
        var interaction = interaction(type)
        var prompt = rich()
        if prompt.text.isEmpty { prompt.text = "?" }
        if case .cloze(let cloze) = interaction {
            for index in cloze.gaps.indices {
                prompt.text += (prompt.format == .html ? " " : "\n") + Cloze.marker(index + 1)
            }
        }
        if case .open(let response) = interaction, response.text == nil, response.files == nil {
            interaction = .description
        }
        return BankQuestion(
            externalID: chance() ? "id-\(Int.random(in: 1...99, using: &random))]\\" : nil,
            version: chance() ? 3 : nil,
            discipline: chance() ? "Б1.О.12" : nil,
            topic: chance() ? ["Сети", "TCP/IP"] : chance() ? ["Б"] : [],
            creditUnit: chance() ? 2 : nil,
            difficulty: chance() ? Int.random(in: 1...5, using: &random) : nil,
            title: word() + " " + word(),
            prompt: prompt,
            points: type == .description ? .zero : chance() ? .one : ExactDecimal("2.5") ?? .one,
            penalty: chance() ? Fraction(units: 3_333_333) : nil,
            interaction: interaction,
            explanation: optional(),
            feedback: OutcomeFeedback(
                correct: optional(),
                partlyCorrect: optional(),
                incorrect: optional(),
                showsNumberCorrect: chance()
            ),
            hints: chance() ? [Hint(text: rich(), showsNumberCorrect: chance(), clearsWrong: true)] : [],
            tags: chance() ? ["метка: \(word())", "a=b"] : [],
            isHidden: chance()
        )
    }

    private mutating func interaction(_ type: QuestionType) -> Interaction {
        switch type {
        case .singleChoice, .multipleChoice:
            let isSingle = type == .singleChoice
            var options = (0..<Int.random(in: 2...6, using: &random)).map { _ in
                Choice.Option(text: rich(), fraction: fraction(), feedback: optional())
            }
            options[0].fraction = .full
            let isWhole = !isSingle && chance()
            if isWhole {
                for index in options.indices { options[index].fraction = index < 2 ? Fraction(percent: 50) : .zero }
            }
            return .choice(
                Choice(
                    isSingle: isSingle,
                    options: options,
                    isShuffled: chance(),
                    numbering: Choice.Numbering.allCases.randomElement(using: &random) ?? .none,
                    showsInstruction: chance(),
                    isAllOrNothing: isWhole
                )
            )
        case .trueFalse:
            return .trueFalse(
                TrueFalse(
                    isTrue: chance(),
                    rightFeedback: optional(),
                    wrongFeedback: optional(),
                    showsInstruction: chance()
                )
            )
        case .numeric:
            let rule = UnitRule(
                units: [.init(name: "м", multiplier: .one), .init(name: "см", multiplier: ExactDecimal(100))],
                grading: .partOfQuestion,
                display: .list,
                isOnLeft: chance()
            )
            return .numeric(NumericEntry(answers: numbers(), units: chance() ? rule : nil))
        case .shortText: return .shortText(TextEntry(answers: texts(), isCaseSensitive: chance()))
        case .matching:
            return .matching(
                Matching(
                    pairs: (1...3).map { .init(prompt: rich(), match: RichText("\($0) " + word())) },
                    distractors: chance() ? [RichText("лишнее " + word())] : [],
                    isShuffled: chance(),
                    isAllOrNothing: chance()
                )
            )
        case .ordering:
            return .ordering(
                Ordering(
                    items: (1...4).map { RichText("\($0) " + word()) },
                    layout: chance() ? .horizontal : .vertical,
                    selection: .contiguous,
                    selectionCount: 3,
                    grading: Ordering.Grading.allCases.randomElement(using: &random) ?? .allOrNothing,
                    showsGrading: chance(),
                    numbering: .uppercaseRoman
                )
            )
        case .cloze:
            return .cloze(Cloze(gaps: (0..<3).map { _ in gap() }))
        case .essay:
            return .open(
                OpenResponse(
                    text: .init(
                        editor: OpenResponse.TextPart.Editor.allCases.randomElement(using: &random) ?? .plain,
                        isRequired: chance(),
                        lines: 10,
                        minimumWords: chance() ? 50 : nil,
                        maximumWords: chance() ? 500 : nil,
                        template: optional()
                    ),
                    files: chance()
                        ? .init(maximum: 2, required: 1, types: [".pdf", "image"], maximumBytes: 1000) : nil,
                    graderNote: optional()
                )
            )
        case .fileUpload:
            return .open(
                OpenResponse(text: nil, files: .init(maximum: chance() ? nil : 3, types: []), graderNote: optional())
            )
        case .description: return .description
        }
    }

    private mutating func gap() -> Cloze.Gap {
        let weight = ExactDecimal(Int.random(in: 1...3, using: &random))
        switch Int.random(in: 0...2, using: &random) {
        case 0:
            return Cloze.Gap(
                weight: weight,
                entry: .text(TextEntry(answers: texts(html: true), isCaseSensitive: chance()))
            )
        case 1: return Cloze.Gap(weight: weight, entry: .numeric(NumericEntry(answers: numbers(html: true))))
        default:
            let options = (0..<3).map { index in
                Choice.Option(
                    text: RichText("\(index) " + word().replacing("<", with: "&lt;"), format: .html),
                    fraction: index == 0 ? .full : fraction(),
                    feedback: chance() ? html() : nil
                )
            }
            let display: [Cloze.GapChoice.Display] = [.list, .vertical, .horizontal]
            return Cloze.Gap(
                weight: weight,
                entry: .choice(
                    Cloze.GapChoice(
                        options: options,
                        display: display.randomElement(using: &random) ?? .list,
                        isShuffled: chance()
                    )
                )
            )
        }
    }

    private mutating func texts(html: Bool = false) -> [TextEntry.Answer] {
        (0..<Int.random(in: 1...3, using: &random)).map { index in
            TextEntry.Answer(
                text: "\(index)" + word(),
                fraction: index == 0 ? .full : Fraction(units: 3_333_333),
                feedback: html ? (chance() ? self.html() : nil) : optional()
            )
        }
    }

    private mutating func numbers(html: Bool = false) -> [NumericEntry.Answer] {
        var answers = (0..<Int.random(in: 1...3, using: &random)).map { index in
            NumericEntry.Answer(
                value: ExactDecimal("-\(index).25"),
                tolerance: chance() ? .zero : ExactDecimal("0.05") ?? .zero,
                fraction: index == 0 ? .full : fraction(),
                feedback: html ? (chance() ? self.html() : nil) : optional()
            )
        }
        if chance() { answers.append(.init(value: nil, fraction: .zero, feedback: html ? self.html() : optional())) }
        return answers
    }

    private mutating func fraction() -> Fraction {
        [Fraction.zero, Fraction(percent: -50), Fraction(units: 1_428_571), Fraction(percent: 50)]
            .randomElement(using: &random) ?? .zero
    }

    private mutating func optional() -> RichText? { chance() ? rich() : nil }

    private mutating func rich() -> RichText {
        switch Int.random(in: 0...3, using: &random) {
        case 0: return html()
        case 1: return RichText(word() + "\n\n" + word(), format: .markdown)
        case 2: return RichText(word(), format: .moodle)
        default: return RichText(word() + " " + word())
        }
    }

    private mutating func html() -> RichText {
        var text =
            "<p class=\"x\">"
            + word().replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
        text += "<br/></p>"
        var files: [MediaFile] = []
        if chance() { text += "<math xmlns=\"http://www.w3.org/1998/Math/MathML\"><mi>x</mi></math>" }
        if chance() {
            let file = MediaFile(folder: "/рис/", name: "схема №1 (а).png", data: Data([1, 2, 3]))
            files = [file]
            text += "<p><img src=\"\(file.reference)\" alt=\"схема\"/></p>"
        }
        return RichText(text, format: .html, files: files)
    }

    private mutating func word() -> String {
        let words = [
            "Слово", "a~b=c#d", "{скобки}", "\\(x^2\\)", "$$\\frac{a}{b}$$", "%50% доли", "[html] не формат", "А: б",
            "\"кавычки\"",
            "a < b & c > d", "ё́ 😀", "C:\\new\\table", "&amp; &#39;", "конец;", "//не комментарий", "a -> b", "1. пункт",
        ]
        return words.randomElement(using: &random) ?? ""
    }

    private mutating func chance() -> Bool { Bool.random(using: &random) }
}
