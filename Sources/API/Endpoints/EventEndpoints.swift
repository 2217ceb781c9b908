import Accounts
import Foundation
import HTTPServer
import Proctoring
import Workflows

/// Session events (row E1): listing, following live with resume, and what the candidate's device reports.
struct EventEndpoints {
    let feed: EventFeed
    let streams: OpenStreams
    private let encoded = EncodedEvents()

    init(feed: EventFeed, streams: OpenStreams) {
        self.feed = feed
        self.streams = streams
    }

    var all: [Endpoint] {
        [
            list("/v1/attempts/{attempt_id}/events", .readExams) { .attempt(try $0.id("attempt_id")) },
            follow("/v1/attempts/{attempt_id}/events/stream", .readExams) { .attempt(try $0.id("attempt_id")) },
            list("/v1/exams/{exam_id}/events", .followExams) { .exam(try $0.id("exam_id")) },
            follow("/v1/exams/{exam_id}/events/stream", .followExams) { .exam(try $0.id("exam_id")) },
            list("/v1/events", .followEvents) { _ in .everything },
            follow("/v1/events/stream", .followEvents) { _ in .everything },
            report,
            catalogue,
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
            ] + Self.filters,
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
            let types = try Self.selection(call, in: scope)
            let events = try await feed.page(of: scope, types, after: after, limit: call.limit)
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
            ] + Self.filters,
            answers: [.init(.ok, "The stream; each id is the event's index", .raw(["text/event-stream"]))]
        ) { call in
            let scope = try scope(call)
            try await feed.authorize(scope, principal: call.principal)
            // Browsers cannot set the header of a first connection, and repeat the address at each later one.
            let after = Int64(call.request.headers["Last-Event-ID"] ?? call.query("after") ?? "") ?? 0
            let types = try Self.selection(call, in: scope)
            let stream = EventStream()
            let expiresAt = try call.principal.expiresAt
            let stop = try await feed.follow(scope, types, after: after) { [encoded] event in
                guard event.at < expiresAt, let message = try? encoded.message(of: event) else {
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

    private static let anyType = SessionEventType.allCases
        .map { $0.rawValue.replacing(".", with: #"\."#) }.joined(separator: "|")

    private static let filters: [Endpoint.Parameter] = [
        .init(
            name: "types",
            place: .query,
            schema: .string(.init(length: 1...4_000, pattern: "^(\(anyType))(,(\(anyType)))*$")),
            summary: "Only events of these types, with commas between; those of `/v1/event-types`."
        ),
        .init(
            name: "min_severity",
            place: .query,
            schema: .oneOf(EventSeverity.allCases.map(\.rawValue)),
            summary: "Only events at least as grave."
        ),
    ]

    /// The types of events that the caller may see and asks for; `nil` for all.
    private static func selection(_ call: Call, in scope: EventScope) throws -> Set<SessionEventType>? {
        let asked = call.query("types").map { list in
            Set(list.split(separator: ",").compactMap { SessionEventType(rawValue: String($0)) })
        }
        return EventSelection.wanted(
            asked,
            from: call.query("min_severity").flatMap(EventSeverity.init(rawValue:)),
            of: EventSelection.visible(in: scope, to: try call.principal)
        )
    }

    private var catalogue: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/event-types",
            summary: "The catalogue of session events, in the language that is asked for",
            tag: "events",
            access: .permission(.readExams),
            answers: [
                .init(
                    .ok,
                    "The catalogue",
                    .json(
                        .object([
                            .init("event_types", .array(of: EventTypeView.schema, count: 0...500), "The types.")
                        ])
                    )
                )
            ]
        ) { call in
            let seesAll = try call.principal.may(.readAttempts)
            let types = SessionEventType.allCases.filter { seesAll || !$0.isForStaffOnly }
            return try .json(.ok, ["event_types": types.map { EventTypeView($0, language: call.language) }])
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

/// What the catalogue says of a type.
private struct EventTypeView: Encodable {
    var type: String
    var label: String
    var severity: String
    var incidentSeverity: Double
    var reportedBy: String
    var silencedBy: String?

    init(_ type: SessionEventType, language: LocalizedText.Language) {
        let entry = type.catalogueEntry
        self.type = type.rawValue
        label = LocalizedText(entry.label).text(in: language)
        severity = entry.severity.rawValue
        incidentSeverity = entry.severity.incidentSeverity
        reportedBy = type.isFromClient ? "client" : "server"
        silencedBy = entry.silencedBy?.rawValue
    }

    static let schema = Schema.named(
        "EventType",
        .object([
            .init("type", .text(1...100), "The type, as filters and reports name it."),
            .init("label", .text(1...200), "What happened, in a few words."),
            .init("severity", .oneOf(EventSeverity.allCases.map(\.rawValue)), "How much attention one deserves."),
            .init("incident_severity", .number, "The same from 0 to 1, as the LTI Assessment Control Service counts."),
            .init("reported_by", .oneOf(["client", "server"]), "Who says so."),
            .init(
                "silenced_by",
                .oneOf(EventDescription.Silence.allCases.map(\.rawValue)),
                "Under what it is no matter at all.",
                required: false
            ),
        ])
    )
}
