import Attestation
import Foundation
import QuestionBank
import Testing

@Suite("D10: adaptive practice")
struct PracticeTests {
    @Test("Without answers nothing is known; right answers raise the estimate, wrong ones lower it, all narrow it")
    func estimates() {
        let none = AbilityEstimate([])
        #expect(abs(none.ability) < 1e-9 && abs(none.standardError - 1) < 0.01 && none.level == 3)
        let item = ItemParameters(difficulty: 0)
        let right = AbilityEstimate([(item, 1)])
        let wrong = AbilityEstimate([(item, 0)])
        let half = AbilityEstimate([(item, 0.5)])
        #expect(right.ability > 0.3 && abs(right.ability + wrong.ability) < 1e-9)
        #expect(abs(half.ability) < 1e-9)
        #expect(right.standardError < none.standardError)
        #expect(item.information(at: 0) == 0.25 && item.information(at: 2) < 0.25)
    }

    /// Five questions of each difficulty, two of them not for practice.
    static let questions: [Question] = (0..<60).map { number in
        var question = Samples.asking(.trueFalse(TrueFalse(isTrue: number % 2 == 0)), number: number + 1)
        question.content.difficulty = 1 + number % 5
        question.content.tags = number < 50 ? ["pool=practice"] : []
        return question
    }

    /// A candidate who answers as the model says.
    static func play(ability: Double, seed: Int) throws -> PracticeSession {
        var random = SplitMix(state: UInt64(seed))
        let pool = questions.map(\.summary)
        var session = PracticeSession(
            id: Samples.id(1),
            candidateID: Samples.id(2),
            discipline: "ИБ",
            at: Samples.start,
            seed: Samples.seed(seed),
            pool: pool
        )
        while let step = session.current {
            let question = try #require(questions.first { $0.id == step.item.questionID })
            guard case .trueFalse(let key) = question.content.interaction else { break }
            let isRight = Double.random(in: 0..<1, using: &random) < step.parameters.probability(at: ability)
            try session.take(.truth(isRight == key.isTrue), to: question, pool: pool)
        }
        return session
    }

    @Test("The estimate comes near the ability, the questions near the estimate, and none is for exams or comes twice")
    func plays() throws {
        for ability in [-1.5, 0.0, 1.5] {
            let sessions = try (0..<60).map { try Self.play(ability: ability, seed: 100 + $0) }
            let mean = sessions.reduce(0) { $0 + $1.estimate.ability } / 60
            // The prior draws towards 0; the order of abilities and the sign stay.
            #expect(abs(mean - ability * 0.8) < 0.35, "\(ability): \(mean)")
            for session in sessions {
                #expect((PracticeSession.shortest...PracticeSession.longest).contains(session.steps.count))
                #expect(session.isFinished && session.current == nil)
                let asked = session.steps.map(\.item.questionID)
                #expect(Set(asked).count == asked.count)
                #expect(Set(asked).isDisjoint(with: Self.questions.suffix(10).map(\.id)))
            }
            let last = sessions.compactMap { $0.steps.last?.parameters.difficulty }
            #expect(abs(last.reduce(0, +) / 60 - ability) < 0.8)
        }
    }

    @Test("A session comes back from its record, and a practice question is on no exam's ticket")
    func records() throws {
        let session = try Self.play(ability: 0, seed: 9)
        #expect(try CanonicalJSON.decode(PracticeSession.self, from: CanonicalJSON.encode(session)) == session)
        let all = Blueprint(sections: [BlueprintSection(count: 11)], durationSeconds: 600)
        let findings = TicketPlanner(blueprint: all, bank: Self.questions.map(\.summary)).findings()
        #expect(findings.map(\.code) == [.tooFewQuestions] && findings[0].available == 10)
        let fixed = Blueprint(sections: [BlueprintSection(fixed: [Self.questions[0].id])], durationSeconds: 600)
        #expect(
            TicketPlanner(blueprint: fixed, bank: Self.questions.map(\.summary)).findings().map(\.code) == [
                .fixedQuestion
            ]
        )
    }
}
