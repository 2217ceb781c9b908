import Attestation
import Foundation
import QuestionBank
import Testing

@Suite("D1: the newer kinds are graded by their rules")
struct KindGradingTests {
    /// Hundredths of one point.
    static func earned(_ interaction: Interaction, _ answer: (TicketItem) -> Answer) throws -> Int? {
        let question = Samples.asking(interaction)
        let ticket = try Samples.ticket([question], shuffled: true)
        let answer = answer(ticket.items[0])
        #expect(ticket.problems(with: answer, toItem: 1).isEmpty)
        return try Grader.grade(ticket: ticket, questions: [question], answers: [1: answer], scale: .fivePoint)
            .items[0].awarded?.hundredths
    }

    /// Worked by hand from the documentation of Moodle's "Ordering" type.
    static let orders: [(Ordering.Grading, [Int], Int)] = [
        (.allOrNothing, [0, 1, 2, 3, 4], 100), (.allOrNothing, [1, 0, 2, 3, 4], 0),
        (.absolutePosition, [1, 0, 2, 3, 4], 60), (.absolutePosition, [4, 3, 2, 1, 0], 20),
        (.relativeNextExcludingLast, [4, 0, 1, 2, 3], 75), (.relativeNextExcludingLast, [4, 3, 2, 1, 0], 0),
        (.relativeNextIncludingLast, [4, 0, 1, 2, 3], 60), (.relativeNextIncludingLast, [0, 1, 2, 3, 4], 100),
        (.relativeOnePreviousAndNext, [4, 0, 1, 2, 3], 60), (.relativeOnePreviousAndNext, [0, 1, 2, 3, 4], 100),
        (.relativeAllPreviousAndNext, [4, 0, 1, 2, 3], 60), (.relativeAllPreviousAndNext, [4, 3, 2, 1, 0], 0),
        (.longestOrderedSubset, [0, 4, 1, 3, 2], 60), (.longestOrderedSubset, [4, 3, 2, 1, 0], 0),
        (.longestContiguousSubset, [0, 4, 1, 2, 3], 60), (.longestContiguousSubset, [0, 2, 4, 1, 3], 0),
        (.relativeToCorrect, [0, 1, 2, 3, 4], 100), (.relativeToCorrect, [1, 0, 2, 3, 4], 90),
        (.relativeToCorrect, [4, 3, 2, 1, 0], 40),
    ]

    @Test("An order earns what its rule says", arguments: orders)
    func ordering(_ grading: Ordering.Grading, _ given: [Int], _ hundredths: Int) throws {
        let ordering = Ordering(items: (0..<5).map { RichText("\($0)") }, grading: grading)
        let earned = try Self.earned(.ordering(ordering)) { item in
            .order(given.map { item.optionOrder.firstIndex(of: $0)! })
        }
        #expect(earned == hundredths)
    }

    @Test("Of some things of an order the right order is that of those shown")
    func someThings() throws {
        let ordering = Ordering(items: (0..<9).map { RichText("\($0)") }, selection: .random, selectionCount: 4)
        let earned = try Self.earned(.ordering(ordering)) { item in
            .order(item.optionOrder.indices.sorted { item.optionOrder[$0] < item.optionOrder[$1] })
        }
        #expect(earned == 100)
    }

    @Test("Gaps earn their parts by their weights, and a wrong one takes nothing from another")
    func cloze() throws {
        let options = [("а", 100), ("б", -100), ("в", 0)].map {
            Choice.Option(text: RichText($0.0), fraction: Fraction(percent: $0.1))
        }
        let cloze = Cloze(gaps: [
            .init(weight: ExactDecimal(2), entry: .choice(.init(options: options, isShuffled: true))),
            .init(entry: .numeric(NumericEntry(answers: [.init(value: ExactDecimal(443))]))),
            .init(
                entry: .text(
                    TextEntry(answers: [.init(text: "ёж"), .init(text: "*", fraction: Fraction(percent: 50))])
                )
            ),
        ])
        func earned(_ option: Int?, _ number: Answer?, _ text: String?) throws -> Int? {
            try Self.earned(.cloze(cloze)) { item in
                .gaps([
                    option.map { .choice(item.gapOrders[0].firstIndex(of: $0)!) }, number, text.map { .text($0) },
                ])
            }
        }
        #expect(try earned(0, .number("443"), "Еж") == 100)
        #expect(try earned(1, .text("443"), "ёж") == 50)
        #expect(try earned(0, nil, nil) == 50)
        #expect(try earned(nil, .number("444"), "уж") == 13)
        #expect(try earned(nil, nil, nil) == 0)
    }

    @Test("All or nothing means all, for options and for pairs")
    func allOrNothing() throws {
        let options = [100, 100, 0, 0].map {
            Choice.Option(text: RichText("\($0)"), fraction: Fraction(percent: $0 / 2))
        }
        let choice = Interaction.choice(Choice(isSingle: false, options: options, isAllOrNothing: true))
        for (chosen, hundredths) in [([0, 1], 100), ([0], 0), ([0, 1, 2], 0), ([], 0)] {
            let earned = try Self.earned(choice) { item in .choices(chosen.map { item.optionOrder.firstIndex(of: $0)! })
            }
            #expect(earned == hundredths)
        }
        let pairs = (0..<3).map { Matching.Pair(prompt: RichText("л\($0)"), match: RichText("п\($0)")) }
        let matching = Interaction.matching(Matching(pairs: pairs, isAllOrNothing: true))
        for (right, hundredths) in [(3, 100), (2, 0)] {
            let earned = try Self.earned(matching) { item in
                .matches(item.optionOrder.map { $0 < right ? item.matchOrder.firstIndex(of: $0) : nil })
            }
            #expect(earned == hundredths)
        }
    }

    @Test("A number in another unit is converted, and a missing unit costs what the question says")
    func units() throws {
        func earned(_ value: String, _ unit: String?, _ grading: UnitRule.Grading) throws -> Int? {
            let rule = UnitRule(
                units: [.init(name: "м", multiplier: .one), .init(name: "см", multiplier: ExactDecimal(100))],
                grading: grading,
                penalty: Fraction(percent: 10)
            )
            let answers = [
                NumericEntry.Answer(value: ExactDecimal(2)),
                NumericEntry.Answer(value: ExactDecimal(3), fraction: Fraction(percent: 50)),
            ]
            return try Self.earned(.numeric(NumericEntry(answers: answers, units: rule))) { _ in
                .number(value, unit: unit)
            }
        }
        #expect(try earned("200", " см", .optional) == 100)
        #expect(try earned("2", "м", .partOfAnswer) == 100)
        #expect(try earned("2", nil, .optional) == 100)
        #expect(try earned("2", "кг", .optional) == 0)
        #expect(try earned("3", nil, .partOfAnswer) == 45)
        #expect(try earned("3", "кг", .partOfQuestion) == 40)
        #expect(try earned("200", nil, .partOfAnswer) == 0)
    }

    @Test("Files and essays that were answered wait for a person, blank ones earn nothing")
    func open() throws {
        let files = Interaction.open(OpenResponse(text: nil, files: .init(maximum: 3)))
        let essay = Interaction.open(OpenResponse(text: .init(), files: .init(maximum: 3)))
        #expect(try Self.earned(files) { _ in .files([Samples.id(1)]) } == nil)
        #expect(try Self.earned(files) { _ in .files([]) } == 0)
        #expect(try Self.earned(essay) { _ in .files([], text: "Сначала…") } == nil)
        #expect(try Self.earned(essay) { _ in .essay("Сначала…") } == nil)
        #expect(try Self.earned(essay) { _ in .files([], text: " ") } == 0)
    }
}
