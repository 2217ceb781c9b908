import Accounts
import Attestation
import Foundation
import Grading
import Storage

/// What people are told about grades, as notices in their own account. A notice is sealed under the person's key: grades
/// stand in no readable table beside.
enum GradeMessage {
    /// Open work is to be graded soon, or is overdue (S3 17).
    case gradingDue(OpenWork, daysLeft: Int)
    /// The candidate's work has its grade (S3 17).
    case workGraded(Attempt)
    /// A grade was changed after a question was found faulty.
    case gradeChanged(attempt: Attempt, before: GradingResult, after: GradingResult)
    /// A grade sheet with the candidate's grade was closed.
    case sheetClosed(GradeSheet)

    /// Tells somebody, in the transaction of what it is about.
    func tell(_ account: UUID, _ services: Services, at now: Date, in stores: any Stores) throws {
        try NoticeBoard(services)
            .post(try text(in: stores), to: account, topic: topic, about: about, at: now, in: stores)
    }

    private var topic: String {
        switch self {
        case .gradingDue: "grading_due"
        case .workGraded: "work_graded"
        case .gradeChanged: "grade_changed"
        case .sheetClosed: "sheet_closed"
        }
    }

    private var about: UUID {
        switch self {
        case .gradingDue(let work, _): work.id
        case .workGraded(let attempt), .gradeChanged(let attempt, _, _): attempt.id
        case .sheetClosed(let sheet): sheet.id
        }
    }

    private func text(in stores: any Stores) throws -> LocalizedText {
        func title(_ examID: UUID) throws -> String { try stores.exam(examID)?.title ?? "" }
        switch self {
        case .gradingDue(let work, let left):
            let day = work.due.day.split(separator: "-").reversed().joined(separator: ".")
            if left < 0 {
                return LocalizedText(
                    ru: "«\(work.alias)»: срок проверки прошёл \(day), рабочих дней назад: \(-left).",
                    en: "“\(work.alias)” was to be graded by \(work.due.day), \(-left) working days ago."
                )
            }
            return LocalizedText(
                ru: "«\(work.alias)»: проверьте до \(day) включительно, рабочих дней осталось: \(left).",
                en: "“\(work.alias)” is to be graded by \(work.due.day); working days left: \(left)."
            )
        case .workGraded(let attempt):
            return LocalizedText(
                ru: "«\(try title(attempt.examID))»: ваша работа проверена. Оценка и замечания — в результатах.",
                en: "“\(try title(attempt.examID))”: your work was graded. See the result for grade and comments."
            )
        case .gradeChanged(let attempt, let before, let after):
            func standing(_ result: GradingResult) -> String {
                "\(result.grade?.label ?? "—") (\(result.awarded))"
            }
            return LocalizedText(
                ru: "«\(try title(attempt.examID))»: вопрос признан ошибочным, результат пересчитан. Было: "
                    + "\(standing(before)), стало: \(standing(after)).",
                en: "“\(try title(attempt.examID))”: a question was found faulty, and the result was worked out anew. "
                    + "Before: \(standing(before)), now: \(standing(after))."
            )
        case .sheetClosed(let sheet):
            return LocalizedText(
                ru: "«\(sheet.discipline)»: ведомость № \(sheet.number) закрыта, оценка — в учебной карточке.",
                en: "“\(sheet.discipline)”: grade sheet \(sheet.number) was closed; the grade is in the study card."
            )
        }
    }
}
