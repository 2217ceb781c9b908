import Accounts
import Attestation
import Foundation
import Grading
import HTTPServer
import Workflows

/// What the dean's office is told on the day of the exam, and which decisions are still open (row D7; S2 4.5, 4.7).
struct DeanReportEndpoints {
    let interruptions: Interruptions

    var all: [Endpoint] { [reports, open] }

    private var reports: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/dean-reports",
            summary: "Attestations that have not taken place and announced absences, as reported; newest first",
            tag: "grade sheets",
            access: .permission(.readGradeSheets),
            parameters: [
                .init(name: "from", place: .query, schema: .day, summary: "Only those decided on this day or later."),
                .init(name: "through", place: .query, schema: .day, summary: "Only those decided until this day."),
                .init(name: "exam_id", place: .query, schema: .uuid, summary: "Only those of an exam."),
                .pageBefore, .limit,
            ],
            answers: [
                .init(
                    .ok,
                    "A page",
                    .json(
                        .object([.init("reports", .array(of: DeanReportView.schema, count: 0...500), "The reports.")])
                    )
                )
            ]
        ) { call in
            let filter = DeanReportFilter(
                from: call.query("from").flatMap { CalendarDay($0) },
                through: call.query("through").flatMap { CalendarDay($0) },
                examID: call.query("exam_id").flatMap { UUID(uuidString: $0) },
                before: call.pageBefore,
                limit: call.limit
            )
            return try .json(.ok, ["reports": try await interruptions.reports(filter).map { DeanReportView($0) }])
        }
    }

    private var open: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/interruptions",
            summary: "Interrupted attempts about which the examiner has to decide on the same day",
            tag: "grade sheets",
            access: .permission(.readGradeSheets),
            parameters: [.pageAfter, .limit],
            answers: [
                .init(
                    .ok,
                    "A page, in the order of the attempts",
                    .json(
                        .object([
                            .init("interruptions", .array(of: InterruptionView.schema, count: 0...500), "Those open.")
                        ])
                    )
                )
            ]
        ) { call in
            let open = try await interruptions.open(after: call.pageAfter, limit: call.limit)
            return try .json(.ok, ["interruptions": open.map { InterruptionView($0, language: call.language) }])
        }
    }
}

private struct DeanReportView: Encodable {
    var id: String
    var attemptId: String
    var examId: String
    var exam: String
    var candidateId: String
    var candidate: String?
    var mark: String
    var markText: String
    var basis: String
    var debt: String
    var decidedBy: String?
    var decidedOn: String
    var interruptedOn: String?
    var isLate: Bool
    var at: Date

    init(_ reported: Interruptions.Reported) {
        let report = reported.report
        id = report.id.lowercased
        attemptId = report.attemptID.lowercased
        examId = report.examID.lowercased
        exam = reported.title
        candidateId = report.candidateID.lowercased
        candidate = reported.name?.displayed
        mark = report.mark.rawValue
        markText = report.mark.label
        basis = report.basis.rawValue
        debt = report.mark.debt.rawValue
        decidedBy = report.decidedBy?.lowercased
        decidedOn = report.decidedOn.description
        interruptedOn = report.interruptedOn?.description
        isLate = report.isLate
        at = report.at
    }

    static let schema = Schema.named(
        "DeanReport",
        .object([
            .init("id", .uuid, "The report."),
            .init("attempt_id", .uuid, "The attempt."),
            .init("exam_id", .uuid, "The exam."),
            .init("exam", .text(), "What the exam is called."),
            .init("candidate_id", .uuid, "The candidate."),
            .init("candidate", .text(), "The candidate's name; absent once it is erased.", required: false),
            .init("mark", .oneOf(SheetMark.allCases.map(\.rawValue)), "The mark that follows."),
            .init("mark_text", .text(), "The mark as the sheet says it."),
            .init("basis", .oneOf(Consequence.Basis.allCases.map(\.rawValue)), "What it rests on."),
            .init("debt", .oneOf(AcademicDebt.allCases.map(\.rawValue)), "What the candidate owes."),
            .init("decided_by", .uuid, "Who decided; absent where the candidate said so before.", required: false),
            .init("decided_on", .day, "The day of the decision."),
            .init("interrupted_on", .day, "The day of the interruption, on which it was due.", required: false),
            .init("is_late", .boolean, "Whether it came after that day."),
            .init("at", .time, "When it was reported."),
        ])
    )
}

private struct InterruptionView: Encodable {
    var attemptId: String
    var examId: String
    var exam: String
    var candidateId: String
    var candidate: String?
    var since: Date
    var reason: String
    var reasonText: String
    var stoppedBy: String?
    var decideOn: String
    var isOverdue: Bool

    init(_ open: Interruptions.Open, language: LocalizedText.Language) {
        let interruption = open.interruption
        attemptId = interruption.attemptID.lowercased
        examId = interruption.examID.lowercased
        exam = open.title
        candidateId = interruption.candidateID.lowercased
        candidate = open.name?.displayed
        since = interruption.since
        reason = interruption.reason.rawValue
        reasonText = LocalizedText(interruption.reason.label).text(in: language)
        stoppedBy = interruption.stoppedBy?.lowercased
        decideOn = open.decideOn.description
        isOverdue = open.isOverdue
    }

    static let schema = Schema.named(
        "Interruption",
        .object([
            .init("attempt_id", .uuid, "The attempt."),
            .init("exam_id", .uuid, "The exam."),
            .init("exam", .text(), "What the exam is called."),
            .init("candidate_id", .uuid, "The candidate."),
            .init("candidate", .text(), "The candidate's name; absent once it is erased.", required: false),
            .init("since", .time, "Since when the clock stands still."),
            .init("reason", .oneOf(AttemptReason.allCases.map(\.rawValue)), "Why."),
            .init("reason_text", .text(), "The reason in words."),
            .init("stopped_by", .uuid, "Who stopped it.", required: false),
            .init("decide_on", .day, "The day by the end of which the examiner decides."),
            .init("is_overdue", .boolean, "Whether that day is over."),
        ])
    )
}
