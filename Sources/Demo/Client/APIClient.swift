import Foundation
import FoundationNetworking

/// One person at the HTTP API: a login's bearer token and the requests made with it.
struct APIClient: Sendable {
    /// Where the daemon listens.
    let base: URL
    /// The login's token; without it the client is a stranger.
    var token: String?
    private let session: URLSession

    /// The longest that any request may take, in seconds.
    static let timeLimit: TimeInterval = 30

    init(base: URL) {
        self.base = base
        let configuration = URLSessionConfiguration.ephemeral
        configuration.timeoutIntervalForRequest = Self.timeLimit
        configuration.timeoutIntervalForResource = Self.timeLimit
        session = URLSession(configuration: configuration)
    }

    /// The same connection pool for another person.
    func loggedIn(_ token: String) -> APIClient {
        var client = self
        client.token = token
        return client
    }

    func get(_ path: String, _ query: [String: String] = [:]) async throws -> APIAnswer {
        try await send("GET", path, query: query)
    }

    func post(_ path: String, _ body: JSON? = nil, headers: [String: String] = [:]) async throws -> APIAnswer {
        try await send("POST", path, body: body?.data, type: "application/json", headers: headers)
    }

    func put(_ path: String, _ body: JSON) async throws -> APIAnswer {
        try await send("PUT", path, body: body.data, type: "application/json")
    }

    /// Sends any request and waits for the whole answer. A refusal is an answer too.
    ///
    /// - Throws: `URLError` where no answer came.
    func send(
        _ method: String,
        _ path: String,
        query: [String: String] = [:],
        body: Data? = nil,
        type: String? = nil,
        headers: [String: String] = [:]
    ) async throws -> APIAnswer {
        var request = request(path, query: query)
        request.httpMethod = method
        if let body {
            request.httpBody = body
            request.setValue(type, forHTTPHeaderField: "Content-Type")
        }
        for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
        let (data, response) = try await session.data(for: request)
        guard let response = response as? HTTPURLResponse else { throw URLError(.badServerResponse) }
        return APIAnswer(status: response.statusCode, body: data, json: JSON(data: data))
    }

    /// A request with what all of them carry.
    func request(_ path: String, query: [String: String] = [:]) -> URLRequest {
        var url = base.appending(path: path)
        if !query.isEmpty {
            url.append(queryItems: query.sorted { $0.key < $1.key }.map { URLQueryItem(name: $0.key, value: $0.value) })
        }
        var request = URLRequest(url: url, timeoutInterval: Self.timeLimit)
        request.setValue("en", forHTTPHeaderField: "Accept-Language")
        if let token { request.setValue("Bearer \(token)", forHTTPHeaderField: "Authorization") }
        return request
    }
}

/// What the API answered.
struct APIAnswer: Sendable {
    var status: Int
    var body: Data
    var json: JSON

    /// The problem's code (RFC 9457 document), if it is one.
    var code: String { json["code"].text }

    /// The codes of the single faults that a problem lists.
    var faults: [String] { json["faults"].elements.map { $0["code"].text }.filter { !$0.isEmpty } }

    /// The answer in a few words, for a transcript.
    var summary: String {
        let reasons = ([code] + faults).filter { !$0.isEmpty }
        return reasons.isEmpty ? "HTTP \(status)" : "HTTP \(status) \(reasons.joined(separator: ": "))"
    }
}
