import Attestation
import Foundation
import HTTPServer
import Proctoring
import Workflows

/// A session event in the CloudEvents 1.0 JSON format.
struct CloudEvent: Encodable {
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
        var severity: String
        var facts: [String: String]
    }

    init(_ event: SessionEvent) {
        id = event.id.lowercased
        source = "urn:attestd:attempt:\(event.attemptID.lowercased)"
        type = "attestd.\(event.type.rawValue)"
        subject = event.attemptID.lowercased
        time = event.at
        index = event.index
        data = Payload(
            examId: event.examID.lowercased,
            reportedBy: event.source.rawValue,
            severity: event.type.catalogueEntry.severity.rawValue,
            facts: event.facts
        )
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
                    .init(
                        "severity",
                        .oneOf(EventSeverity.allCases.map(\.rawValue)),
                        "How much attention such an event deserves by itself."
                    ),
                    .init("facts", .dictionary(of: .text()), "Short facts."),
                ]),
                "The facts."
            ),
        ])
    )
}

/// The newest events as they go over the wire, so that one that goes to thousands is encoded once.
final class EncodedEvents: @unchecked Sendable {
    private static let most = 256

    private let lock = NSLock()
    // Guarded by `lock`; a ring by the event's index.
    private var ring: [(index: Int64, message: SerializedEvent)?] = Array(repeating: nil, count: most)

    func message(of event: SessionEvent) throws -> SerializedEvent {
        let place = Int(event.index % Int64(Self.most))
        if let held = lock.withLock({ ring[place] }), held.index == event.index { return held.message }
        let message = SerializedEvent(try CloudEvent(event).message)
        lock.withLock { ring[place] = (event.index, message) }
        return message
    }
}
