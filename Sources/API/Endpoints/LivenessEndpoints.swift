import Accounts
import Attestation
import Foundation
import HTTPServer
import Identification
import Workflows

/// Liveness challenges (row B4).
struct LivenessEndpoints {
    let liveness: LivenessCheck
    let metrics: Metrics

    var all: [Endpoint] { [issue, answer] }

    private var issue: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/attempts/{attempt_id}/liveness",
            summary: "Ask for a liveness challenge: movements in a random order, for three minutes, to be used once",
            tag: "attempts",
            access: .permission(.sitExams),
            answers: [.init(.created, "The challenge", .json(ChallengeView.schema))],
            problems: [.conflict, .tooManyRequests]
        ) { call in
            let challenge = try await liveness.issue(attemptID: call.id("attempt_id"), principal: call.principal)
            return try .json(.created, ChallengeView(challenge, language: call.language))
        }
    }

    private var answer: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/attempts/{attempt_id}/liveness/{challenge_id}",
            summary: "Answer a challenge with the frames that were taken while the movements were made",
            tag: "attempts",
            access: .permission(.sitExams),
            parameters: [.idempotencyKey],
            body: .json(SequenceBody.schema, maximumBytes: 24 * 1024 * 1024),
            answers: [
                .init(.created, "The identification; which check decided is for staff", .json(VerdictView.schema))
            ],
            problems: [.conflict, .unprocessableContent, .unsupportedMediaType, .tooManyRequests]
        ) { call in
            let body = try call.body(as: SequenceBody.self)
            let verdict = try await liveness.judge(
                body.frames.map { PictureArchive.Picture(capturedAtMs: $0.capturedAtMs, file: $0.picture) },
                challengeID: call.id("challenge_id"),
                nonce: body.nonce,
                attemptID: call.id("attempt_id"),
                principal: call.principal,
                idempotencyKey: call.idempotencyKey,
                origin: call.device
            )
            metrics.count(
                "attestd_liveness_total",
                ["outcome": verdict.record.findings?.liveness?.outcome.rawValue ?? "none"]
            )
            return try .json(.created, VerdictView(verdict, language: call.language))
        }
    }
}

/// The frames that answer a challenge.
struct SequenceBody: Decodable {
    var nonce: String
    var frames: [Frame]

    struct Frame: Decodable {
        var capturedAtMs: Int64
        var picture: Data
    }

    static let schema = Schema.object([
        .init("nonce", .text(64...64), "The challenge's nonce."),
        .init(
            "frames",
            .array(
                of: .object([
                    .init(
                        "captured_at_ms",
                        .index,
                        "When the frame was taken, by a clock of the device that only goes forward (performance.now)."
                    ),
                    .init("picture", PictureSetBody.picture, "A JPEG or PNG file in base64."),
                ]),
                count: 1...LivenessCheck.mostFrames
            ),
            "The frames in the order in which they were taken."
        ),
    ])
}

/// A challenge as the candidate's page needs it.
struct ChallengeView: Encodable {
    var id: String
    var nonce: String
    var movements: [Movement]
    var expiresAt: Date
    var leastFrames: Int
    var mostFrames: Int
    var frameIntervalMs: Int

    struct Movement: Encodable {
        var movement: String
        var instruction: String
    }

    init(_ challenge: IssuedChallenge, language: LocalizedText.Language) {
        id = challenge.id.lowercased
        nonce = challenge.nonce
        movements = challenge.movements.map {
            Movement(movement: $0, instruction: LivenessCheck.instruction(for: $0).text(in: language))
        }
        expiresAt = challenge.expiresAt
        leastFrames = LivenessCheck.leastFrames
        mostFrames = LivenessCheck.mostFrames
        frameIntervalMs = LivenessCheck.frameIntervalMs
    }

    static let schema = Schema.named(
        "LivenessChallenge",
        .object([
            .init("id", .uuid, "The challenge."),
            .init("nonce", .text(64...64), "Comes back with the frames."),
            .init(
                "movements",
                .array(
                    of: .object([
                        .init("movement", .oneOf(LivenessCheck.movements), "What to do."),
                        .init("instruction", .text(), "The same in words."),
                    ]),
                    count: 2...3
                ),
                "The movements, in this order; between two of them the face looks straight at the camera."
            ),
            .init("expires_at", .time, "Until when frames are taken."),
            .init("least_frames", .integer(1...1_000), "How many frames are needed."),
            .init("most_frames", .integer(1...1_000), "How many are taken."),
            .init("frame_interval_ms", .integer(1...10_000), "How long to wait between two frames."),
        ])
    )
}
