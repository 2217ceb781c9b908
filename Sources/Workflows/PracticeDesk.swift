package import Attestation
import Cryptography
package import Foundation
import QuestionBank
import Storage

/// Sample tasks and adaptive practice tests, open to candidates before the attestation (row D10, S1 5.23–5.24).
///
/// Their questions belong to the pool `practice` (tag `pool=practice`), which no exam draws from.
package struct PracticeDesk: Sendable {
    let services: Services

    /// Creates the workflow.
    package init(_ services: Services) {
        self.services = services
    }

    /// A practice test as its candidate sees it.
    package struct Standing: Sendable {
        package var session: PracticeSession
        /// The question that waits.
        package var current: TicketItemView?
        /// What the last answer earned, with what is said about the question.
        package var last: Feedback?
    }

    /// What a candidate learns about an answer.
    package struct Feedback: Sendable {
        package var number: Int
        /// Whole percent of the points.
        package var percent: Int
        package var explanation: ShownText?
    }

    /// A page of a discipline's sample tasks in the order of the bank.
    package func sampleTasks(of discipline: String, limit: Int) async throws -> [TicketItemView] {
        try await services.database.read { [services] stores in
            let pool = try services.banks.summaries(discipline: discipline, in: stores).filter(\.isPractice)
            return try pool.prefix(limit).enumerated().compactMap { index, summary in
                guard let question = try stores.question(summary.id, version: summary.version),
                    let item = TicketItem.sample(of: question, number: index + 1)
                else { return nil }
                return try TicketItemView(item: item, question: question)
            }
        }
    }

    /// Begins a test.
    ///
    /// - Throws: `Refusal` where the discipline has nothing to practise with.
    package func start(_ discipline: String, principal: Principal) async throws -> Standing {
        let now = services.now()
        let seed = try TicketSeed(bytes: services.random.bytes(count: TicketSeed.byteCount))
        return try await services.database.write { [services] stores in
            let session = PracticeSession(
                id: services.makeID(at: now),
                candidateID: principal.id,
                discipline: discipline,
                at: now,
                seed: seed,
                pool: try services.banks.summaries(discipline: discipline, in: stores)
            )
            guard session.current != nil else { throw Self.nothingToPractise }
            try stores.savePracticeSession(session)
            return try Self.standing(of: session, in: stores)
        }
    }

    /// A test as it stands.
    ///
    /// - Throws: `Refusal`.
    package func standing(of id: UUID, principal: Principal) async throws -> Standing {
        try await services.database.read { stores in
            try Self.standing(of: Self.own(id, principal, in: stores), in: stores)
        }
    }

    /// Takes the answer to the question with a number. The same number again changes nothing.
    ///
    /// - Throws: `Refusal`.
    package func answer(_ answer: Answer, number: Int, id: UUID, principal: Principal) async throws -> Standing {
        try await services.database.write { [services] stores in
            var session = try Self.own(id, principal, in: stores)
            if session.steps.contains(where: { $0.item.number == number && $0.answer != nil }) {
                return try Self.standing(of: session, in: stores)
            }
            guard let current = session.current, current.item.number == number else { throw Self.notAsked }
            if let problem = answer.problems(for: current.item).first {
                throw Refusal(.unprocessable, "answer_refused", ru: problem.message.ru, en: problem.message.en)
            }
            let question = try AttemptGrading.question(of: current.item, in: stores)
            let pool = try services.banks.summaries(discipline: session.discipline, in: stores)
            try session.take(answer, to: question, pool: pool)
            try stores.savePracticeSession(session)
            return try Self.standing(of: session, in: stores)
        }
    }

    private static func own(_ id: UUID, _ principal: Principal, in stores: any Stores) throws -> PracticeSession {
        guard let session = try stores.practiceSession(id) else {
            throw Refusal(
                .notFound,
                "practice_unknown",
                ru: "Такого тренинга нет.",
                en: "There is no such practice test."
            )
        }
        guard session.candidateID == principal.id else { throw Refusal.otherCandidate }
        return session
    }

    private static func standing(of session: PracticeSession, in stores: any Stores) throws -> Standing {
        let current = try session.current.map { step in
            try TicketItemView(item: step.item, question: AttemptGrading.question(of: step.item, in: stores))
        }
        let last = try session.steps.last { $0.earned != nil }.map { step in
            let question = try AttemptGrading.question(of: step.item, in: stores)
            return Feedback(
                number: step.item.number,
                percent: (step.earned?.units ?? 0) * 100 / Fraction.unitsOfWhole,
                explanation: question.content.explanation.map { ShownText($0) }
            )
        }
        return Standing(session: session, current: current, last: last)
    }

    private static let nothingToPractise = Refusal(
        .notFound,
        "nothing_to_practise",
        ru: "По этой дисциплине тренировочных заданий пока нет.",
        en: "There are no practice questions of this discipline yet."
    )

    private static let notAsked = Refusal(
        .conflict,
        "question_not_asked",
        ru: "Этот вопрос сейчас не задан: обновите тренинг.",
        en: "This question is not asked now: read the practice test again."
    )
}
