import Attestation
import Foundation
import Grading
import Storage

/// What an attempt's answers earn: by the key, by what people gave, and by what was ruled about faulty questions.
struct AttemptMarking {
    let exam: Exam
    let rulings: [QuestionRuling]

    /// - Parameter rulings: in the order in which they were made.
    func result(of attempt: Attempt, ticket: Ticket, in stores: any Stores) throws -> GradingResult {
        let saved = try stores.answers(attemptID: attempt.id)
        let answers = Dictionary(uniqueKeysWithValues: saved.map { ($0.number, $0.answer) })
        let works = try stores.works(attemptID: attempt.id)
        let given = Dictionary(works.compactMap { work in work.awarded.map { (work.number, $0) } }) { $1 }
        var questions = try ticket.items.map { try AttemptGrading.question(of: $0, in: stores) }
        func graded() throws -> GradingResult {
            try Grader.grade(
                ticket: ticket,
                questions: questions,
                answers: answers,
                personPoints: given,
                scale: exam.gradingScale
            )
        }
        var result = try graded()
        var earlier: [QuestionRuling] = []
        for ruling in rulings {
            let numbers = Set(ticket.items.filter(ruling.concerns).map(\.number))
            guard !numbers.isEmpty else { continue }
            if case .otherKey(let version) = ruling.effect {
                for index in questions.indices where numbers.contains(ticket.items[index].number) {
                    let place = ticket.items[index]
                    guard var other = try stores.question(place.questionID, version: version) else {
                        throw TicketError(.questionMissing, "The question has no version \(version).")
                    }
                    other.version = place.questionVersion
                    questions[index] = other
                }
                // What was ruled before holds on top of the new key.
                let anew = earlier.reduce(try graded()) { result, earlier in
                    earlier.applied(
                        to: result,
                        numbers: Set(ticket.items.filter(earlier.concerns).map(\.number)),
                        scale: exam.gradingScale
                    )
                }
                result = ruling.better(anew, than: result)
            } else {
                result = ruling.applied(to: result, numbers: numbers, scale: exam.gradingScale)
                earlier.append(ruling)
            }
        }
        return result
    }
}
