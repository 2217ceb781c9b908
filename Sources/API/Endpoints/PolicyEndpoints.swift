import Accounts
import Foundation
import HTTPServer
import Identification
import Workflows

/// How candidates are identified, and how one stands (row A3).
struct PolicyEndpoints {
    let policies: IdentificationPolicies

    var all: [Endpoint] { [list, set, ofExam, setOfExam, explain, override] }

    private var list: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/identification-policies",
            summary: "The policies by kind of procedure",
            tag: "identification",
            access: .permission(.readPolicies),
            answers: [
                .init(
                    .ok,
                    "The policies",
                    .json(
                        .object([
                            .init("policies", .array(of: ProcedurePolicyView.schema, count: 0...100), "By procedure.")
                        ])
                    )
                )
            ]
        ) { _ in
            try .json(.ok, ["policies": try await policies.all().map { ProcedurePolicyView($0.0, $0.1) }])
        }
    }

    private var set: Endpoint {
        Endpoint(
            method: .put,
            path: "/v1/identification-policies/{procedure}",
            summary: "Set the policy of a kind of procedure; exams that are published keep theirs",
            tag: "identification",
            access: .permission(.managePolicies),
            body: .json(PolicyBody.schema),
            answers: [.init(.ok, "The policy", .json(ProcedurePolicyView.schema))]
        ) { call in
            guard let procedure = ProcedureKind(rawValue: call.request.parameters["procedure"] ?? "") else {
                throw Refusal(
                    .notFound,
                    "procedure_unknown",
                    ru: "Такой образовательной процедуры нет.",
                    en: "There is no such kind of procedure."
                )
            }
            let policy = try call.body(as: PolicyBody.self).policy
            try await policies.set(policy, of: procedure, principal: call.principal)
            return try .json(.ok, ProcedurePolicyView(procedure, policy))
        }
    }

    private var ofExam: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/exams/{exam_id}/identification-policy",
            summary: "An exam's policy",
            tag: "identification",
            access: .permission(.readPolicies),
            answers: [.init(.ok, "The policy", .json(ProcedurePolicyView.schema))]
        ) { call in
            let (procedure, policy) = try await policies.policy(examID: call.id("exam_id"))
            return try .json(.ok, ProcedurePolicyView(procedure, policy))
        }
    }

    private var setOfExam: Endpoint {
        Endpoint(
            method: .put,
            path: "/v1/exams/{exam_id}/identification-policy",
            summary: "Set an exam's policy; it counts for what is still to come",
            tag: "identification",
            access: .permission(.manageExams),
            body: .json(ExamPolicyBody.schema),
            answers: [.init(.ok, "The policy", .json(ProcedurePolicyView.schema))]
        ) { call in
            let body = try call.body(as: ExamPolicyBody.self)
            let policy = body.policy.policy
            let examID = try call.id("exam_id")
            try await policies.set(policy, procedure: body.procedure, examID: examID, principal: call.principal)
            return try .json(.ok, ProcedurePolicyView(body.procedure, policy))
        }
    }

    private var explain: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/attempts/{attempt_id}/identification",
            summary: "What the candidate still needs to be identified, and why, in words",
            tag: "identification",
            access: .permission(.readExams),
            answers: [.init(.ok, "How the candidate stands", .json(ExplanationView.schema))]
        ) { call in
            let explanation = try await policies.explain(attemptID: call.id("attempt_id"), principal: call.principal)
            return try .json(.ok, ExplanationView(explanation, call.language))
        }
    }

    private var override: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/attempts/{attempt_id}/identification-override",
            summary:
                "Let the candidate go on without identification, where the exam's policy allows it to the own role",
            tag: "identification",
            access: .permission(.overrideIdentification),
            body: .json(ReasonBody.schema),
            answers: [.init(.ok, "How the candidate stands", .json(ExplanationView.schema))],
            problems: [.conflict]
        ) { call in
            let explanation = try await policies.override(
                attemptID: call.id("attempt_id"),
                reason: call.body(as: ReasonBody.self).reason,
                principal: call.principal
            )
            return try .json(.ok, ExplanationView(explanation, call.language))
        }
    }
}

private struct ExamPolicyBody: Decodable {
    var procedure: ProcedureKind
    var policy: PolicyBody

    static let schema = Schema.object([
        .init("procedure", .oneOf(ProcedureKind.allCases.map(\.rawValue)), "The kind of procedure."),
        .init("policy", PolicyBody.schema, "How candidates are identified."),
    ])
}
