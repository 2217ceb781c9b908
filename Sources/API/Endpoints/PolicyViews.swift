import Accounts
import Attestation
import Foundation
import Identification
import Workflows

/// An identification policy as it is sent and shown.
struct PolicyBody: Codable {
    var anyOf: [[IdentificationMethod]]
    var validForSeconds: Int?
    var visualValidForSeconds: Int?
    var liveness: Bool?
    var visualReplacesBiometric: Bool?
    var everyMinutes: Int?
    var jitterMinutes: Int?
    var onResume: Bool?
    var beforeSubmission: Bool?
    var graceSeconds: Int?
    var mostFailures: Int?
    var onFailure: IdentificationPolicy.Consequence?
    var overriders: [Role]?

    init(_ policy: IdentificationPolicy) {
        anyOf = policy.anyOf
        validForSeconds = policy.validForSeconds
        visualValidForSeconds = policy.visualValidForSeconds
        liveness = policy.requiresLiveness
        visualReplacesBiometric = policy.visualReplacesBiometric
        everyMinutes = policy.repetition.everyMinutes
        jitterMinutes = policy.repetition.jitterMinutes
        onResume = policy.repetition.onResume
        beforeSubmission = policy.repetition.beforeSubmission
        graceSeconds = policy.repetition.graceSeconds
        mostFailures = policy.mostFailures
        onFailure = policy.onFailure
        overriders = policy.overriders.sorted { $0.rawValue < $1.rawValue }
    }

    /// The policy; what was left out is as by default.
    var policy: IdentificationPolicy {
        var policy = IdentificationPolicy(anyOf: anyOf)
        func set<Value>(_ place: inout Value, _ value: Value?) {
            if let value { place = value }
        }
        set(&policy.validForSeconds, validForSeconds)
        set(&policy.visualValidForSeconds, visualValidForSeconds)
        set(&policy.requiresLiveness, liveness)
        set(&policy.visualReplacesBiometric, visualReplacesBiometric)
        policy.repetition.everyMinutes = everyMinutes
        set(&policy.repetition.jitterMinutes, jitterMinutes)
        set(&policy.repetition.onResume, onResume)
        set(&policy.repetition.beforeSubmission, beforeSubmission)
        set(&policy.repetition.graceSeconds, graceSeconds)
        set(&policy.mostFailures, mostFailures)
        set(&policy.onFailure, onFailure)
        set(&policy.overriders, overriders.map { Set($0) })
        return policy
    }

    static let schema = Schema.named(
        "IdentificationPolicy",
        .object([
            .init(
                "any_of",
                .array(
                    of: .array(of: .oneOf(IdentificationMethod.allCases.map(\.rawValue)), count: 1...3),
                    count: 1...8
                ),
                "Alternatives; one must hold, and holds when all of its methods do."
            ),
            .init("valid_for_seconds", .integer(10...86_400), "How old a biometric match may be.", required: false),
            .init(
                "visual_valid_for_seconds",
                .integer(10...86_400),
                "How old a visual match may be.",
                required: false
            ),
            .init("liveness", .boolean, "Whether a liveness challenge is asked for; default true.", required: false),
            .init(
                "visual_replaces_biometric",
                .boolean,
                "Whether a verifier identifies who does not consent to biometrics or is not recognised; default true.",
                required: false
            ),
            .init(
                "every_minutes",
                .integer(1...600),
                "While the attempt runs, again every so many minutes; left out: not.",
                required: false
            ),
            .init("jitter_minutes", .integer(0...600), "Earlier or later by up to so many minutes.", required: false),
            .init("on_resume", .boolean, "Again when the candidate goes on by another login.", required: false),
            .init("before_submission", .boolean, "Again before handing in.", required: false),
            .init("grace_seconds", .integer(15...3_600), "How long the candidate has to answer.", required: false),
            .init(
                "most_failures",
                .integer(1...100),
                "After how many failed comparisons in a row only a person identifies.",
                required: false
            ),
            .init(
                "on_failure",
                .oneOf(IdentificationPolicy.Consequence.allCases.map(\.rawValue)),
                "What a missed identification means: `refuse` answers, `queue` for a verifier, `flag` and go on.",
                required: false
            ),
            .init(
                "overriders",
                .array(of: .oneOf(Role.allCases.map(\.rawValue)), count: 0...Role.allCases.count),
                "Who may let a candidate go on without identification.",
                required: false
            ),
        ])
    )
}

/// A policy with the kind of procedure that it is for.
struct ProcedurePolicyView: Encodable {
    var procedure: String
    var policy: PolicyBody

    init(_ procedure: ProcedureKind, _ policy: IdentificationPolicy) {
        self.procedure = procedure.rawValue
        self.policy = PolicyBody(policy)
    }

    static let schema = Schema.object([
        .init("procedure", .oneOf(ProcedureKind.allCases.map(\.rawValue)), "The kind of procedure."),
        .init("policy", PolicyBody.schema, "How candidates are identified."),
    ])
}

/// How a candidate stands, in words.
struct ExplanationView: Encodable {
    var attemptId: String
    var suffices: Bool
    var text: String
    var steps: [Step]
    var demands: [DemandView]
    var visualCaseId: String?

    struct Step: Encodable {
        var method: String
        var code: String
        var text: String
    }

    init(_ explanation: IdentificationPolicies.Explanation, _ language: LocalizedText.Language) {
        attemptId = explanation.attempt.id.lowercased
        suffices = explanation.standing?.suffices ?? explanation.demands.isEmpty
        text = explanation.text.text(in: language)
        steps = (explanation.standing?.next ?? []).map {
            Step(
                method: $0.method.rawValue,
                code: IdentificationAdvice.code(of: $0),
                text: IdentificationAdvice.step(for: $0).text(in: language)
            )
        }
        demands = explanation.demands.map { DemandView($0) }
        visualCaseId = explanation.visualCaseID?.lowercased
    }

    static let schema = Schema.named(
        "IdentificationStanding",
        .object([
            .init("attempt_id", .uuid, "The attempt."),
            .init("suffices", .boolean, "Whether nothing is needed now."),
            .init("text", .text(), "What the candidate still needs, and why, in words."),
            .init(
                "steps",
                .array(
                    of: .object([
                        .init("method", .oneOf(IdentificationMethod.allCases.map(\.rawValue)), "By what method."),
                        .init("code", .text(), "The step, for programs."),
                        .init("text", .text(), "The step in words."),
                    ]),
                    count: 0...3
                ),
                "The next steps."
            ),
            .init("demands", .array(of: DemandView.schema, count: 0...1_000), "What is demanded now."),
            .init("visual_case_id", .uuid, "The case in the verifiers' queue, if any.", required: false),
        ])
    )
}

/// A demand.
struct DemandView: Encodable {
    var id: String
    var subject: String
    var moment: String
    var state: String
    var demandedBy: String?
    var message: String?
    var dueAt: Date
    var expiresAt: Date
    var answeredAt: Date?
    var identificationId: String?
    var hasPictures: Bool

    init(_ shown: DemandDesk.Shown) {
        let demand = shown.demand
        id = demand.id.lowercased
        subject = demand.subject.rawValue
        moment = demand.moment.rawValue
        state = demand.state.rawValue
        demandedBy = demand.demandedBy?.lowercased
        message = shown.message
        dueAt = demand.dueAt
        expiresAt = demand.expiresAt
        answeredAt = demand.answeredAt
        identificationId = demand.recordID?.lowercased
        hasPictures = demand.evidence != nil
    }

    static let schema = Schema.named(
        "IdentificationDemand",
        .object([
            .init("id", .uuid, "The demand."),
            .init("subject", .oneOf(IdentificationDemand.Subject.allCases.map(\.rawValue)), "What is to be shown."),
            .init("moment", .oneOf(IdentificationMoment.allCases.map(\.rawValue)), "Why now."),
            .init("state", .oneOf(IdentificationDemand.State.allCases.map(\.rawValue)), "How it stands."),
            .init("demanded_by", .uuid, "Who demands it; absent for the policy.", required: false),
            .init("message", .text(0...1_000), "What the person says.", required: false),
            .init("due_at", .time, "From when it is to be shown."),
            .init("expires_at", .time, "Until when an answer is in time."),
            .init("answered_at", .time, "When it was answered.", required: false),
            .init("identification_id", .uuid, "The identification that answers it.", required: false),
            .init("has_pictures", .boolean, "Whether pictures were sent."),
        ])
    )
}
