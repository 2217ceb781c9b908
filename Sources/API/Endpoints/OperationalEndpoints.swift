import Foundation
import HTTPServer
import Workflows

/// What those who run the service ask it.
struct OperationalEndpoints {
    let readiness: Readiness
    let metrics: Metrics
    /// The OpenAPI document; it describes these endpoints too, so it is made after them.
    let document: @Sendable () throws -> Data

    var all: [Endpoint] { [health, ready, exposition, description] }

    private var health: Endpoint {
        Endpoint(
            method: .get,
            path: "/healthz",
            summary: "The process is alive",
            tag: "operation",
            access: .anyone,
            answers: [.init(.ok, "Alive", .json(.object([.init("status", .oneOf(["ok"]), "Always `ok`.")])))]
        ) { _ in
            try .json(.ok, ["status": "ok"])
        }
    }

    private var ready: Endpoint {
        Endpoint(
            method: .get,
            path: "/readyz",
            summary: "The service can do its work: the models passed their self-test and the database answers",
            tag: "operation",
            access: .anyone,
            answers: [
                .init(
                    .ok,
                    "Ready",
                    .json(
                        .object([
                            .init("status", .oneOf(["ready"]), "Always `ready`."),
                            .init("self_test_at", .time, "When the models last passed their self-test."),
                        ])
                    )
                )
            ]
        ) { _ in
            struct View: Encodable {
                var status = "ready"
                var selfTestAt: Date
            }
            return try .json(.ok, View(selfTestAt: try await readiness.check()))
        }
    }

    private var exposition: Endpoint {
        Endpoint(
            method: .get,
            path: "/metrics",
            summary: "Counters for Prometheus",
            tag: "operation",
            access: .anyone,
            answers: [.init(.ok, "Counters", .raw(["text/plain"]))]
        ) { _ in
            Answer(
                status: .ok,
                body: .raw(Data(metrics.exposition().utf8), type: "text/plain; version=0.0.4; charset=utf-8")
            )
        }
    }

    private var description: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/openapi.json",
            summary: "This document",
            tag: "operation",
            access: .anyone,
            answers: [.init(.ok, "The OpenAPI document", .json(.object([.init("openapi", .text(), "The version.")])))]
        ) { _ in
            Answer(status: .ok, body: .json(try document()))
        }
    }
}
