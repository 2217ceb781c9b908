import Foundation

/// Parameters that several endpoints share.
extension Endpoint.Parameter {
    static let idempotencyKey = Endpoint.Parameter(
        name: "Idempotency-Key",
        place: .header,
        schema: .string(.init(length: 1...128, pattern: "^[A-Za-z0-9._~-]+$")),
        summary: "Makes a repeated request safe: it answers what the first one made."
    )

    static let pageBefore = Endpoint.Parameter(
        name: "before",
        place: .query,
        schema: .uuid,
        summary: "Only what is older than this identifier: the last of the page before."
    )

    static let pageAfter = Endpoint.Parameter(
        name: "after",
        place: .query,
        schema: .uuid,
        summary: "Only what stands behind this identifier: the last of the page before."
    )

    static func search(_ summary: String) -> Endpoint.Parameter {
        Endpoint.Parameter(name: "search", place: .query, schema: .text(1...200), summary: summary)
    }

    static let limit = Endpoint.Parameter(
        name: "limit",
        place: .query,
        schema: .integer(1...500),
        summary: "How many at most; 100 by default."
    )
}

extension Call {
    var pageBefore: UUID? { query("before").flatMap { UUID(uuidString: $0) } }

    var pageAfter: UUID? { query("after").flatMap { UUID(uuidString: $0) } }

    var limit: Int { number("limit", default: 100) }
}
