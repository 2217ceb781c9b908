import Accounts
package import Attestation
package import Foundation
import Proctoring
import Storage

/// Saves answers while an attempt runs (row A4): a closed attempt is read-only, and every try to write is recorded.
package struct AnswerSaving: Sendable {
    let services: Services

    /// Creates the workflow.
    package init(_ services: Services) {
        self.services = services
    }

    private enum Outcome: Sendable {
        case saved(SavedAnswer)
        case refused(Refusal)
    }

    /// Saves an answer. The same answer again is the same version.
    ///
    /// - Throws: `Refusal`.
    package func save(
        _ answer: Answer,
        number: Int,
        attemptID: UUID,
        principal: Principal
    ) async throws -> SavedAnswer {
        let now = services.now()
        let outcome = try await services.database.write { [services] stores -> Outcome in
            let attempt = try AttemptAccess.own(attemptID, of: principal, in: stores)
            let recorder = EventRecorder(services: services, stores: stores)
            guard let ticket = attempt.ticket, attempt.acceptsAnswers(at: now) else {
                // The refusal is a value here, so that its event becomes durable.
                try recorder.recordRefusedWrite(of: "answer \(number)", to: attempt, at: now)
                return .refused(attempt.startedAt == nil ? Self.notStarted : Refusal.attemptClosed)
            }
            let problems = ticket.problems(with: answer, toItem: number)
            guard problems.isEmpty else { throw Self.answerRefused(problems) }
            if let refusal = try DemandKeeper(services: services).refusal(
                of: attempt,
                session: principal.credentialID.lowercased,
                at: now,
                in: stores
            ) {
                return .refused(refusal)
            }
            let previous = try stores.answer(attemptID: attemptID, number: number)
            if let previous, previous.answer == answer { return .saved(previous) }
            let saved = SavedAnswer(
                attemptID: attemptID,
                number: number,
                version: (previous?.version ?? 0) + 1,
                savedAt: now,
                answer: answer
            )
            try stores.saveAnswer(saved)
            let facts = ["number": String(number), "version": String(saved.version)]
            try recorder.record(.answerSaved, attempt: attempt, at: now, facts: facts)
            return .saved(saved)
        }
        switch outcome {
        case .saved(let saved): return saved
        case .refused(let refusal): throw refusal
        }
    }

    /// The answers saved so far.
    ///
    /// - Throws: `Refusal`.
    package func answers(attemptID: UUID, principal: Principal) async throws -> [SavedAnswer] {
        try await services.database.read { stores in
            let attempt = try AttemptAccess.visible(attemptID, to: principal, in: stores)
            return try stores.answers(attemptID: attempt.id)
        }
    }

    private static let notStarted = Refusal(
        .conflict,
        "attempt_not_started",
        ru: "Попытка ещё не начата.",
        en: "The attempt has not started."
    )

    private static func answerRefused(_ problems: [AnswerProblem]) -> Refusal {
        let isUnknown = problems.contains { $0.code == .unknownItem }
        return Refusal(
            isUnknown ? .notFound : .unprocessable,
            isUnknown ? "item_unknown" : "answer_refused",
            ru: problems.first?.message.ru ?? "Ответ не подходит к вопросу.",
            en: problems.first?.message.en ?? "The answer does not fit the question.",
            faults: problems.map {
                Refusal.Fault(code: $0.code.rawValue, message: LocalizedText($0.message))
            }
        )
    }
}
