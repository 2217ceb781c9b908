import Accounts
import Attestation
import Foundation
import Grading
import Workflows

/// A grade sheet without its rows.
struct GradeSheetSummary: Encodable {
    var id: String
    var number: Int
    var state: String
    var version: Int
    var examId: String
    var groupId: String
    var groupKind: String
    var groupName: String
    var faculty: String
    var discipline: String
    var control: String
    var controlText: String
    var academicYear: String
    var semester: Int
    var creditUnits: String
    var hours: Int?
    var examDay: String
    var examinerId: String
    var examiner: String
    var showsRating: Bool
    var filledOn: String?
    var isFilledLate: Bool
    var closedAt: Date?

    init(_ sheet: GradeSheet) {
        id = sheet.id.lowercased
        number = sheet.number
        state = sheet.state.rawValue
        version = sheet.version
        examId = sheet.examID.lowercased
        groupId = sheet.groupID.lowercased
        groupKind = sheet.groupKind.rawValue
        groupName = sheet.groupName
        faculty = sheet.faculty
        discipline = sheet.discipline
        control = sheet.control.rawValue
        controlText = sheet.control.label
        academicYear = sheet.academicYear
        semester = sheet.semester
        creditUnits = sheet.creditUnits.description
        hours = sheet.hours
        examDay = sheet.examDay.description
        examinerId = sheet.examinerID.lowercased
        examiner = sheet.examinerName.displayed
        showsRating = sheet.showsRating
        filledOn = sheet.filledOn?.description
        isFilledLate = sheet.isFilledLate
        closedAt = sheet.closedAt
    }

    static let schema = Schema.named(
        "GradeSheet",
        .object([
            .init("id", .uuid, "The identifier."),
            .init("number", .index, "The number."),
            .init("state", .oneOf(GradeSheet.State.allCases.map(\.rawValue)), "Whether it may be changed."),
            .init("version", .index, "How often it was closed."),
            .init("exam_id", .uuid, "The exam."),
            .init("group_id", .uuid, "The group."),
            .init("group_kind", .oneOf(StudentGroup.Kind.allCases.map(\.rawValue)), "What the group is for."),
            .init("group_name", .text(), "The group's name when the sheet was made."),
            .init("faculty", .text(), "The faculty."),
            .init("discipline", .text(), "The discipline."),
            .init("control", .oneOf(GradeSheet.Control.allCases.map(\.rawValue)), "What the discipline ends with."),
            .init("control_text", .text(), "The same in Russian, as the sheet says."),
            .init("academic_year", .text(), "The academic year."),
            .init("semester", .index, "The semester."),
            .init("credit_units", .text(), "Credit units."),
            .init("hours", .index, "Hours.", required: false),
            .init("exam_day", .day, "The day of the exam."),
            .init("examiner_id", .uuid, "Who examines."),
            .init("examiner", .text(), "The examiner's name."),
            .init("shows_rating", .boolean, "Whether it shows ratings of 0 to 100."),
            .init("filled_on", .day, "When it was filled last.", required: false),
            .init("is_filled_late", .boolean, "Whether it was filled on a later day than that of the exam (S2 4.8.3)."),
            .init("closed_at", .time, "When it was closed last.", required: false),
        ])
    )
}

/// A grade sheet with everything.
struct GradeSheetView: Encodable {
    var sheet: GradeSheetSummary
    var rows: [Row]
    var history: [Change]
    var signDueOn: String?
    var signDueIsProvisional: Bool?

    struct Row: Encodable {
        var number: Int
        var candidateId: String?
        var surname: String
        var givenName: String
        var patronymic: String?
        var recordBook: String
        var mark: String?
        var markText: String?
        var basis: String?
        var debt: String?
        var rating: Int?
        var attemptId: String?
        var waitsFor: String?
    }

    struct Change: Encodable {
        var kind: String
        var by: String
        var at: Date
        var reason: String?
        var row: Int?
        var before: String?
        var after: String?
    }

    init(_ entry: GradeSheets.Entry) {
        sheet = GradeSheetSummary(entry.sheet)
        rows = entry.rows.map { row in
            Row(
                number: row.position,
                candidateId: row.candidateID?.lowercased,
                surname: row.name.surname,
                givenName: row.name.givenName,
                patronymic: row.name.patronymic,
                recordBook: row.recordBook,
                mark: row.mark?.rawValue,
                markText: row.mark?.label,
                basis: row.basis?.rawValue,
                debt: row.mark?.debt.rawValue,
                rating: entry.sheet.showsRating ? row.rating : nil,
                attemptId: row.attemptID?.lowercased,
                waitsFor: entry.waiting[row.position]?.rawValue
            )
        }
        history = entry.changes.map {
            Change(
                kind: $0.kind.rawValue,
                by: $0.by.lowercased,
                at: $0.at,
                reason: $0.reason,
                row: $0.position,
                before: $0.before?.rawValue,
                after: $0.after?.rawValue
            )
        }
        signDueOn = entry.signing?.day.description
        signDueIsProvisional = entry.signing?.isProvisional
    }

    private static let mark = Schema.oneOf(SheetMark.allCases.map(\.rawValue))

    static let schema = Schema.named(
        "GradeSheetEntry",
        .object([
            .init("sheet", GradeSheetSummary.schema, "The sheet."),
            .init("rows", .array(of: row, count: 0...100_000), "The rows in order."),
            .init("history", .array(of: change, count: 0...100_000), "What was done to it, oldest first."),
            .init(
                "sign_due_on",
                .day,
                "By when it is printed and signed: three working days after it was filled (S2 4.8.5).",
                required: false
            ),
            .init(
                "sign_due_is_provisional",
                .boolean,
                "Whether that day rests on a year whose days off are not decided yet.",
                required: false
            ),
        ])
    )

    private static let row = Schema.object([
        .init("number", .index, "The place, from 1."),
        .init("candidate_id", .uuid, "The account, once registered.", required: false),
        .init("surname", .text(), "Family name."),
        .init("given_name", .text(), "Given name."),
        .init("patronymic", .text(), "Patronymic, if any.", required: false),
        .init("record_book", .text(), "The record book's number; empty where none is known."),
        .init("mark", mark, "The mark.", required: false),
        .init("mark_text", .text(), "The same in Russian, as the sheet says.", required: false),
        .init(
            "basis",
            .oneOf(Consequence.Basis.allCases.map(\.rawValue)),
            "What the mark rests on.",
            required: false
        ),
        .init("debt", .oneOf(AcademicDebt.allCases.map(\.rawValue)), "What is owed after it.", required: false),
        .init("rating", .integer(0...100), "The rating, where the sheet shows one.", required: false),
        .init("attempt_id", .uuid, "The attempt that it comes from.", required: false),
        .init(
            "waits_for",
            .oneOf(Consequence.Waiting.allCases.map(\.rawValue)),
            "What has to happen before there is a mark.",
            required: false
        ),
    ])

    private static let change = Schema.object([
        .init("kind", .oneOf(SheetChange.Kind.allCases.map(\.rawValue)), "What was done."),
        .init("by", .uuid, "By whom."),
        .init("at", .time, "When."),
        .init("reason", .text(), "Why.", required: false),
        .init("row", .index, "The row that it concerns.", required: false),
        .init("before", mark, "The mark before.", required: false),
        .init("after", mark, "The mark after.", required: false),
    ])
}
