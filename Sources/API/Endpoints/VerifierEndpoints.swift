import Accounts
import Foundation
import HTTPServer
import Identification
import Workflows

/// Visual identification as verifiers do it (rows C1, C2, C4, C5).
struct VerifierEndpoints {
    let desk: VisualDesk
    let material: CaseMaterial
    let reading: CaseReading
    let decision: VisualDecision
    let metrics: Metrics

    var all: [Endpoint] {
        [list, take, handBack, details, picture, sendPicture, readDocument, document, conference, decide]
    }

    private static let path = "/v1/visual-identifications"

    private var list: Endpoint {
        Endpoint(
            method: .get,
            path: Self.path,
            summary: "The queue, the longest waiting first; or all cases, the newest first",
            tag: "visual identification",
            access: .permission(.readQueue),
            parameters: [
                .init(
                    name: "scope",
                    place: .query,
                    schema: .oneOf(VisualCaseFilter.Scope.allCases.map(\.rawValue)),
                    summary: "`open` (the default) or `all`."
                ),
                .init(name: "subject", place: .query, schema: .uuid, summary: "Only this account's."),
                .init(name: "beyond", place: .query, schema: .index, summary: "The number of the last case seen."),
                .limit,
            ],
            answers: [
                .init(
                    .ok,
                    "A page",
                    .json(.object([.init("cases", .array(of: CaseLineView.schema, count: 0...500), "The cases.")]))
                )
            ]
        ) { call in
            var filter = VisualCaseFilter(
                scope: call.query("scope").flatMap { VisualCaseFilter.Scope(rawValue: $0) } ?? .open,
                limit: call.limit
            )
            filter.subject = call.query("subject").flatMap { UUID(uuidString: $0) }
            filter.beyond = call.query("beyond").flatMap { Int64($0) }
            let lines = try await desk.list(filter, principal: call.principal)
            return try .json(.ok, ["cases": lines.map { CaseLineView($0) }])
        }
    }

    private var take: Endpoint {
        endpoint(.post, "/taking", "Take a case, or go on with the own one", CaseDetailsView.schema) { call in
            let details = try await desk.take(call.id("case_id"), principal: call.principal)
            return try .json(.ok, CaseDetailsView(details, call.language))
        }
    }

    private var handBack: Endpoint {
        endpoint(.post, "/return", "Give a case back to the queue, where it keeps its place", CaseLineView.schema) {
            call in
            try .json(.ok, CaseLineView(try await desk.handBack(call.id("case_id"), principal: call.principal)))
        }
    }

    private var details: Endpoint {
        endpoint(.get, "", "Everything about a case that was taken; looking is recorded", CaseDetailsView.schema) {
            call in
            try await show(call)
        }
    }

    private var document: Endpoint {
        endpoint(
            .put,
            "/document",
            "Fill in or correct the document's particulars",
            CaseDetailsView.schema,
            body: .json(DocumentBody.schema)
        ) { call in
            let form = try call.body(as: DocumentBody.self).form
            _ = try await material.setForm(form, caseID: call.id("case_id"), principal: call.principal)
            return try await show(call)
        }
    }

    private var conference: Endpoint {
        endpoint(
            .put,
            "/conference",
            "Say where the video link is; the candidate sees it",
            CaseDetailsView.schema,
            body: .json(
                .object([.init("url", .nullable(.text(1...500)), "An https link without a password; null for none.")])
            )
        ) { call in
            let details = try await desk.setConference(
                call.body(as: ConferenceBody.self).url,
                caseID: call.id("case_id"),
                principal: call.principal
            )
            return try .json(.ok, CaseDetailsView(details, call.language))
        }
    }

    private var picture: Endpoint {
        Endpoint(
            method: .get,
            path: "\(Self.path)/{case_id}/pictures/{picture}",
            summary: "A picture of a case that was taken: document, live or portrait; looking is recorded",
            tag: "visual identification",
            access: .permission(.verifyIdentity),
            answers: [.init(.ok, "The picture", .picture)],
            problems: [.conflict]
        ) { call in
            .picture(
                try await desk.picture(
                    call.request.parameters["picture"] ?? "",
                    of: call.id("case_id"),
                    principal: call.principal
                )
            )
        }
    }

    private var sendPicture: Endpoint {
        endpoint(
            .put,
            "/pictures/{picture}",
            "Keep a still that the verifier took at the access point: `document` or `live`",
            CaseDetailsView.schema,
            body: PortraitEndpoints.pictureBody,
            problems: [.conflict, .unprocessableContent]
        ) { call in
            _ = try await material.setPicture(
                call.pictureKind,
                call.request.body,
                caseID: call.id("case_id"),
                principal: call.principal
            )
            return try await show(call)
        }
    }

    private var readDocument: Endpoint {
        endpoint(
            .post,
            "/document-reading",
            "Read the machine-readable zone from the picture of the document, for the verifier to compare and confirm; "
                + "recorded like looking, nothing is kept",
            DocumentReadingView.schema,
            answer: "What was read, a suggestion to compare with the document; or that nothing was, and what to do",
            problems: [.conflict, .unprocessableContent, .serviceUnavailable]
        ) { call in
            let reading = try await reading.read(call.id("case_id"), principal: call.principal)
            return try .json(.ok, DocumentReadingView(reading, call.language))
        }
    }

    private var decide: Endpoint {
        endpoint(
            .post,
            "/decision",
            "Decide about a case that was taken; a decision stands",
            DecisionView.schema,
            body: .json(DecisionBody.schema)
        ) { call in
            let result = try await decision.decide(
                call.body(as: DecisionBody.self).statement,
                caseID: call.id("case_id"),
                principal: call.principal,
                origin: call.device
            )
            if let record = result.record {
                metrics.count(
                    "attestd_identifications_total",
                    ["method": "visual", "outcome": record.outcome.rawValue]
                )
            }
            return try .json(.ok, DecisionView(result))
        }
    }

    private func show(_ call: Call) async throws -> Answer {
        let details = try await desk.details(of: call.id("case_id"), principal: call.principal)
        return try .json(.ok, CaseDetailsView(details, call.language))
    }

    /// An operation on one case, for verifiers.
    private func endpoint(
        _ method: HTTPMethod,
        _ suffix: String,
        _ summary: String,
        _ schema: Schema,
        body: Endpoint.Body = .none,
        answer: String = "The case",
        problems: [HTTPStatus] = [.conflict],
        handle: @escaping @Sendable (Call) async throws -> Answer
    ) -> Endpoint {
        Endpoint(
            method: method,
            path: "\(Self.path)/{case_id}\(suffix)",
            summary: summary,
            tag: "visual identification",
            access: .permission(.verifyIdentity),
            body: body,
            answers: [.init(.ok, answer, .json(schema))],
            problems: problems,
            handle: handle
        )
    }
}

private struct ConferenceBody: Decodable {
    var url: String?
}

/// What a verifier decides.
private struct DecisionBody: Decodable {
    var reason: VisualReason
    var checklist: [VisualCheck]
    var route: VisualRoute
    var accessPoint: String?
    var doubtful: Bool?
    var comment: String?

    var statement: VisualDecision.Statement {
        VisualDecision.Statement(
            reason: reason,
            checklist: checklist,
            route: route,
            accessPoint: accessPoint,
            isDoubtful: doubtful ?? false,
            comment: comment ?? ""
        )
    }

    static let schema = Schema.object([
        .init(
            "reason",
            .oneOf(VisualReason.forVerifiers.map(\.rawValue)),
            "Why; it gives the outcome. `other_person` ends the attempt."
        ),
        .init(
            "checklist",
            .array(of: .oneOf(VisualCheck.allCases.map(\.rawValue)), count: 0...20),
            "What was looked at and found right."
        ),
        .init("route", .oneOf(VisualRoute.allCases.map(\.rawValue)), "How the person was seen."),
        .init("access_point", .nullable(.text(0...300)), "Where, for a person who came.", required: false),
        .init("doubtful", .boolean, "Whether a second verifier shall look.", required: false),
        .init("comment", .text(0...2_000), "What was seen; needed for everything but a plain match.", required: false),
    ])
}

/// What came of a decision.
private struct DecisionView: Encodable {
    var state: String
    var outcome: String?
    var reason: String?
    var identificationId: String?

    init(_ result: VisualDecision.Result) {
        state = result.visualCase.state.rawValue
        outcome = result.visualCase.conclusion?.outcome.rawValue
        reason = result.visualCase.conclusion?.rawValue
        identificationId = result.record?.id.lowercased
    }

    static let schema = Schema.object([
        .init("state", .oneOf(VisualCase.State.allCases.map(\.rawValue)), "How the case stands."),
        .init("outcome", .oneOf(IdentificationOutcome.allCases.map(\.rawValue)), "What came of it.", required: false),
        .init("reason", .oneOf(VisualReason.allCases.map(\.rawValue)), "Why.", required: false),
        .init("identification_id", .uuid, "The identification record.", required: false),
    ])
}
