import Accounts
import Attestation
import Foundation
import Grading
import HTTPServer
import Workflows

/// The own results (row D11).
struct StudyCardEndpoints {
    let card: StudyCard

    var all: [Endpoint] { [own, file, extract] }

    private var own: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/me/study-card",
            summary: "The own study card: every discipline with a closed grade sheet",
            tag: "study card",
            access: .permission(.sitExams),
            answers: [.init(.ok, "The card", .json(StudyCardView.schema))]
        ) { call in
            try .json(.ok, StudyCardView(try await card.lines(of: call.principal)))
        }
    }

    private var file: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/me/study-card/file",
            summary: "The own study card as PDF",
            tag: "study card",
            access: .permission(.sitExams),
            answers: [.init(.ok, "The card", .raw(["application/pdf"]))],
            problems: [.serviceUnavailable]
        ) { call in
            Answer(
                status: .ok,
                headers: [("Content-Disposition", "attachment; filename=\"study-card.pdf\"")],
                body: .raw(try await card.document(of: call.principal), type: "application/pdf")
            )
        }
    }

    private var extract: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/me/study-card/extract",
            summary: "The own grades with proofs from the log, for `attestd extract verify`",
            tag: "study card",
            access: .permission(.sitExams),
            answers: [.init(.ok, "The extract", .raw(["application/json"]))],
            problems: [.conflict]
        ) { call in
            Answer(
                status: .ok,
                headers: [("Content-Disposition", "attachment; filename=\"grades.json\"")],
                body: .raw(try await card.extract(of: call.principal).file(), type: "application/json")
            )
        }
    }
}

private struct StudyCardView: Encodable {
    var lines: [Line]
    var creditUnitsPassed: String

    struct Line: Encodable {
        var discipline: String
        var control: String
        var controlText: String
        var academicYear: String
        var semester: Int
        var creditUnits: String
        var hours: Int?
        var examDay: String
        var examiner: String
        var mark: String?
        var markText: String?
        var number: Int?
        var rating: Int?
        var debt: String?
        var sheetNumber: Int
        var closedAt: Date?
        var attemptId: String?
    }

    init(_ lines: [StudyCard.Line]) {
        self.lines = lines.map { line in
            Line(
                discipline: line.sheet.discipline,
                control: line.sheet.control.rawValue,
                controlText: line.sheet.control.label,
                academicYear: line.sheet.academicYear,
                semester: line.sheet.semester,
                creditUnits: line.sheet.creditUnits.description,
                hours: line.sheet.hours,
                examDay: line.sheet.examDay.description,
                examiner: line.sheet.examinerName.displayed,
                mark: line.row.mark?.rawValue,
                markText: line.row.mark?.label,
                number: line.row.mark?.grade?.number,
                rating: line.sheet.showsRating ? line.row.rating : nil,
                debt: line.row.mark?.debt.rawValue,
                sheetNumber: line.sheet.number,
                closedAt: line.sheet.closedAt,
                attemptId: line.row.attemptID?.lowercased
            )
        }
        creditUnitsPassed = StudyCard.creditUnits(lines).description
    }

    static let schema = Schema.named(
        "StudyCard",
        .object([
            .init(
                "lines",
                .array(
                    of: .object([
                        .init("discipline", .text(), "The discipline."),
                        .init("control", .oneOf(GradeSheet.Control.allCases.map(\.rawValue)), "What it ends with."),
                        .init("control_text", .text(), "The same in Russian."),
                        .init("academic_year", .text(), "The academic year."),
                        .init("semester", .index, "The semester."),
                        .init("credit_units", .text(), "Credit units."),
                        .init("hours", .index, "Hours.", required: false),
                        .init("exam_day", .day, "The day of the exam."),
                        .init("examiner", .text(), "The examiner's name."),
                        .init("mark", .oneOf(SheetMark.allCases.map(\.rawValue)), "The mark.", required: false),
                        .init("mark_text", .text(), "The same in Russian.", required: false),
                        .init("number", .integer(2...5), "The grade on the five-point scale.", required: false),
                        .init("rating", .integer(0...100), "The rating, where there is one.", required: false),
                        .init(
                            "debt",
                            .oneOf(AcademicDebt.allCases.map(\.rawValue)),
                            "What is owed after it.",
                            required: false
                        ),
                        .init("sheet_number", .index, "The grade sheet's number."),
                        .init("closed_at", .time, "When the sheet was closed.", required: false),
                        .init("attempt_id", .uuid, "The attempt.", required: false),
                    ]),
                    count: 0...10_000
                ),
                "The disciplines, oldest first."
            ),
            .init("credit_units_passed", .text(), "Credit units of the disciplines that are passed."),
        ])
    )
}
