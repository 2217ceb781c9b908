import Accounts
package import Attestation
package import Foundation
import Proctoring
import Storage
import TransparencyLog

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

    /// Saves an answer as it is typed. The same answer again is the same version.
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
            let found = try AttemptAccess.own(attemptID, of: principal, in: stores)
            let attempt = try AttemptKeeper(services: services).settle(found, at: now, in: stores)
            guard attempt.ticket != nil, attempt.state.acceptsAnswers else {
                // The refusal is a value here, so that its event becomes durable.
                let refusal = Self.refusal(of: attempt)
                try EventRecorder(services: services, stores: stores)
                    .recordRefusedWrite(of: "answer \(number)", to: attempt, reason: refusal.rawValue, at: now)
                return .refused(Refusal(refusal))
            }
            let problems = try AnswerFiles.problems(with: answer, toItem: number, of: attempt, in: stores)
            guard problems.isEmpty else { throw Self.answerRefused(problems) }
            if let refusal = try DemandKeeper(services: services).refusal(
                of: attempt,
                by: principal,
                at: now,
                in: stores
            ) {
                try EventRecorder(services: services, stores: stores)
                    .recordRefusedWrite(of: "answer \(number)", to: attempt, reason: refusal.code, at: now)
                return .refused(refusal)
            }
            let writer = AnswerWriter(services: services, attempt: attempt, now: now)
            return .saved(try writer.write(answer, number: number, givenAt: now, origin: nil, in: stores).saved)
        }
        switch outcome {
        case .saved(let saved): return saved
        case .refused(let refusal): throw refusal
        }
    }

    /// What a saved answer still lacks of what its question asks for; empty for closed questions.
    ///
    /// - Throws: `Refusal`.
    package func shortfalls(of saved: SavedAnswer, principal: Principal) async throws -> [AnswerProblem] {
        try await AnswerFiles(services).shortfalls(
            of: saved.answer,
            number: saved.number,
            attemptID: saved.attemptID,
            principal: principal
        )
    }

    /// The answers saved so far, for the candidate and for staff that may look at attempts, which is recorded (row F5).
    ///
    /// - Throws: `Refusal`.
    package func answers(attemptID: UUID, principal: Principal) async throws -> [SavedAnswer] {
        let (answers, candidate) = try await services.database.read { stores in
            let attempt = try AttemptAccess.visible(attemptID, to: principal, in: stores)
            return (try stores.answers(attemptID: attempt.id), attempt.candidateID)
        }
        try await AccessJournal(services).noteWork("answers", of: [candidate], task: attemptID, by: principal)
        return answers
    }

    private static func refusal(of attempt: Attempt) -> AnswerRefusal {
        if attempt.startedAt == nil { return .notStarted }
        switch attempt.state {
        case .paused: return .attemptPaused
        case .timedOut: return .givenTooLate
        default: return .attemptClosed
        }
    }

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

/// Writes versions of answers inside a transaction.
struct AnswerWriter {
    let services: Services
    let attempt: Attempt
    let now: Date

    /// Writes a version; the same answer as the one that counts is the same version.
    ///
    /// - Returns: the version, and whether it counts.
    func write(
        _ answer: Answer,
        number: Int,
        givenAt: Date,
        origin: SavedAnswer.Origin?,
        in stores: any Stores
    ) throws -> (saved: SavedAnswer, counts: Bool) {
        let previous = try stores.answer(attemptID: attempt.id, number: number)
        if origin == nil, let previous, previous.answer == answer { return (previous, true) }
        let last = try stores.lastAnswerVersion(attemptID: attempt.id, number: number)
        let saved = SavedAnswer(
            attemptID: attempt.id,
            number: number,
            version: (last?.version ?? 0) + 1,
            givenAt: givenAt,
            savedAt: now,
            origin: origin,
            answer: answer
        )
        let counts = previous.map { saved.counts(before: $0) } ?? true
        try stores.saveAnswer(saved, counts: counts)
        var facts = ["number": String(number), "version": String(saved.version)]
        if now.timeIntervalSince(givenAt) > AnswerReception.queuedAfter {
            facts["given_at"] = LogTimestamp.text(givenAt)
        }
        if !counts { facts["counts"] = "false" }
        try EventRecorder(services: services, stores: stores).record(
            .answerSaved,
            attempt: attempt,
            at: now,
            facts: facts
        )
        return (saved, counts)
    }
}
