import Accounts
import Foundation
import Grading
import HTTPServer
import Workflows

/// Other systems that are told what happens (row E5).
struct WebhookEndpoints {
    let register: WebhookRegister

    var all: [Endpoint] { [add, list, end, messages, retry] }

    private var add: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/webhooks",
            summary: "Register a receiver; messages are signed as Standard Webhooks 1.0 has it",
            tag: "webhooks",
            access: .permission(.manageWebhooks),
            body: .json(
                .object([
                    .init("url", .text(1...2_048, example: "https://dean.example.org/hook"), "Where; https."),
                    .init("kinds", ReceiverView.kinds(1), "Which kinds of messages."),
                ])
            ),
            answers: [
                .init(
                    .created,
                    "The receiver with its key, which is told only now",
                    .json(
                        .object([
                            .init("webhook", ReceiverView.schema, "The receiver."),
                            .init("secret", .text(), "The key, as receivers' libraries take it."),
                        ])
                    )
                )
            ],
            problems: [.unprocessableContent]
        ) { call in
            let body = try call.body(as: ReceiverBody.self)
            let made = try await register.register(url: body.url, kinds: Set(body.kinds), by: call.principal)
            return try .json(.created, MadeView(webhook: ReceiverView(made.receiver), secret: made.secret))
        }
    }

    private var list: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/webhooks",
            summary: "The receivers, newest first",
            tag: "webhooks",
            access: .permission(.manageWebhooks),
            answers: [
                .init(
                    .ok,
                    "The receivers",
                    .json(
                        .object([
                            .init("webhooks", .array(of: ReceiverView.schema, count: 0...10_000), "The receivers.")
                        ])
                    )
                )
            ]
        ) { _ in
            try .json(.ok, ["webhooks": try await register.receivers().map { ReceiverView($0) }])
        }
    }

    private var end: Endpoint {
        Endpoint(
            method: .delete,
            path: "/v1/webhooks/{webhook_id}",
            summary: "Send a receiver nothing any more",
            tag: "webhooks",
            access: .permission(.manageWebhooks),
            answers: [.init(.noContent, "It gets nothing any more")]
        ) { call in
            try await register.end(call.id("webhook_id"), by: call.principal)
            return .noContent
        }
    }

    private var messages: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/webhooks/{webhook_id}/messages",
            summary: "What was sent to a receiver and what waits, newest first",
            tag: "webhooks",
            access: .permission(.manageWebhooks),
            parameters: [.pageBefore, .limit],
            answers: [
                .init(
                    .ok,
                    "A page",
                    .json(.object([.init("messages", .array(of: MessageView.schema, count: 0...500), "The messages.")]))
                )
            ]
        ) { call in
            let messages = try await register.messages(
                of: call.id("webhook_id"),
                before: call.pageBefore,
                limit: call.limit
            )
            return try .json(.ok, ["messages": messages.map { MessageView($0) }])
        }
    }

    private var retry: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/webhooks/{webhook_id}/messages/{message_id}/retrying",
            summary: "Try a message again now",
            tag: "webhooks",
            access: .permission(.manageWebhooks),
            answers: [.init(.noContent, "It is tried again; what was delivered stays delivered")]
        ) { call in
            try await register.retry(call.id("message_id"), of: call.id("webhook_id"))
            return .noContent
        }
    }
}

private struct ReceiverBody: Decodable {
    var url: String
    var kinds: [OutboxMessage.Kind]
}

private struct MadeView: Encodable {
    var webhook: ReceiverView
    var secret: String
}

private struct ReceiverView: Encodable {
    var id: String
    var url: String
    var kinds: [String]
    var createdAt: Date
    var endedAt: Date?

    init(_ receiver: WebhookReceiver) {
        id = receiver.id.lowercased
        url = receiver.url
        kinds = receiver.kinds.map(\.rawValue).sorted()
        createdAt = receiver.createdAt
        endedAt = receiver.endedAt
    }

    static func kinds(_ least: Int) -> Schema {
        .array(
            of: .oneOf(OutboxMessage.Kind.allCases.map(\.rawValue)),
            count: least...OutboxMessage.Kind.allCases.count
        )
    }

    static let schema = Schema.named(
        "Webhook",
        .object([
            .init("id", .uuid, "The receiver."),
            .init("url", .text(), "Where messages go."),
            .init("kinds", kinds(0), "Which kinds of messages."),
            .init("created_at", .time, "When it was registered."),
            .init("ended_at", .time, "Since when it gets nothing.", required: false),
        ])
    )
}

private struct MessageView: Encodable {
    var id: String
    var kind: String
    var createdAt: Date
    var tries: Int
    var nextTryAt: Date?
    var deliveredAt: Date?
    var lastFailure: String?

    init(_ message: OutboxMessage) {
        id = message.id.lowercased
        kind = message.kind.rawValue
        createdAt = message.createdAt
        tries = message.tries
        nextTryAt = message.nextTryAt
        deliveredAt = message.deliveredAt
        lastFailure = message.lastFailure
    }

    static let schema = Schema.object([
        .init("id", .uuid, "The message; receivers know it by this."),
        .init("kind", .oneOf(OutboxMessage.Kind.allCases.map(\.rawValue)), "What it is about."),
        .init("created_at", .time, "When it was written."),
        .init("tries", .index, "How often it was tried."),
        .init("next_try_at", .time, "When it is tried next; absent once delivered or given up.", required: false),
        .init("delivered_at", .time, "When the receiver took it.", required: false),
        .init("last_failure", .text(), "What came of the last try, where it failed.", required: false),
    ])
}
