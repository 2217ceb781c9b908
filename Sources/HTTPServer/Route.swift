/// A method and a path pattern with the handler for them.
public struct Route: Sendable {
    /// Answers one request. It runs in a task of its own, and the task is cancelled when a shutdown runs out of grace.
    public typealias Handler = @Sendable (HTTPRequest) async -> HTTPResponse

    /// The method; a GET route answers HEAD too.
    public let method: HTTPMethod
    /// The pattern, such as "/v1/attempts/{attempt_id}/answers".
    public let pattern: String
    /// The longest content accepted, in bytes.
    public let maximumBodyBytes: Int
    /// The handler.
    public let handler: Handler

    /// Creates a route.
    ///
    /// - Parameters:
    ///   - method: the method.
    ///   - pattern: a path that begins with "/"; a segment in braces matches any one non-empty segment and gives its
    ///     decoded value the name within.
    ///   - maximumBodyBytes: the longest content accepted; a longer one is answered with 413.
    ///   - handler: the handler.
    public init(
        _ method: HTTPMethod,
        _ pattern: String,
        maximumBodyBytes: Int = 64 * 1024,
        handler: @escaping Handler
    ) {
        precondition(pattern.hasPrefix("/"), "a route's pattern begins with a slash: \(pattern)")
        self.method = method
        self.pattern = pattern
        self.maximumBodyBytes = maximumBodyBytes
        self.handler = handler
    }
}
