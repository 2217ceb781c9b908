public import Foundation

/// An answer to a request.
public struct HTTPResponse: Sendable {
    /// What follows the header.
    public enum Body: Sendable {
        /// The whole content.
        case bytes(Data)
        /// Content that is read while it is sent.
        case source(ContentSource)
        /// Server-sent events, for as long as the stream stays open.
        case events(EventStream)
    }

    /// The status.
    public var status: HTTPStatus
    /// The header fields; the server adds Date, Content-Length and, where it closes, Connection.
    public var headers: HTTPHeaders
    /// The content.
    public var body: Body

    /// Creates a response with bytes as its content, none by default.
    public init(status: HTTPStatus, headers: HTTPHeaders = HTTPHeaders(), body: Data = Data()) {
        self.status = status
        self.headers = headers
        self.body = .bytes(body)
    }

    /// Creates a response whose content is read while it is sent.
    public init(status: HTTPStatus, headers: HTTPHeaders = HTTPHeaders(), source: ContentSource) {
        self.status = status
        self.headers = headers
        body = .source(source)
    }

    /// Creates a response that is a stream of events; the server sets the stream's own header fields.
    public init(events: EventStream, headers: HTTPHeaders = HTTPHeaders()) {
        status = .ok
        self.headers = headers
        self.headers.set("Content-Type", "text/event-stream")
        self.headers.set("Cache-Control", "no-store")
        self.headers.set("X-Accel-Buffering", "no")
        body = .events(events)
    }
}

/// Renders an answer that the server itself gives: a refusal, with a sentence that explains it.
///
/// It is called on the server's own threads and must not block.
public typealias ProblemRenderer =
    @Sendable (_ status: HTTPStatus, _ detail: String, _ head: RequestHead) -> HTTPResponse
