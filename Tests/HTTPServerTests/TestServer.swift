import Foundation
import HTTPServer
import Testing

/// A server for one test, with its log.
struct TestServer: Sendable {
    let server: HTTPServer
    let port: UInt16
    let log: AsyncStream<RequestLogEntry>

    /// Runs a server around a test and shuts it down afterwards.
    static func run(
        _ routes: [Route],
        configure: (inout ServerConfiguration) -> Void = { _ in },
        test: (TestServer) async throws -> Void
    ) async throws {
        var configuration = ServerConfiguration()
        configure(&configuration)
        let (log, continuation) = AsyncStream.makeStream(of: RequestLogEntry.self)
        let server = HTTPServer(
            configuration: configuration,
            router: Router(routes: routes),
            problems: renderProblem,
            observer: { continuation.yield($0) }
        )
        let port = try server.start()
        do {
            try await test(TestServer(server: server, port: port, log: log))
        } catch {
            await server.shutdown(grace: .seconds(5))
            throw error
        }
        await server.shutdown(grace: .seconds(5))
        continuation.finish()
    }

    /// Sends bytes on a fresh connection and returns the first response.
    func exchange(_ text: String, withoutBody: Bool = false) async throws -> RawClient.Response {
        try await onThread { [port] in
            let client = try RawClient(port: port)
            try client.send(text)
            return try client.receiveResponse(withoutBody: withoutBody)
        }
    }

    func firstLogEntry() async -> RequestLogEntry? {
        await log.first { _ in true }
    }
}

/// A problem in the manner of RFC 9457, with all that a renderer is told.
let renderProblem: ProblemRenderer = { status, detail, head in
    let text = #"{"status":\#(status.code),"title":"\#(status.reasonPhrase)","detail":"\#(detail)"}"#
    return HTTPResponse(
        status: status,
        headers: ["Content-Type": "application/problem+json", "X-Request-ID": head.id],
        body: Data(text.utf8)
    )
}

func text(_ text: String) -> HTTPResponse {
    HTTPResponse(status: .ok, headers: ["Content-Type": "text/plain; charset=utf-8"], body: Data(text.utf8))
}

/// Greets, echoes content, and shows a parameter.
let commonRoutes: [Route] = [
    Route(.get, "/hello") { _ in text("hello") },
    Route(.post, "/echo", maximumBodyBytes: 64 * 1024) { request in
        HTTPResponse(status: .ok, body: request.body)
    },
    Route(.get, "/items/{id}") { request in
        text("item=\(request.parameters["id"] ?? "none") q=\(request.queryValue("q") ?? "none")")
    },
]

/// Something that happens once, and that tasks wait for.
final class Event: Sendable {
    private let stream: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    init() {
        (stream, continuation) = AsyncStream.makeStream()
    }

    func happen() {
        continuation.finish()
    }

    func wait() async {
        for await _ in stream {}
    }
}

/// A value that several threads change.
final class Shared<Value: Sendable>: @unchecked Sendable {
    private let lock = NSLock()
    private var stored: Value

    init(_ value: Value) {
        stored = value
    }

    var value: Value { update { $0 } }

    @discardableResult
    func update<Result>(_ body: (inout Value) -> Result) -> Result {
        lock.withLock { body(&stored) }
    }
}
