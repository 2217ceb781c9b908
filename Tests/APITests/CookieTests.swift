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

    @Test(
        "A2: no other site logs anybody in, registers them or sets a password",
        arguments: ["/v1/login", "/v1/login/second-factor", "/v1/accounts", "/v1/password-resets"]
    )
    func loginCrossSite(_ target: String) async throws {
        try await TestService.run { service in
            _ = try await service.candidate(0)
            let form: JSON = ["email": "candidate0@example.org", "password": "correct horse battery 0"]
            for (name, value) in [("Sec-Fetch-Site", "cross-site"), ("Origin", "https://evil.example")] {
                let reply = try await service.anybody.with(name, value).post(target, form)
                #expect(reply.status == 403 && reply.code == "cross_site_request")
                #expect(reply.header("Set-Cookie") == nil)
            }
            // What a plain form of another site can send, where the browser says nothing of its origin.
            for type in ["application/x-www-form-urlencoded", "multipart/form-data", "text/plain"] {
                let reply = try await service.anybody.post(target, type: type, form.data)
                #expect(reply.status == 415)
            }
        }
    }

    @Test("A2: logging in again in the same browser ends the login before, and makes a token of its own")
    func rotation() async throws {
        try await TestService.run { service in
            let first = try await cookie(service).pair
            let browser = service.anybody.with("Cookie", first).with("Sec-Fetch-Site", "same-origin")
            let form: JSON = ["email": "candidate0@example.org", "password": "correct horse battery 0"]
            let reply = try await browser.post("/v1/login", form)
            let second = String(try #require(reply.header("Set-Cookie")).prefix { $0 != ";" })
            #expect(second != first)
            #expect(try await browser.get("/v1/me").status == 401)
            #expect(try await service.anybody.with("Cookie", second).get("/v1/me").status == 200)
        }
    }

    @Test("A2: a token that the client chose opens nothing, and a login does not take it over")
    func fixation() async throws {
        try await TestService.run { service in
            _ = try await service.candidate(0)
            let chosen = "__Host-attestd_session=" + String(repeating: "A", count: 43)
            let browser = service.anybody.with("Cookie", chosen)
            let form: JSON = ["email": "candidate0@example.org", "password": "correct horse battery 0"]
            #expect(try await browser.post("/v1/login", form).status == 200)
            #expect(try await browser.get("/v1/me").status == 401)
        }
    }
}
