import Accounts
import Foundation
import HTTPServer
import Retention
import Workflows

/// Rules of retention, and holds on people's data (rows B3, F3).
struct RetentionRuleEndpoints {
    let rules: RetentionRules

    var all: [Endpoint] { [read, set, approve, holds, hold, lift] }

    private static let list = Schema.object([
        .init("rules", .array(of: RetentionRuleView.schema, count: 0...100), "A rule for each kind of data.")
    ])

    private var read: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/retention/rules",
            summary: "How long each kind of data is kept, from when, and on which ground",
            tag: "retention",
            access: .permission(.readRetention),
            answers: [.init(.ok, "The rules in force", .json(Self.list))]
        ) { _ in
            try .json(.ok, ["rules": try await rules.rules().map { RetentionRuleView($0) }])
        }
    }

    private var set: Endpoint {
        Endpoint(
            method: .put,
            path: "/v1/retention/rules",
            summary: "Set the rule of one kind of data; the rules before stay in the history",
            tag: "retention",
            access: .permission(.manageRetention),
            body: .json(RuleBody.schema),
            answers: [.init(.ok, "The rule", .json(RetentionRuleView.schema))]
        ) { call in
            let body = try call.body(as: RuleBody.self)
            let rule = try await rules.set(
                RetentionRules.Change(
                    kind: body.kind,
                    period: RetentionPeriod(months: body.months, days: body.days),
                    start: body.start,
                    source: body.source,
                    runsByItself: body.runsByItself
                ),
                by: call.principal
            )
            return try .json(.ok, RetentionRuleView(rule))
        }
    }

    private var approve: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/retention/rules/approvals",
            summary: "Approve a rule that somebody else has set: only then may the service carry it out by itself",
            tag: "retention",
            access: .permission(.manageRetention),
            body: .json(ApprovalBody.schema),
            answers: [.init(.ok, "The rule", .json(RetentionRuleView.schema))],
            problems: [.conflict]
        ) { call in
            let body = try call.body(as: ApprovalBody.self)
            let rule = try await rules.approve(body.kind, number: body.number, by: call.principal)
            return try .json(.ok, RetentionRuleView(rule))
        }
    }

    private var holds: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/retention/holds",
            summary: "Holds that staff placed on people's data, newest first",
            tag: "retention",
            access: .permission(.readRetention),
            parameters: [.pageBefore, .limit],
            answers: [
                .init(
                    .ok,
                    "A page",
                    .json(.object([.init("holds", .array(of: HoldView.schema, count: 0...500), "The holds.")]))
                )
            ]
        ) { call in
            let listed = try await rules.holds(before: call.pageBefore, limit: call.limit)
            return try .json(.ok, ["holds": listed.map { HoldView($0) }])
        }
    }

    private var hold: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/retention/holds",
            summary: "Keep a person's data until the hold is lifted: an inspection, a suit, an export under way",
            tag: "retention",
            access: .permission(.manageRetention),
            body: .json(HoldBody.schema),
            answers: [.init(.created, "The hold", .json(HoldView.schema))],
            problems: [.notFound]
        ) { call in
            let body = try call.body(as: HoldBody.self)
            return try .json(
                .created,
                HoldView(try await rules.hold(body.accountId, reason: body.reason, by: call.principal))
            )
        }
    }

    private var lift: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/retention/holds/{hold_id}/lifting",
            summary: "Lift a hold",
            tag: "retention",
            access: .permission(.manageRetention),
            answers: [.init(.ok, "The hold", .json(HoldView.schema))]
        ) { call in
            try .json(.ok, HoldView(try await rules.lift(call.id("hold_id"), by: call.principal)))
        }
    }
}

private struct RuleBody: Decodable {
    var kind: DataKind
    var months: Int
    var days: Int
    var start: RetentionStart
    var source: String
    var runsByItself: Bool

    static let schema = Schema.object([
        .init("kind", RetentionRuleView.kind, "Of which data."),
        .init("months", .integer(0...1_200), "How many calendar months."),
        .init("days", .integer(0...366), "How many days on top."),
        .init("start", RetentionRuleView.start, "From when the period counts."),
        .init("source", .line(1...500), "On which ground: an act with its clause, an order of the institution."),
        .init("runs_by_itself", .boolean, "Whether the service destroys what is due by itself, once approved."),
    ])
}

private struct ApprovalBody: Decodable {
    var kind: DataKind
    var number: Int

    static let schema = Schema.object([
        .init("kind", RetentionRuleView.kind, "Of which data."),
        .init("number", .integer(1...1_000_000), "Which rule of the kind: the one that was read."),
    ])
}

private struct HoldBody: Decodable {
    var accountId: UUID
    var reason: String

    static let schema = Schema.object([
        .init("account_id", .uuid, "Whose data."),
        .init("reason", .text(1...1_000), "Why; it is kept sealed."),
    ])
}

/// A rule as it is shown.
struct RetentionRuleView: Encodable {
    var kind: String
    var label: String
    var number: Int
    var months: Int
    var days: Int
    var start: String
    var possibleStarts: [String]
    var source: String
    var runsByItself: Bool
    var setBy: String?
    var setAt: Date?
    var approvedBy: String?
    var approvedAt: Date?

    init(_ rule: RetentionRule) {
        kind = rule.kind.rawValue
        label = rule.kind.russian
        number = rule.number
        months = rule.period.months
        days = rule.period.days
        start = rule.start.rawValue
        possibleStarts = rule.kind.starts.map(\.rawValue)
        source = rule.source
        runsByItself = rule.runsByItself
        setBy = rule.setBy?.lowercased
        setAt = rule.setAt
        approvedBy = rule.approvedBy?.lowercased
        approvedAt = rule.approvedAt
    }

    static let kind = Schema.oneOf(DataKind.allCases.map(\.rawValue))
    static let start = Schema.oneOf(RetentionStart.allCases.map(\.rawValue))

    static let schema = Schema.named(
        "RetentionRule",
        .object([
            .init("kind", kind, "The kind of data."),
            .init("label", .text(), "Its name in Russian."),
            .init("number", .index, "Counts the kind's rules; 0 is the standard one."),
            .init("months", .index, "How many calendar months the data are kept."),
            .init("days", .index, "How many days on top."),
            .init("start", start, "From when the period counts."),
            .init("possible_starts", .array(of: start, count: 1...10), "From when it could count."),
            .init("source", .text(), "On which ground."),
            .init("runs_by_itself", .boolean, "Whether the service destroys what is due by itself, once approved."),
            .init("set_by", .uuid, "Who set it; absent for a standard rule.", required: false),
            .init("set_at", .time, "When.", required: false),
            .init("approved_by", .uuid, "Who else approved it.", required: false),
            .init("approved_at", .time, "When.", required: false),
        ])
    )
}

private struct HoldView: Encodable {
    var id: String
    var accountId: String
    var reason: String?
    var placedBy: String
    var placedAt: Date
    var liftedBy: String?
    var liftedAt: Date?

    init(_ listed: RetentionRules.Hold) {
        id = listed.hold.id.lowercased
        accountId = listed.hold.accountID.lowercased
        reason = listed.reason
        placedBy = listed.hold.placedBy.lowercased
        placedAt = listed.hold.placedAt
        liftedBy = listed.hold.liftedBy?.lowercased
        liftedAt = listed.hold.liftedAt
    }

    static let schema = Schema.named(
        "RetentionHold",
        .object([
            .init("id", .uuid, "The hold."),
            .init("account_id", .uuid, "Whose data."),
            .init("reason", .text(), "Why; absent once the person is erased.", required: false),
            .init("placed_by", .uuid, "Who placed it."),
            .init("placed_at", .time, "When."),
            .init("lifted_by", .uuid, "Who lifted it.", required: false),
            .init("lifted_at", .time, "When.", required: false),
        ])
    )
}
