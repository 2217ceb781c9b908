import Attestation
import Foundation
import Grading
import Storage
import TransparencyLog

/// Grades attempts on the server (S1 6.8): nothing that a device says about a result is ever looked at.
struct AttemptGrading {
    let services: Services

    /// The attempt that was handed in, with what its answers earned and the entry in the log.
    func grade(_ handedIn: Attempt, at now: Date, in stores: any Stores) throws -> Attempt {
        guard let ticket = handedIn.ticket, let exam = try stores.exam(handedIn.examID) else {
            throw Refusal.unknownExam
        }
        let marking = AttemptMarking(exam: exam, rulings: try stores.rulings(of: exam.id))
        let result = try marking.result(of: handedIn, ticket: ticket, in: stores)
        let attempt = try handedIn.grading(result, at: now)
        let saved = try stores.answers(attemptID: handedIn.id)
        try log(result, of: attempt, exam, because: nil, saved, at: now, in: stores)
        return attempt
    }

    /// The rejected attempt with the grade that follows, whatever was answered (S2 3.7, 4.6).
    func fail(_ rejected: Attempt, at now: Date, in stores: any Stores) throws -> Attempt {
        guard let exam = try stores.exam(rejected.examID) else { throw Refusal.unknownExam }
        let attempt = try rejected.failing(on: exam.gradingScale, at: now)
        guard let result = attempt.result else { return attempt }
        let reason = rejected.records.last?.cause.reason
        try log(result, of: attempt, exam, because: reason, [], at: now, in: stores)
        return attempt
    }

    /// The question that an item of a ticket names.
    static func question(of item: TicketItem, in stores: any Stores) throws -> Question {
        guard let question = try stores.question(item.questionID, version: item.questionVersion) else {
            throw TicketError(.questionMissing, "Item \(item.number) names a question that is not in the bank.")
        }
        return question
    }

    private func log(
        _ result: GradingResult,
        of attempt: Attempt,
        _ exam: Exam,
        because reason: AttemptReason?,
        _ answers: [SavedAnswer],
        at now: Date,
        in stores: any Stores
    ) throws {
        var facts: [String: JSONValue] = [
            "exam": .string(exam.id.lowercased), "grade": result.grade.map { .string($0.rawValue) } ?? .null,
        ]
        facts["reason"] = reason.map { .string($0.rawValue) }
        try LogBook(vault: services.vault).append(
            "grade",
            recordID: attempt.id,
            subject: attempt.candidateID,
            at: now,
            facts: facts,
            personal: GradeRecord(result: result, answers: answers),
            to: stores
        )
    }
}

/// What a grade is made of; sealed for the candidate in the log.
private struct GradeRecord: Encodable, Sendable {
    var result: GradingResult
    var answers: [Line]

    struct Line: Encodable, Sendable {
        var number: Int
        var version: Int
        var answer: Answer
    }

    init(result: GradingResult, answers: [SavedAnswer]) {
        self.result = result
        self.answers = answers.map { Line(number: $0.number, version: $0.version, answer: $0.answer) }
    }
}
