import Accounts
package import Attestation
import Cryptography
package import Foundation
package import Grading
import Storage
import TransparencyLog

/// Regrades an exam after a question was found faulty: first a list of who is affected and how, then the same list
/// applied, with a reason (row D4).
package struct Regrading: Sendable {
    let services: Services

    /// Creates the workflow.
    package init(_ services: Services) {
        self.services = services
    }

    /// What is to be ruled.
    package struct Draft: Sendable {
        package var questionID: UUID
        package var questionVersion: Int
        package var effect: QuestionRuling.Effect
        package var keepsBetter: Bool

        package init(
            questionID: UUID,
            questionVersion: Int,
            effect: QuestionRuling.Effect,
            keepsBetter: Bool
        ) {
            self.questionID = questionID
            self.questionVersion = questionVersion
            self.effect = effect
            self.keepsBetter = keepsBetter
        }
    }

    /// One attempt that had the question.
    package struct Line: Sendable {
        package var attemptID: UUID
        package var candidateID: UUID
        package var before: GradingResult
        package var after: GradingResult
        /// Whether a closed grade sheet has the grade before: it does not change by itself.
        package var isInClosedSheet: Bool

        /// Whether anything changes.
        package var isChanged: Bool { before != after }
    }

    /// Who is affected, and how.
    package struct Preview: Sendable {
        package var lines: [Line]
        /// Stands for just these lines: whoever applies it has seen them.
        package var digest: String
    }

    /// Who had the question, and what they would have after the ruling. Nothing is changed.
    ///
    /// - Throws: `Refusal`.
    package func preview(_ draft: Draft, examID: UUID) async throws -> Preview {
        let now = services.now()
        return try await services.database.read { [services] stores in
            let ruling = Self.ruling(draft, examID: examID, reason: "", by: UUID(), services, at: now)
            return try Self.preview(ruling, in: stores)
        }
    }

    /// Makes the ruling and regrades everybody in the list, in one transaction.
    ///
    /// - Parameter digest: that of the preview.
    /// - Throws: `Refusal`; also where the list has changed since.
    package func apply(
        _ draft: Draft,
        examID: UUID,
        reason: String,
        digest: String,
        by principal: Principal
    ) async throws -> Preview {
        let now = services.now()
        return try await services.database.write { [services] stores in
            let ruling = Self.ruling(draft, examID: examID, reason: reason, by: principal.id, services, at: now)
            let preview = try Self.preview(ruling, in: stores)
            guard preview.digest == digest else { throw Refusal.previewOutdated }
            try stores.insertRuling(ruling)
            try Self.log(ruling, preview, services, at: now, to: stores)
            for line in preview.lines where line.isChanged {
                guard let before = try stores.attempt(line.attemptID) else { continue }
                let attempt = try AttemptGrading(services: services).grade(before, at: now, in: stores)
                try AttemptKeeper(services: services).store(attempt, after: before, at: now, in: stores)
                try GradeMessage.gradeChanged(attempt: attempt, before: line.before, after: line.after)
                    .tell(line.candidateID, services, at: now, in: stores)
            }
            return preview
        }
    }

    /// An exam's rulings, oldest first.
    ///
    /// - Throws: `Refusal` where there is no such exam.
    package func rulings(of examID: UUID) async throws -> [QuestionRuling] {
        try await services.database.read { stores in
            guard try stores.exam(examID) != nil else { throw Refusal.unknownExam }
            return try stores.rulings(of: examID)
        }
    }

    // MARK: - Parts

    private static func ruling(
        _ draft: Draft,
        examID: UUID,
        reason: String,
        by account: UUID,
        _ services: Services,
        at now: Date
    ) -> QuestionRuling {
        QuestionRuling(
            id: services.makeID(at: now),
            examID: examID,
            questionID: draft.questionID,
            questionVersion: draft.questionVersion,
            effect: draft.effect,
            keepsBetter: draft.keepsBetter,
            reason: reason,
            by: account,
            at: now
        )
    }

    private static func preview(_ ruling: QuestionRuling, in stores: any Stores) throws -> Preview {
        guard let exam = try stores.exam(ruling.examID) else { throw Refusal.unknownExam }
        guard try stores.question(ruling.questionID, version: ruling.questionVersion) != nil else {
            throw Refusal.unknownQuestionVersion
        }
        let marking = AttemptMarking(exam: exam, rulings: try stores.rulings(of: exam.id) + [ruling])
        var lines: [Line] = []
        for id in try stores.gradedAttempts(of: exam.id) {
            guard let attempt = try stores.attempt(id), let ticket = attempt.ticket, let before = attempt.result,
                ticket.items.contains(where: ruling.concerns)
            else { continue }
            let after: GradingResult
            do {
                after = try marking.result(of: attempt, ticket: ticket, in: stores)
            } catch is GradingError {
                throw Refusal.replacementWrong
            } catch is TicketError {
                throw Refusal.replacementWrong
            }
            let isInClosedSheet = try stores.closedRows(of: attempt.candidateID).contains { $0.row.attemptID == id }
            lines.append(
                Line(
                    attemptID: id,
                    candidateID: attempt.candidateID,
                    before: before,
                    after: after,
                    isInClosedSheet: isInClosedSheet
                )
            )
        }
        return Preview(lines: lines, digest: try digest(of: ruling, lines))
    }

    private static func digest(of ruling: QuestionRuling, _ lines: [Line]) throws -> String {
        var texts = [
            ruling.examID.lowercased, ruling.questionID.lowercased, "\(ruling.questionVersion)", "\(ruling.effect)",
            "\(ruling.keepsBetter)",
        ]
        for line in lines {
            texts += [
                line.attemptID.lowercased, line.before.awarded.description, line.before.grade?.rawValue ?? "",
                line.after.awarded.description, line.after.maximum.description, line.after.grade?.rawValue ?? "",
            ]
        }
        return SHA256Digest.hash(utf8: texts.joined(separator: "\n")).hex
    }

    private static func log(
        _ ruling: QuestionRuling,
        _ preview: Preview,
        _ services: Services,
        at now: Date,
        to stores: any Stores
    ) throws {
        var facts: [String: JSONValue] = [
            "exam": .string(ruling.examID.lowercased), "question": .string(ruling.questionID.lowercased),
            "version": .integer(Int64(ruling.questionVersion)), "effect": .string(ruling.effect.name),
            "keeps_better": .bool(ruling.keepsBetter), "decided_by": .string(ruling.by.lowercased),
            "attempts": .integer(Int64(preview.lines.count)),
            "changed": .integer(Int64(preview.lines.count(where: \.isChanged))),
            "preview_sha256": .string(preview.digest),
            "reason_sha256": .string(SHA256Digest.hash(utf8: "\(ruling.id.lowercased)\n\(ruling.reason)").hex),
        ]
        if case .otherKey(let version) = ruling.effect { facts["by_version"] = .integer(Int64(version)) }
        try LogBook(vault: services.vault).append(
            "regrading",
            recordID: ruling.id,
            subject: nil,
            at: now,
            facts: facts,
            personal: [String: String](),
            to: stores
        )
    }
}

extension Refusal {
    static let unknownQuestionVersion = notFound(
        "question_unknown",
        ru: "Такого вопроса в этой редакции нет.",
        en: "There is no such version of the question."
    )

    static let replacementWrong = Refusal(
        .unprocessable,
        "replacement_wrong",
        ru: "По этой редакции вопроса ответы не проверить: её нет, или в ней другие варианты ответа.",
        en: "Answers cannot be graded by this version of the question: it does not exist, or has other options."
    )

    static let previewOutdated = Refusal(
        .conflict,
        "preview_outdated",
        ru: "Список изменился с тех пор, как вы его смотрели. Посмотрите его снова.",
        en: "The list has changed since you looked at it. Look at it again."
    )
}
