import Accounts
import Foundation
import HTTPServer
import Retention
import Workflows

/// Previews of what is due for destruction, and their runs (row F3).
struct RetentionRunEndpoints {
    let runs: RetentionRuns

    var all: [Endpoint] { [preview, run, list, read, discard] }

    private var preview: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/retention/previews",
            summary: "Find out what would be destroyed now, how many, of how many people, and what is held and why",
            tag: "retention",
            access: .permission(.manageRetention),
            body: .json(PreviewBody.schema),
            answers: [.init(.accepted, "The preview, which is being made", .json(RetentionRunView.schema))]
        ) { call in
            let body = try call.body(as: PreviewBody.self)
            let run = try await runs.preview(Set(body.kinds ?? []), by: call.principal)
            return try .json(.accepted, RetentionRunView(run))
        }
    }

    private var run: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/retention/runs",
            summary: "Carry out a preview that somebody else has made; refused where it no longer holds",
            tag: "retention",
            access: .permission(.manageRetention),
            body: .json(RunBody.schema),
            answers: [.init(.accepted, "The run, which is under way", .json(RetentionRunView.schema))],
            problems: [.notFound, .conflict]
        ) { call in
            let body = try call.body(as: RunBody.self)
            let run = try await runs.approve(
                body.previewId,
                order: body.order,
                commission: body.commission ?? [],
                by: call.principal
            )
            return try .json(.accepted, RetentionRunView(run))
        }
    }

    private var list: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/retention/runs",
            summary: "Previews and runs, newest first, with their progress",
            tag: "retention",
            access: .permission(.readRetention),
            parameters: [.pageBefore, .limit],
            answers: [
                .init(
                    .ok,
                    "A page",
                    .json(.object([.init("runs", .array(of: RetentionRunView.schema, count: 0...500), "The runs.")]))
                )
            ]
        ) { call in
            let listed = try await runs.runs(before: call.pageBefore, limit: call.limit)
            return try .json(.ok, ["runs": listed.map { RetentionRunView($0) }])
        }
    }

    private var read: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/retention/runs/{run_id}",
            summary: "A preview or run with its progress",
            tag: "retention",
            access: .permission(.readRetention),
            answers: [.init(.ok, "The run", .json(RetentionRunView.schema))]
        ) { call in
            try .json(.ok, RetentionRunView(try await runs.run(call.id("run_id"))))
        }
    }

    private var discard: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/retention/runs/{run_id}/discarding",
            summary: "Give a preview up",
            tag: "retention",
            access: .permission(.manageRetention),
            answers: [.init(.ok, "The preview", .json(RetentionRunView.schema))],
            problems: [.conflict]
        ) { call in
            try .json(.ok, RetentionRunView(try await runs.discard(call.id("run_id"))))
        }
    }
}

/// What certificates of destruction say of who answers for it.
enum DestructionSchemas {
    static let order = Schema.object([
        .init("number", .line(1...64), "The order's number."),
        .init("date", .day, "Its date."),
    ])
    static let commission = Schema.array(of: .uuid, count: 0...10)
}

private struct PreviewBody: Decodable {
    var kinds: [DataKind]?

    static let schema = Schema.object([
        .init(
            "kinds",
            .array(of: RetentionRuleView.kind, count: 0...DataKind.allCases.count),
            "Of which kinds; all where none is named.",
            required: false
        )
    ])
}

private struct RunBody: Decodable {
    var previewId: UUID
    var order: OrderReference?
    var commission: [UUID]?

    static let schema = Schema.object([
        .init("preview_id", .uuid, "The preview that was looked at."),
        .init("order", DestructionSchemas.order, "The order that it rests on.", required: false),
        .init("commission", DestructionSchemas.commission, "The staff who attest to it.", required: false),
    ])
}

/// A preview or run as it is shown.
private struct RetentionRunView: Encodable {
    var id: String
    var state: String
    var asOf: Date
    var automatic: Bool
    var requestedBy: String?
    var approvedBy: String?
    var approvedAt: Date?
    var completedAt: Date?
    var due: Int
    var done: Int
    var digest: String?
    var logIndex: Int64?
    var lines: [Line]

    struct Line: Encodable {
        var kind: String
        var rule: Int
        var due: Int
        var people: Int
        var held: Int
        var holds: [Hold]
        var destroyed: Int
        var kept: Int
        var files: Int
    }

    struct Hold: Encodable {
        var reason: String
        var count: Int
    }

    init(_ run: RetentionRun) {
        id = run.id.lowercased
        state = run.state.rawValue
        asOf = run.asOf
        automatic = run.isAutomatic
        requestedBy = run.requestedBy?.lowercased
        approvedBy = run.approvedBy?.lowercased
        approvedAt = run.approvedAt
        completedAt = run.completedAt
        due = run.due
        done = run.done
        digest = run.digest.isEmpty ? nil : run.digest
        logIndex = run.logIndex.map { Int64(clamping: $0) }
        lines = run.lines.map { line in
            Line(
                kind: line.kind.rawValue,
                rule: line.rule,
                due: line.due,
                people: line.people,
                held: line.held,
                holds: line.holds.sorted { $0.key < $1.key }.map { Hold(reason: $0.key, count: $0.value) },
                destroyed: line.destroyed,
                kept: line.kept,
                files: line.files
            )
        }
    }

    static let schema = Schema.named(
        "RetentionRun",
        .object([
            .init("id", .uuid, "The preview, and its run."),
            .init("state", .oneOf(RetentionRun.State.allCases.map(\.rawValue)), "Where it stands."),
            .init("as_of", .time, "What is due is counted as of then."),
            .init("automatic", .boolean, "Whether the service began it under approved rules."),
            .init("requested_by", .uuid, "Who asked for the preview.", required: false),
            .init("approved_by", .uuid, "Who else let it be carried out.", required: false),
            .init("approved_at", .time, "When.", required: false),
            .init("completed_at", .time, "When nothing was left.", required: false),
            .init("due", .index, "How many items are to be destroyed."),
            .init("done", .index, "How many of them are dealt with."),
            .init("digest", .text(), "SHA-256 over all that is to be destroyed.", required: false),
            .init("log_index", .index, "The place of its entry in the log.", required: false),
            .init("lines", .array(of: line, count: 0...100), "What there is of each kind."),
        ])
    )

    private static let line = Schema.object([
        .init("kind", RetentionRuleView.kind, "The kind of data."),
        .init("rule", .index, "Which of the kind's rules was applied."),
        .init("due", .index, "How many are due, with nothing that holds them."),
        .init("people", .index, "Of how many people."),
        .init("held", .index, "How many are due and held."),
        .init(
            "holds",
            .array(
                of: .object([
                    .init("reason", .oneOf(RetentionHold.allCases.map(\.rawValue)), "What holds them."),
                    .init("count", .index, "How many."),
                ]),
                count: 0...20
            ),
            "By what they are held."
        ),
        .init("destroyed", .index, "How many were destroyed."),
        .init("kept", .index, "How many were held when their turn came, and stayed."),
        .init("files", .index, "How many files were destroyed."),
    ])
}
