import Attestation
import Foundation
import QuestionBank
import Testing

/// Every kind of question with secrets in all the places that a candidate must not see.
enum SecretQuestions {
    static let secret = RichText(
        "СЕКРЕТ",
        format: .html,
        files: [MediaFile(name: "СЕКРЕТ.png", data: Data("secret".utf8))]
    )
    static let shown = RichText(
        "@@PLUGINFILE@@/a.png",
        format: .html,
        files: [MediaFile(name: "a.png", data: Data([1]))]
    )

    static var interactions: [Interaction] {
        let options = (1...3).map {
            Choice.Option(text: RichText("в\($0)"), fraction: Fraction(percent: $0 == 1 ? 100 : -31), feedback: secret)
        }
        let number = NumericEntry(
            answers: [.init(value: ExactDecimal(31337), fraction: .full, feedback: secret)],
            units: UnitRule(units: [.init(name: "м", multiplier: .one)], penalty: Fraction(percent: 31), display: .list)
        )
        let text = TextEntry(answers: [.init(text: "СЕКРЕТ", feedback: secret)])
        return [
            .choice(Choice(isSingle: true, options: options)),
            .choice(Choice(isSingle: false, options: options)),
            .trueFalse(TrueFalse(isTrue: true, rightFeedback: secret, wrongFeedback: secret)),
            .numeric(number),
            .shortText(text),
            .matching(Matching(pairs: (1...3).map { .init(prompt: RichText("л\($0)"), match: RichText("п\($0)")) })),
            .ordering(Ordering(items: (1...5).map { RichText("ш\($0)") }, selection: .random, selectionCount: 4)),
            .cloze(
                Cloze(gaps: [
                    .init(entry: .choice(.init(options: options, isShuffled: true))), .init(entry: .numeric(number)),
                    .init(weight: ExactDecimal(31), entry: .text(text)),
                ])
            ),
            .open(OpenResponse(text: .init(template: RichText("План ответа")), graderNote: secret)),
            .open(OpenResponse(text: nil, files: .init(maximum: 2, types: ["image"]), graderNote: secret)),
        ]
    }

    static var questions: [Question] {
        interactions.enumerated().map { number, interaction in
            var question = Samples.asking(interaction, number: number + 1)
            question.content.title = "СЕКРЕТ"
            question.content.prompt.files = shown.files
            question.content.externalID = "СЕКРЕТ"
            question.content.tags = ["СЕКРЕТ"]
            question.content.explanation = secret
            question.content.feedback = OutcomeFeedback(correct: secret, partlyCorrect: secret, incorrect: secret)
            question.content.hints = [Hint(text: secret)]
            return question
        }
    }
}

@Suite("D1, D2: every kind of question on a ticket")
struct KindTests {
    private static let shownDigest = MediaFile(name: "", data: Data([1])).sha256

    @Test("A candidate sees of no kind a key, a fraction, feedback, a hint, a title, or a file of those")
    func noTrace() throws {
        let questions = SecretQuestions.questions
        #expect(Set(questions.map(\.content.type)) == Set(QuestionType.asked))
        let ticket = try Samples.ticket(questions, shuffled: true)
        let secretFile = MediaFile(name: "", data: Data("secret".utf8)).sha256
        for item in ticket.items {
            let question = try #require(questions.first { $0.id == item.questionID })
            let view = try TicketItemView(item: item, question: question)
            // A digest may hold any two digits.
            let json = String(decoding: try CanonicalJSON.encode(view), as: UTF8.self)
                .replacing(Self.shownDigest, with: "")
            let traces = [
                "СЕКРЕТ", "%D0%A1%D0%95", "31", "fraction", "feedback", "is_true", "answers", "\"key\"", "penalty",
                "tolerance", "grader", "hint", "weight", "tags", secretFile, question.id.uuidString.lowercased(),
            ]
            for trace in traces { #expect(!json.contains(trace), "\(trace) in \(json)") }
            #expect(view.files.map(\.reference) == ["@@PLUGINFILE@@/a.png"])
        }
    }

    @Test("Taking the files out of a question and putting them back changes nothing, and no secret file is shown")
    func files() throws {
        for question in SecretQuestions.questions {
            var content = question.content
            var kept: [String: Data] = [:]
            content.detachFiles { kept[$0.sha256] = $0.data }
            #expect(kept.count == 2)
            let json = try CanonicalJSON.encode(content)
            #expect(try CanonicalJSON.decode(BankQuestion.self, from: json) == content)
            #expect(try Question.digest(of: content) == Question.digest(of: question.content))
            content.attachFiles { kept[$0] ?? Data() }
            #expect(content == question.content)
        }
    }

    @Test("Things to be ordered are drawn as the question says: all, some from anywhere, or neighbours")
    func selections() throws {
        let items = (0..<6).map { RichText("\($0)") }
        for (selection, count) in [(Ordering.Selection.all, 6), (.random, 4), (.contiguous, 3)] {
            let ordering = Ordering(items: items, selection: selection, selectionCount: selection == .all ? 0 : count)
            let question = Samples.asking(.ordering(ordering))
            var firsts: Set<Int> = []
            var orders: Set<[Int]> = []
            for seed in 0..<400 {
                var blueprint = Blueprint(sections: [BlueprintSection(count: 1)], durationSeconds: 600)
                blueprint.shuffleOptions = false
                let ticket = try Samples.deal(blueprint, [question], seed: Samples.seed(seed))
                let order = ticket.items[0].optionOrder
                #expect(order.count == count && Set(order).count == count)
                let sorted = order.sorted()
                if selection == .contiguous { #expect(sorted.last! - sorted.first! == count - 1) }
                firsts.insert(sorted[0])
                orders.insert(order)
                _ = try TicketItemView(item: ticket.items[0], question: question)
            }
            #expect(firsts.count == (selection == .all ? 1 : selection == .random ? 3 : 4))
            #expect(orders.count > 20)
        }
    }

    @Test("A question that keeps its order keeps it on the ticket, and one that is hidden is on none")
    func keepsOrder() throws {
        var choice = Choice(isSingle: true, options: (1...5).map { .init(text: RichText("\($0)"), fraction: .full) })
        choice.isShuffled = false
        let question = Samples.asking(.choice(choice))
        let blueprint = Blueprint(sections: [BlueprintSection(count: 1)], durationSeconds: 600)
        for seed in 0..<20 {
            let ticket = try Samples.deal(blueprint, [question], seed: Samples.seed(seed))
            #expect(ticket.items[0].optionOrder == [0, 1, 2, 3, 4])
        }
        for interaction in [Interaction.description, question.content.interaction] {
            var hidden = Samples.asking(interaction)
            hidden.content.isHidden = interaction != .description
            #expect(throws: TicketError(.blueprintNotMet, "")) {
                try Samples.deal(blueprint, [hidden], seed: Samples.seed(1))
            }
        }
    }

    @Test(
        "A topic holds what lies below it, and a slash in a name is no level",
        arguments: [
            (["Сети"], ["Сети"], true), (["Сети"], ["Сети", "OSI"], true), (["Сети"], ["Сети 2"], false),
            (["TCP"], ["TCP/IP"], false), (["TCP/IP"], ["TCP/IP", "Порты"], true), (["Сети", "OSI"], ["Сети"], false),
        ]
    )
    func topics(_ outer: [String], _ inner: [String], _ isInside: Bool) {
        #expect(TopicPath.contains(TopicPath.text(outer), TopicPath.text(inner)) == isInside)
        #expect(TopicPath.names(TopicPath.text(inner)) == inner)
    }
}
