import Accounts
import Foundation
import TestSupport
import Testing

/// Every answer of every scenario is checked by `AnswerRules`; here are those that the server gives by itself, and the
/// languages.
@Suite("Problem documents")
struct ProblemTests {
    static let served: [(method: String, target: String, status: Int)] = [
        ("GET", "/", 404), ("GET", "/v1", 404), ("GET", "/v1/nothing", 404), ("GET", "/v2/me", 404),
        ("GET", "/v1/me/", 404), ("GET", "/v1//me", 404), ("GET", "/.git/config", 404), ("DELETE", "/v1/me", 405),
        ("PUT", "/v1/login", 405), ("PATCH", "/v1/me/portrait", 405), ("BREW", "/v1/me", 405),
        ("GET", "/v1/%zz", 400), ("GET", "/v1/../v1/me", 404),
        ("GET", "/v1/" + String(repeating: "x", count: 20_000), 414),
    ]

    @Test("What the server refuses by itself is a problem document too", arguments: served)
    func serverRefusal(method: String, target: String, status: Int) async throws {
        try await TestService.run { service in
            let reply = try await service.anybody.send(service.anybody.request(method, target))
            #expect(reply.status == status || (status == 404 && reply.status == 400), "\(reply.text)")
            if reply.status == 405 { #expect(reply.header("Allow")?.isEmpty == false) }
        }
    }

    /// A refusal of a handler, of the form's check, and of the server itself.
    static let refused: [(method: String, target: String, body: String?)] = [
        ("POST", "/v1/login", #"{"email":"nobody@example.org","password":"wrong password"}"#),
        ("POST", "/v1/login", #"{"email":7}"#), ("POST", "/v1/login", "{"), ("GET", "/v1/me", nil),
        ("GET", "/v1/exams?limit=0", nil), ("GET", "/v1/nothing", nil), ("DELETE", "/v1/me", nil),
        ("GET", "/readyz", nil),
    ]

    @Test(
        "A problem is told in Russian, and in English where that is asked for first",
        arguments: refused.indices,
        [("", true), ("en", false), ("en-US,ru;q=0.9", false), ("ru,en;q=0.9", true), ("de", true), ("*", true)]
    )
    func language(_ index: Int, _ asked: (language: String, isRussian: Bool)) async throws {
        try await TestService.run { service in
            let (method, target, body) = Self.refused[index]
            var client = try await target.hasPrefix("/v1/exams") ? service.candidate(0) : service.anybody
            if !asked.language.isEmpty { client = client.with("Accept-Language", asked.language) }
            let type = body == nil ? nil : "application/json"
            let reply = try await client.send(client.request(method, target, type: type, Data((body ?? "").utf8)))
            #expect(reply.status >= 400)
            let detail = reply.json["detail"].string ?? ""
            #expect(detail.contains(/[а-яё]/) == asked.isRussian, "\(detail)")
        }
    }

    @Test("Every problem has a number of its own, which the service's log knows")
    func instance() async throws {
        try await TestService.run { service in
            let first = try await service.anybody.get("/v1/me").json["instance"].string
            let second = try await service.anybody.get("/v1/me").json["instance"].string
            #expect(first != second)
            let number = try #require(first?.split(separator: ":").last)
            #expect(service.logLines.value.contains { $0.contains(number) && $0.contains("/v1/me") })
        }
    }
}
