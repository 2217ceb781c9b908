import Accounts
import Foundation
import OpenIDConnect
import Storage
import TestSupport
import Testing
import Workflows

@Suite("A5 Login by the institution's provider, without one or with a broken one")
struct ProviderLoginTests {
    private static let least = """
        client_id: "attestd", redirect_uri: "https://attestd.example/v1/login/provider/callback",
        roles: [{ claim: "groups", value: "exam-board", role: "examiner" }],
        display_name: { ru: "Почта университета", en: "University mail" },
        """

    /// A service beside a provider that says about itself what it must, and nothing else.
    private func run(
        clock: TestClock = TestClock(),
        _ scenario: (TestService, ScriptedProvider) async throws -> Void
    ) async throws {
        let scripted = try ScriptedProvider()
        try scripted.answer(
            ".well-known/openid-configuration",
            json: [
                "issuer": scripted.base, "authorization_endpoint": "\(scripted.base)/auth",
                "token_endpoint": "\(scripted.base)/token", "jwks_uri": "\(scripted.base)/jwks",
            ]
        )
        let provider = try TestService.institution(
            "issuer: \"\(scripted.base)\", \(Self.least)",
            folder: scripted.folder,
            clock: clock
        )
        try await TestService.run(clock: clock, provider: provider) { try await scenario($0, scripted) }
    }

    private func state(_ login: TestService.BegunLogin) throws -> String {
        let items = URLComponents(url: login.url, resolvingAgainstBaseURL: false)?.queryItems
        return try #require(items?.first { $0.name == "state" }?.value)
    }

    @Test(
        "A5: where no provider is configured, its endpoints say so and what to do instead",
        arguments: [
            "/v1/login/provider", "/v1/login/provider/begin", "/v1/login/provider/begin?return_to=/exams",
            "/v1/login/provider/callback?state=a&code=b", "/v1/login/provider/callback",
        ]
    )
    func off(target: String) async throws {
        try await TestService.run { service in
            let reply = try await service.anybody.get(target)
            #expect(reply.status == 404 && reply.code == "provider_not_configured")
            #expect(reply.headers.allSatisfy { $0.0.lowercased() != "set-cookie" })
            let staff = try await service.staff(.examiner)
            let link = try await staff.post("/v1/me/provider-link", ["password": "staff pass phrase"])
            #expect(link.status == 404 && link.code == "provider_not_configured")
        }
    }

    @Test("A5: the log-in page learns what the institution calls its accounts")
    func described() async throws {
        try await run { service, _ in
            let reply = try await service.anybody.get("/v1/login/provider")
            #expect(reply.status == 200)
            #expect(reply.json["name"]["ru"] == "Почта университета" && reply.json["name"]["en"] == "University mail")
            #expect(reply.json["begin"] == "/v1/login/provider/begin")
        }
    }

    @Test("A5: the browser is sent to the provider with a cookie that only this site and its own pages get")
    func begin() async throws {
        try await run { service, scripted in
            let reply = try await service.anybody.get("/v1/login/provider/begin?return_to=/exams%3Fday%3D1")
            #expect(reply.status == 303 && reply.body.isEmpty)
            let url = try #require(reply.header("Location"))
            #expect(url.hasPrefix("\(scripted.base)/auth?response_type=code&client_id=attestd&redirect_uri="))
            #expect(reply.header("Referrer-Policy") == "no-referrer")
            let parts = try #require(reply.setCookie("__Host-attestd_login")).components(separatedBy: "; ")
            #expect(Set(parts.dropFirst()) == ["Path=/", "Secure", "HttpOnly", "SameSite=Lax", "Max-Age=600"])
            let token = parts[0].drop { $0 != "=" }.dropFirst()
            #expect(token.count == 43 && !url.contains(token))
            let raw = try service.rawDatabase()
            let stored = try raw.column(
                "SELECT state_hash || lower(hex(sealed_content)) || network FROM pending_provider_logins"
            )
            #expect(stored.count == 1)
            let query = try #require(URLComponents(string: url)?.queryItems)
            for secret in query.filter({ ["state", "nonce"].contains($0.name) }).compactMap(\.value) + [String(token)] {
                let hex = secret.utf8.map { String($0, radix: 16) }.joined()
                #expect(!stored[0].contains(secret) && !stored[0].contains(hex))
            }
        }
    }

    @Test(
        "A5: nobody is sent to another site after the login",
        arguments: [
            "https://evil.example", "//evil.example", "/\\evil.example", "/%09/evil.example", "javascript:alert(1)",
            "exams", "/%0d%0aSet-Cookie:a=b", "/ж", "\\\\evil.example",
        ]
    )
    func openRedirect(path: String) async throws {
        try await run { service, _ in
            let encoded = try #require(
                path.replacing("%", with: "\u{1}").addingPercentEncoding(withAllowedCharacters: .alphanumerics)
            ).replacing("%01", with: "%")
            let reply = try await service.anybody.get("/v1/login/provider/begin?return_to=\(encoded)")
            #expect([400, 422].contains(reply.status), "\(reply.status)")
            #expect(reply.header("Location") == nil && reply.setCookie("__Host-attestd_login") == nil)
            #expect(try service.rawDatabase().count("pending_provider_logins") == 0)
        }
    }

    @Test("A5: another site may link here, and not embed the beginning of logins", arguments: ["image", "iframe"])
    func embedded(destination: String) async throws {
        try await run { service, _ in
            let foreign = service.anybody.with("Sec-Fetch-Site", "cross-site")
            let mode = destination == "iframe" ? "navigate" : "no-cors"
            let embedded = foreign.with("Sec-Fetch-Mode", mode).with("Sec-Fetch-Dest", destination)
            let reply = try await embedded.get("/v1/login/provider/begin")
            #expect(reply.status == 403 && reply.code == "cross_site_request")
            #expect(try service.rawDatabase().count("pending_provider_logins") == 0)
            let link = foreign.with("Sec-Fetch-Mode", "navigate").with("Sec-Fetch-Dest", "document")
            #expect(try await link.get("/v1/login/provider/begin").status == 303)
        }
    }

    @Test("A5: a provider that is away is told as such, in words for people, and nothing of it leaks")
    func away() async throws {
        // Nobody listens on the first port.
        let provider = try TestService.institution(
            "issuer: \"http://127.0.0.1:1/secret-realm\", \(Self.least)",
            folder: FileManager.default.temporaryDirectory,
            clock: TestClock()
        )
        try await TestService.run(provider: provider) { service in
            let reply = try await service.anybody.get("/v1/login/provider/begin")
            #expect(reply.status == 503 && reply.code == "provider_unavailable")
            #expect(reply.header("Retry-After") != nil && reply.setCookie("__Host-attestd_login") == nil)
            for word in ["127.0.0.1", "secret-realm", "curl", "connect"] { #expect(!reply.text.contains(word)) }
            #expect(try service.rawDatabase().count("pending_provider_logins") == 0)
            #expect(service.logLines.value.contains { $0.contains("login provider failed") && $0.contains("warning") })
        }
    }

    @Test("A5: a provider that fails at the end lets nobody in, uses the login up, and counts for no wrong try")
    func failsAtTheEnd() async throws {
        try await run { service, scripted in
            try scripted.answer("token", status: 500, json: ["error": "code-that-leaks"])
            let login = try await service.beginProviderLogin()
            service.noteAsSecret("s3cret-code")
            let query = "state=\(try state(login))&code=s3cret-code"
            let reply = try await service.providerCallback(query, cookie: login.cookie)
            #expect(reply.status == 503 && reply.code == "provider_unavailable")
            #expect(!reply.text.contains("leaks") && !reply.text.contains("s3cret"))
            #expect(reply.setCookie("__Host-attestd_session") == nil)
            let again = try await service.providerCallback(query, cookie: login.cookie)
            #expect(again.status == 401 && again.code == "provider_login_unknown")
            #expect(try scripted.requests("token").count == 1)
            #expect(try service.rawDatabase().count("throttles") == 0)
            #expect(try service.rawDatabase().count("login_sessions") == 0)
        }
    }

    @Test("A5: what was not begun here leaves no trace: neither a record nor a question to the provider")
    func neverBegun() async throws {
        try await run { service, scripted in
            let reply = try await service.providerCallback("state=made-up&code=c", cookie: nil)
            #expect(reply.status == 401 && reply.code == "provider_login_unknown")
            for query in ["", "code=c", "state=a", "state=a&code=b&error=c"] {
                let reply = try await service.providerCallback(query, cookie: nil)
                #expect(reply.status == 422 && reply.code == "provider_answer_malformed", "\(query)")
            }
            #expect(try await service.providerCallback("state=a&state=b&code=c", cookie: nil).status == 400)
            #expect(try service.recordReasons().isEmpty)
            #expect(try service.rawDatabase().count("throttles") == 0)
            #expect(try scripted.requests("token").isEmpty)
        }
    }

    @Test("A5: a login waits ten minutes and not longer, and is then purged")
    func expired() async throws {
        let clock = TestClock()
        try await run(clock: clock) { service, scripted in
            let login = try await service.beginProviderLogin()
            clock.advance(seconds: 601)
            let late = try await service.providerCallback("state=\(try state(login))&code=c", cookie: login.cookie)
            #expect(late.status == 401 && late.code == "provider_login_unknown")
            #expect(try scripted.requests("token").isEmpty)
            _ = try await service.beginProviderLogin()
            clock.advance(seconds: 599)
            try await service.housekeeping.purge()
            #expect(try service.rawDatabase().count("pending_provider_logins") == 1)
            clock.advance(seconds: 2)
            try await service.housekeeping.purge()
            #expect(try service.rawDatabase().count("pending_provider_logins") == 0)
        }
    }

    @Test("A5: another browser's cookie ends the login, and is recorded")
    func otherBrowser() async throws {
        try await run { service, scripted in
            let (victim, attacker) = (try await service.beginProviderLogin(), try await service.beginProviderLogin())
            let query = "state=\(try state(attacker))&code=c"
            let forced = try await service.providerCallback(query, cookie: victim.cookie)
            #expect(forced.status == 403 && forced.code == "provider_other_browser")
            #expect(try service.recordReasons() == ["provider_other_browser"])
            let bare = try await service.providerCallback("state=\(try state(victim))&code=c", cookie: nil)
            #expect(bare.status == 403)
            #expect(try await service.providerCallback(query, cookie: attacker.cookie).status == 401, "used up")
            #expect(try scripted.requests("token").isEmpty)
        }
    }

    @Test("A5: a person who refuses at the provider is told whom to ask, and the provider's words go no further")
    func refusedThere() async throws {
        try await run { service, _ in
            let login = try await service.beginProviderLogin()
            let query =
                "state=\(try state(login))&error=access_denied&error_description=%3Cscript%3Eevil&session_state=1"
            let reply = try await service.providerCallback(query, cookie: login.cookie)
            #expect(reply.status == 403 && reply.code == "provider_refused" && !reply.text.contains("evil"))
            #expect(try service.recordReasons() == ["provider_refused"])
            #expect(service.logLines.value.allSatisfy { !$0.contains("evil") })
        }
    }

    @Test("A5: a browser gets its problem as a page in Russian and English, without anything that was sent")
    func page() async throws {
        try await run { service, _ in
            let browser = Client(port: service.port).with("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
            let reply = try await browser.get("/v1/login/provider/callback?state=%3Cb%3Eevil&code=evil")
            #expect(reply.status == 401)
            #expect(reply.header("Content-Type") == "text/html; charset=utf-8")
            #expect(reply.header("Content-Security-Policy")?.contains("default-src 'none'") == true)
            #expect(reply.text.contains("Начните вход заново") && reply.text.contains("Begin the login again"))
            #expect(!reply.text.contains("evil") && reply.text.contains("urn:attestd:request:"))
            let twice = try await browser.get("/v1/login/provider/callback?state=a&state=b")
            #expect(twice.status == 400 && twice.header("Content-Type") == "text/html; charset=utf-8")
            // Elsewhere documents stay documents.
            #expect(try await browser.get("/v1/me").header("Content-Type") == "application/problem+json")
        }
    }

    @Test("A5: of one network only so many logins wait; those of others are not in the way, and time makes room")
    func full() async throws {
        let clock = TestClock()
        try await run(clock: clock) { service, _ in
            let now = clock.now
            try await service.services.database.write { stores throws in
                for number in 0..<PendingProviderLogin.mostOfNetwork {
                    try stores.insertPendingProviderLogin(
                        PendingProviderLogin(
                            stateHash: "\(number)",
                            network: number == 0 ? "192.0.2.1" : "127.0.0.1",
                            sealedContent: Data(),
                            createdAt: now
                        )
                    )
                }
            }
            _ = try await service.beginProviderLogin()
            let full = try await service.anybody.get("/v1/login/provider/begin")
            #expect(full.status == 429 && full.code == "too_many_pending_logins")
            #expect(full.header("Retry-After") == "60")
            clock.advance(seconds: 601)
            _ = try await service.beginProviderLogin()
        }
    }

    @Test("A5: answers that no provider gave are slowed down, and the waiting is recorded")
    func throttled() async throws {
        let clock = TestClock()
        try await run(clock: clock) { service, scripted in
            try scripted.answer("token", status: 400, json: ["error": "invalid_grant"])
            var statuses: [Int] = []
            for _ in 0..<52 {
                let reply = try await service.anybody.get("/v1/login/provider/begin")
                statuses.append(reply.status)
                guard let url = reply.header("Location").flatMap({ URL(string: $0) }) else { continue }
                let login = try service.begun(url, reply)
                let query = "state=\(try state(login))&code=guess"
                statuses.append(try await service.providerCallback(query, cookie: login.cookie).status)
            }
            #expect(statuses.filter { $0 == 403 }.count == 51)
            #expect(statuses.last == 429)
            #expect(Set(try service.recordReasons()) == ["provider_answer_invalid", "throttled"])
            clock.advance(seconds: 2)
            _ = try await service.beginProviderLogin()
        }
    }
}
