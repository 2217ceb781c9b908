import Foundation
import TestSupport
import Testing

@Suite("A2 Login by cookie")
struct CookieTests {
    private func cookie(_ service: TestService) async throws -> (field: String, pair: String) {
        _ = try await service.candidate(0)
        let reply = try await service.anybody.post(
            "/v1/login",
            ["email": "candidate0@example.org", "password": "correct horse battery 0"]
        )
        #expect(reply.status == 200)
        #expect(reply.json["token"] == .null)
        let field = try #require(reply.header("Set-Cookie"))
        let pair = String(field.prefix { $0 != ";" })
        service.personal.update { _ = $0.insert(String(pair.split(separator: "=", maxSplits: 1).last ?? "")) }
        return (field, pair)
    }

    @Test("A2: the cookie is out of reach of scripts, of plain connections and of other sites")
    func attributes() async throws {
        try await TestService.run { service in
            let field = try await cookie(service).field
            let parts = field.components(separatedBy: "; ")
            #expect(parts[0].hasPrefix("__Host-attestd_session="))
            #expect(Set(parts.dropFirst()) == ["Path=/", "Secure", "HttpOnly", "SameSite=Strict", "Max-Age=43200"])
        }
    }

    @Test("A2: logging out clears the cookie")
    func cleared() async throws {
        try await TestService.run { service in
            let pair = try await cookie(service).pair
            let browser = service.anybody.with("Cookie", "theme=dark; \(pair)").with("Sec-Fetch-Site", "same-origin")
            #expect(try await browser.get("/v1/me").status == 200)
            let reply = try await browser.post("/v1/logout")
            #expect(reply.status == 204)
            #expect(reply.header("Set-Cookie")?.contains("Max-Age=0") == true)
            #expect(try await browser.get("/v1/me").status == 401)
        }
    }

    @Test(
        "A2: a write with the cookie from another site is refused and does nothing",
        arguments: [
            ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Site", "same-site"), ("Origin", "https://evil.example"),
            ("Origin", "null"), ("Origin", "http://localhost.evil.example"),
        ]
    )
    func crossSite(name: String, value: String) async throws {
        try await TestService.run { service in
            let browser = service.anybody.with("Cookie", try await cookie(service).pair)
            let reply = try await browser.with(name, value).post("/v1/logout")
            #expect(reply.status == 403)
            #expect(reply.code == "cross_site_request")
            #expect(try await browser.with(name, value).get("/v1/me").status == 200, "reading is harmless")
            #expect(try await browser.post("/v1/logout").status == 204, "the login was still there")
        }
    }

    @Test(
        "A2: a write with the cookie from the own pages is carried out",
        arguments: [("Sec-Fetch-Site", "same-origin"), ("Sec-Fetch-Site", "none"), ("Origin", "http://localhost")]
    )
    func sameSite(name: String, value: String) async throws {
        try await TestService.run { service in
            let browser = service.anybody.with("Cookie", try await cookie(service).pair)
            #expect(try await browser.with(name, value).post("/v1/logout").status == 204)
        }
    }
}
