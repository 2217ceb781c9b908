import Accounts
import Foundation
import HTTPServer
import Proctoring
import Workflows

/// Messages between examiner and candidate while an attempt is under way (row E4).
struct MessageEndpoints {
    let messages: AttemptMessages

    var all: [Endpoint] {
        [
            list,
            send("messages", .controlExams, "Send the candidate a message", fromCandidate: false),
            send("replies", .sitExams, "Write to whoever conducts the exam", fromCandidate: true),
        ]
    }

    private var list: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/attempts/{attempt_id}/messages",
            summary: "The messages of an attempt",
            tag: "control",
            access: .permission(.readExams),
            answers: [
                .init(
                    .ok,
                    "The messages, oldest first",
                    .json(.object([.init("messages", .array(of: MessageView.schema, count: 0...10_000), "Messages.")]))
                )
            ]
        ) { call in
            let all = try await messages.messages(attemptID: call.id("attempt_id"), principal: call.principal)
            return try .json(.ok, ["messages": all.map { MessageView($0) }])
        }
    }

    private func send(
        _ place: String,
        _ permission: Permission,
        _ summary: String,
        fromCandidate: Bool
    ) -> Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/attempts/{attempt_id}/\(place)",
            summary: summary,
            tag: "control",
            access: .permission(permission),
            parameters: [.idempotencyKey],
            body: .json(.object([.init("text", .text(1...1_000), "The words.")])),
            answers: [.init(.created, "The message", .json(MessageView.schema))],
            problems: [.conflict]
        ) { call in
            let message = try await messages.send(
                call.body(as: MessageBody.self).text,
                fromCandidate: fromCandidate,
                attemptID: call.id("attempt_id"),
                principal: call.principal,
                idempotencyKey: call.idempotencyKey
            )
            return try .json(.created, MessageView(message))
        }
    }
}

private struct MessageBody: Decodable {
    var text: String
}

/// A message as both sides see it.
private struct MessageView: Encodable {
    var id: String
    var at: Date
    var from: String
    var text: String?

    init(_ shown: AttemptMessages.Shown) {
        id = shown.message.id.lowercased
        at = shown.message.at
        from = shown.message.isFromCandidate ? "candidate" : "examiner"
        text = shown.text
    }

    static let schema = Schema.named(
        "Message",
        .object([
            .init("id", .uuid, "The message's identifier."),
            .init("at", .time, "When."),
            .init("from", .oneOf(["candidate", "examiner"]), "Which side wrote it."),
            .init("text", .text(0...1_000), "The words; absent once the candidate's data are erased.", required: false),
        ])
    )
}
