import Accounts
import Foundation
import HTTPServer
import Identification
import Workflows

/// The same face under two accounts (row B7), for those who look into it.
struct DuplicateEndpoints {
    let review: DuplicateReview

    var all: [Endpoint] { [list, decide] }

    private var list: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/face-duplicates",
            summary: "Accounts whose portraits seem to show one face, newest first",
            tag: "review",
            access: .permission(.reviewDuplicates),
            parameters: [
                .init(
                    name: "state",
                    place: .query,
                    schema: .oneOf(["undecided", "all"]),
                    summary: "Those that wait for a decision, or all; default undecided."
                ),
                .pageBefore, .limit,
            ],
            answers: [
                .init(
                    .ok,
                    "A page",
                    .json(
                        .object([.init("duplicates", .array(of: DuplicateView.schema, count: 0...500), "The findings.")]
                        )
                    )
                )
            ]
        ) { call in
            let found = try await review.found(
                undecidedOnly: call.query("state") != "all",
                before: call.pageBefore,
                limit: call.limit,
                principal: call.principal
            )
            return try .json(.ok, ["duplicates": found.map { DuplicateView($0) }])
        }
    }

    private var decide: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/face-duplicates/{duplicate_id}/decision",
            summary: "Decide whether both accounts are of one person; a decision stands",
            tag: "review",
            access: .permission(.reviewDuplicates),
            body: .json(DecisionBody.schema),
            answers: [.init(.ok, "The finding with its decision", .json(DuplicateView.schema))],
            problems: [.notFound, .conflict]
        ) { call in
            let body = try call.body(as: DecisionBody.self)
            let duplicate = try await review.decide(
                call.id("duplicate_id"),
                body.verdict,
                comment: body.comment,
                principal: call.principal
            )
            return try .json(.ok, DuplicateView(duplicate))
        }
    }
}

private struct DecisionBody: Decodable {
    var verdict: FaceDuplicate.Verdict
    var comment: String

    static let schema = Schema.object([
        .init("verdict", .oneOf(FaceDuplicate.Verdict.allCases.map(\.rawValue)), "What was decided."),
        .init("comment", .text(1...2_000), "Why."),
    ])
}

/// A finding as staff see it.
private struct DuplicateView: Encodable {
    var id: String
    var accountId: String
    var accountName: String
    var otherAccountId: String
    var otherAccountName: String
    var distance: Float?
    var threshold: Float
    var gallerySize: Int
    var isNearCopy: Bool
    var foundAt: Date
    var verdict: String?
    var decidedBy: String?
    var decidedAt: Date?
    var comment: String?

    init(_ finding: DuplicateReview.Finding) {
        let duplicate = finding.duplicate
        id = duplicate.id.lowercased
        accountId = duplicate.accountID.lowercased
        accountName = finding.name
        otherAccountId = duplicate.otherAccountID.lowercased
        otherAccountName = finding.otherName
        distance = duplicate.distance
        threshold = duplicate.threshold
        gallerySize = duplicate.gallerySize
        isNearCopy = duplicate.isNearCopy
        foundAt = duplicate.foundAt
        verdict = duplicate.decision?.verdict.rawValue
        decidedBy = duplicate.decision?.decidedBy.lowercased
        decidedAt = duplicate.decision?.at
        comment = duplicate.decision?.comment
    }

    static let schema = Schema.named(
        "FaceDuplicate",
        .object([
            .init("id", .uuid, "The finding."),
            .init("account_id", .uuid, "The account whose portrait was searched for."),
            .init("account_name", .text(), "Whose it is."),
            .init("other_account_id", .uuid, "The account that was found."),
            .init("other_account_name", .text(), "Whose that is."),
            .init(
                "distance",
                .number,
                "How unlike the portraits are; 0 is identical. Absent once one of them is erased.",
                required: false
            ),
            .init("threshold", .number, "Up to which distance portraits were reported."),
            .init("gallery_size", .index, "How many portraits were searched."),
            .init("is_near_copy", .boolean, "Whether the pictures are all but identical."),
            .init("found_at", .time, "When."),
            .init("verdict", .oneOf(FaceDuplicate.Verdict.allCases.map(\.rawValue)), "The decision.", required: false),
            .init("decided_by", .uuid, "Who decided.", required: false),
            .init("decided_at", .time, "When it was decided.", required: false),
            .init("comment", .text(0...2_000), "Why.", required: false),
        ])
    )
}
