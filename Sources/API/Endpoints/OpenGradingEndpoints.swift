import Accounts
import Attestation
import Foundation
import Grading
import HTTPServer
import Workflows

/// The queue of open answers for those who grade them (rows D4, D14).
struct OpenGradingEndpoints {
    let grading: OpenGrading

    var all: [Endpoint] { [queue, take, one, file, handBack, grade, feedback, rubric, setRubric, panel, setPanel] }

    private static let desk = Endpoint.AnswerRule(.ok, "The work", .json(OpenWorkDeskView.schema))

    private var queue: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/open-works",
            summary: "Open answers that one may grade, those due first in front; nobody's names",
            tag: "grading",
            access: .permission(.gradeWork),
            parameters: [
                .init(name: "exam_id", place: .query, schema: .uuid, summary: "Only those of an exam."), .limit,
            ],
            answers: [
                .init(
                    .ok,
                    "The queue",
                    .json(.object([.init("works", .array(of: OpenWorkView.schema, count: 0...500), "The works.")]))
                )
            ]
        ) { call in
            let lines = try await grading.queue(
                examID: call.query("exam_id").flatMap { UUID(uuidString: $0) },
                limit: call.limit,
                by: call.principal
            )
            return try .json(.ok, ["works": lines.map { OpenWorkView($0) }])
        }
    }

    private var take: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/open-works/{work_id}/taking",
            summary: "Take a work for an hour, or go on having it",
            tag: "grading",
            access: .permission(.gradeWork),
            answers: [Self.desk],
            problems: [.conflict]
        ) { call in
            try .json(.ok, OpenWorkDeskView(try await grading.take(call.id("work_id"), by: call.principal)))
        }
    }

    private var one: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/open-works/{work_id}",
            summary: "A work that one has taken or graded",
            tag: "grading",
            access: .permission(.gradeWork),
            answers: [Self.desk],
            problems: [.conflict]
        ) { call in
            try .json(.ok, OpenWorkDeskView(try await grading.work(call.id("work_id"), by: call.principal)))
        }
    }

    private var file: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/open-works/{work_id}/files/{file_id}",
            summary: "A file of a work that one has taken or graded; without its candidate's name",
            tag: "grading",
            access: .permission(.gradeWork),
            answers: [.init(.ok, "The file", .raw(FileKind.allCases.map(\.mediaType)))],
            problems: [.conflict]
        ) { call in
            .file(try await grading.file(call.id("file_id"), of: call.id("work_id"), by: call.principal))
        }
    }

    private var handBack: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/open-works/{work_id}/return",
            summary: "Hand a work back to the queue",
            tag: "grading",
            access: .permission(.gradeWork),
            answers: [.init(.noContent, "It waits for somebody else")],
            problems: [.conflict]
        ) { call in
            try await grading.handBack(call.id("work_id"), by: call.principal)
            return .noContent
        }
    }

    private var grade: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/open-works/{work_id}/grading",
            summary: "Grade a work by its criteria, or by points where the question has none",
            tag: "grading",
            access: .permission(.gradeWork),
            body: .json(OpenGradingBody.schema),
            answers: [Self.desk],
            problems: [.conflict, .unprocessableContent]
        ) { call in
            let form = try call.body(as: OpenGradingBody.self).form
            let desk = try await grading.grade(call.id("work_id"), form, by: call.principal)
            return try .json(.ok, OpenWorkDeskView(desk))
        }
    }

    private var feedback: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/attempts/{attempt_id}/grading",
            summary: "What was given for an attempt's open answers, and what graders told the candidate",
            tag: "grading",
            access: .permission(.readExams),
            answers: [
                .init(
                    .ok,
                    "The graded answers; none before the attempt has its grade",
                    .json(.object([.init("works", .array(of: FeedbackView.schema, count: 0...1_000), "By item.")]))
                )
            ]
        ) { call in
            let works = try await grading.feedback(on: call.id("attempt_id"), for: call.principal)
            return try .json(.ok, ["works": works.map { FeedbackView($0) }])
        }
    }

    private var rubric: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/questions/{question_id}/rubric",
            summary: "What an open question is graded by",
            tag: "grading",
            access: .permission(.manageExams),
            answers: [.init(.ok, "The rubric; without criteria where none was set", .json(RubricView.schema))]
        ) { call in
            try .json(.ok, RubricView(try await grading.rubric(of: call.id("question_id"))))
        }
    }

    private var setRubric: Endpoint {
        Endpoint(
            method: .put,
            path: "/v1/questions/{question_id}/rubric",
            summary: "Set what an open question is graded by; gradings that were made stay",
            tag: "grading",
            access: .permission(.manageExams),
            body: .json(.object([.init("criteria", RubricView.criteria(1...50), "The criteria.")])),
            answers: [.init(.ok, "The rubric", .json(RubricView.schema))],
            problems: [.unprocessableContent]
        ) { call in
            let body = try call.body(as: RubricBody.self)
            let rubric = try await grading.setRubric(
                body.criteria.map(\.criterion),
                of: call.id("question_id"),
                by: call.principal
            )
            return try .json(.ok, RubricView(rubric))
        }
    }

    private var panel: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/exams/{exam_id}/grading-panel",
            summary: "Who grades an exam's open answers, and by which rules",
            tag: "grading",
            access: .permission(.manageExams),
            answers: [.init(.ok, "The panel", .json(PanelView.schema))]
        ) { call in
            try .json(.ok, PanelView(try await grading.panel(of: call.id("exam_id"))))
        }
    }

    private var setPanel: Endpoint {
        Endpoint(
            method: .put,
            path: "/v1/exams/{exam_id}/grading-panel",
            summary: "Set who grades an exam's open answers, and by which rules",
            tag: "grading",
            access: .permission(.manageExams),
            body: .json(PanelView.schema),
            answers: [.init(.ok, "The panel", .json(PanelView.schema))],
            problems: [.unprocessableContent]
        ) { call in
            let body = try call.body(as: PanelBody.self)
            let panel = GradingPanel(
                examID: try call.id("exam_id"),
                graders: body.graders,
                secondShare: body.secondSharePercent,
                disagreement: body.disagreementPercent
            )
            try await grading.setPanel(panel)
            return try .json(.ok, PanelView(panel))
        }
    }
}

private struct OpenGradingBody: Decodable {
    var points: String?
    var criteria: [Chosen]?
    var comment: String?

    struct Chosen: Decodable {
        var key: String
        var points: String
    }

    var form: OpenGrading.Form {
        OpenGrading.Form(
            points: points.flatMap { Points($0) },
            criteria: criteria.map { chosen in
                Dictionary(chosen.compactMap { one in Points(one.points).map { (one.key, $0) } }) { $1 }
            },
            comment: comment
        )
    }

    static let schema = Schema.object([
        .init("points", .nullable(OpenWorkView.points), "Points, where the question has no criteria.", required: false),
        .init(
            "criteria",
            .nullable(
                .array(
                    of: .object([
                        .init("key", .text(1...50), "The criterion."),
                        .init("points", OpenWorkView.points, "The points of one of its levels."),
                    ]),
                    count: 1...50
                )
            ),
            "The level chosen for each criterion, where the question has some.",
            required: false
        ),
        .init("comment", .nullable(.text(1...10_000)), "What the candidate is told.", required: false),
    ])
}

private struct RubricBody: Decodable {
    var criteria: [Criterion]

    struct Criterion: Decodable {
        var key: String
        var title: String
        var levels: [Level]

        var criterion: Rubric.Criterion {
            Rubric.Criterion(
                key: key,
                title: title,
                levels: levels.map { .init(points: Points($0.points) ?? .zero, descriptor: $0.descriptor) }
            )
        }
    }

    struct Level: Decodable {
        var points: String
        var descriptor: String
    }
}

private struct PanelBody: Decodable {
    var graders: [UUID]
    var secondSharePercent: Int
    var disagreementPercent: Int
}

private struct PanelView: Encodable {
    var graders: [String]
    var secondSharePercent: Int
    var disagreementPercent: Int

    init(_ panel: GradingPanel) {
        graders = panel.graders.map(\.lowercased)
        secondSharePercent = panel.secondShare
        disagreementPercent = panel.disagreement
    }

    static let schema = Schema.object([
        .init("graders", .array(of: .uuid, count: 0...200), "Who grades; empty for everybody with the right."),
        .init("second_share_percent", .integer(0...100), "Of a hundred works so many are graded by two people."),
        .init(
            "disagreement_percent",
            .integer(0...100),
            "By how much of an item's points two graders may differ before a third one decides."
        ),
    ])
}

/// A graded answer as its candidate sees it: what was given, not by whom.
private struct FeedbackView: Encodable {
    var number: Int
    var awarded: String
    var maximum: String
    var comments: [String]

    init(_ work: OpenWork) {
        number = work.number
        awarded = (work.awarded ?? .zero).description
        maximum = work.maximum.description
        comments = work.gradings.compactMap(\.comment)
    }

    static let schema = Schema.object([
        .init("number", .integer(1...1_000), "The item's number on the ticket."),
        .init("awarded", .text(), "The points."),
        .init("maximum", .text(), "What could be earned."),
        .init("comments", .array(of: .text(), count: 0...3), "What graders say."),
    ])
}
