import Accounts
import Foundation
import TestSupport
import Testing
import Workflows

@Suite("A2 Known devices")
struct KnownDeviceTests {
    private static let email = "candidate0@example.org"
    private static let password = "correct horse battery 0"
    private static let name = "__Host-attestd_device"

    /// The device's cookie that an answer sets: the whole field, and what a browser sends back.
    private func cookie(_ reply: Reply, _ service: TestService) -> (field: String, pair: String)? {
        let fields = reply.headers.filter { $0.0 == "Set-Cookie" && $0.1.hasPrefix("\(Self.name)=") }.map(\.1)
        #expect(fields.count <= 1)
        guard let field = fields.first else { return nil }
        let pair = String(field.prefix { $0 != ";" })
        service.noteAsSecret(String(pair.dropFirst(Self.name.count + 1)))
        return (field, pair)
    }

    private func logIn(
        _ client: Client,
        _ password: String = password,
        email: String = email
    ) async throws -> Reply {
        try await client.post("/v1/login", ["email": .string(email), "password": .string(password)])
    }

    /// A browser in which the candidate has logged in.
    private func knownBrowser(_ service: TestService) async throws -> Client {
        let reply = try await logIn(service.anybody)
        try #require(reply.status == 200)
        return service.anybody.with("Cookie", try #require(cookie(reply, service)).pair)
    }

    /// Strangers from elsewhere guess until the account is blocked for them.
    private func attack(_ service: TestService, email: String = email) async throws {
        for host in 50..<60 { _ = try await logIn(service.anybody.at(UInt8(host)), "a guess", email: email) }
        #expect(try await logIn(service.anybody.at(60), email: email).status == 429)
    }

    @Test("A2: the cookie is out of reach of scripts, plain connections and other sites; its secret is kept as a hash")
    func attributes() async throws {
        try await TestService.run { service in
            _ = try await service.candidate(0)
            let reply = try await logIn(service.anybody)
            let (field, pair) = try #require(cookie(reply, service))
            #expect(
                Set(field.components(separatedBy: "; ").dropFirst())
                    == ["Path=/", "Secure", "HttpOnly", "SameSite=Strict", "Max-Age=31536000"]
            )
            let stored = try service.rawDatabase().column("SELECT token_hash FROM known_devices")
            #expect(stored.count == 1 && !pair.contains(stored[0]))
            #expect(!reply.text.contains("device"))
            let browser = service.anybody.with("Cookie", pair)
            #expect(try await browser.get("/v1/me").status == 401, "it opens nothing")
        }
    }

    @Test("A2: failing makes nobody known: not a wrong password, nor an unknown login, nor a token for programs")
    func notByFailing() async throws {
        try await TestService.run { service in
            _ = try await service.candidate(0)
            for (email, password) in [(Self.email, "a guess"), ("nobody@example.org", "a guess")] {
                #expect(cookie(try await logIn(service.anybody, password, email: email), service) == nil)
            }
            #expect(cookie(try await service.loginReply(Self.email, Self.password), service) == nil)
            #expect(try service.rawDatabase().count("known_devices") == 0)
        }
    }

    @Test("A2: strangers who guess block the account for strangers, and not for its owner's device")
    func ownerIsIn() async throws {
        try await TestService.run { service in
            _ = try await service.candidate(0)
            let browser = try await knownBrowser(service)
            try await attack(service)
            #expect(try await logIn(browser, "a typing error").status == 401, "the password is asked for as ever")
            let reply = try await logIn(browser)
            #expect(reply.status == 200, "\(reply.text)")
            #expect(try await logIn(service.anybody.at(61)).status == 429, "its success forgives no stranger")
            let renewed = try #require(cookie(reply, service)).pair
            #expect(try await logIn(service.anybody.with("Cookie", renewed)).status == 200)
        }
    }

    @Test("A2: whoever shares the owner's network blocks it for strangers, and not for the owner's device")
    func blockedNetwork() async throws {
        try await TestService.run { service in
            _ = try await service.candidate(0)
            let browser = try await knownBrowser(service)
            for number in 0..<52 { _ = try await logIn(service.anybody, "a guess", email: "n\(number)@example.org") }
            #expect(try await logIn(service.anybody).status == 429)
            #expect(try await logIn(browser).status == 200)
        }
    }

    @Test("A2: the device's tries are throttled as strictly as the account's, and after ten it is a stranger")
    func ownThrottle() async throws {
        try await TestService.run { service in
            _ = try await service.candidate(0)
            let browser = try await knownBrowser(service)
            for _ in 0..<6 { #expect(try await logIn(browser, "a guess").status == 401) }
            for (wait, status) in [("2", 401), ("4", 401), ("8", 401), ("16", 401)] {
                let refused = try await logIn(browser)
                #expect(refused.status == 429 && refused.header("Retry-After") == wait)
                service.clock.advance(seconds: Double(wait) ?? 0)
                #expect(try await logIn(browser, "a guess").status == status)
            }
            #expect(try service.rawDatabase().count("known_devices") == 0)
            // Its guesses were no strangers': those have their own five free ones.
            for _ in 0..<6 { #expect(try await logIn(browser, "a guess").status == 401) }
            #expect(try await logIn(browser).status == 429)
            #expect(try await logIn(service.anybody).status == 429, "and it shares them with everybody else")
        }
    }

    @Test("A2: tries with one cookie at the same time are no more than as many one after the other")
    func parallelTries() async throws {
        try await TestService.run { service in
            _ = try await service.candidate(0)
            let browser = try await knownBrowser(service)
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<20 { group.addTask { try await logIn(browser, "a guess").status } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses.filter { $0 == 401 }.count == 6)
            #expect(statuses.filter { $0 == 429 }.count == 14)
        }
    }

    @Test("A2: each login gives a new secret, and a copy of the one before knows nothing any more")
    func rotation() async throws {
        try await TestService.run { service in
            _ = try await service.candidate(0)
            let copy = try await knownBrowser(service)
            let renewed = try #require(cookie(try await logIn(copy), service)).pair
            try await attack(service)
            #expect(try await logIn(copy.at(61)).status == 429)
            #expect(try await logIn(service.anybody.with("Cookie", renewed)).status == 200)
            #expect(try service.rawDatabase().count("known_devices") == 1)
        }
    }

    @Test(
        "A2: what is no device of the account's owner helps nobody",
        arguments: [
            "", "x", String(repeating: "A", count: 43), String(repeating: "A", count: 4_000), "\"quoted\"", "other's",
        ]
    )
    func forged(_ value: String) async throws {
        try await TestService.run { service in
            _ = try await service.candidate(0)
            var pair = "\(Self.name)=\(value)"
            if value == "other's" {
                _ = try await service.candidate(1)
                let reply = try await logIn(service.anybody, "correct horse battery 1", email: "candidate1@example.org")
                pair = try #require(cookie(reply, service)).pair
            }
            try await attack(service)
            #expect(try await logIn(service.anybody.at(61).with("Cookie", pair)).status == 429)
        }
    }

    @Test(
        "A2: with a cookie as without, an unknown login gets the answers of one that there is",
        arguments: [true, false]
    )
    func unknownLogin(_ hasCookie: Bool) async throws {
        try await TestService.run { service in
            _ = try await service.candidate(0)
            _ = try await service.candidate(1)
            let reply = try await logIn(service.anybody, "correct horse battery 1", email: "candidate1@example.org")
            let pair = try #require(cookie(reply, service)).pair
            var answers: [String: [JSON]] = [:]
            for (number, email) in [Self.email, "nobody@example.org"].enumerated() {
                for turn in 0..<14 {
                    // Each at places of its own, some of which come again.
                    let client = service.anybody.at(UInt8(100 + 20 * number + turn % 5))
                    let asking = hasCookie ? client.with("Cookie", pair) : client
                    let reply = try await logIn(asking, "a guess", email: email)
                    let fields = reply.headers.filter { $0.0 != "Date" }.map { "\($0.0): \($0.1)" }.joined(
                        separator: "\n"
                    )
                    answers[email, default: []] += [.string(fields), reply.json.without("instance")]
                    service.clock.advance(seconds: 1)
                }
            }
            #expect(answers[Self.email] == answers["nobody@example.org"])
            #expect(answers[Self.email]?.contains { $0["code"] == "too_many_tries" } == true)
        }
    }

    @Test("A2: after a year a device is a stranger, and its row goes")
    func expiry() async throws {
        try await TestService.run { service in
            _ = try await service.candidate(0)
            let browser = try await knownBrowser(service)
            service.clock.advance(seconds: KnownDevice.lifetime - 10)
            try await attack(service)
            try await service.housekeeping.purge()
            #expect(try service.rawDatabase().count("known_devices") == 1)
            service.clock.advance(seconds: 10)
            try await attack(service)
            #expect(try await logIn(browser.at(61)).status == 429)
            try await service.housekeeping.purge()
            #expect(try service.rawDatabase().count("known_devices") == 0)
        }
    }

    @Test("A2: ten devices are known with an account; the eleventh takes the place of the one used longest ago")
    func mostDevices() async throws {
        try await TestService.run { service in
            _ = try await service.candidate(0)
            var browsers: [Client] = []
            for _ in 0...KnownDevice.mostOfAccount {
                browsers.append(try await knownBrowser(service))
                service.clock.advance(seconds: 1)
            }
            #expect(try service.rawDatabase().count("known_devices") == KnownDevice.mostOfAccount)
            try await attack(service)
            #expect(try await logIn(browsers[0].at(61)).status == 429)
            #expect(try await logIn(browsers[1]).status == 200)
        }
    }
}
