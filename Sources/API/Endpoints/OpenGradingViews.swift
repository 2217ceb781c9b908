import Attestation
import Foundation
import Grading
import Workflows

/// A work as graders see it: an alias, no attempt, no candidate.
struct OpenWorkView: Encodable {
    var id: String
    var alias: String
    var examId: String
    var questionId: String
    var maximum: String
    var state: String
    var isOwn: Bool
    var isTaken: Bool
    var takenUntil: Date?
    var dueOn: String
    var dueIsProvisional: Bool
    var workingDaysLeft: Int

    init(_ line: OpenGrading.Line) {
        id = line.work.id.lowercased
        alias = line.work.alias
        examId = line.work.examID.lowercased
        questionId = line.work.questionID.lowercased
        maximum = line.work.maximum.description
        state = line.work.state.rawValue
        isOwn = line.isOwn
        isTaken = line.isTaken
        takenUntil = line.isOwn ? line.work.lease?.until : nil
        dueOn = line.work.due.day
        dueIsProvisional = line.work.due.isProvisional
        workingDaysLeft = line.daysLeft
    }

    static let points = Schema.string(.init(length: 1...10, pattern: "^[0-9]{1,7}(\\.[0-9]{1,2})?$", example: "1.50"))

    static let schema = Schema.named(
        "OpenWork",
        .object([
            .init("id", .uuid, "The work."),
            .init("alias", .text(), "By what graders call it."),
            .init("exam_id", .uuid, "The exam."),
            .init("question_id", .uuid, "The question."),
            .init("maximum", .text(), "What can be earned."),
            .init("state", .oneOf(OpenWork.State.allCases.map(\.rawValue)), "Where it stands."),
            .init("is_own", .boolean, "Whether one has taken it."),
            .init("is_taken", .boolean, "Whether somebody else has."),
            .init("taken_until", .time, "Until when one has it.", required: false),
            .init("due_on", .day, "The last of the fifteen working days."),
            .init("due_is_provisional", .boolean, "Whether that day rests on a year whose days off were not decided."),
            .init("working_days_left", .integer(-10_000...10_000), "Negative where it is overdue."),
        ])
    )
}

/// A work with what is needed to grade it.
struct OpenWorkDeskView: Encodable {
    var work: OpenWorkView
    var item: TicketItemView
    var answer: Attestation.Answer?
    var rubric: RubricView?
    var files: [File]
    var gradings: [Grading]
    var awarded: String?

    /// No time: it would tell who was writing then.
    struct File: Encodable {
        var id: String
        var bytes: Int
    }

    struct Grading: Encodable {
        var points: String
        var criteria: [Chosen]
        var comment: String?
        var at: Date
    }

    struct Chosen: Encodable {
        var key: String
        var points: String
    }

    init(_ desk: OpenGrading.Desk) {
        work = OpenWorkView(desk.line)
        item = desk.item
        answer = desk.answer
        rubric = desk.rubric.map { RubricView($0) }
        files = desk.files.map { File(id: $0.id.lowercased, bytes: $0.byteCount) }
        gradings = desk.gradings.map { grading in
            Grading(
                points: grading.points.description,
                criteria: grading.criteria.sorted { $0.key < $1.key }.map {
                    Chosen(key: $0.key, points: $0.value.description)
                },
                comment: grading.comment,
                at: grading.at
            )
        }
        awarded = desk.line.work.awarded?.description
    }

    static let gradings = Schema.array(
        of: .object([
            .init("points", .text(), "What was given."),
            .init(
                "criteria",
                .array(
                    of: .object([
                        .init("key", .text(), "The criterion."), .init("points", .text(), "The points."),
                    ]),
                    count: 0...50
                ),
                "What was given for each criterion."
            ),
            .init("comment", .text(), "What the candidate is told.", required: false),
            .init("at", .time, "When."),
        ]),
        count: 0...3
    )

    static let schema = Schema.named(
        "OpenWorkDesk",
        .object([
            .init("work", OpenWorkView.schema, "The work."),
            .init("item", ItemSchema.item, "What was asked."),
            .init("answer", ItemSchema.answer, "What was answered.", required: false),
            .init(
                "files",
                .array(
                    of: .object([
                        .init("id", .uuid, "The file."),
                        .init("bytes", .integer(1...Int64(AnswerFile.byteLimit)), "How many bytes it has."),
                    ]),
                    count: 0...Attestation.Answer.fileLimit
                ),
                "The files that the answer names."
            ),
            .init("rubric", RubricView.schema, "What it is graded by.", required: false),
            .init("gradings", gradings, "The own grading; all of them once the work has its points."),
            .init("awarded", .text(), "What was awarded in the end.", required: false),
        ])
    )
}

/// A rubric.
struct RubricView: Encodable {
    var number: Int
    var maximum: String
    var criteria: [Criterion]

    struct Criterion: Encodable {
        var key: String
        var title: String
        var levels: [Level]
    }

    struct Level: Encodable {
        var points: String
        var descriptor: String
    }

    init(_ rubric: Rubric?) {
        number = rubric?.number ?? 0
        maximum = (rubric?.maximum ?? .zero).description
        criteria = (rubric?.criteria ?? []).map { criterion in
            Criterion(
                key: criterion.key,
                title: criterion.title,
                levels: criterion.levels.map { Level(points: $0.points.description, descriptor: $0.descriptor) }
            )
        }
    }

    static func criteria(_ count: ClosedRange<Int>) -> Schema {
        .array(
            of: .object([
                .init("key", .string(.init(length: 1...50, pattern: "^[a-z][a-z0-9_]*$")), "Its name in the rubric."),
                .init("title", .text(1...300), "What is looked at."),
                .init(
                    "levels",
                    .array(
                        of: .object([
                            .init("points", OpenWorkView.points, "The points."),
                            .init("descriptor", .text(1...2_000), "What such work is like."),
                        ]),
                        count: 1...20
                    ),
                    "What can be earned."
                ),
            ]),
            count: count
        )
    }

    static let schema = Schema.named(
        "Rubric",
        .object([
            .init("number", .index, "Counts the rubrics of the question; 0 for none."),
            .init("maximum", .text(), "What the criteria come to together."),
            .init("criteria", criteria(0...50), "The criteria."),
        ])
    )
}
