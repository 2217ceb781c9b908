import Accounts
import Foundation
import HTTPServer
import Proctoring
import Workflows

/// What examiners write to candidates while attempts are under way (row E4).
struct MessageEndpoints {
    let messages: AttemptMessages

    var all: [Endpoint] { [write, writeToAll, list, read] }

    private static let body = Schema.object([.init("text", .text(1...2_000), "What to say.")])

    private var write: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/attempts/{attempt_id}/messages",
            summary: "Write to the candidate of an attempt",
            tag: "control",
            access: .permission(.controlExams),
            parameters: [.idempotencyKey],
            body: .json(Self.body),
            answers: [.init(.created, "The message", .json(MessageView.schema))],
            problems: [.conflict]
        ) { call in
            let message = try await messages.write(
                call.body(as: MessageBody.self).text,
                attemptID: call.id("attempt_id"),
                principal: call.principal,
                idempotencyKey: call.idempotencyKey
            )
            return try .json(.created, MessageView(message))
        }
    }

    private var writeToAll: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/exams/{exam_id}/messages",
            summary: "Write to all whose attempts at an exam are under way",
            tag: "control",
            access: .permission(.controlExams),
            parameters: [.idempotencyKey],
            body: .json(Self.body),
            answers: [
                .init(
                    .ok,
                    "To how many",
                    .json(.object([.init("attempts", .integer(0...1_000_000), "To how many it went.")]))
                )
            ],
            problems: [.conflict]
        ) { call in
            let count = try await messages.writeToAll(
                call.body(as: MessageBody.self).text,
                examID: call.id("exam_id"),
                principal: call.principal,
                idempotencyKey: call.idempotencyKey
            )
            return try .json(.ok, ["attempts": count])
        }
    }

    private var list: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/attempts/{attempt_id}/messages",
            summary: "The examiner's messages to the candidate of an attempt",
            tag: "control",
            access: .permission(.readExams),
            answers: [
                .init(
                    .ok,
                    "The messages in order",
                    .json(
                        .object([.init("messages", .array(of: MessageView.schema, count: 0...100_000), "Messages.")])
                    )
                )
            ]
        ) { call in
            let all = try await messages.messages(attemptID: call.id("attempt_id"), principal: call.principal)
            return try .json(.ok, ["messages": all.map { MessageView($0) }])
        }
    }

    private var read: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/attempts/{attempt_id}/messages/{message_id}/reading",
            summary: "Say that the messages up to this one were shown",
            tag: "control",
            access: .permission(.sitExams),
            answers: [.init(.noContent, "Noted")]
        ) { call in
            try await messages.noteRead(
                upTo: call.id("message_id"),
                attemptID: call.id("attempt_id"),
                principal: call.principal
            )
            return .noContent
        }
    }
}

private struct MessageBody: Decodable {
    var text: String
}

/// A message as its reader sees it.
private struct MessageView: Encodable {
    var id: String
    var at: Date
    var readAt: Date?
    var text: String?

    init(_ shown: AttemptMessages.Shown) {
        id = shown.message.id.lowercased
        at = shown.message.at
        readAt = shown.message.readAt
        text = shown.text
    }

    static let schema = Schema.named(
        "AttemptMessage",
        .object([
            .init("id", .uuid, "The message."),
            .init("at", .time, "When it was written."),
            .init("read_at", .time, "When it was shown to the candidate.", required: false),
            .init("text", .text(0...2_000), "The text; absent once its person is erased.", required: false),
        ])
    )
}
