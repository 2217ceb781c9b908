public import Foundation
public import QuestionBank

/// An adaptive practice test (тест-тренинг адаптивный, S1 5.23–5.24): the next question is the one that tells most at
/// the ability that the answers so far show. Its questions belong to the pool `practice` and stand on no exam's ticket.
public struct PracticeSession: Hashable, Sendable, Codable, Identifiable {
    /// The most questions of a test.
    public static let longest = 20
    /// The fewest questions before the estimate may end a test.
    public static let shortest = 5
    /// The standard error at which a test ends.
    public static let wantedError = 0.45

    /// A question of the test and what became of it.
    public struct Step: Hashable, Sendable, Codable {
        /// The question as it is shown.
        public var item: TicketItem
        /// How the question behaves.
        public var parameters: ItemParameters
        /// The answer; nil while the question waits.
        public var answer: Answer?
        /// The part of the points that it earned.
        public var earned: Fraction?
    }

    /// The test's identifier.
    public let id: UUID
    /// Who practises.
    public let candidateID: UUID
    /// The discipline.
    public let discipline: String
    /// When it began.
    public let startedAt: Date
    /// From which everything random in it comes.
    public let seed: TicketSeed
    /// The questions so far.
    public private(set) var steps: [Step] = []
    /// Whether it is over.
    public private(set) var isFinished = false

    enum CodingKeys: String, CodingKey {
        case id, discipline, seed, steps
        case candidateID = "candidate_id"
        case startedAt = "started_at"
        case isFinished = "is_finished"
    }

    /// Begins a test.
    ///
    /// - Parameter pool: the discipline's bank; only what is for practice and graded without a person is asked.
    public init(
        id: UUID,
        candidateID: UUID,
        discipline: String,
        at now: Date,
        seed: TicketSeed,
        pool: [QuestionSummary]
    ) {
        self.id = id
        self.candidateID = candidateID
        self.discipline = discipline
        startedAt = now.toMillisecond
        self.seed = seed
        askNext(from: pool)
    }

    /// The question that waits for an answer; nil when the test is over.
    public var current: Step? { isFinished ? nil : steps.last }

    /// What the answers so far tell.
    public var estimate: AbilityEstimate {
        AbilityEstimate(
            steps.compactMap { step in
                step.earned.map { (step.parameters, Double($0.units) / Double(Fraction.unitsOfWhole)) }
            }
        )
    }

    /// Takes the answer to the current question, grades it and asks the next one.
    ///
    /// - Throws: ``TicketError`` with code `questionMismatch` when `question` is not the current one, or the test is over.
    public mutating func take(_ answer: Answer, to question: Question, pool: [QuestionSummary]) throws(TicketError) {
        guard let current else { throw TicketError(.questionMismatch, "The practice test is over.") }
        try current.item.requireMatch(question)
        let fits = !answer.isBlank && answer.problems(for: current.item).isEmpty
        let earned = fits ? Grader.earned(by: answer, current.item, question.content.interaction) : .zero
        steps[steps.count - 1].answer = answer
        steps[steps.count - 1].earned = Fraction(units: min(max(earned.units, 0), Fraction.unitsOfWhole))
        let estimate = estimate
        if steps.count >= Self.longest || (steps.count >= Self.shortest && estimate.standardError <= Self.wantedError) {
            isFinished = true
        } else {
            askNext(from: pool)
        }
    }

    /// Asks the question that tells most at the present ability; of equals any.
    private mutating func askNext(from pool: [QuestionSummary]) {
        let asked = Set(steps.map(\.item.questionID))
        let open = SectionPool.sorted(pool).filter { $0.isPractice && !$0.type.needsPerson && !asked.contains($0.id) }
        let ability = estimate.ability
        func information(_ question: QuestionSummary) -> Double {
            ItemParameters(level: question.difficulty).information(at: ability)
        }
        guard let most = open.map(information).max() else {
            isFinished = true
            return
        }
        let best = open.filter { information($0) >= most - 1e-9 }
        guard var random = try? DeterministicRandom(seed: seed.further(steps.count)) else { return }
        let question = best[random.number(below: best.count)]
        let item = TicketItem(number: steps.count + 1, showing: PlannedQuestion(question), &random)
        steps.append(Step(item: item, parameters: ItemParameters(level: question.difficulty)))
    }
}

extension TicketItem {
    /// An item outside of a ticket, mixed as on one.
    init(number: Int, showing question: PlannedQuestion, _ random: inout DeterministicRandom) {
        let orders = ItemOrders(of: question, shuffling: true, &random)
        self.init(
            number: number,
            questionID: question.id,
            questionVersion: question.version,
            type: question.type,
            points: question.points,
            optionOrder: orders.options,
            matchOrder: orders.matches,
            gapOrders: orders.gaps
        )
    }

    /// A sample task: the question alone, always mixed in the same way.
    public static func sample(of question: Question, number: Int) -> TicketItem? {
        guard
            let seed = try? TicketSeed.derive("attestd sample task", secret: question.id.bytes + question.id.bytes, []),
            question.summary.isPractice
        else { return nil }
        var random = DeterministicRandom(seed: seed)
        return TicketItem(number: number, showing: PlannedQuestion(question.summary), &random)
    }
}

extension TicketSeed {
    /// The seed of a later step.
    fileprivate func further(_ step: Int) throws(TicketError) -> TicketSeed {
        try TicketSeed.derive("attestd practice step", secret: bytes, [UInt32(step).bigEndianBytes])
    }
}
