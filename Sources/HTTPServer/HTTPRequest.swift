public import Foundation

/// One request, complete with its content.
public struct HTTPRequest: Sendable {
    /// The request's identifier: 16 random hexadecimal digits, the same as in its ``RequestLogEntry``.
    public let id: String
    /// The method.
    public let method: HTTPMethod
    /// The request target as it was sent, with the query.
    public let target: String
    /// The decoded path, which has no dot segments, no control characters and no escaped slashes.
    public let path: String
    /// The decoded query, in order.
    public let query: [QueryItem]
    /// The header fields.
    public let headers: HTTPHeaders
    /// The content, never longer than the route's limit.
    public let body: Data
    /// The address at the other end of the connection, in numbers and without a port.
    public let remoteAddress: String
    /// The values of the route's parameters, decoded.
    public let parameters: [String: String]

    /// Creates a request, as a test does that calls a handler or a router without a connection.
    ///
    /// With a malformed target the path is the target itself and the query is empty.
    public init(
        method: HTTPMethod,
        target: String,
        headers: HTTPHeaders = HTTPHeaders(),
        body: Data = Data(),
        remoteAddress: String = "127.0.0.1",
        parameters: [String: String] = [:],
        id: String? = nil
    ) {
        let parsed = RequestTarget(target)
        self.id = id ?? Self.randomID()
        self.method = method
        self.target = target
        path = parsed?.path ?? target
        query = parsed?.query ?? []
        self.headers = headers
        self.body = body
        self.remoteAddress = remoteAddress
        self.parameters = parameters
    }

    /// Creates a request from what the server has already parsed.
    init(
        head: RequestHead,
        rawTarget: String,
        target: RequestTarget,
        headers: HTTPHeaders,
        body: Data,
        parameters: [String: String]
    ) {
        id = head.id
        method = head.method
        self.target = rawTarget
        path = target.path
        query = target.query
        self.headers = headers
        self.body = body
        remoteAddress = head.remoteAddress
        self.parameters = parameters
    }

    /// The same request with other parameters.
    func with(parameters: [String: String]) -> HTTPRequest {
        HTTPRequest(
            method: method,
            target: target,
            headers: headers,
            body: body,
            remoteAddress: remoteAddress,
            parameters: parameters,
            id: id
        )
    }

    /// The first value of a query item, or nil.
    public func queryValue(_ name: String) -> String? {
        query.first { $0.name == name }?.value
    }

    /// The first value of a cookie, without surrounding quotes (RFC 6265, section 4.2).
    public func cookie(_ name: String) -> String? {
        for field in headers.values(for: "Cookie") {
            for pair in field.split(separator: ";") {
                let pair = pair.drop { $0 == " " || $0 == "\t" }
                guard let equals = pair.firstIndex(of: "="), pair[..<equals] == name else { continue }
                let value = pair[pair.index(after: equals)...]
                if value.count >= 2, value.hasPrefix("\""), value.hasSuffix("\"") {
                    return String(value.dropFirst().dropLast())
                }
                return String(value)
            }
        }
        return nil
    }

    static func randomID() -> String {
        let digits = String(UInt64.random(in: .min ... .max), radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }
}

/// What is known of a request that the server itself refuses.
public struct RequestHead: Sendable {
    /// The request's identifier.
    public let id: String
    /// The method; "-" if the request ended before it was known.
    public let method: HTTPMethod
    /// The path as it was sent, without the query; unprintable bytes are replaced by "?".
    public let path: String
    /// The address at the other end of the connection.
    public let remoteAddress: String
    /// The header fields, as far as they were received.
    public let headers: HTTPHeaders

    /// Creates a head.
    public init(
        id: String,
        method: HTTPMethod,
        path: String,
        remoteAddress: String,
        headers: HTTPHeaders = HTTPHeaders()
    ) {
        self.id = id
        self.method = method
        self.path = path
        self.remoteAddress = remoteAddress
        self.headers = headers
    }
}
