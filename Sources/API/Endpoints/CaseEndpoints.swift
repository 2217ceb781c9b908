import Accounts
import Attestation
import Cases
import Foundation
import HTTPServer
import Workflows

/// Appeals, credit for earlier study, retakes, disciplinary cases, expulsions (rows D12, D13, F7).
///
/// The operations of each kind are made from its definition: one that opens a case, one for each step, each with the
/// fields that the step asks for.
struct CaseEndpoints {
    let desk: CaseDesk
    let documents: CaseDocuments

    var all: [Endpoint] {
        CaseKind.allCases.flatMap { kind in
            kind.definition.steps.filter { $0.actor != .system }.map { step in
                step.from.isEmpty ? open(kind.definition, step) : take(kind.definition, step)
            }
        } + [list, own, one, kinds, attach, document, gradeChanges]
    }

    // MARK: - Steps

    private func open(_ definition: CaseDefinition, _ step: CaseStep) -> Endpoint {
        // Where staff opens cases of the kind too, candidates do it among what is their own.
        let openers = definition.steps.filter(\.from.isEmpty)
        let isOwn = step.actor == .candidate && openers.count > 1
        var about: [Schema.Property] = []
        if step.actor != .candidate { about.append(.init("candidate_id", .uuid, "The candidate's account.")) }
        if definition.about != .nothing {
            about.append(.init("attempt_id", .uuid, "The attempt.", required: definition.about == .attempt))
        }
        return Endpoint(
            method: .post,
            path: isOwn ? "/v1/me/\(definition.path)" : "/v1/\(definition.path)",
            summary: "\(definition.label.en): \(step.label.en)",
            tag: "cases",
            access: .permission(Self.permission(step)),
            parameters: [.idempotencyKey],
            body: .json(.object(about + step.fields.map(\.property)), maximumBytes: 256 * 1024),
            answers: [.init(.created, "The case", .json(CaseView.schema))],
            problems: [.conflict]
        ) { call in
            let members = call.json?.members ?? [:]
            let sheet = try await desk.open(
                definition.kind,
                step: step.id,
                about: CaseDesk.About(
                    attemptID: members["attempt_id"]?.string.flatMap { UUID(uuidString: $0) },
                    candidateID: members["candidate_id"]?.string.flatMap { UUID(uuidString: $0) }
                ),
                values: step.values(in: members),
                principal: call.principal,
                idempotencyKey: call.idempotencyKey
            )
            return try .json(.created, CaseView(sheet, language: call.language))
        }
    }

    private func take(_ definition: CaseDefinition, _ step: CaseStep) -> Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/\(definition.path)/{case_id}/\(step.id)",
            summary: "\(definition.label.en): \(step.label.en)",
            tag: "cases",
            access: .permission(Self.permission(step)),
            body: step.fields.isEmpty
                ? .none : .json(.object(step.fields.map(\.property)), maximumBytes: 512 * 1024),
            answers: [.init(.ok, "The case", .json(CaseView.schema))],
            problems: [.conflict, .unprocessableContent]
        ) { call in
            let sheet = try await desk.take(
                step.id,
                of: call.id("case_id"),
                kind: definition.kind,
                values: step.values(in: call.json?.members ?? [:]),
                principal: call.principal
            )
            return try .json(.ok, CaseView(sheet, language: call.language))
        }
    }

    private static func permission(_ step: CaseStep) -> Permission {
        switch step.actor {
        case .candidate: .applyInCases
        case .office, .system: .manageCases
        case .chair, .reporter: .actInCases
        }
    }

    // MARK: - Looking

    private var list: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/cases",
            summary: "Cases, the last opened first: all for the office, for others those that they have a part in",
            tag: "cases",
            access: .permission(.actInCases),
            parameters: [
                .init(
                    name: "kind",
                    place: .query,
                    schema: .oneOf(CaseKind.allCases.map(\.rawValue)),
                    summary: "Only of this kind."
                ),
                .init(name: "state", place: .query, schema: .line(1...50), summary: "Only those that stand there."),
                .init(name: "candidate", place: .query, schema: .uuid, summary: "Only about this account."),
                .init(name: "overdue_at", place: .query, schema: .time, summary: "Only with a term over by then."),
                .pageBefore, .limit,
            ],
            answers: [.init(.ok, "A page", .json(Self.page))]
        ) { call in
            var filter = CaseFilter(kind: call.query("kind").flatMap { CaseKind(rawValue: $0) }, limit: call.limit)
            filter.state = call.query("state")
            filter.subject = call.query("candidate").flatMap { UUID(uuidString: $0) }
            filter.overdueAt = call.query("overdue_at").flatMap { Timestamp.date($0) }
            filter.before = call.pageBefore
            let sheets = try await desk.cases(filter, principal: call.principal)
            return try .json(.ok, ["cases": sheets.map { CaseView($0, language: call.language) }])
        }
    }

    private var own: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/me/cases",
            summary: "The own appeals, applications and cases, with minutes and outcome",
            tag: "cases",
            access: .permission(.applyInCases),
            parameters: [.pageBefore, .limit],
            answers: [.init(.ok, "A page", .json(Self.page))]
        ) { call in
            let sheets = try await desk.own(call.principal, before: call.pageBefore, limit: call.limit)
            return try .json(.ok, ["cases": sheets.map { CaseView($0, language: call.language) }])
        }
    }

    private var one: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/cases/{case_id}",
            summary: "A case with its records, terms and the steps that one can take now",
            tag: "cases",
            access: .permission(.readCases),
            answers: [.init(.ok, "The case", .json(CaseView.schema))]
        ) { call in
            let sheet = try await desk.one(call.id("case_id"), principal: call.principal)
            return try .json(.ok, CaseView(sheet, language: call.language))
        }
    }

    private var kinds: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/case-kinds",
            summary: "The kinds of case: states, steps, who takes them, what is filled in, and terms",
            tag: "cases",
            access: .permission(.readCases),
            answers: [
                .init(
                    .ok,
                    "The kinds",
                    .json(.object([.init("kinds", .array(of: CaseKindView.schema, count: 0...100), "The kinds.")]))
                )
            ]
        ) { call in
            try .json(.ok, ["kinds": CaseKind.allCases.map { CaseKindView($0.definition, language: call.language) }])
        }
    }

    private var gradeChanges: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/attempts/{attempt_id}/grade-changes",
            summary:
                "Grades that people decided, or that follow from a rule, in place of what was graded; the last one counts",
            tag: "cases",
            access: .permission(.readExams),
            answers: [
                .init(
                    .ok,
                    "The changes, oldest first",
                    .json(
                        .object([.init("grade_changes", .array(of: GradeChangeView.schema, count: 0...100), "Changes.")]
                        )
                    )
                )
            ]
        ) { call in
            let changes = try await desk.gradeChanges(attemptID: call.id("attempt_id"), principal: call.principal)
            return try .json(.ok, ["grade_changes": changes.map { GradeChangeView($0) }])
        }
    }

    // MARK: - Documents

    private var attach: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/cases/{case_id}/documents",
            summary: "Attach a document to a case",
            tag: "cases",
            access: .permission(.readCases),
            body: .raw(["application/pdf", "image/jpeg", "image/png"], maximumBytes: 8 * 1024 * 1024),
            answers: [.init(.created, "The case", .json(CaseView.schema))],
            problems: [.conflict, .unprocessableContent]
        ) { call in
            let sheet = try await documents.attach(
                call.request.body,
                to: call.id("case_id"),
                principal: call.principal
            )
            return try .json(.created, CaseView(sheet, language: call.language))
        }
    }

    private var document: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/cases/{case_id}/documents/{number}",
            summary: "A document of a case, by the number of its record",
            tag: "cases",
            access: .permission(.readCases),
            answers: [.init(.ok, "The document", .raw(["application/pdf", "image/jpeg", "image/png"]))]
        ) { call in
            let file = try await documents.document(
                Int(call.request.parameters["number"] ?? "") ?? 0,
                of: call.id("case_id"),
                principal: call.principal
            )
            return .document(file)
        }
    }

    private static let page = Schema.object([
        .init("cases", .array(of: CaseView.schema, count: 0...500), "The cases.")
    ])
}
