import Accounts
import Foundation
import HTTPServer
import Proctoring
import Workflows

/// Session events (row E1): listing, following live with resume, and what the candidate's device reports.
struct EventEndpoints {
    let feed: EventFeed
    let streams: OpenStreams

    var all: [Endpoint] {
        [
            list("/v1/attempts/{attempt_id}/events", .readExams) { .attempt(try $0.id("attempt_id")) },
            follow("/v1/attempts/{attempt_id}/events/stream", .readExams) { .attempt(try $0.id("attempt_id")) },
            list("/v1/exams/{exam_id}/events", .followExams) { .exam(try $0.id("exam_id")) },
            follow("/v1/exams/{exam_id}/events/stream", .followExams) { .exam(try $0.id("exam_id")) },
            report,
        ]
    }

    private func list(
        _ path: String,
        _ permission: Permission,
        scope: @escaping @Sendable (Call) throws -> EventScope
    ) -> Endpoint {
        Endpoint(
            method: .get,
            path: path,
            summary: "Events in order",
            tag: "events",
            access: .permission(permission),
            parameters: [
                .init(
                    name: "after",
                    place: .query,
                    schema: .index,
                    summary: "Only events with a higher index."
                ),
                .limit,
            ],
            answers: [
                .init(
                    .ok,
                    "A page of CloudEvents",
                    .json(.object([.init("events", .array(of: CloudEvent.schema, count: 0...500), "The events.")]))
                )
            ]
        ) { call in
            let scope = try scope(call)
            try await feed.authorize(scope, principal: call.principal)
            let after = Int64(call.query("after") ?? "") ?? 0
            let events = try await feed.page(of: scope, after: after, limit: call.limit)
            return try .json(.ok, ["events": events.map { CloudEvent($0) }])
        }
    }

    private func follow(
        _ path: String,
        _ permission: Permission,
        scope: @escaping @Sendable (Call) throws -> EventScope
    ) -> Endpoint {
        Endpoint(
            method: .get,
            path: path,
            summary: "Follow events live as server-sent events; resumes behind Last-Event-ID",
            tag: "events",
            access: .permission(permission),
            parameters: [
                .init(
                    name: "Last-Event-ID",
                    place: .header,
                    schema: .string(.init(length: 1...19, pattern: "^[0-9]+$")),
                    summary: "The index of the last event seen; the stream goes on behind it, else from the start."
                ),
                .init(
                    name: "after",
                    place: .query,
                    schema: .index,
                    summary:
                        "Where a first connection begins: only events with a higher index. Last-Event-ID goes before."
                ),
            ],
            answers: [.init(.ok, "The stream; each id is the event's index", .raw(["text/event-stream"]))]
        ) { call in
            let scope = try scope(call)
            try await feed.authorize(scope, principal: call.principal)
            // Browsers cannot set the header of a first connection, and repeat the address at each later one.
            let after = Int64(call.request.headers["Last-Event-ID"] ?? call.query("after") ?? "") ?? 0
            let stream = EventStream()
            let expiresAt = try call.principal.expiresAt
            let stop = try await feed.follow(scope, after: after) { event in
                guard event.at < expiresAt, let message = try? CloudEvent(event).message else {
                    stream.finish()
                    return false
                }
                return stream.send(message)
            }
            stream.onClose(stop)
            streams.add(stream, of: try call.principal)
            return Answer(status: .ok, body: .events(stream))
        }
    }

    private var report: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/attempts/{attempt_id}/events",
            summary: "Report an event of the candidate's device",
            tag: "events",
            access: .permission(.sitExams),
            parameters: [.idempotencyKey],
            body: .json(
                .object([
                    .init(
                        "type",
                        .oneOf(SessionEventType.allCases.filter(\.isFromClient).map(\.rawValue)),
                        "What happened."
                    ),
                    .init("facts", .dictionary(of: .text(0...300)), "Short facts.", required: false),
                ])
            ),
            answers: [
                .init(.created, "Stored", .json(.object([.init("id", .uuid, "The event's identifier.")])))
            ],
            problems: [.conflict]
        ) { call in
            let body = try call.body(as: ReportBody.self)
            let facts = body.facts ?? [:]
            guard facts.count <= 20, facts.keys.allSatisfy({ $0.count <= 64 }) else {
                throw Refusal(
                    .unprocessable,
                    "too_many_facts",
                    ru: "Не больше 20 сведений с именами до 64 знаков.",
                    en: "At most 20 facts with names of up to 64 characters."
                )
            }
            let id = try await feed.report(
                body.type,
                facts: facts,
                attemptID: call.id("attempt_id"),
                principal: call.principal,
                idempotencyKey: call.idempotencyKey
            )
            return try .json(.created, ["id": id.lowercased])
        }
    }
}

private struct ReportBody: Decodable {
    var type: SessionEventType
    var facts: [String: String]?
}

/// A session event in the CloudEvents 1.0 JSON format.
private struct CloudEvent: Encodable {
    var specversion = "1.0"
    var id: String
    var source: String
    var type: String
    var subject: String
    var time: Date
    var index: Int64
    var data: Payload

    struct Payload: Encodable {
        var examId: String
        var reportedBy: String
        var facts: [String: String]
    }

    init(_ event: SessionEvent) {
        id = event.id.lowercased
        source = "urn:attestd:attempt:\(event.attemptID.lowercased)"
        type = "attestd.\(event.type.rawValue)"
        subject = event.attemptID.lowercased
        time = event.at
        index = event.index
        data = Payload(examId: event.examID.lowercased, reportedBy: event.source.rawValue, facts: event.facts)
    }

    /// The event as a message of a stream.
    var message: ServerSentEvent {
        get throws {
            let data = try JSONCoding.encoder().encode(self)
            return ServerSentEvent(id: String(index), event: type, data: String(decoding: data, as: UTF8.self))
        }
    }

    static let schema = Schema.named(
        "SessionEvent",
        .object([
            .init("specversion", .oneOf(["1.0"]), "CloudEvents version."),
            .init("id", .uuid, "The event's identifier."),
            .init("source", .text(), "The attempt as a URN."),
            .init("type", .text(), "What happened."),
            .init("subject", .uuid, "The attempt."),
            .init("time", .time, "When, by the server's clock."),
            .init("index", .index, "The place in the order of all events."),
            .init(
                "data",
                .object([
                    .init("exam_id", .uuid, "The exam."),
                    .init("reported_by", .oneOf(["client", "server"]), "Who says so."),
                    .init("facts", .dictionary(of: .text()), "Short facts."),
                ]),
                "The facts."
            ),
        ])
    )
}
