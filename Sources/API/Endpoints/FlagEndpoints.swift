import Accounts
import Attestation
import Foundation
import HTTPServer
import Proctoring
import Workflows

/// Flags, the score that they come to, and decisions about them (rows E2, E3).
struct FlagEndpoints {
    let review: FlagReview
    let rules: FlagRules

    var all: [Endpoint] { [ruleList, ofAttempt, waiting, decide] }

    private var ruleList: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/flag-rules",
            summary: "The patterns of events that raise flags",
            tag: "review",
            access: .permission(.readAttempts),
            answers: [
                .init(
                    .ok,
                    "The rules",
                    .json(
                        .object([
                            .init("source", .oneOf(["standard", "institution"]), "Whose rules they are."),
                            .init("rules", .array(of: FlagRuleView.schema, count: 0...500), "The rules."),
                        ])
                    )
                )
            ]
        ) { call in
            struct View: Encodable {
                var source: String
                var rules: [FlagRuleView]
            }
            return try .json(
                .ok,
                View(
                    source: rules == .standard ? "standard" : "institution",
                    rules: rules.all.map { FlagRuleView($0, language: call.language) }
                )
            )
        }
    }

    private var ofAttempt: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/attempts/{attempt_id}/flags",
            summary: "The flags of an attempt, and the credibility score with its parts; it decides nothing",
            tag: "review",
            access: .permission(.readAttempts),
            answers: [.init(.ok, "Flags and score", .json(AttemptFlagsView.schema))]
        ) { call in
            let (flags, score) = try await review.flags(attemptID: call.id("attempt_id"))
            return try .json(.ok, AttemptFlagsView(flags, score, labels(call)))
        }
    }

    private var waiting: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/flags",
            summary: "Flags that wait for a decision, the gravest first",
            tag: "review",
            access: .permission(.readAttempts),
            parameters: [
                .init(name: "exam_id", place: .query, schema: .uuid, summary: "Only those of one exam."),
                .pageAfter, .limit,
            ],
            answers: [
                .init(
                    .ok,
                    "A page",
                    .json(.object([.init("flags", .array(of: FlagView.schema, count: 0...500), "The flags.")]))
                )
            ]
        ) { call in
            let flags = try await review.waiting(
                examID: call.query("exam_id").flatMap { UUID(uuidString: $0) },
                after: call.pageAfter,
                limit: call.limit
            )
            return try .json(.ok, ["flags": flags.map { FlagView($0, labels(call)) }])
        }
    }

    private var decide: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/flags/{flag_id}/decisions",
            summary: "Confirm, dismiss or escalate a flag; a grave one is confirmed by two people",
            tag: "review",
            access: .permission(.reviewAttempts),
            parameters: [.idempotencyKey],
            body: .json(FlagDecisionBody.schema),
            answers: [.init(.ok, "The flag", .json(FlagView.schema))],
            problems: [.notFound, .conflict]
        ) { call in
            let body = try call.body(as: FlagDecisionBody.self)
            let flag = try await review.decide(
                body.action,
                comment: body.comment,
                flagID: call.id("flag_id"),
                principal: call.principal,
                idempotencyKey: call.idempotencyKey
            )
            return try .json(.ok, FlagView(flag, labels(call)))
        }
    }

    /// What a rule is called in the caller's language.
    private func labels(_ call: Call) -> (String) -> String {
        let language = call.language
        return { id in
            if id == Flag.byExaminer {
                return LocalizedText(ru: "Отметка экзаменатора", en: "Marked by the examiner").text(in: language)
            }
            // A flag outlives its rule where the institution changes its file.
            let rule = rules.rule(id) ?? FlagRules.standard.rule(id)
            return rule.map { LocalizedText($0.label).text(in: language) } ?? id
        }
    }
}

private struct FlagDecisionBody: Decodable {
    var action: FlagDecision.Action
    var comment: String?

    static let schema = Schema.object([
        .init("action", .oneOf(FlagDecision.Action.allCases.map(\.rawValue)), "What is decided."),
        .init("comment", .nullable(.text(1...2_000)), "Why, in words.", required: false),
    ])
}
