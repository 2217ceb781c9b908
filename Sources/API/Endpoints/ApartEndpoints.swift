import Accounts
import Foundation
import HTTPServer
import Identification
import Workflows

/// Identification by the face for a procedure apart from any attempt (S1 6.2, 6.9); by a document see
/// `VisualEndpoints`.
struct ApartEndpoints {
    let identification: ApartIdentification
    let metrics: Metrics

    var all: [Endpoint] { [standing, frames, challenge, answer] }

    private static let path = "/v1/me/procedures/{procedure}"

    private var standing: Endpoint {
        Endpoint(
            method: .get,
            path: "\(Self.path)/identification",
            summary: "What a kind of procedure still asks for, and why",
            tag: "identification",
            access: .permission(.sitExams),
            answers: [.init(.ok, "The standing", .json(ProcedureStandingView.schema))]
        ) { call in
            let standing = try await identification.standing(of: call.procedure, principal: call.principal)
            return try .json(.ok, ProcedureStandingView(standing, call.language))
        }
    }

    private var frames: Endpoint {
        Endpoint(
            method: .post,
            path: "\(Self.path)/frames",
            summary: "Compare live frames of one moment with the portrait, for a procedure apart from any attempt",
            tag: "identification",
            access: .permission(.sitExams),
            parameters: [.idempotencyKey],
            body: .json(
                PictureSetBody.schema(1...5, "Frames that were taken within a second or two."),
                maximumBytes: PictureSetBody.maximumBytes(5)
            ),
            answers: [
                .init(.created, "The identification; scores are for staff only", .json(ProcedureVerdictView.schema))
            ],
            problems: [.conflict, .unprocessableContent, .unsupportedMediaType, .tooManyRequests]
        ) { call in
            let verdict = try await identification.judge(
                call.body(as: PictureSetBody.self).pictures,
                for: call.procedure,
                principal: call.principal,
                idempotencyKey: call.idempotencyKey,
                origin: call.device
            )
            return try answered(verdict, call)
        }
    }

    private var challenge: Endpoint {
        Endpoint(
            method: .post,
            path: "\(Self.path)/liveness",
            summary: "Ask for a liveness challenge for a procedure apart from any attempt; it counts once",
            tag: "identification",
            access: .permission(.sitExams),
            answers: [.init(.created, "The challenge", .json(ChallengeView.schema))],
            problems: [.conflict, .tooManyRequests]
        ) { call in
            let challenge = try await identification.issueChallenge(for: call.procedure, principal: call.principal)
            return try .json(.created, ChallengeView(challenge, language: call.language))
        }
    }

    private var answer: Endpoint {
        Endpoint(
            method: .post,
            path: "\(Self.path)/liveness/{challenge_id}",
            summary: "Answer the challenge with the frames that were taken while the movements were made",
            tag: "identification",
            access: .permission(.sitExams),
            parameters: [.idempotencyKey],
            body: .json(SequenceBody.schema, maximumBytes: 24 * 1024 * 1024),
            answers: [
                .init(
                    .created,
                    "The identification; which check decided is for staff",
                    .json(ProcedureVerdictView.schema)
                )
            ],
            problems: [.conflict, .unprocessableContent, .unsupportedMediaType, .tooManyRequests]
        ) { call in
            let body = try call.body(as: SequenceBody.self)
            let verdict = try await identification.judge(
                body.frames.map { PictureArchive.Picture(capturedAtMs: $0.capturedAtMs, file: $0.picture) },
                challengeID: call.id("challenge_id"),
                nonce: body.nonce,
                for: call.procedure,
                principal: call.principal,
                idempotencyKey: call.idempotencyKey,
                origin: call.device
            )
            return try answered(verdict, call)
        }
    }

    private func answered(_ verdict: ApartIdentification.Verdict, _ call: Call) throws -> Answer {
        metrics.count(
            "attestd_identifications_total",
            ["method": "biometric", "outcome": verdict.record.outcome.rawValue]
        )
        return try .json(.created, ProcedureVerdictView(verdict, call.language))
    }
}

extension Call {
    /// The kind of procedure in the path.
    fileprivate var procedure: ProcedureKind {
        get throws {
            guard let procedure = ProcedureKind(rawValue: request.parameters["procedure"] ?? "") else {
                throw Refusal(
                    .notFound,
                    "procedure_unknown",
                    ru: "Такой образовательной процедуры нет.",
                    en: "There is no such kind of procedure."
                )
            }
            return procedure
        }
    }
}

/// How somebody stands with a procedure.
struct ProcedureStandingView: Encodable {
    var procedure: String
    var suffices: Bool
    var text: String
    var steps: [ExplanationView.Step]
    var visualCaseId: String?

    init(_ standing: ApartIdentification.Standing, _ language: LocalizedText.Language) {
        procedure = standing.procedure.rawValue
        suffices = standing.standing.suffices
        text = standing.text.text(in: language)
        steps = standing.standing.next.map {
            ExplanationView.Step(
                method: $0.method.rawValue,
                code: IdentificationAdvice.code(of: $0),
                text: IdentificationAdvice.step(for: $0).text(in: language)
            )
        }
        visualCaseId = standing.visualCaseID?.lowercased
    }

    static let schema = Schema.named(
        "ProcedureStanding",
        .object([
            .init("procedure", .oneOf(ProcedureKind.allCases.map(\.rawValue)), "The kind of procedure."),
            .init("suffices", .boolean, "Whether the person is identified for it now."),
            .init("text", .text(), "The same in words."),
            .init(
                "steps",
                .array(
                    of: .object([
                        .init("method", .oneOf(IdentificationMethod.allCases.map(\.rawValue)), "The method."),
                        .init("code", .text(), "What is lacking, for programs."),
                        .init("text", .text(), "What to do."),
                    ]),
                    count: 0...10
                ),
                "What is still to be done."
            ),
            .init("visual_case_id", .uuid, "The open case in the verifiers' queue.", required: false),
        ])
    )
}

/// What came of live pictures apart from any attempt.
struct ProcedureVerdictView: Encodable {
    var identificationId: String
    var outcome: String
    var reason: String
    var advice: String
    var standing: ProcedureStandingView

    init(_ verdict: ApartIdentification.Verdict, _ language: LocalizedText.Language) {
        identificationId = verdict.record.id.lowercased
        outcome = verdict.record.outcome.rawValue
        reason = verdict.record.reason
        advice = verdict.advice.text(in: language)
        standing = ProcedureStandingView(verdict.standing, language)
    }

    static let schema = Schema.named(
        "ProcedureVerdict",
        .object([
            .init("identification_id", .uuid, "The identification record."),
            .init("outcome", .oneOf(IdentificationOutcome.allCases.map(\.rawValue)), "What it came to."),
            .init("reason", .text(), "Why, for programs."),
            .init("advice", .text(), "What to do."),
            .init("standing", ProcedureStandingView.schema, "How the person stands with the procedure now."),
        ])
    )
}
