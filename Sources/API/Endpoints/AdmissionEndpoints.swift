import Accounts
import Attestation
import Foundation
import HTTPServer
import Workflows

/// Who may start an exam, and why not (rows A7, D5).
struct AdmissionEndpoints {
    let gate: AdmissionGate
    let rules: AdmissionRulesDesk
    let control: CurrentControl
    let keys: AccessKeys

    var all: [Endpoint] {
        [
            admission, readRules, setRules, readUnits, setUnits, record, standing, ownStanding, issue, list, revoke,
            enter,
        ]
    }

    private var admission: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/exams/{exam_id}/admission",
            summary:
                "Why can't I start? Each condition of the exam, fulfilled or what to do; the start asks for the same",
            tag: "admission",
            access: .permission(.sitExams),
            answers: [.init(.ok, "The conditions", .json(AdmissionView.schema))]
        ) { call in
            let conditions = try await gate.conditions(examID: call.id("exam_id"), principal: call.principal)
            return try .json(.ok, AdmissionView(conditions, language: call.language))
        }
    }

    private var readRules: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/exams/{exam_id}/admission-rules",
            summary: "What an exam asks for before its start",
            tag: "admission",
            access: .permission(.manageExams),
            answers: [.init(.ok, "The rules", .json(RulesBody.schema))]
        ) { call in
            try .json(.ok, RulesBody(try await rules.rules(examID: call.id("exam_id"))))
        }
    }

    private var setRules: Endpoint {
        Endpoint(
            method: .put,
            path: "/v1/exams/{exam_id}/admission-rules",
            summary: "Set what an exam asks for before its start",
            tag: "admission",
            access: .permission(.manageExams),
            body: .json(RulesBody.schema),
            answers: [.init(.ok, "The rules", .json(RulesBody.schema))]
        ) { call in
            let set = try await rules.set(
                call.body(as: RulesBody.self).rules,
                examID: call.id("exam_id"),
                principal: call.principal
            )
            return try .json(.ok, RulesBody(set))
        }
    }

    // MARK: - Current control

    private var readUnits: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/disciplines/{discipline}/credit-units",
            summary: "The credit units of a discipline",
            tag: "admission",
            access: .permission(.readExams),
            answers: [.init(.ok, "The units; none where none are registered", .json(UnitsBody.schema(least: 0)))]
        ) { call in
            let units = try await control.units(of: call.discipline())
            return try .json(.ok, UnitsBody(titles: units?.titles ?? []))
        }
    }

    private var setUnits: Endpoint {
        Endpoint(
            method: .put,
            path: "/v1/disciplines/{discipline}/credit-units",
            summary: "Register the credit units of a discipline: its intermediate attestation then asks for each",
            tag: "admission",
            access: .permission(.manageExams),
            body: .json(UnitsBody.schema(least: 1)),
            answers: [.init(.ok, "The units", .json(UnitsBody.schema(least: 1)))]
        ) { call in
            let units = try await control.register(
                call.body(as: UnitsBody.self).titles,
                of: call.discipline(),
                principal: call.principal
            )
            return try .json(.ok, UnitsBody(titles: units.titles))
        }
    }

    private var record: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/current-control",
            summary: "Record the outcome of a current control over a credit unit; the newest counts",
            tag: "admission",
            access: .permission(.manageExams),
            body: .json(CreditResultBody.schema),
            answers: [.init(.created, "How the candidate stands", .json(CreditStandingView.schema))]
        ) { call in
            let body = try call.body(as: CreditResultBody.self)
            _ = try await control.record(
                body.grade,
                of: body.candidateId,
                discipline: body.discipline,
                unit: body.unit,
                principal: call.principal
            )
            let units = try await control.standing(of: body.candidateId, discipline: body.discipline)
            return try .json(.created, CreditStandingView(discipline: body.discipline, units))
        }
    }

    private var standing: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/disciplines/{discipline}/current-control/{candidate_id}",
            summary: "How a candidate stands in the credit units of a discipline",
            tag: "admission",
            access: .permission(.readAttempts),
            answers: [.init(.ok, "The units with their outcomes", .json(CreditStandingView.schema))]
        ) { call in
            let discipline = try call.discipline()
            let units = try await control.standing(of: call.id("candidate_id"), discipline: discipline)
            return try .json(.ok, CreditStandingView(discipline: discipline, units))
        }
    }

    private var ownStanding: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/me/current-control/{discipline}",
            summary: "How one stands in the credit units of a discipline oneself",
            tag: "admission",
            access: .permission(.sitExams),
            answers: [.init(.ok, "The units with their outcomes", .json(CreditStandingView.schema))]
        ) { call in
            let discipline = try call.discipline()
            let units = try await control.standing(of: call.principal.id, discipline: discipline)
            return try .json(.ok, CreditStandingView(discipline: discipline, units))
        }
    }

    // MARK: - Keys

    private var issue: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/exams/{exam_id}/access-keys",
            summary: "Issue an access key for a group or a candidate; it is answered this once",
            tag: "admission",
            access: .permission(.manageExams),
            body: .json(KeyBody.schema),
            answers: [.init(.created, "The key", .json(KeyView.schema))],
            problems: [.notFound]
        ) { call in
            let body = try call.body(as: KeyBody.self)
            let (key, text) = try await keys.issue(
                for: body.recipient,
                examID: call.id("exam_id"),
                from: body.validFrom,
                until: body.validUntil,
                principal: call.principal
            )
            return try .json(.created, KeyView(key, text: text))
        }
    }

    private var list: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/exams/{exam_id}/access-keys",
            summary: "The access keys of an exam, without what is to be entered",
            tag: "admission",
            access: .permission(.manageExams),
            answers: [
                .init(
                    .ok,
                    "The keys",
                    .json(.object([.init("keys", .array(of: KeyView.schema, count: 0...100_000), "Oldest first.")]))
                )
            ]
        ) { call in
            let all = try await keys.keys(examID: call.id("exam_id"))
            return try .json(.ok, ["keys": all.map { KeyView($0) }])
        }
    }

    private var revoke: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/exams/{exam_id}/access-keys/{key_id}/revocation",
            summary: "Revoke an access key",
            tag: "admission",
            access: .permission(.manageExams),
            answers: [.init(.noContent, "It opens no longer")],
            problems: [.conflict]
        ) { call in
            try await keys.revoke(call.id("key_id"), examID: call.id("exam_id"), principal: call.principal)
            return .noContent
        }
    }

    private var enter: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/exams/{exam_id}/access-key-entries",
            summary: "Enter an access key; wrong ones are slowed down",
            tag: "admission",
            access: .permission(.sitExams),
            body: .json(EntryBody.schema),
            answers: [.init(.noContent, "It was accepted")],
            problems: [.conflict, .tooManyRequests]
        ) { call in
            try await keys.enter(
                call.body(as: EntryBody.self).key,
                examID: call.id("exam_id"),
                principal: call.principal,
                from: call.clientAddress
            )
            return .noContent
        }
    }
}
