import Foundation
import HTTPServer
import Testing

@Suite("Router")
struct RouterTests {
    private static func route(_ method: HTTPMethod, _ pattern: String) -> Route {
        Route(method, pattern) { _ in HTTPResponse(status: .ok) }
    }

    private let router = Router(routes: [
        route(.get, "/"),
        route(.get, "/v1/people"),
        route(.post, "/v1/people"),
        route(.get, "/v1/people/me"),
        route(.get, "/v1/people/{person_id}"),
        route(.delete, "/v1/people/{person_id}"),
        route(.put, "/v1/attempts/{attempt_id}/answers/{answer_id}"),
        route(.get, "/v1/attempts/{attempt_id}"),
        route(.head, "/v1/attempts/{attempt_id}"),
        route(.get, "/v1/people/me/orders"),
        route(.get, "/v1/people/{person_id}/consents"),
    ])

    private func describe(_ match: Router.Match) -> String {
        switch match {
        case .found(let route, let parameters):
            let values = parameters.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
            return ([route.method.rawValue, route.pattern] + values).joined(separator: " ")
        case .methodNotAllowed(let allowed):
            return "not allowed: " + allowed.map(\.rawValue).joined(separator: ",")
        case .notFound:
            return "not found"
        }
    }

    @Test(
        "finds the route of a method and a path",
        arguments: [
            ("GET", "/", "GET /"),
            ("GET", "/v1/people", "GET /v1/people"),
            ("POST", "/v1/people", "POST /v1/people"),
            ("GET", "/v1/people?page=2", "GET /v1/people"),
            ("GET", "/v1/people/me", "GET /v1/people/me"),
            ("GET", "/v1/people/17", "GET /v1/people/{person_id} person_id=17"),
            ("DELETE", "/v1/people/17", "DELETE /v1/people/{person_id} person_id=17"),
            ("GET", "/v1/people/me/orders", "GET /v1/people/me/orders"),
            ("GET", "/v1/people/me/consents", "GET /v1/people/{person_id}/consents person_id=me"),
            (
                "PUT", "/v1/attempts/a/answers/b",
                "PUT /v1/attempts/{attempt_id}/answers/{answer_id} answer_id=b attempt_id=a"
            ),
            ("HEAD", "/v1/people", "GET /v1/people"),
            ("HEAD", "/v1/attempts/a", "HEAD /v1/attempts/{attempt_id} attempt_id=a"),
            ("GET", "http://example.org/v1/people", "GET /v1/people"),
            ("GET", "HTTPS://example.org", "GET /"),
        ]
    )
    func found(method: String, path: String, expected: String) {
        #expect(describe(router.match(HTTPMethod(rawValue: method), path)) == expected)
    }

    @Test(
        "names the methods of a path that has others",
        arguments: [
            ("PATCH", "/v1/people", "not allowed: GET,HEAD,OPTIONS,POST"),
            ("OPTIONS", "/v1/people/7", "not allowed: DELETE,GET,HEAD,OPTIONS"),
            ("POST", "/v1/people/7", "not allowed: DELETE,GET,HEAD,OPTIONS"),
            ("DELETE", "/v1/people/me", "not allowed: GET,HEAD,OPTIONS"),
            ("get", "/v1/people", "not allowed: GET,HEAD,OPTIONS,POST"),
            ("GET", "/v1/attempts/a/answers/b", "not allowed: OPTIONS,PUT"),
        ]
    )
    func methodNotAllowed(method: String, path: String, expected: String) {
        #expect(describe(router.match(HTTPMethod(rawValue: method), path)) == expected)
    }

    @Test(
        "finds nothing for other paths",
        arguments: [
            "/v1", "/v1/people/", "/v1//people", "//v1/people", "/v1/people/7/", "/V1/people", "/v1/people/7/x",
            "/v1/attempts//answers/b", "", "v1/people", "*", "/v1/people#me", "http:///v1/people", "ftp://a/",
        ]
    )
    func notFound(path: String) {
        #expect(describe(router.match(.get, path)) == "not found")
    }

    @Test(
        "decodes a segment after splitting",
        arguments: [
            ("/v1/people/a%20b", "a b"),
            ("/v1/people/%D0%98%D0%B2%D0%B0%D0%BD", "Иван"),
            ("/v1/people/%7Bx%7d", "{x}"),
            ("/v1/people/a+b", "a+b"),
            ("/v1/people/a%3Fb%23c", "a?b#c"),
            ("/v1/people/%2525", "%25"),
            ("/v1/people/...", "..."),
        ]
    )
    func decoded(path: String, parameter: String) {
        #expect(
            describe(router.match(.get, path)) == "GET /v1/people/{person_id} person_id=\(parameter)"
        )
    }

    @Test("matches an escaped static segment")
    func escapedStatic() {
        #expect(describe(router.match(.get, "/v1/%70eople")) == "GET /v1/people")
    }

    @Test(
        "refuses what can be read in two ways",
        arguments: [
            "/v1/people/a%2Fb", "/v1/people/a%2fb", "/v1/people/a%5Cb", "/v1/people/a\\b", "/v1/people/%00",
            "/v1/people/me%00x", "/v1/people/%FF", "/v1/people/%C0%AF", "/v1/people/%ED%A0%80", "/v1/people/..",
            "/v1/people/.", "/v1/people/%2e%2E", "/v1/people/%2", "/v1/people/%", "/v1/people/%zz", "/v1/people/%0A",
            "/v1/people/a b", "/v1/people/Иван", "/v1/people/7?q=%FF", "/v1/people/7?q=%0", "/v1/people/7?%00=1",
        ]
    )
    func refused(path: String) async {
        #expect(describe(router.match(.get, path)) == "not found")
        let response = await router.respond(to: HTTPRequest(method: .get, target: path), problems: renderProblem)
        #expect(response.status == .badRequest)
    }

    @Test("answers without a connection by the same rules")
    func respond() async {
        let router = Router(routes: commonRoutes)
        func respond(_ method: HTTPMethod, _ target: String, body: Data = Data()) async -> HTTPResponse {
            await router.respond(
                to: HTTPRequest(method: method, target: target, body: body),
                problems: renderProblem
            )
        }
        #expect(await respond(.get, "/hello").status == .ok)
        #expect(await respond(.get, "/nowhere").status == .notFound)
        let wrong = await respond(.delete, "/hello")
        #expect(wrong.status == .methodNotAllowed)
        #expect(wrong.headers["Allow"] == "GET, HEAD, OPTIONS")
        let options = await respond(.options, "/hello")
        #expect(options.status == .noContent)
        #expect(options.headers["Allow"] == "GET, HEAD, OPTIONS")
        #expect(await respond(.post, "/echo", body: Data(count: 65_536)).status == .ok)
        #expect(await respond(.post, "/echo", body: Data(count: 65_537)).status == .contentTooLarge)
        let item = await respond(.get, "/items/%D1%8F?q=a+b%26c&q=2")
        guard case .bytes(let body) = item.body else { return #expect(Bool(false), "a stream") }
        #expect(String(decoding: body, as: UTF8.self) == "item=я q=a b&c")
    }
}
