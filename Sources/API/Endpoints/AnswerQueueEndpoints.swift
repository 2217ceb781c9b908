import Accounts
import Attestation
import Foundation
import HTTPServer
import Workflows

/// Answers that a device has queued without a connection (row D7).
struct AnswerQueueEndpoints {
    let queue: AnswerQueue

    var all: [Endpoint] { [send] }

    private var send: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/attempts/{attempt_id}/answers",
            summary:
                "Send answers that were queued on the device; the same again changes nothing. Answers given before "
                + "the end are taken within the grace time",
            tag: "attempts",
            access: .permission(.sitExams),
            body: .json(QueueBody.schema, maximumBytes: 2 * 1024 * 1024),
            answers: [.init(.ok, "What came of each, and the attempt", .json(ReceiptsView.schema))]
        ) { call in
            let body = try call.body(as: QueueBody.self)
            let (receipts, standing) = try await queue.receive(
                body.answers.map(\.item),
                sentAt: body.sentAt,
                lastSequence: body.lastSequence,
                attemptID: call.id("attempt_id"),
                principal: call.principal
            )
            return try .json(.ok, ReceiptsView(receipts, standing, language: call.language))
        }
    }
}

private struct QueueBody: Decodable {
    var sentAt: Date
    var lastSequence: Int64?
    var answers: [Item]

    struct Item: Decodable {
        var sequence: Int64
        var number: Int
        var capturedAt: Date
        var answer: Attestation.Answer

        var item: AnswerQueue.Item {
            AnswerQueue.Item(sequence: sequence, number: number, capturedAt: capturedAt, answer: answer)
        }
    }

    static let schema = Schema.object([
        .init("sent_at", .time, "The device's clock at the sending; it need not be right."),
        .init(
            "last_sequence",
            .index,
            "The highest number that the device has given to an answer so far.",
            required: false
        ),
        .init(
            "answers",
            .array(
                of: .object([
                    .init("sequence", .index, "The device's own number of the answer; it rises with every change."),
                    .init("number", .integer(1...1_000), "The item's number on the ticket."),
                    .init("captured_at", .time, "When the answer was given, by the device's clock."),
                    .init("answer", ItemSchema.answer, "The answer."),
                ]),
                count: 0...200
            ),
            "The answers; none tells that the device is there."
        ),
    ])
}

private struct ReceiptsView: Encodable {
    var receipts: [Receipt]
    var attempt: AttemptView

    struct Receipt: Encodable {
        var sequence: Int64
        var number: Int
        var outcome: String
        var version: Int?
        var givenAt: Date?
        var code: String?
        var detail: String?
    }

    init(_ receipts: [AnswerQueue.Receipt], _ standing: AttemptRunner.Standing, language: LocalizedText.Language) {
        self.receipts = receipts.map { receipt in
            var view = Receipt(sequence: receipt.sequence, number: receipt.number, outcome: "refused")
            switch receipt.fate {
            case .saved(let saved): view.keep("saved", saved)
            case .superseded(let saved): view.keep("superseded", saved)
            case .repeated(let saved): view.keep("repeated", saved)
            case .refused(let code, let text):
                view.code = code
                view.detail = text.text(in: language)
            }
            return view
        }
        attempt = AttemptView(standing)
    }

    static let schema = Schema.object([
        .init(
            "receipts",
            .array(
                of: .object([
                    .init("sequence", .index, "The device's number."),
                    .init("number", .integer(1...1_000), "The item's number."),
                    .init(
                        "outcome",
                        .oneOf(["saved", "superseded", "repeated", "refused"]),
                        "What came of it; of superseded ones a later answer counts."
                    ),
                    .init("version", .integer(1...1_000_000_000), "The version it became.", required: false),
                    .init("given_at", .time, "When it counts as given, by the server's clock.", required: false),
                    .init("code", .text(), "Why it was refused.", required: false),
                    .init("detail", .text(), "Why it was refused, for people.", required: false),
                ]),
                count: 0...200
            ),
            "What came of each, in the order of the device's numbers."
        ),
        .init("attempt", AttemptView.schema, "The attempt as it stands."),
    ])
}

extension ReceiptsView.Receipt {
    fileprivate mutating func keep(_ outcome: String, _ saved: SavedAnswer) {
        self.outcome = outcome
        version = saved.version
        givenAt = saved.givenAt
    }
}
