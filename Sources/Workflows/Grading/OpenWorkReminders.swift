import Accounts
import Attestation
import Foundation
import Grading
import Storage

/// Reminds graders of works that are due: within fifteen working days the candidate is told (row D14; S3 17).
package struct OpenWorkReminders: Sendable {
    private let services: Services

    /// Creates the workflow.
    package init(_ services: Services) {
        self.services = services
    }

    /// Reminds of what is due soon; each reminder goes out once.
    ///
    /// - Returns: how many works somebody was reminded of.
    @discardableResult
    package func send() async throws -> Int {
        let now = services.now()
        let horizon = services.grading.calendar.deadline(
            OpenWork.reminders.max() ?? 1,
            workingDaysAfter: services.day(of: now)
        )
        return try await services.database.write { [services] stores in
            let filter = OpenWorkFilter(state: .waiting, dueBy: horizon.day.description, limit: 500)
            var count = 0
            for work in try stores.works(filter) {
                let daysLeft = Self.daysLeft(for: work, services, at: now)
                guard let step = work.reminder(daysLeft: daysLeft) else { continue }
                for grader in try Self.graders(of: work, at: now, in: stores) {
                    try GradeMessage.gradingDue(work, daysLeft: daysLeft).tell(grader, services, at: now, in: stores)
                }
                try stores.saveWork(work.reminded(step))
                count += 1
            }
            return count
        }
    }

    /// Who is asked: whoever is at it, else the panel, else the examiners of the exam's sheets.
    private static func graders(of work: OpenWork, at now: Date, in stores: any Stores) throws -> [UUID] {
        if let holder = work.holder(at: now) { return [holder] }
        let panel = try stores.panel(of: work.examID)?.graders ?? []
        if !panel.isEmpty { return panel }
        let sheets = try stores.sheets(GradeSheetFilter(examID: work.examID, limit: 100))
        return Array(Set(sheets.map(\.examinerID))).sorted { $0.uuidString < $1.uuidString }
    }

    /// Working days left for a work, today not counted; negative where the last day is over.
    static func daysLeft(for work: OpenWork, _ services: Services, at now: Date) -> Int {
        let today = services.day(of: now)
        guard let due = CalendarDay(work.due.day) else { return 0 }
        let calendar = services.grading.calendar
        return today <= due
            ? calendar.workingDays(after: today, through: due) : -calendar.workingDays(after: due, through: today)
    }
}
