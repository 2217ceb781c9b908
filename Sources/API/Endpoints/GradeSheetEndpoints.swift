import Accounts
import Attestation
import Foundation
import Grading
import HTTPServer
import Workflows

/// Grade sheets (row D8).
struct GradeSheetEndpoints {
    let sheets: GradeSheets
    let files: GradeSheetFiles

    var all: [Endpoint] { [create, list, one, fill, mark, close, reopen, file] }

    private static let sheet = Endpoint.AnswerRule(.ok, "The grade sheet", .json(GradeSheetView.schema))

    private var create: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/grade-sheets",
            summary: "Make a grade sheet for a group and an exam, with those who are in the group now",
            tag: "grade sheets",
            access: .permission(.manageGradeSheets),
            body: .json(GradeSheetBody.schema),
            answers: [.init(.created, "The grade sheet", .json(GradeSheetView.schema))],
            problems: [.conflict, .notFound, .unprocessableContent]
        ) { call in
            let body = try call.body(as: GradeSheetBody.self)
            let entry = try await sheets.create(
                examID: body.examId,
                groupID: body.groupId,
                heading: body.heading,
                by: call.principal
            )
            return try .json(.created, GradeSheetView(entry))
        }
    }

    private var list: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/grade-sheets",
            summary: "Grade sheets, newest first",
            tag: "grade sheets",
            access: .permission(.readGradeSheets),
            parameters: [
                .init(name: "exam_id", place: .query, schema: .uuid, summary: "Only those of an exam."),
                .init(name: "group_id", place: .query, schema: .uuid, summary: "Only those of a group."),
                .init(
                    name: "state",
                    place: .query,
                    schema: .oneOf(GradeSheet.State.allCases.map(\.rawValue)),
                    summary: "Only open or closed ones."
                ),
                .pageBefore, .limit,
            ],
            answers: [
                .init(
                    .ok,
                    "A page",
                    .json(
                        .object([
                            .init("grade_sheets", .array(of: GradeSheetSummary.schema, count: 0...500), "The sheets.")
                        ])
                    )
                )
            ]
        ) { call in
            let filter = GradeSheetFilter(
                examID: call.query("exam_id").flatMap { UUID(uuidString: $0) },
                groupID: call.query("group_id").flatMap { UUID(uuidString: $0) },
                state: call.query("state").flatMap { GradeSheet.State(rawValue: $0) },
                before: call.pageBefore,
                limit: call.limit
            )
            return try .json(.ok, ["grade_sheets": try await sheets.sheets(filter).map { GradeSheetSummary($0) }])
        }
    }

    private var one: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/grade-sheets/{sheet_id}",
            summary: "One grade sheet with its rows and its history",
            tag: "grade sheets",
            access: .permission(.readGradeSheets),
            answers: [Self.sheet]
        ) { call in
            try .json(.ok, GradeSheetView(try await sheets.sheet(call.id("sheet_id"), for: call.principal)))
        }
    }

    private var fill: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/grade-sheets/{sheet_id}/filling",
            summary: "Take the marks from the attempts, for an academic group from the study groups' closed sheets",
            tag: "grade sheets",
            access: .permission(.fillGradeSheets),
            answers: [Self.sheet],
            problems: [.conflict]
        ) { call in
            try .json(.ok, GradeSheetView(try await sheets.fill(call.id("sheet_id"), by: call.principal)))
        }
    }

    private var mark: Endpoint {
        Endpoint(
            method: .put,
            path: "/v1/grade-sheets/{sheet_id}/rows/{number}",
            summary: "Enter a mark where no graded attempt says what it is",
            tag: "grade sheets",
            access: .permission(.fillGradeSheets),
            body: .json(
                .object([
                    .init("mark", .oneOf(SheetMark.allCases.map(\.rawValue)), "The mark."),
                    .init("reason", .text(1...1_000), "Why; it is recorded."),
                ])
            ),
            answers: [Self.sheet],
            problems: [.conflict, .unprocessableContent]
        ) { call in
            let body = try call.body(as: MarkBody.self)
            let entry = try await sheets.mark(
                call.id("sheet_id"),
                position: Int(call.request.parameters["number"] ?? "") ?? 0,
                body.mark,
                reason: body.reason,
                by: call.principal
            )
            return try .json(.ok, GradeSheetView(entry))
        }
    }

    private var close: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/grade-sheets/{sheet_id}/closing",
            summary: "Close a grade sheet: from now on it does not change",
            tag: "grade sheets",
            access: .permission(.fillGradeSheets),
            answers: [Self.sheet],
            problems: [.conflict]
        ) { call in
            try .json(.ok, GradeSheetView(try await sheets.close(call.id("sheet_id"), by: call.principal)))
        }
    }

    private var reopen: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/grade-sheets/{sheet_id}/reopening",
            summary: "Open a closed grade sheet again, with a reason",
            tag: "grade sheets",
            access: .permission(.reopenGradeSheets),
            body: .json(ReasonBody.schema),
            answers: [Self.sheet],
            problems: [.conflict]
        ) { call in
            let reason = try call.body(as: ReasonBody.self).reason
            let entry = try await sheets.reopen(call.id("sheet_id"), reason: reason, by: call.principal)
            return try .json(.ok, GradeSheetView(entry))
        }
    }

    private var file: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/grade-sheets/{sheet_id}/file",
            summary: "A grade sheet as PDF for signature, as CSV or as a workbook",
            tag: "grade sheets",
            access: .permission(.readGradeSheets),
            parameters: [
                .init(
                    name: "format",
                    place: .query,
                    schema: .oneOf(GradeSheetFiles.Format.allCases.map(\.rawValue)),
                    summary: "The format; pdf by default."
                )
            ],
            answers: [.init(.ok, "The file", .raw(GradeSheetFiles.Format.allCases.map(\.mediaType)))],
            problems: [.serviceUnavailable]
        ) { call in
            let id = try call.id("sheet_id")
            let format = call.query("format").flatMap { GradeSheetFiles.Format(rawValue: $0) } ?? .pdf
            return Answer(
                status: .ok,
                headers: [("Content-Disposition", "attachment; filename=\"\(id.lowercased).\(format.rawValue)\"")],
                body: .raw(try await files.file(id, format, for: call.principal), type: format.mediaType)
            )
        }
    }
}

extension GradeSheetFiles.Format {
    /// The registered media type.
    var mediaType: String {
        switch self {
        case .pdf: "application/pdf"
        case .csv: "text/csv; charset=utf-8"
        case .xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        }
    }
}

private struct MarkBody: Decodable {
    var mark: SheetMark
    var reason: String
}

/// What is said to make a sheet.
private struct GradeSheetBody: Decodable {
    var examId: UUID
    var groupId: UUID
    var examinerId: UUID
    var discipline: String?
    var control: GradeSheet.Control?
    var academicYear: String
    var semester: Int
    var creditUnits: String
    var hours: Int?
    var examDay: CalendarDay

    var heading: GradeSheet.Heading {
        GradeSheet.Heading(
            discipline: discipline,
            control: control ?? .exam,
            academicYear: academicYear,
            semester: semester,
            creditUnits: Points(creditUnits) ?? .zero,
            hours: hours,
            examDay: examDay,
            examinerID: examinerId
        )
    }

    static let schema = Schema.object([
        .init("exam_id", .uuid, "The exam."),
        .init("group_id", .uuid, "The group."),
        .init("examiner_id", .uuid, "Who examines and fills the sheet."),
        .init(
            "discipline",
            .text(1...300),
            "The discipline's name in full; the exam's code by default.",
            required: false
        ),
        .init(
            "control",
            .oneOf(GradeSheet.Control.allCases.map(\.rawValue)),
            "What the discipline ends with; default exam.",
            required: false
        ),
        .init(
            "academic_year",
            .string(.init(length: 9...9, pattern: "^20[0-9]{2}/20[0-9]{2}$", example: "2025/2026")),
            "The academic year."
        ),
        .init("semester", .integer(1...20), "The semester."),
        .init(
            "credit_units",
            .string(.init(length: 1...6, pattern: "^[0-9]{1,3}(\\.[0-9]{1,2})?$", example: "3")),
            "Credit units."
        ),
        .init("hours", .integer(1...10_000), "Hours.", required: false),
        .init("exam_day", .day, "The day of the exam."),
    ])
}
