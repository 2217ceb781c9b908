import Attestation
import Foundation
import QuestionBank
import Testing

@Suite struct GraderTests {
    @Test(
        "Each kind earns what its key says",
        arguments: [
            ("В?{=а ~%50%б ~в ~%-100%г}", Answer.choice(0), 100),
            ("В?{=а ~%50%б ~в ~%-100%г}", .choice(1), 50),
            ("В?{=а ~%50%б ~в ~%-100%г}", .choice(2), 0),
            ("В?{=а ~%50%б ~в ~%-100%г}", .choice(3), 0),
            ("В?{=а ~%50%б ~в ~%-100%г}", .choice(9), 0),
            ("В?{~%50%а ~%50%б ~%-50%в}", .choices([0, 1]), 100),
            ("В?{~%50%а ~%50%б ~%-50%в}", .choices([1]), 50),
            ("В?{~%50%а ~%50%б ~%-50%в}", .choices([1, 2]), 0),
            ("В?{~%50%а ~%50%б ~%-50%в}", .choices([0, 1, 2]), 50),
            ("В?{~%50%а ~%50%б ~%-50%в}", .choices([]), 0),
            ("В?{~%33.33333%а ~%33.33333%б ~%33.33333%в ~%-100%г}", .choices([2, 1, 0]), 100),
            ("В?{~%33.33333%а ~%33.33333%б ~%33.33333%в ~%-100%г}", .choices([2]), 33),
            ("В?{T}", .truth(true), 100),
            ("В?{T}", .truth(false), 0),
            ("В?{F}", .truth(false), 100),
            ("В?{#3.14:0.01}", .number("3,15"), 100),
            ("В?{#3.14:0.01}", .number("3.151"), 0),
            ("В?{#0.1:0.2}", .number("0.3"), 100),
            ("В?{#1..5}", .number("5"), 100),
            ("В?{#1..5}", .number("\u{2212}1"), 0),
            ("В?{#1000}", .number("1 000"), 100),
            ("В?{#=10 =%50%10:5}", .number("10"), 100),
            ("В?{#=%50%10:5 =10}", .number("10"), 50),
            ("В?{#=10 =%50%10:5}", .number("12"), 50),
            ("В?{#=10 =%20%*}", .number("99"), 20),
            ("В?{=Целостность}", .text("  целостность "), 100),
            ("В?{=Ёлка зелёная}", .text("елка   зеленая"), 100),
            ("В?{=%80%Масква =Москва}", .text("масква"), 80),
            ("В?{=Москва}", .text("Москва река"), 0),
            ("В?{=моск*а}", .text("Московская"), 0),
            ("В?{=моск*а}", .text("Москва"), 100),
            ("В?{=*крипто*}", .text("Про криптографию"), 100),
            ("В?{=2\\\\*2}", .text("2*2"), 100),
            ("В?{=2\\\\*2}", .text("2002"), 0),
            ("В?{=й}", .text("и\u{306}"), 100),
            ("В?{=а -> 1 =б -> 2 =в -> 3}", .matches([0, 1, 2]), 100),
            ("В?{=а -> 1 =б -> 2 =в -> 3}", .matches([0, 2, nil]), 33),
            ("В?{=а -> 1 =б -> 2 =в -> 1}", .matches([0, 1, 0]), 100),
            ("В?{=а -> 1 =б -> 2 =в -> 3}", .truth(true), 0),
        ]
    )
    func points(_ gift: String, _ answer: Answer, _ hundredths: Int) throws {
        let question = try Samples.question(gift)
        // The view's order is the question's own here; the mapping has its own test.
        let ticket = try Samples.ticket([question])
        let order = ticket.items[0].matchOrder
        var answer = answer
        if case .matches(let places) = answer, !order.isEmpty {
            answer = .matches(places.map { $0.flatMap(order.firstIndex) })
        }
        let result = try Grader.grade(ticket: ticket, questions: [question], answers: [1: answer], scale: .fivePoint)
        #expect(result.awarded.hundredths == hundredths)
        #expect(result.percent == hundredths)
    }

    @Test("Choosing everything earns nothing even where the author gave wrong options no weight")
    func everything() throws {
        let question = try Samples.question("В?{~%50%а ~%50%б ~в ~г ~д}")
        let ticket = try Samples.ticket([question])
        func awarded(_ places: [Int]) throws -> Int {
            try Grader.grade(ticket: ticket, questions: [question], answers: [1: .choices(places)], scale: .passFail)
                .awarded.hundredths
        }
        #expect(try awarded([0, 1]) == 100)
        #expect(try awarded([0, 1, 2]) == 67)
        #expect(try awarded([0, 1, 2, 3, 4]) == 0)
    }

    @Test("Places shown are mapped back through the ticket's order, whatever it is")
    func mapping() throws {
        let bank = try Samples.bank().questions
        for number in 0..<20 {
            let blueprint = Blueprint(sections: [BlueprintSection(count: 24)], durationSeconds: 3600)
            let ticket = try Ticket.draw(blueprint: blueprint, bank: bank.map(\.summary), seed: Samples.seed(number))
            var right: [Int: Answer] = [:]
            for item in ticket.items {
                let question = try #require(bank.first { $0.id == item.questionID })
                right[item.number] = Self.right(question, try TicketItemView(item: item, question: question))
            }
            let result = try Grader.grade(ticket: ticket, questions: bank, answers: right, scale: .fivePoint)
            #expect(result.awarded == result.maximum)
            #expect(result.grade == .excellent)
            #expect(!result.isPending)
        }
    }

    /// The right answer, found from what is shown.
    static func right(_ question: Question, _ view: TicketItemView) -> Answer {
        func place(_ text: RichText) -> Int { view.options.firstIndex { $0.text == text.text }! }
        switch question.content.interaction {
        case .choice(let choice):
            let right = choice.options.filter { $0.fraction > .zero }.map { place($0.text) }
            return choice.isSingle
                ? .choice(place(choice.options.first { $0.fraction == .full }!.text)) : .choices(right)
        case .trueFalse(let key): return .truth(key.isTrue)
        case .numeric(let entry): return .number(entry.answers[0].value?.description ?? "")
        case .shortText(let entry): return .text(entry.answers[0].text)
        case .matching(let matching):
            return .matches(
                view.pairPrompts.map { prompt in
                    let match = matching.pairs.first { $0.prompt.text == prompt.text }!.match
                    return view.pairChoices.firstIndex { $0.text == match.text }
                }
            )
        case .ordering(let ordering):
            let places = view.options.map { shown in ordering.items.firstIndex { $0.text == shown.text }! }
            return .order(places.indices.sorted { places[$0] < places[$1] })
        case .cloze, .open, .description: return .essay("Ответ")
        }
    }

    @Test("An answered essay waits for a person, and the grade with it")
    func essay() throws {
        let report = try Samples.read("А?{T}\n\nОпишите.{}")
        let ticket = try Samples.ticket(report.questions)
        func grade(_ answers: [Int: Answer], _ points: [Int: Points] = [:]) throws -> GradingResult {
            try Grader.grade(
                ticket: ticket,
                questions: report.questions,
                answers: answers,
                personPoints: points,
                scale: .passFail
            )
        }
        let answers: [Int: Answer] = [1: .truth(true), 2: .essay("Сначала…")]
        let waiting = try grade(answers)
        #expect(waiting.grade == nil)
        #expect(waiting.items[1].awarded == nil)
        #expect(waiting.items[1].needsPerson)
        #expect(try grade(answers, [2: Points(hundredths: 40)]).awarded == Points(hundredths: 140))
        #expect(try grade(answers, [2: .zero]).grade == .passed)
        #expect(try grade([1: .truth(true), 2: .essay(" \n")]).grade == .passed)
        #expect(try grade([:]).grade == .failed)
        #expect(throws: GradingError(.pointsOutOfRange, "")) { try grade(answers, [2: Points(hundredths: 101)]) }
        #expect(throws: GradingError(.notForPerson, "")) { try grade(answers, [1: .one]) }
        #expect(throws: GradingError(.notForPerson, "")) { try grade(answers, [7: .one]) }
    }

    @Test("A question that is missing or of another version is an error, not zero points")
    func missing() throws {
        var question = try Samples.question("А?{T}")
        let ticket = try Samples.ticket([question])
        question.version = 2
        #expect(throws: GradingError(.questionMismatch, "")) {
            try Grader.grade(ticket: ticket, questions: [question], answers: [:], scale: .fivePoint)
        }
    }

    @Test(
        "Thresholds are exact",
        arguments: [
            (8500, Grade.excellent), (8499, .good), (7000, .good), (6999, .satisfactory), (5000, .satisfactory),
            (4999, .unsatisfactory), (0, .unsatisfactory), (10000, .excellent),
        ]
    )
    func thresholds(_ awarded: Int, _ grade: Grade) {
        let maximum = Points(hundredths: 10_000)
        #expect(GradingScale.fivePoint.grade(awarded: Points(hundredths: awarded), maximum: maximum) == grade)
        let passes = awarded >= 5000
        #expect(
            GradingScale.passFail.grade(awarded: Points(hundredths: awarded), maximum: maximum)
                == (passes ? .passed : .failed)
        )
    }

    @Test("Two thirds of three points are not seventy percent by rounding")
    func noRounding() {
        let scale = GradingScale(thresholds: [.init(percent: 67, grade: .passed)], lowest: .failed)
        #expect(scale?.grade(awarded: Points(hundredths: 200), maximum: Points(hundredths: 300)) == .failed)
        #expect(GradingScale.fivePoint.grade(awarded: .zero, maximum: .zero) == .unsatisfactory)
    }

    @Test("A scale whose thresholds do not fall, repeat a grade or turn it round is refused")
    func invalidScales() {
        #expect(GradingScale(thresholds: [], lowest: .failed) == nil)
        #expect(GradingScale(thresholds: [.init(percent: 0, grade: .passed)], lowest: .failed) == nil)
        #expect(GradingScale(thresholds: [.init(percent: 50, grade: .failed)], lowest: .passed) == nil)
        let rising: [GradingScale.Threshold] = [
            .init(percent: 50, grade: .good), .init(percent: 60, grade: .excellent),
        ]
        #expect(GradingScale(thresholds: rising, lowest: .unsatisfactory) == nil)
        let json = Data(#"{"thresholds":[{"percent":500,"grade":"passed"}],"lowest":"failed"}"#.utf8)
        #expect(throws: DecodingError.self) { try CanonicalJSON.decode(GradingScale.self, from: json) }
    }

    @Test("Grades have the words and numbers of the grade sheet")
    func labels() {
        #expect(
            Grade.allCases.map(\.label) == [
                "отлично", "хорошо", "удовлетворительно", "неудовлетворительно", "зачтено", "не зачтено",
            ]
        )
        #expect(Grade.allCases.map(\.number) == [5, 4, 3, 2, nil, nil])
        #expect(Grade.allCases.filter(\.isPositive) == [.excellent, .good, .satisfactory, .passed])
    }
}
