package import Foundation

/// Somebody who uses the API: a port, and what is sent with each request.
package struct Client: Sendable {
    /// Is shown every request with its answer.
    package typealias Observer = @Sendable (Request, Reply, Client) -> Void

    package var port: UInt16
    package var token: String?
    /// The third number of the address 127.0.n.1 that requests come from.
    package var host: UInt8?
    package var headers: [(String, String)] = []
    /// The role, where the client is logged in.
    package var role: String?
    package var observer: Observer?

    package init(port: UInt16, observer: Observer? = nil) {
        self.port = port
        self.observer = observer
    }

    /// The same client with one more header field.
    package func with(_ name: String, _ value: String) -> Client {
        var other = self
        other.headers.append((name, value))
        return other
    }

    /// The same client at another address.
    package func at(_ host: UInt8) -> Client {
        var other = self
        other.host = host
        return other
    }

    /// The request as it is sent.
    package func request(
        _ method: String,
        _ target: String,
        type: String? = nil,
        _ body: Data = Data(),
        headers extra: [(String, String)] = []
    ) -> Request {
        var all = headers + extra
        if let token { all.append(("Authorization", "Bearer \(token)")) }
        if let type { all.append(("Content-Type", type)) }
        return Request(method, target, headers: all, body: body)
    }

    /// Sends a request on a connection of its own.
    package func send(_ request: Request) async throws -> Reply {
        let reply = try await onThread { [port, host] in try Connection(port: port, from: host).exchange(request) }
        observer?(request, reply, self)
        return reply
    }

    package func get(_ target: String) async throws -> Reply {
        try await send(request("GET", target))
    }

    package func post(_ target: String, _ json: JSON, key: String? = nil) async throws -> Reply {
        try await send(request("POST", target, type: "application/json", json.data, headers: Self.idempotency(key)))
    }

    package func post(_ target: String) async throws -> Reply {
        try await send(request("POST", target))
    }

    package func post(_ target: String, type: String?, _ body: Data, key: String? = nil) async throws -> Reply {
        try await send(request("POST", target, type: type, body, headers: Self.idempotency(key)))
    }

    package func put(_ target: String, _ json: JSON) async throws -> Reply {
        try await send(request("PUT", target, type: "application/json", json.data))
    }

    package func put(_ target: String, type: String?, _ body: Data) async throws -> Reply {
        try await send(request("PUT", target, type: type, body))
    }

    private static func idempotency(_ key: String?) -> [(String, String)] {
        key.map { [("Idempotency-Key", $0)] } ?? []
    }
}
