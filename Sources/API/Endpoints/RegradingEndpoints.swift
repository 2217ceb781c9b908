import Accounts
import Attestation
import Foundation
import Grading
import HTTPServer
import Workflows

/// Regrading after a question was found faulty (row D4).
struct RegradingEndpoints {
    let regrading: Regrading

    var all: [Endpoint] { [preview, apply, list] }

    private var preview: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/exams/{exam_id}/regrading/preview",
            summary: "Who had a faulty question, and what they would have after a ruling; nothing is changed",
            tag: "grading",
            access: .permission(.regrade),
            body: .json(RulingBody.schema()),
            answers: [.init(.ok, "Who is affected", .json(RegradingView.schema))],
            problems: [.unprocessableContent]
        ) { call in
            let body = try call.body(as: RulingBody.self)
            let preview = try await regrading.preview(body.draft, examID: call.id("exam_id"))
            return try .json(.ok, RegradingView(preview))
        }
    }

    private var apply: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/exams/{exam_id}/regrading",
            summary: "Make a ruling about a faulty question and regrade everybody in the preview",
            tag: "grading",
            access: .permission(.regrade),
            body: .json(
                RulingBody.schema([
                    .init("reason", .text(1...1_000), "Why; it is recorded."),
                    .init("preview_sha256", .text(64...64), "That of the preview that was looked at."),
                ])
            ),
            answers: [.init(.ok, "Who was affected", .json(RegradingView.schema))],
            problems: [.conflict, .unprocessableContent]
        ) { call in
            let body = try call.body(as: RulingBody.self)
            let preview = try await regrading.apply(
                body.draft,
                examID: call.id("exam_id"),
                reason: body.reason ?? "",
                digest: body.previewSha256 ?? "",
                by: call.principal
            )
            return try .json(.ok, RegradingView(preview))
        }
    }

    private var list: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/exams/{exam_id}/regrading",
            summary: "What was ruled about an exam's questions, oldest first",
            tag: "grading",
            access: .permission(.regrade),
            answers: [
                .init(
                    .ok,
                    "The rulings",
                    .json(.object([.init("rulings", .array(of: RulingView.schema, count: 0...10_000), "The rulings.")]))
                )
            ]
        ) { call in
            let rulings = try await regrading.rulings(of: call.id("exam_id"))
            return try .json(.ok, ["rulings": rulings.map { RulingView($0) }])
        }
    }
}

private enum RulingSchema {
    static let effect = Schema.oneOf(["dropped", "full_marks", "other_key"])
}

private struct RulingBody: Decodable {
    var questionId: UUID
    var questionVersion: Int
    var effect: String
    var byVersion: Int?
    var keepsBetter: Bool?
    var reason: String?
    var previewSha256: String?

    var draft: Regrading.Draft {
        let effect: QuestionRuling.Effect =
            switch self.effect {
            case "dropped": .dropped
            case "full_marks": .fullMarks
            default: .otherKey(version: byVersion ?? questionVersion)
            }
        return Regrading.Draft(
            questionID: questionId,
            questionVersion: questionVersion,
            effect: effect,
            keepsBetter: keepsBetter ?? true
        )
    }

    static func schema(_ more: [Schema.Property] = []) -> Schema {
        .object(
            [
                .init("question_id", .uuid, "The faulty question."),
                .init("question_version", .integer(1...1_000_000), "Its faulty version."),
                .init("effect", RulingSchema.effect, "What follows."),
                .init(
                    "by_version",
                    .integer(1...1_000_000),
                    "By whose key answers are graded, where another key counts.",
                    required: false
                ),
                .init("keeps_better", .boolean, "Whether nobody's result gets worse; default true.", required: false),
            ] + more
        )
    }
}

private struct RegradingView: Encodable {
    var previewSha256: String
    var attempts: Int
    var changed: Int
    var lines: [Line]

    struct Line: Encodable {
        var attemptId: String
        var candidateId: String
        var gradeBefore: String?
        var gradeAfter: String?
        var pointsBefore: String
        var pointsAfter: String
        var percentBefore: Int
        var percentAfter: Int
        var isInClosedSheet: Bool
    }

    init(_ preview: Regrading.Preview) {
        previewSha256 = preview.digest
        attempts = preview.lines.count
        changed = preview.lines.count(where: \.isChanged)
        lines = preview.lines.filter(\.isChanged).map { line in
            Line(
                attemptId: line.attemptID.lowercased,
                candidateId: line.candidateID.lowercased,
                gradeBefore: line.before.grade?.rawValue,
                gradeAfter: line.after.grade?.rawValue,
                pointsBefore: line.before.awarded.description,
                pointsAfter: line.after.awarded.description,
                percentBefore: line.before.percent,
                percentAfter: line.after.percent,
                isInClosedSheet: line.isInClosedSheet
            )
        }
    }

    private static let grade = Schema.oneOf(Grade.allCases.map(\.rawValue))

    static let schema = Schema.object([
        .init("preview_sha256", .text(64...64), "Stands for just this list."),
        .init("attempts", .index, "How many had the question."),
        .init("changed", .index, "For how many something changes."),
        .init(
            "lines",
            .array(
                of: .object([
                    .init("attempt_id", .uuid, "The attempt."),
                    .init("candidate_id", .uuid, "The candidate."),
                    .init("grade_before", grade, "The grade before.", required: false),
                    .init("grade_after", grade, "The grade after.", required: false),
                    .init("points_before", .text(), "The points before."),
                    .init("points_after", .text(), "The points after."),
                    .init("percent_before", .integer(0...100), "Of what could be earned, before."),
                    .init("percent_after", .integer(0...100), "The same after."),
                    .init(
                        "is_in_closed_sheet",
                        .boolean,
                        "Whether a closed grade sheet has the grade before: it is opened by those who may."
                    ),
                ]),
                count: 0...1_000_000
            ),
            "Those for whom something changes."
        ),
    ])
}

private struct RulingView: Encodable {
    var id: String
    var questionId: String
    var questionVersion: Int
    var effect: String
    var byVersion: Int?
    var keepsBetter: Bool
    var reason: String
    var by: String
    var at: Date

    init(_ ruling: QuestionRuling) {
        id = ruling.id.lowercased
        questionId = ruling.questionID.lowercased
        questionVersion = ruling.questionVersion
        effect = ruling.effect.name
        if case .otherKey(let version) = ruling.effect { byVersion = version }
        keepsBetter = ruling.keepsBetter
        reason = ruling.reason
        by = ruling.by.lowercased
        at = ruling.at
    }

    static let schema = Schema.object([
        .init("id", .uuid, "The ruling."),
        .init("question_id", .uuid, "The question."),
        .init("question_version", .index, "The faulty version."),
        .init("effect", RulingSchema.effect, "What follows."),
        .init("by_version", .index, "By whose key answers are graded.", required: false),
        .init("keeps_better", .boolean, "Whether nobody's result got worse."),
        .init("reason", .text(), "Why."),
        .init("by", .uuid, "Who decided."),
        .init("at", .time, "When."),
    ])
}
