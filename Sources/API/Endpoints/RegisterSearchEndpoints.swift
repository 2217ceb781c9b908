import Accounts
import Foundation
import HTTPServer
import Identification
import Workflows

/// What goes with a search in the identification log: counts for each choice, and kept searches (row F2).
struct RegisterSearchEndpoints {
    let register: IdentificationRegister
    let views: SavedViews

    var all: [Endpoint] { [counts, list, add, change, delete] }

    private var counts: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/identification-counts",
            summary: "How many records a search finds, and how many with another choice of each kind",
            tag: "identification log",
            access: .permission(.readRegister),
            parameters: RegisterFilterParameters.all,
            answers: [.init(.ok, "The counts", .json(CountsView.schema))]
        ) { call in
            try .json(.ok, CountsView(try await register.counts(call.registerFilter)))
        }
    }

    private var list: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/saved-views",
            summary:
                "The own saved searches and those that others share, with what they find now where that is asked for",
            tag: "identification log",
            access: .permission(.readRegister),
            parameters: [
                .init(
                    name: "counts",
                    place: .query,
                    schema: .oneOf(["true", "false"]),
                    summary: "Whether the records that each finds are counted, 100 000 of all views together."
                )
            ],
            answers: [
                .init(
                    .ok,
                    "The views by name",
                    .json(
                        .object([
                            .init("views", .array(of: ViewView.schema, count: 0...SavedViews.mostListed), "The views.")
                        ])
                    )
                )
            ]
        ) { call in
            let principal = try call.principal
            if call.query("counts") == "true" {
                let counted = try await views.countedViews(principal: principal)
                return try .json(.ok, ["views": counted.map { ViewView($0.view, for: principal.id, $0.count) }])
            }
            let views = try await views.views(principal: principal)
            return try .json(.ok, ["views": views.map { ViewView($0, for: principal.id) }])
        }
    }

    private var add: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/saved-views",
            summary: "Keep a search under a name",
            tag: "identification log",
            access: .permission(.readRegister),
            body: .json(ViewBody.schema),
            answers: [.init(.created, "The view", .json(ViewView.schema))],
            problems: [.conflict]
        ) { call in
            let body = try call.body(as: ViewBody.self)
            let principal = try call.principal
            let view = try await views.add(
                body.name,
                body.filter.filter,
                isShared: body.shared ?? false,
                principal: principal
            )
            return try .json(.created, ViewView(view, for: principal.id))
        }
    }

    private var change: Endpoint {
        Endpoint(
            method: .put,
            path: "/v1/saved-views/{view_id}",
            summary: "Change an own saved search",
            tag: "identification log",
            access: .permission(.readRegister),
            body: .json(ViewBody.schema),
            answers: [.init(.ok, "The view", .json(ViewView.schema))]
        ) { call in
            let body = try call.body(as: ViewBody.self)
            let principal = try call.principal
            let view = try await views.change(
                call.id("view_id"),
                name: body.name,
                body.filter.filter,
                isShared: body.shared ?? false,
                principal: principal
            )
            return try .json(.ok, ViewView(view, for: principal.id))
        }
    }

    private var delete: Endpoint {
        Endpoint(
            method: .delete,
            path: "/v1/saved-views/{view_id}",
            summary: "Forget an own saved search",
            tag: "identification log",
            access: .permission(.readRegister),
            answers: [.init(.noContent, "Forgotten")]
        ) { call in
            try await views.delete(call.id("view_id"), principal: call.principal)
            return .noContent
        }
    }
}

private struct ViewBody: Decodable {
    var name: String
    var filter: RegisterFilterBody
    var shared: Bool?

    static let schema = Schema.object([
        .init("name", .line(1...100), "What to call it."),
        .init("filter", RegisterFilterBody.schema, "The conditions."),
        .init("shared", .boolean, "Whether all who may read the log see it; no by default.", required: false),
    ])
}

private struct ViewView: Encodable {
    var id: String
    var name: String
    var filter: RegisterFilterBody
    var shared: Bool
    var own: Bool
    var changedAt: Date
    var count: Int?
    var isCountComplete: Bool?

    init(_ view: SavedView, for reader: UUID, _ count: SavedViews.Count? = nil) {
        id = view.id.lowercased
        name = view.name
        filter = RegisterFilterBody(view.filter)
        shared = view.isShared
        own = view.ownerID == reader
        changedAt = view.changedAt
        self.count = count?.records
        isCountComplete = count?.isComplete
    }

    static let schema = Schema.named(
        "SavedView",
        .object([
            .init("id", .uuid, "The view's identifier."),
            .init("name", .text(1...100), "What it is called."),
            .init("filter", RegisterFilterBody.schema, "The conditions."),
            .init("shared", .boolean, "Whether all who may read the log see it."),
            .init("own", .boolean, "Whether it is the reader's own."),
            .init("changed_at", .time, "When it was made or changed last."),
            .init("count", .index, "How many records it finds, where that was asked for.", required: false),
            .init(
                "is_count_complete",
                .boolean,
                "Whether these are all; otherwise there are more.",
                required: false
            ),
        ])
    )
}

private struct CountsView: Encodable {
    struct Choice: Encodable {
        var value: String
        var name: String?
        var count: Int

        static let schema = Schema.object([
            .init("value", .text(0...300), "The condition's value."),
            .init("name", .text(0...400), "The verifier's name.", required: false),
            .init("count", .index, "How many records."),
        ])
    }

    var total: Int
    var complete: Bool
    var methods: [Choice]
    var outcomes: [Choice]
    var procedures: [Choice]
    var disciplines: [Choice]
    var verifiers: [Choice]

    init(_ counts: RegisterCounts) {
        total = counts.total
        complete = counts.isComplete
        methods = counts.methods.map { Choice(value: $0.value.rawValue, count: $0.count) }
        outcomes = counts.outcomes.map { Choice(value: $0.value.rawValue, count: $0.count) }
        procedures = counts.procedures.map { Choice(value: $0.value.rawValue, count: $0.count) }
        disciplines = counts.disciplines.map { Choice(value: $0.value, count: $0.count) }
        verifiers = counts.verifiers.map {
            Choice(value: $0.value.id.lowercased, name: $0.value.name?.displayed, count: $0.count)
        }
    }

    static let schema = Schema.object([
        .init("total", .index, "How many records the search finds, 100 000 at most."),
        .init("complete", .boolean, "Whether everything was counted; otherwise the newest 100 000 records."),
        choices("methods", "By method, under all other conditions."),
        choices("outcomes", "By outcome."),
        choices("procedures", "By kind of procedure."),
        choices("disciplines", "By discipline."),
        choices("verifiers", "By verifier."),
    ])

    private static func choices(_ name: String, _ summary: String) -> Schema.Property {
        .init(name, .array(of: Choice.schema, count: 0...RegisterCounts.mostChoices), summary)
    }
}
