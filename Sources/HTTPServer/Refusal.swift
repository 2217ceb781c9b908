import Foundation

/// An answer that the server gives by itself, before any handler.
struct Refusal: Sendable, Equatable {
    let status: HTTPStatus
    let detail: String
    var headers = HTTPHeaders()
    /// Whether the connection can't be used any further, because the end of the request is unknown.
    var closes = false

    func render(_ head: RequestHead, _ problems: ProblemRenderer) -> HTTPResponse {
        var response = problems(status, detail, head)
        if case .events(let stream) = response.body {
            stream.finish()
            response.body = .bytes(Data())
        }
        for field in headers.fields {
            response.headers.set(field.name, field.value)
        }
        if closes {
            response.headers.set("Connection", "close")
        }
        return response
    }

    static let malformedTarget = Refusal(
        status: .badRequest,
        detail: "The request target is malformed.",
        closes: true
    )
    static let notFound = Refusal(status: .notFound, detail: "Nothing is found at this path.")
    static let targetTooLong = Refusal(
        status: .uriTooLong,
        detail: "The request target is too long.",
        closes: true
    )
    static let headersTooLarge = Refusal(
        status: .requestHeaderFieldsTooLarge,
        detail: "The header fields are too large or too many.",
        closes: true
    )
    static let timedOut = Refusal(
        status: .requestTimeout,
        detail: "The request did not arrive in time.",
        closes: true
    )
    static let draining = Refusal(
        status: .serviceUnavailable,
        detail: "The server is shutting down.",
        headers: ["Retry-After": "5"],
        closes: true
    )
    static let busy = Refusal(
        status: .serviceUnavailable,
        detail: "The server is handling too many requests.",
        headers: ["Retry-After": "1"]
    )

    static func methodNotAllowed(_ allowed: [HTTPMethod]) -> Refusal {
        Refusal(
            status: .methodNotAllowed,
            detail: "The method is not allowed at this path.",
            headers: ["Allow": allowed.map(\.rawValue).joined(separator: ", ")]
        )
    }

    static func tooLarge(limit: Int) -> Refusal {
        Refusal(status: .contentTooLarge, detail: "The content is longer than \(limit) bytes.")
    }

    static func badFraming(_ detail: String) -> Refusal {
        Refusal(status: .badRequest, detail: detail, closes: true)
    }
}
