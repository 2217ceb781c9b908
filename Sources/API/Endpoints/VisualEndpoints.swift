import Accounts
import Foundation
import HTTPServer
import Identification
import IdentityDocuments
import Workflows

/// Visual identification as candidates see it (rows C1, C3, C5).
struct VisualEndpoints {
    let queue: VisualQueue
    let material: CaseMaterial

    var all: [Endpoint] { [openForAttempt, open, standing, document, picture, cancel, kinds] }

    private var openForAttempt: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/attempts/{attempt_id}/visual-identification",
            summary: "Join the verifiers' queue for an attempt; there is one place for each attempt",
            tag: "visual identification",
            access: .permission(.sitExams),
            answers: [
                .init(.created, "The new place", .json(CaseStandingView.schema)),
                .init(.ok, "The place that there was", .json(CaseStandingView.schema)),
            ],
            problems: [.conflict]
        ) { call in
            let (standing, isNew) = try await queue.open(
                attemptID: call.id("attempt_id"),
                principal: call.principal
            )
            return try .json(isNew ? .created : .ok, CaseStandingView(standing, call.language))
        }
    }

    private var open: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/me/visual-identifications",
            summary: "Join the verifiers' queue outside of any attempt: for the admission of documents, say",
            tag: "visual identification",
            access: .permission(.sitExams),
            body: .json(
                .object([
                    .init("procedure", .oneOf(ProcedureKind.allCases.map(\.rawValue)), "The kind of procedure.")
                ])
            ),
            answers: [
                .init(.created, "The new place", .json(CaseStandingView.schema)),
                .init(.ok, "The place that there was", .json(CaseStandingView.schema)),
            ],
            problems: [.conflict]
        ) { call in
            let body = try call.body(as: ProcedureBody.self)
            let (standing, isNew) = try await queue.open(body.procedure, principal: call.principal)
            return try .json(isNew ? .created : .ok, CaseStandingView(standing, call.language))
        }
    }

    private var standing: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/me/visual-identifications/{case_id}",
            summary: "The own case: place, waiting time, outcome",
            tag: "visual identification",
            access: .permission(.sitExams),
            answers: [.init(.ok, "The case", .json(CaseStandingView.schema))]
        ) { call in
            let standing = try await queue.standing(of: call.id("case_id"), principal: call.principal)
            return try .json(.ok, CaseStandingView(standing, call.language))
        }
    }

    private var document: Endpoint {
        Endpoint(
            method: .put,
            path: "/v1/me/visual-identifications/{case_id}/document",
            summary: "Fill in the document's particulars while waiting",
            tag: "visual identification",
            access: .permission(.sitExams),
            body: .json(DocumentBody.schema),
            answers: [.init(.ok, "The case", .json(CaseStandingView.schema))],
            problems: [.conflict]
        ) { call in
            let form = try call.body(as: DocumentBody.self).form
            _ = try await material.setForm(form, caseID: call.id("case_id"), principal: call.principal)
            return try await show(call)
        }
    }

    private var picture: Endpoint {
        Endpoint(
            method: .put,
            path: "/v1/me/visual-identifications/{case_id}/pictures/{picture}",
            summary: "Send a still: `document` (the page with the photograph) or `live` (the face now)",
            tag: "visual identification",
            access: .permission(.sitExams),
            body: PortraitEndpoints.pictureBody,
            answers: [.init(.ok, "The case", .json(CaseStandingView.schema))],
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

    private var cancel: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/me/visual-identifications/{case_id}/cancellation",
            summary: "Leave the queue",
            tag: "visual identification",
            access: .permission(.sitExams),
            answers: [.init(.ok, "The case", .json(CaseStandingView.schema))],
            problems: [.conflict]
        ) { call in
            let standing = try await queue.cancel(call.id("case_id"), principal: call.principal)
            return try .json(.ok, CaseStandingView(standing, call.language))
        }
    }

    private var kinds: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/document-kinds",
            summary: "The kinds of identity documents, and what is to be filled in for each",
            tag: "visual identification",
            access: .permission(.readExams),
            answers: [
                .init(
                    .ok,
                    "The kinds",
                    .json(.object([.init("kinds", .array(of: DocumentKindView.schema, count: 0...100), "Kinds.")]))
                )
            ]
        ) { _ in
            try .json(.ok, ["kinds": DocumentKind.allCases.map { DocumentKindView($0) }])
        }
    }

    private func show(_ call: Call) async throws -> Answer {
        let standing = try await queue.standing(of: call.id("case_id"), principal: call.principal)
        return try .json(.ok, CaseStandingView(standing, call.language))
    }
}

extension Call {
    /// What a picture of a case shows, from the path.
    var pictureKind: VisualCase.PictureKind {
        get throws {
            guard let kind = VisualCase.PictureKind(rawValue: request.parameters["picture"] ?? "") else {
                throw Refusal(
                    .notFound,
                    "picture_unknown",
                    ru: "Такого снимка в обращении нет: бывают document и live.",
                    en: "A case has no such picture: there are document and live."
                )
            }
            return kind
        }
    }
}

private struct ProcedureBody: Decodable {
    var procedure: ProcedureKind
}
