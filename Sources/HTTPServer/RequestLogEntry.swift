/// What is worth a log line about one request; it holds no query, no header and no content.
public struct RequestLogEntry: Sendable {
    /// The request's identifier.
    public let requestID: String
    /// The method; "-" if the request ended before it was known.
    public let method: HTTPMethod
    /// The path as it was sent, without the query; unprintable bytes are replaced by "?".
    public let path: String
    /// The pattern of the route found, if one was.
    public let route: String?
    /// The status of the answer; nil if the connection ended before there was one.
    public let status: HTTPStatus?
    /// Whether the whole answer was handed to the network.
    public let isComplete: Bool
    /// From the request line's arrival to the end of the answer; for a stream of events, to its end.
    public let duration: Duration
    /// The content received, in bytes.
    public let bytesIn: Int
    /// The content sent, in bytes, without header and transfer coding.
    public let bytesOut: Int
    /// The address at the other end of the connection.
    public let remoteAddress: String
}
