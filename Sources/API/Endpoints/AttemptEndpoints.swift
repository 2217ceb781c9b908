import Accounts
import Attestation
import Foundation
import HTTPServer
import Identification
import Workflows

/// One candidate's way through an exam (rows B2, D2, D4, A4).
struct AttemptEndpoints {
    let runner: AttemptRunner
    let saving: AnswerSaving
    let comparison: FrameComparison
    let metrics: Metrics

    var all: [Endpoint] {
        [create, one, frame, burst, start, ticket, ticketFile, answers, saveAnswer, submit, decline]
    }

    private var create: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/exams/{exam_id}/attempts",
            summary: "Make the own attempt at an exam; there is one for each candidate",
            tag: "attempts",
            access: .permission(.sitExams),
            answers: [
                .init(.created, "The new attempt", .json(AttemptView.schema)),
                .init(.ok, "The attempt that there was", .json(AttemptView.schema)),
            ],
            problems: [.conflict]
        ) { call in
            let (standing, isNew) = try await runner.create(examID: call.id("exam_id"), principal: call.principal)
            return try .json(isNew ? .created : .ok, AttemptView(standing))
        }
    }

    private var one: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/attempts/{attempt_id}",
            summary: "An attempt as it stands",
            tag: "attempts",
            access: .permission(.readExams),
            answers: [.init(.ok, "The attempt", .json(AttemptView.schema))]
        ) { call in
            try .json(
                .ok,
                AttemptView(try await runner.standing(of: call.id("attempt_id"), principal: call.principal))
            )
        }
    }

    private var frame: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/attempts/{attempt_id}/frames",
            summary: "Compare a live frame with the portrait",
            tag: "attempts",
            access: .permission(.sitExams),
            parameters: [.idempotencyKey],
            body: PortraitEndpoints.pictureBody,
            answers: [.init(.created, "The identification; scores are for staff only", .json(VerdictView.schema))],
            problems: [.conflict, .unprocessableContent, .tooManyRequests]
        ) { call in
            try await judge([call.request.body], call)
        }
    }

    private var burst: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/attempts/{attempt_id}/bursts",
            summary: "Compare several live frames of one moment with the portrait: surer than one frame",
            tag: "attempts",
            access: .permission(.sitExams),
            parameters: [.idempotencyKey],
            body: .json(
                PictureSetBody.schema(2...5, "Frames that were taken within a second or two."),
                maximumBytes: PictureSetBody.maximumBytes(5)
            ),
            answers: [.init(.created, "The identification; scores are for staff only", .json(VerdictView.schema))],
            problems: [.conflict, .unprocessableContent, .unsupportedMediaType, .tooManyRequests]
        ) { call in
            try await judge(call.body(as: PictureSetBody.self).pictures, call)
        }
    }

    private func judge(_ frames: [Data], _ call: Call) async throws -> Answer {
        let verdict = try await comparison.judge(
            frames,
            attemptID: call.id("attempt_id"),
            principal: call.principal,
            idempotencyKey: call.idempotencyKey,
            origin: call.device
        )
        metrics.count(
            "attestd_identifications_total",
            ["method": "biometric", "outcome": verdict.record.outcome.rawValue]
        )
        return try .json(.created, VerdictView(verdict, language: call.language))
    }

    private var start: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/attempts/{attempt_id}/start",
            summary: "Start: the ticket is drawn and the clock runs",
            tag: "attempts",
            access: .permission(.sitExams),
            answers: [.init(.ok, "The running attempt", .json(AttemptView.schema))],
            problems: [.conflict]
        ) { call in
            try .json(.ok, AttemptView(try await runner.start(call.id("attempt_id"), principal: call.principal)))
        }
    }

    private var ticket: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/attempts/{attempt_id}/ticket",
            summary: "The own ticket",
            tag: "attempts",
            access: .permission(.sitExams),
            answers: [
                .init(
                    .ok,
                    "The items in the ticket's order",
                    .json(.object([.init("items", .array(of: ItemSchema.item, count: 0...500), "The items.")]))
                )
            ],
            problems: [.conflict]
        ) { call in
            let items = try await runner.ticket(of: call.id("attempt_id"), principal: call.principal)
            return try .json(.ok, ["items": items])
        }
    }

    private var ticketFile: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/attempts/{attempt_id}/ticket/files/{sha256}",
            summary: "A picture or other file that a question on the own ticket shows",
            tag: "attempts",
            access: .permission(.sitExams),
            answers: [.init(.ok, "The file", .raw(FileKind.allCases.map(\.mediaType)))]
        ) { call in
            let file = try await runner.ticketFile(
                of: call.id("attempt_id"),
                sha256: call.request.parameters["sha256"] ?? "",
                principal: call.principal
            )
            return .file(file)
        }
    }

    private var answers: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/attempts/{attempt_id}/answers",
            summary: "The answers as saved",
            tag: "attempts",
            access: .permission(.readExams),
            answers: [
                .init(
                    .ok,
                    "The answers by number",
                    .json(.object([.init("answers", .array(of: AnswerView.schema, count: 0...500), "The answers.")]))
                )
            ]
        ) { call in
            let saved = try await saving.answers(attemptID: call.id("attempt_id"), principal: call.principal)
            return try .json(.ok, ["answers": saved.map { AnswerView($0) }])
        }
    }

    private var saveAnswer: Endpoint {
        Endpoint(
            method: .put,
            path: "/v1/attempts/{attempt_id}/answers/{number}",
            summary: "Save the answer to an item; the same answer again changes nothing",
            tag: "attempts",
            access: .permission(.sitExams),
            body: .json(ItemSchema.answer, maximumBytes: 256 * 1024),
            answers: [.init(.ok, "The answer as saved", .json(AnswerView.schema))],
            problems: [.conflict]
        ) { call in
            guard let number = Int(call.request.parameters["number"] ?? "") else {
                throw Refusal(.notFound, "item_unknown", ru: "В билете нет такого вопроса.", en: "No such item.")
            }
            let saved = try await saving.save(
                call.body(as: Attestation.Answer.self),
                number: number,
                attemptID: call.id("attempt_id"),
                principal: call.principal
            )
            let missing = try await saving.shortfalls(of: saved, principal: call.principal)
            return try .json(.ok, AnswerView(saved, missing: missing, language: call.language))
        }
    }

    private var submit: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/attempts/{attempt_id}/submit",
            summary: "Hand in; closed questions are graded at once",
            tag: "attempts",
            access: .permission(.sitExams),
            answers: [.init(.ok, "The attempt with its grade", .json(AttemptView.schema))],
            problems: [.conflict]
        ) { call in
            try .json(.ok, AttemptView(try await runner.submit(call.id("attempt_id"), principal: call.principal)))
        }
    }

    private var decline: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/attempts/{attempt_id}/declining",
            summary: "Say before the start that one cannot or will not take part",
            tag: "attempts",
            access: .permission(.sitExams),
            body: .json(DeclineBody.schema),
            answers: [.init(.ok, "The declined attempt", .json(AttemptView.schema))],
            problems: [.conflict]
        ) { call in
            let body = try call.body(as: DeclineBody.self)
            let standing = try await runner.decline(
                call.id("attempt_id"),
                reason: body.reason,
                comment: body.comment,
                principal: call.principal
            )
            return try .json(.ok, AttemptView(standing))
        }
    }
}

private struct DeclineBody: Decodable {
    var reason: AttemptReason
    var comment: String?

    static let schema = Schema.object([
        .init("reason", .oneOf(["unable_to_attend", "own_refusal", "health", "device_failure"]), "Why."),
        .init("comment", .text(1...1_000), "Why, in words.", required: false),
    ])
}
