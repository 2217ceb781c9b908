import Accounts
import Foundation
import HTTPServer
import Retention
import Workflows

/// Demands to erase people, what they come to, decisions, and certificates of destruction (row F3).
struct PersonErasureEndpoints {
    let erasures: PersonErasures
    let certificates: DestructionCertificates

    var all: [Endpoint] {
        [askForMe, mine, ask, list, read, decide, certificate, archive, runCertificate]
    }

    private var askForMe: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/me/erasure-requests",
            summary: "Ask that everything about me be erased; an officer decides, and what the law demands stays",
            tag: "erasure",
            access: .permission(.sitExams),
            answers: [.init(.created, "The demand with what it comes to", .json(PersonErasureView.schema))]
        ) { call in
            try .json(.created, PersonErasureView(try await erasures.request(by: call.principal)))
        }
    }

    private var mine: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/me/erasure-requests",
            summary: "My demands for erasure, newest first",
            tag: "erasure",
            access: .permission(.sitExams),
            answers: [.init(.ok, "The demands", .json(Self.page))]
        ) { call in
            try .json(.ok, ["erasures": try await erasures.own(call.principal).map { PersonErasureView($0) }])
        }
    }

    private var ask: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/erasure-requests",
            summary: "Ask that a candidate be erased, on a ground",
            tag: "erasure",
            access: .permission(.manageRetention),
            body: .json(RequestBody.schema),
            answers: [.init(.created, "The demand with what it comes to", .json(PersonErasureView.schema))],
            problems: [.notFound]
        ) { call in
            let body = try call.body(as: RequestBody.self)
            let plan = try await erasures.request(body.accountId, body.ground, by: call.principal)
            return try .json(.created, PersonErasureView(plan))
        }
    }

    private var list: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/erasure-requests",
            summary: "Demands to erase people, newest first",
            tag: "erasure",
            access: .permission(.readRetention),
            parameters: [.pageBefore, .limit],
            answers: [.init(.ok, "A page", .json(Self.page))]
        ) { call in
            let listed = try await erasures.erasures(before: call.pageBefore, limit: call.limit)
            return try .json(.ok, ["erasures": listed.map { PersonErasureView($0) }])
        }
    }

    private var read: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/erasure-requests/{erasure_id}",
            summary: "A demand: what goes, what stays and on which ground, and what holds it",
            tag: "erasure",
            access: .permission(.readRetention),
            answers: [.init(.ok, "The demand", .json(PersonErasureView.schema))]
        ) { call in
            try .json(.ok, PersonErasureView(try await erasures.plan(call.id("erasure_id"))))
        }
    }

    private var decide: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/erasure-requests/{erasure_id}/decision",
            summary: "Approve a demand, which is carried out as soon as nothing holds it, or refuse it by a clause",
            tag: "erasure",
            access: .permission(.manageRetention),
            body: .json(DecisionBody.schema),
            answers: [.init(.ok, "The demand", .json(PersonErasureView.schema))],
            problems: [.conflict]
        ) { call in
            let body = try call.body(as: DecisionBody.self)
            let decision: PersonErasures.Decision
            switch (body.decision, body.clause) {
            case (.approved, _): decision = .approved(order: body.order, commission: body.commission ?? [])
            case (.refused, let clause?): decision = .refused(clause)
            case (.refused, nil):
                throw Refusal(
                    .unprocessable,
                    "clause_missing",
                    ru: "Укажите норму, по которой в уничтожении отказано (clause).",
                    en: "Name the clause by which the erasure is refused (clause)."
                )
            }
            let plan = try await erasures.decide(call.id("erasure_id"), decision, by: call.principal)
            return try .json(.ok, PersonErasureView(plan))
        }
    }

    private var certificate: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/erasure-requests/{erasure_id}/certificate",
            summary: "The certificate of destruction, as PDF for signature",
            tag: "erasure",
            access: .permission(.readRetention),
            answers: [.init(.ok, "The certificate", .raw(["application/pdf"]))],
            problems: [.conflict, .serviceUnavailable]
        ) { call in
            Answer(
                status: .ok,
                body: .raw(try await certificates.person(call.id("erasure_id")), type: "application/pdf")
            )
        }
    }

    private var runCertificate: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/retention/runs/{run_id}/certificate",
            summary: "The certificate of a run of retention, as PDF for signature",
            tag: "retention",
            access: .permission(.readRetention),
            answers: [.init(.ok, "The certificate", .raw(["application/pdf"]))],
            problems: [.conflict, .serviceUnavailable]
        ) { call in
            Answer(
                status: .ok,
                body: .raw(try await certificates.run(call.id("run_id")), type: "application/pdf")
            )
        }
    }

    private var archive: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/erasure-requests/{erasure_id}/archive",
            summary: "Documents about an erased person that the law demands; reading is recorded in the log",
            tag: "erasure",
            access: .permission(.manageRetention),
            parameters: [
                Endpoint.Parameter(
                    name: "purpose",
                    place: .query,
                    schema: .oneOf(Self.archivePurposes),
                    summary: "Why; `inspection` where nothing is said."
                )
            ],
            answers: [
                .init(
                    .ok,
                    "The documents",
                    .json(
                        .object([
                            .init(
                                "documents",
                                .array(of: ArchivedView.schema, count: 0...10_000),
                                "As they stood when the person was erased."
                            )
                        ])
                    )
                )
            ]
        ) { call in
            let documents = try await erasures.archive(
                of: call.id("erasure_id"),
                purpose: call.query("purpose") ?? "inspection",
                by: call.principal
            )
            return try .json(
                .ok,
                ["documents": documents.map { ArchivedView($0.document.what, $0.document.place, $0.text) }]
            )
        }
    }

    private static let archivePurposes = ["inspection", "court", "duplicate_of_document"]

    private static let page = Schema.object([
        .init("erasures", .array(of: PersonErasureView.schema, count: 0...500), "The demands.")
    ])
}

private struct RequestBody: Decodable {
    var accountId: UUID
    var ground: PersonErasure.Ground

    static let schema = Schema.object([
        .init("account_id", .uuid, "The candidate."),
        .init("ground", PersonErasureView.ground, "Why."),
    ])
}

private struct DecisionBody: Decodable {
    enum Decision: String, Decodable, CaseIterable {
        case approved, refused
    }

    var decision: Decision
    var clause: String?
    var order: OrderReference?
    var commission: [UUID]?

    static let schema = Schema.object([
        .init("decision", .oneOf(Decision.allCases.map(\.rawValue)), "What is decided."),
        .init("clause", .line(1...500), "For a refusal: the clause that it rests on.", required: false),
        .init("order", DestructionSchemas.order, "The order that it rests on.", required: false),
        .init("commission", DestructionSchemas.commission, "The staff who attest to it.", required: false),
    ])
}

private struct ArchivedView: Encodable {
    var what: String
    var place: String
    var document: String

    init(_ what: String, _ place: String, _ document: String) {
        self.what = what
        self.place = place
        self.document = document
    }

    static let schema = Schema.object([
        .init("what", .text(), "What it is."),
        .init("place", .text(), "Where it stood."),
        .init("document", .text(0...1_000_000), "The document as JSON text."),
    ])
}

/// A demand for erasure as it is shown.
private struct PersonErasureView: Encodable {
    var id: String
    var accountId: String
    var ground: String
    var state: String
    var requestedBy: String
    var requestedAt: Date
    var dueBy: Date
    var decidedBy: String?
    var decidedAt: Date?
    var clause: String?
    var holds: [String]
    var inventory: [Line]
    var files: Int
    var destroyedAt: Date?
    var completedAt: Date?
    var logIndex: Int64?

    struct Line: Encodable {
        var category: String
        var label: String
        var erased: Int
        var kept: Int
        var ground: String?
    }

    init(_ plan: PersonErasures.Plan) {
        self.init(plan.erasure)
        holds = plan.holds.map(\.rawValue).sorted()
        inventory = plan.inventory.map { Self.line($0) }
    }

    init(_ erasure: PersonErasure) {
        id = erasure.id.lowercased
        accountId = erasure.accountID.lowercased
        ground = erasure.ground.rawValue
        state = erasure.state.rawValue
        requestedBy = erasure.requestedBy.lowercased
        requestedAt = erasure.requestedAt
        dueBy = erasure.dueBy
        decidedBy = erasure.decidedBy?.lowercased
        decidedAt = erasure.decidedAt
        clause = erasure.refusal
        holds = []
        inventory = erasure.inventory.map { Self.line($0) }
        files = erasure.files
        destroyedAt = erasure.destroyedAt
        completedAt = erasure.completedAt
        logIndex = erasure.logIndex.map { Int64(clamping: $0) }
    }

    private static func line(_ line: PersonalDataLine) -> Line {
        Line(
            category: line.category.rawValue,
            label: line.category.russian,
            erased: line.erased,
            kept: line.kept,
            ground: line.ground
        )
    }

    static let ground = Schema.oneOf(PersonErasure.Ground.allCases.map(\.rawValue))

    static let schema = Schema.named(
        "PersonErasure",
        .object([
            .init("id", .uuid, "The demand."),
            .init("account_id", .uuid, "Whom."),
            .init("ground", ground, "Why."),
            .init("state", .oneOf(PersonErasure.State.allCases.map(\.rawValue)), "Where it stands."),
            .init("requested_by", .uuid, "Who asked for it."),
            .init("requested_at", .time, "When."),
            .init("due_by", .time, "Until when it must be done."),
            .init("decided_by", .uuid, "Who decided.", required: false),
            .init("decided_at", .time, "When.", required: false),
            .init("clause", .text(), "For a refusal: the clause that it rests on.", required: false),
            .init(
                "holds",
                .array(of: .oneOf(RetentionHold.allCases.map(\.rawValue)), count: 0...20),
                "What it waits for once it is approved; not told in lists."
            ),
            .init(
                "inventory",
                .array(
                    of: .object([
                        .init("category", .oneOf(PersonalDataCategory.allCases.map(\.rawValue)), "The category."),
                        .init("label", .text(), "Its name in Russian."),
                        .init("erased", .index, "How many rows go."),
                        .init("kept", .index, "How many rows stay, under the pseudonym or sealed."),
                        .init("ground", .text(), "On which ground they stay.", required: false),
                    ]),
                    count: 0...50
                ),
                "What goes and what stays; not told in lists before it is done."
            ),
            .init("files", .index, "How many files were destroyed."),
            .init("destroyed_at", .time, "When the keys were destroyed.", required: false),
            .init("completed_at", .time, "When nothing was left.", required: false),
            .init("log_index", .index, "The place of its entry in the log.", required: false),
        ])
    )
}
