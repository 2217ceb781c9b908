import Attestation
import Cases
import Foundation
import Proctoring
import Storage

/// Keeps the forms of running exams: when answers are to be there, and what follows where nothing was sent
/// (S2 5.1.3.4–6: «неудовлетворительно»).
struct FormKeeper {
    let services: Services

    /// Notes when the materials of a defence are due, at the making of the attempt.
    func noteCreation(of attempt: Attempt, in stores: any Stores) throws {
        let form = try stores.examForm(examID: attempt.examID)
        guard form.kind == .defence, let due = form.materialsDue else { return }
        try stores.setSendingDue(due, attemptID: attempt.id)
    }

    /// Notes when the answers are due, once the candidate works no longer; nothing is while they do.
    func noteChange(of attempt: Attempt, after before: Attempt, in stores: any Stores) throws {
        guard attempt.state != before.state, !attempt.state.isBeforeStart else { return }
        let form = try stores.examForm(examID: attempt.examID)
        guard form.kind == .written || form.kind == .writtenOral else { return }
        try stores.setSendingDue(attempt.sheetsDue(form), attemptID: attempt.id)
    }

    /// Looks whether an attempt's answers were sent in time.
    func turn(_ attemptID: UUID, at now: Date, in stores: any Stores) throws {
        try stores.setSendingDue(nil, attemptID: attemptID)
        guard let found = try stores.attempt(attemptID) else { return }
        let form = try stores.examForm(examID: found.examID)
        let attempt = try AttemptKeeper(services: services).settle(found, at: now, in: stores)
        let isSent: Bool
        switch form.kind {
        // What is written on paper counts only where it was sent.
        case .writtenOral: isSent = try !stores.sheets(attemptID: attemptID).isEmpty
        case .written:
            isSent = try !stores.sheets(attemptID: attemptID).isEmpty || !stores.answers(attemptID: attemptID).isEmpty
        case .defence: isSent = try !stores.sheets(attemptID: attemptID).isEmpty
        case .test, .oral: isSent = true
        }
        // Grace for what was typed in time and arrives late.
        if attempt.state == .timedOut, let end = attempt.graceEnd, !isSent {
            return try stores.setSendingDue(max(end, now.addingTimeInterval(0.001)), attemptID: attemptID)
        }
        let counts = attempt.state == .submitted || (form.kind == .defence && attempt.state.isBeforeStart)
        guard !isSent, counts, try stores.gradeChanges(attemptID: attemptID).isEmpty,
            let exam = try stores.exam(attempt.examID)
        else { return }
        try GradeKeeper(services: services).decide(
            exam.gradingScale.lowest,
            of: attempt,
            ground: .notSent,
            by: nil,
            at: now,
            in: stores
        )
        let text = LocalizedText(
            ru: "«\(exam.title)»: ответы не отправлены до указанного срока, экзамен не сдан.",
            en: "“\(exam.title)”: nothing was sent in time, the exam is not passed."
        )
        try NoticeBoard(services).post(
            text,
            to: attempt.candidateID,
            topic: "grade",
            about: attempt.id,
            at: now,
            in: stores
        )
    }
}
