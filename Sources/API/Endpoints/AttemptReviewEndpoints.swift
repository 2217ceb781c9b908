import Accounts
import Attestation
import Foundation
import HTTPServer
import Workflows

/// The list of an exam's attempts, "I am done", and the decisions of a review.
struct AttemptReviewEndpoints {
    let review: AttemptReview

    var all: [Endpoint] { [list, finish, goOn, decide] }

    private var list: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/exams/{exam_id}/attempts",
            summary: "The attempts at an exam in the order in which they were made",
            tag: "control",
            access: .permission(.readAttempts),
            parameters: [.pageAfter, .limit],
            answers: [
                .init(
                    .ok,
                    "A page",
                    .json(.object([.init("attempts", .array(of: AttemptView.schema, count: 0...500), "Attempts.")]))
                )
            ]
        ) { call in
            let all = try await review.attempts(examID: call.id("exam_id"), after: call.pageAfter, limit: call.limit)
            return try .json(.ok, ["attempts": all.map { AttemptView($0) }])
        }
    }

    private var finish: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/attempts/{attempt_id}/finishing",
            summary: "Say that one is done, and be asked to confirm by handing in",
            tag: "attempts",
            access: .permission(.sitExams),
            answers: [.init(.ok, "The attempt", .json(AttemptView.schema))],
            problems: [.conflict]
        ) { call in
            let standing = try await review.finish(true, attemptID: call.id("attempt_id"), principal: call.principal)
            return try .json(.ok, AttemptView(standing))
        }
    }

    private var goOn: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/attempts/{attempt_id}/finishing/cancellation",
            summary: "Go on after all",
            tag: "attempts",
            access: .permission(.sitExams),
            answers: [.init(.ok, "The attempt", .json(AttemptView.schema))],
            problems: [.conflict]
        ) { call in
            let standing = try await review.finish(false, attemptID: call.id("attempt_id"), principal: call.principal)
            return try .json(.ok, AttemptView(standing))
        }
    }

    private var decide: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/attempts/{attempt_id}/review",
            summary: "Decide about an attempt that was handed in: a second look, confirmed, does not count, annulled",
            tag: "control",
            access: .permission(.reviewAttempts),
            body: .json(ReviewBody.schema),
            answers: [.init(.ok, "The attempt", .json(AttemptView.schema))],
            problems: [.conflict]
        ) { call in
            let body = try call.body(as: ReviewBody.self)
            let standing = try await review.decide(
                body.action,
                reason: body.reason,
                comment: body.comment,
                attemptID: call.id("attempt_id"),
                principal: call.principal
            )
            return try .json(.ok, AttemptView(standing))
        }
    }
}

private struct ReviewBody: Decodable {
    var action: AttemptAction
    var reason: AttemptReason?
    var comment: String?

    private static let actions: [AttemptAction] = [.requestReview, .verify, .reject, .annul]

    static let schema = Schema.object([
        .init("action", .oneOf(actions.map(\.rawValue)), "What is decided."),
        .init(
            "reason",
            .nullable(.oneOf(AttemptReason.allCases.map(\.rawValue))),
            "Why; which ones an action takes, the refusal says.",
            required: false
        ),
        .init("comment", .nullable(.text(1...2_000)), "Why, in words.", required: false),
    ])
}
