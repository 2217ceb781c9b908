package import Accounts
import Attestation
package import Foundation
package import Grading
import Storage

/// Attempts that a failure interrupted and about which nobody has decided, and what was reported to the dean's office
/// (row D7; S2 4.7).
package struct Interruptions: Sendable {
    let services: Services

    /// How many reminders one round sends at most.
    private static let batchSize = 200

    /// Creates the workflow.
    package init(_ services: Services) {
        self.services = services
    }

    /// An interruption that waits for a decision.
    package struct Open: Sendable {
        package var interruption: Interruption
        /// The exam's title.
        package var title: String
        /// The candidate's name; nil once it is erased.
        package var name: PersonName?
        /// The day by the end of which the examiner decides.
        package var decideOn: CalendarDay
        /// Whether that day is over.
        package var isOverdue: Bool
    }

    /// A report with whom and what it is about.
    package struct Reported: Sendable {
        package var report: DeanReport
        /// The exam's title.
        package var title: String
        /// The candidate's name; nil once it is erased.
        package var name: PersonName?
    }

    /// What waits for a decision, in the order in which the attempts were made.
    package func open(after: UUID?, limit: Int) async throws -> [Open] {
        let today = services.day(of: services.now())
        return try await services.database.read { [services] stores in
            try Self.interruptions(after: after, limit: limit, in: stores).map { interruption in
                let day = services.day(of: interruption.since)
                return Open(
                    interruption: interruption,
                    title: try stores.exam(interruption.examID)?.title ?? "",
                    name: try stores.account(interruption.candidateID)?.name,
                    decideOn: day,
                    isOverdue: day < today
                )
            }
        }
    }

    /// What was reported to the dean's office, newest first.
    package func reports(_ filter: DeanReportFilter) async throws -> [Reported] {
        try await services.database.read { stores in
            try stores.deanReports(filter).map { report in
                Reported(
                    report: report,
                    title: try stores.exam(report.examID)?.title ?? "",
                    name: try stores.account(report.candidateID)?.name
                )
            }
        }
    }

    /// Reminds examiners of what was to be decided on an earlier day; of each interruption once.
    ///
    /// - Returns: of how many somebody was reminded.
    @discardableResult
    package func remind() async throws -> Int {
        let now = services.now()
        let today = services.day(of: now)
        let due = try await services.database.read { [services] stores in
            try Self.interruptions(after: nil, limit: Self.batchSize, in: stores)
                .filter { services.day(of: $0.since) < today }
        }
        guard !due.isEmpty else { return 0 }
        return try await services.database.write { [services] stores in
            var count = 0
            for interruption in due {
                let noted = try stores.noteDecisionReminder(
                    attemptID: interruption.attemptID,
                    record: interruption.record,
                    at: now
                )
                guard noted else { continue }
                try Self.remind(of: interruption, services, at: now, in: stores)
                count += 1
            }
            return count
        }
    }

    private static func remind(
        of interruption: Interruption,
        _ services: Services,
        at now: Date,
        in stores: any Stores
    ) throws {
        let title = try stores.exam(interruption.examID)?.title ?? ""
        let day = services.day(of: interruption.since)
        let text = LocalizedText(
            ru:
                "«\(title)»: по прерванной \(day.russian) аттестации решения ещё нет (\(interruption.reason.label.ru)). "
                + "Принять его нужно было в тот же день (п. 4.7): продолжите приём или признайте аттестацию "
                + "несостоявшейся. В деканат решение сообщается сразу.",
            en: "“\(title)”: nothing was decided about the attestation that was interrupted on \(day.description) "
                + "(\(interruption.reason.label.en)). It was to be decided on the same day (S2 4.7): let it go on, or "
                + "decide that it has not taken place. The dean's office is told at once."
        )
        let examiners = try stores.schedules(examID: interruption.examID).last?.examiners ?? []
        let people = Set(examiners + [interruption.stoppedBy].compactMap(\.self))
        for person in people.sorted(by: { $0.uuidString < $1.uuidString }) {
            try NoticeBoard(services)
                .post(text, to: person, topic: "interruption", about: interruption.attemptID, at: now, in: stores)
        }
    }

    private static func interruptions(
        after: UUID?,
        limit: Int,
        in stores: any Stores
    ) throws -> [Interruption] {
        var found: [Interruption] = []
        var last = after
        while found.count < limit {
            let ids = try stores.pausedAttempts(after: last, limit: batchSize)
            found += try ids.compactMap { id in try stores.attempt(id).flatMap { Interruption($0) } }
            guard ids.count == batchSize else { break }
            last = ids.last
        }
        return Array(found.prefix(limit))
    }
}

extension CalendarDay {
    /// As Russian papers have it: `31.01.2026`.
    fileprivate var russian: String { description.split(separator: "-").reversed().joined(separator: ".") }
}
