import Accounts
import Foundation
import HTTPServer
import Identification
import Workflows

/// Consents as compliance staff keep them: papers, histories, and the erasures that follow (rows F3, F4).
struct StaffConsentEndpoints {
    let register: ConsentRegister
    let erasure: Erasure

    var all: [Endpoint] { [read, record, withdraw, erasures] }

    private var read: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/accounts/{account_id}/consents",
            summary: "A candidate's consents with everything that was ever stated",
            tag: "consents",
            access: .permission(.readConsents),
            answers: [.init(.ok, "The consents", .json(HistoryView.schema))]
        ) { call in
            try .json(.ok, HistoryView(try await register.standing(of: call.id("account_id"))))
        }
    }

    private var record: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/accounts/{account_id}/consents",
            summary: "Enter a consent or a refusal that was signed on paper, by the person or a legal representative",
            tag: "consents",
            access: .permission(.manageConsents),
            parameters: [.idempotencyKey],
            body: .json(PaperBody.schema),
            answers: [.init(.created, "The consents", .json(HistoryView.schema))],
            problems: [.conflict]
        ) { call in
            let body = try call.body(as: PaperBody.self)
            let standing = try await register.record(
                ConsentRegister.PaperStatement(
                    kind: body.kind,
                    decision: body.decision,
                    version: body.version,
                    partners: body.partners ?? [],
                    representative: body.representative,
                    paper: body.document
                ),
                of: call.id("account_id"),
                principal: call.principal,
                idempotencyKey: call.idempotencyKey
            )
            return try .json(.created, HistoryView(standing))
        }
    }

    private var withdraw: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/accounts/{account_id}/consents/{kind}/withdrawal",
            summary: "Enter a withdrawal that was signed on paper",
            tag: "consents",
            access: .permission(.manageConsents),
            parameters: [.idempotencyKey],
            body: .json(WithdrawalBody.schema),
            answers: [.init(.created, "The consents", .json(HistoryView.schema))],
            problems: [.conflict]
        ) { call in
            let body = try call.body(as: WithdrawalBody.self)
            let standing = try await register.record(
                ConsentRegister.PaperStatement(
                    kind: call.consentKind,
                    decision: .withdrawn,
                    version: nil,
                    partners: [],
                    representative: body.representative,
                    paper: body.document
                ),
                of: call.id("account_id"),
                principal: call.principal,
                idempotencyKey: call.idempotencyKey
            )
            return try .json(.created, HistoryView(standing))
        }
    }

    private var erasures: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/erasures",
            summary: "Erasures of biometric data after a withdrawal, newest first: demanded, held, carried out",
            tag: "consents",
            access: .permission(.readConsents),
            parameters: [.pageBefore, .limit],
            answers: [
                .init(
                    .ok,
                    "A page",
                    .json(.object([.init("erasures", .array(of: ErasureView.schema, count: 0...500), "The erasures.")]))
                )
            ]
        ) { call in
            let listed = try await erasure.requests(before: call.pageBefore, limit: call.limit)
            return try .json(.ok, ["erasures": listed.map { ErasureView($0) }])
        }
    }
}

private struct PaperBody: Decodable {
    var kind: ConsentKind
    var decision: ConsentStatement.Decision
    var version: Int
    var partners: [String]?
    var representative: ConsentStatement.Representative?
    var document: ConsentStatement.Paper

    static let schema = Schema.object([
        .init("kind", ConsentSchemas.kind, "What it is about."),
        .init("decision", .oneOf(["given", "refused"]), "What the paper states."),
        .init("version", ConsentSchemas.version, "The version of the text that the paper carries."),
        .init("partners", ConsentSchemas.partners, "For `partner_transfer`: to whom.", required: false),
        .init(
            "representative",
            .nullable(ConsentSchemas.representative),
            "The parent or legal representative who signed; needed for candidates under 18.",
            required: false
        ),
        .init("document", ConsentSchemas.document, "The signed paper."),
    ])
}

private struct WithdrawalBody: Decodable {
    var representative: ConsentStatement.Representative?
    var document: ConsentStatement.Paper

    static let schema = Schema.object([
        .init(
            "representative",
            .nullable(ConsentSchemas.representative),
            "The legal representative, if one signed.",
            required: false
        ),
        .init("document", ConsentSchemas.document, "The signed paper."),
    ])
}

/// A candidate's consents with their history.
private struct HistoryView: Encodable {
    var consents: [ConsentsView.Item]
    var needsRepresentative: Bool
    var partners: [String]
    var history: [ConsentStatementView]

    init(_ standing: ConsentRegister.Standing) {
        let view = ConsentsView(standing)
        consents = view.consents
        needsRepresentative = view.needsRepresentative
        partners = view.partners
        history = standing.history.map { ConsentStatementView($0) }
    }

    static let schema = Schema.named(
        "ConsentHistory",
        .object(
            ConsentsView.properties + [
                .init(
                    "history",
                    .array(of: ConsentStatementView.schema, count: 0...10_000),
                    "Every statement, oldest first."
                )
            ]
        )
    )
}

/// An erasure as compliance staff see it.
private struct ErasureView: Encodable {
    var id: String
    var accountId: String
    var reason: String
    var state: String
    var holds: [String]
    var requestedBy: String
    var requestedAt: Date
    var dueBy: Date
    var cancelledAt: Date?
    var destroyed: Destroyed?
    var completedAt: Date?

    struct Destroyed: Encodable {
        var at: Date
        var portraits: Int
        var records: Int
        var files: Int
    }

    init(_ listed: Erasure.Listed) {
        let request = listed.request
        id = request.id.lowercased
        accountId = request.accountID.lowercased
        reason = request.reason
        state = request.state.rawValue
        holds = listed.holds.map(\.rawValue).sorted()
        requestedBy = request.requestedBy.lowercased
        requestedAt = request.requestedAt
        dueBy = request.dueBy
        cancelledAt = request.cancelledAt
        destroyed = request.destroyed.map {
            Destroyed(at: $0.at, portraits: $0.portraits, records: $0.records, files: $0.files)
        }
        completedAt = request.completedAt
    }

    static let schema = Schema.named(
        "Erasure",
        .object([
            .init("id", .uuid, "The erasure."),
            .init("account_id", .uuid, "Whose biometric data."),
            .init("reason", .text(), "Why."),
            .init("state", .oneOf(ErasureRequest.State.allCases.map(\.rawValue)), "Where it stands."),
            .init(
                "holds",
                .array(of: .oneOf(ErasureHold.allCases.map(\.rawValue)), count: 0...10),
                "What it waits for; the data serve nothing meanwhile."
            ),
            .init("requested_by", .uuid, "Who demanded it."),
            .init("requested_at", .time, "When."),
            .init("due_by", .time, "When it is carried out whatever holds it."),
            .init("cancelled_at", .time, "When the person consented again in time.", required: false),
            .init(
                "destroyed",
                .object([
                    .init("at", .time, "When the key was destroyed: nothing can be opened from then on."),
                    .init("portraits", .index, "How many portraits with their templates."),
                    .init("records", .index, "How many records lost their measurements."),
                    .init("files", .index, "How many files of sealed pictures."),
                ]),
                "What was destroyed.",
                required: false
            ),
            .init("completed_at", .time, "When nothing was left on the disk either.", required: false),
        ])
    )
}
