import Accounts
import Cryptography
import Foundation
import OneTimePasswords
import OpenIDConnect
import TestSupport
import Testing
import Workflows

/// Plays logins from end to end with a running service and a real provider; `Tests/oidc-provider/run` starts the latter.
@Suite("A5 Login by a real provider, over HTTP", .serialized, .enabled(if: RealProvider.isExpected))
struct RealProviderLoginTests {
    private static let email = "petrova@example.edu"
    private static let examiners = #"{ claim: "groups", value: "exam-board", role: "examiner" }"#

    private let real: RealProvider
    /// The provider goes by the time of day.
    private let clock = TestClock()

    init() throws {
        real = try #require(RealProvider.running)
        clock.advance(seconds: Date().timeIntervalSince(clock.now))
    }

    private func institution(_ role: String = examiners, _ more: String = "") throws -> InstitutionProvider {
        try TestService.institution(
            """
            issuer: "\(real.issuer)", client_id: "attestd", client_secret_file: "client-secret",
            certificate_file: "ca.pem", redirect_uri: "\(real.redirectURI)", scopes: ["openid"], roles: [\(role)],
            \(more)
            """,
            folder: real.folder,
            clock: clock
        )
    }

    private func run(
        in folder: TemporaryFolder? = nil,
        seed: UInt64 = 1,
        role: String = examiners,
        _ more: String = "",
        accounts: AccountSettings = AccountSettings(),
        _ scenario: (TestService) async throws -> Void
    ) async throws {
        let provider = try institution(role, more)
        try await TestService.run(in: folder, clock: clock, seed: seed, accounts: accounts, provider: provider) {
            for word in [Self.email, "Петрова", "Сергеевна", "petrova"] { $0.noteAsSecret(word) }
            try await scenario($0)
        }
    }

    /// What the browser does at the provider: the query that it comes back with.
    private func visit(_ login: TestService.BegunLogin, _ person: String, _ service: TestService) throws -> String {
        let back = try real.visit(login.url, as: person)
        for item in back.queryItems ?? [] where item.name == "code" { service.noteAsSecret(item.value ?? "") }
        return try #require(back.percentEncodedQuery)
    }

    /// A whole login.
    private func logIn(_ service: TestService, as person: String = "examiner", returnTo path: String? = nil)
        async throws
        -> Reply
    {
        let login = try await service.beginProviderLogin(returnTo: path)
        return try await service.providerCallback(visit(login, person, service), cookie: login.cookie)
    }

    @Test("A5: somebody with a role gets an account and is in at once, and is the same person the next time")
    func success() async throws {
        try await run { service in
            let first = try await logIn(service, returnTo: "/exams%3Fday%3D1%23top")
            #expect(first.status == 303, "\(first.text)")
            #expect(first.header("Location") == "/exams?day=1#top")
            #expect(first.body.isEmpty)
            #expect(first.setCookie("__Host-attestd_login")?.contains("Max-Age=0") == true)
            let parts = try #require(first.setCookie("__Host-attestd_session")).components(separatedBy: "; ")
            #expect(Set(parts.dropFirst()) == ["Path=/", "Secure", "HttpOnly", "SameSite=Strict", "Max-Age=28800"])
            let browser = try service.browser(after: first)
            let me = try await browser.get("/v1/me").json
            #expect(me["email"].string == Self.email && me["roles"] == ["examiner"])
            #expect(me["surname"] == "Петрова" && me["given_name"] == "Анна" && me["patronymic"] == "Сергеевна")
            #expect(try await browser.get("/v1/exams").status == 200)
            #expect(try await browser.get("/v1/accounts").status == 403, "an examiner and no more")
            let sessions = try await browser.get("/v1/me/sessions").json["sessions"].array
            #expect(sessions.count == 1 && sessions[0]["address"] == "127.0.0.1")

            let again = try await logIn(service)
            #expect(again.header("Location") == "/")
            let id = try await service.browser(after: again).get("/v1/me").json["id"]
            #expect(id == me["id"])
            let raw = try service.rawDatabase()
            #expect(try raw.count("accounts") == 1 && raw.count("provider_identities") == 1)
            #expect(try raw.count("pending_provider_logins") == 0 && raw.count("throttles") == 0)
            #expect(try service.recordReasons() == ["provider_valid", "provider_valid"])
            #expect(try raw.column("SELECT DISTINCT subject FROM identifications") == [try #require(id.string)])
            // The account has no password that anybody could know.
            #expect(try await service.loginReply(Self.email, "examiner-password").status == 401)
            // Staff are out after a quarter of an hour, however they came in.
            clock.advance(minutes: 16)
            #expect(try await browser.get("/v1/me").status == 401)
        }
    }

    @Test("A5: a callback works once, also when it comes twice at the same moment")
    func replay() async throws {
        try await run { service in
            let login = try await service.beginProviderLogin()
            let query = try visit(login, "examiner", service)
            let replies = try await withThrowingTaskGroup(of: Reply.self) { group in
                for _ in 0..<4 {
                    group.addTask { try await service.providerCallback(query, cookie: login.cookie) }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(replies.map(\.status).sorted() == [303, 401, 401, 401])
            let late = try await service.providerCallback(query, cookie: login.cookie)
            #expect(late.status == 401 && late.code == "provider_login_unknown")
            #expect(try service.rawDatabase().count("login_sessions") == 1)
            #expect(try service.recordReasons() == ["provider_valid"])
        }
    }

    @Test("A5: a code that another login got, or another browser's cookie, lets nobody in")
    func swapped() async throws {
        try await run { service in
            let victim = try await service.beginProviderLogin()
            let attacker = try await service.beginProviderLogin()
            let query = try visit(attacker, "examiner", service)
            let forced = try await service.providerCallback(query, cookie: victim.cookie)
            #expect(forced.status == 403 && forced.code == "provider_other_browser")

            // The attacker's code under the victim's state: PKCE ties a code to its login.
            let other = try await service.beginProviderLogin()
            let code = try #require(
                URLComponents(string: "?" + visit(other, "examiner", service))?.queryItems?.first { $0.name == "code" }?
                    .value
            )
            var own = URLComponents()
            own.percentEncodedQuery = try visit(victim, "examiner", service)
            let place = try #require(own.queryItems?.firstIndex { $0.name == "code" })
            own.queryItems?[place].value = code
            let injected = try await service.providerCallback(
                try #require(own.percentEncodedQuery),
                cookie: victim.cookie
            )
            #expect(injected.status == 403 && injected.code == "provider_answer_invalid")
            #expect(try service.rawDatabase().count("login_sessions") == 0)
            #expect(try service.rawDatabase().count("accounts") == 0)
            #expect(try service.recordReasons() == ["provider_other_browser", "provider_answer_invalid"])
        }
    }

    @Test("A5: an answer under an unknown state, or ten minutes late, is none")
    func unknownAndLate() async throws {
        try await run { service in
            let login = try await service.beginProviderLogin()
            let query = try visit(login, "examiner", service)
            let forged = query.replacing(/state=[^&]+/, with: "state=" + String(repeating: "A", count: 43))
            #expect(try await service.providerCallback(forged, cookie: login.cookie).code == "provider_login_unknown")
            clock.advance(seconds: 601)
            let late = try await service.providerCallback(query, cookie: login.cookie)
            #expect(late.status == 401 && late.code == "provider_login_unknown")
            #expect(try service.rawDatabase().count("accounts") == 0)
        }
    }

    @Test("A5: no rule for a role, no access; the answer says whom to ask and leaves no account")
    func noRole() async throws {
        try await run { service in
            let reply = try await logIn(service, as: "stranger")
            #expect(reply.status == 403 && reply.code == "provider_role_missing")
            #expect(reply.setCookie("__Host-attestd_session") == nil)
            #expect(try service.rawDatabase().count("accounts") == 0)
            #expect(try service.recordReasons() == ["provider_role_missing"])
        }
    }

    @Test("A5: an e-mail address that the provider has not verified opens no account")
    func unverified() async throws {
        try await run { service in
            let reply = try await logIn(service, as: "unverified")
            #expect(reply.status == 403 && reply.code == "provider_email_missing")
            #expect(try service.rawDatabase().count("accounts") == 0)
        }
    }

    @Test("A6: the role is the rules' at each login; who changes it, or loses it, is out of the old sessions")
    func rolesRefreshed() async throws {
        let folder = try TemporaryFolder()
        var session = ""
        try await run(in: folder) { service in
            let reply = try await logIn(service)
            session = String(try #require(reply.setCookie("__Host-attestd_session")).prefix { $0 != ";" })
            service.noteAsSecret(String(session.drop { $0 != "=" }.dropFirst()))
        }
        let reviewers = Self.examiners.replacing("examiner", with: "reviewer")
        try await run(in: folder, seed: 2, role: reviewers) { service in
            let old = service.anybody.with("Cookie", session)
            #expect(try await old.get("/v1/me").json["roles"] == ["examiner"])
            let browser = try service.browser(after: try await logIn(service))
            #expect(try await browser.get("/v1/me").json["roles"] == ["reviewer"])
            #expect(try await old.get("/v1/me").status == 401)
            session = try #require(browser.headers.last?.1)
        }
        try await run(in: folder, seed: 3, role: Self.examiners.replacing("exam-board", with: "nobody")) { service in
            let old = service.anybody.with("Cookie", session)
            #expect(try await old.get("/v1/me").status == 200)
            #expect(try await logIn(service).code == "provider_role_missing")
            #expect(try await old.get("/v1/me").status == 401)
            let subjects = try service.rawDatabase().column("SELECT DISTINCT subject FROM identifications")
            #expect(subjects.count == 1, "the refusal is recorded under the account")
            let log = try service.rawDatabase().count("provider_identities")
            #expect(log == 1)
        }
    }

    @Test("A6: a disabled account stays out")
    func disabled() async throws {
        try await run { service in
            let browser = try service.browser(after: try await logIn(service))
            let id = try await service.id(of: browser)
            let administrator = try await service.staff(.administrator)
            let reply = try await administrator.post("/v1/accounts/\(id)/disabling", ["reason": "уволена"])
            #expect(reply.status == 200)
            #expect(try await browser.get("/v1/me").status == 401)
            let refused = try await logIn(service)
            #expect(refused.status == 403 && refused.code == "account_disabled")
            #expect(refused.setCookie("__Host-attestd_session") == nil)
            #expect(try service.recordReasons().last == "account_disabled")
            #expect(try await administrator.post("/v1/accounts/\(id)/enabling", ["reason": "вернулась"]).status == 200)
            #expect(try await logIn(service).status == 303)
        }
    }

    @Test("A5: an account with a password is never taken by its e-mail address; its holder links it")
    func linking() async throws {
        try await run { service in
            let password = TestService.staffPassword
            _ = try await Registration(service.services).addStaff(
                email: Self.email,
                password: password,
                name: PersonName(surname: "Петрова", givenName: "Анна"),
                roles: [.verifier]
            )
            let refused = try await logIn(service)
            #expect(refused.status == 409 && refused.code == "provider_email_taken")
            #expect(try service.rawDatabase().count("provider_identities") == 0)

            let owner = try await service.logIn(Self.email, password, role: "verifier")
            let id = try await service.id(of: owner)
            let wrong = try await owner.post("/v1/me/provider-link", ["password": "not the password"])
            #expect(wrong.status == 403 && wrong.code == "password_wrong")
            let reply = try await owner.post(
                "/v1/me/provider-link",
                ["password": .string(password), "return_to": "/me"]
            )
            #expect(reply.status == 200, "\(reply.text)")
            let url = try #require(reply.json["url"].string.flatMap { URL(string: $0) })
            let login = try service.begun(url, reply)
            let linked = try await service.providerCallback(visit(login, "examiner", service), cookie: login.cookie)
            #expect(linked.status == 303 && linked.header("Location") == "/me", "\(linked.text)")
            let browser = try service.browser(after: linked)
            let me = try await browser.get("/v1/me").json
            #expect(me["id"].string == id && me["roles"] == ["examiner"], "the rules give the roles from now on")
            #expect(try await owner.get("/v1/me").status == 401, "the session has been replaced")
            #expect(try await service.id(of: service.browser(after: logIn(service))) == id)

            // The identity is taken for everybody else.
            let other = try await service.staff(.reviewer)
            let begun = try await other.post("/v1/me/provider-link", ["password": .string(password)])
            let otherURL = try #require(begun.json["url"].string.flatMap { URL(string: $0) })
            let second = try service.begun(otherURL, begun)
            let taken = try await service.providerCallback(visit(second, "examiner", service), cookie: second.cookie)
            #expect(taken.status == 409 && taken.code == "provider_identity_taken")
            #expect(try await other.get("/v1/me").json["roles"] == ["reviewer"])
        }
    }

    @Test("A5: whoever administers alone cannot link their right away")
    func lastAdministrator() async throws {
        try await run { service in
            let administrator = try await service.staff(.administrator)
            let reply = try await administrator.post(
                "/v1/me/provider-link",
                ["password": .string(TestService.staffPassword)]
            )
            let url = try #require(reply.json["url"].string.flatMap { URL(string: $0) })
            let login = try service.begun(url, reply)
            let refused = try await service.providerCallback(visit(login, "examiner", service), cookie: login.cookie)
            #expect(refused.status == 409 && refused.code == "last_administrator")
            #expect(try await administrator.get("/v1/me").json["roles"] == ["administrator"])
            #expect(try service.rawDatabase().count("provider_identities") == 0)
        }
    }

    @Test("A8: the account's second factor is asked for after the provider, with the ticket in a cookie")
    func secondFactor() async throws {
        try await run { service in
            let staff = try await service.staff(.examiner)
            let (key, _, client) = try await service.secondFactor(of: staff)
            let begun = try await client.post(
                "/v1/me/provider-link",
                ["password": .string(TestService.staffPassword)]
            )
            let url = try #require(begun.json["url"].string.flatMap { URL(string: $0) })
            let login = try service.begun(url, begun)
            _ = try await service.providerCallback(visit(login, "examiner", service), cookie: login.cookie)

            clock.advance(seconds: 30)
            let first = try await logIn(service, returnTo: "/exams%3Fa%3D1%23b")
            #expect(first.status == 303)
            #expect(first.header("Location") == "/exams?a=1&second_factor=needed#b")
            #expect(first.setCookie("__Host-attestd_session") == nil)
            let ticket = try #require(first.setCookie("__Host-attestd_ticket"))
            let parts = ticket.components(separatedBy: "; ")
            #expect(Set(parts.dropFirst()) == ["Path=/", "Secure", "HttpOnly", "SameSite=Strict", "Max-Age=300"])
            service.noteAsSecret(String(parts[0].drop { $0 != "=" }.dropFirst()))
            let browser = service.anybody.with("Cookie", parts[0])
            #expect(try await browser.get("/v1/me").status == 401, "a ticket is no session")
            let wrong = try await browser.post("/v1/login/second-factor", ["code": "000000"])
            #expect(wrong.status == 401)
            let code = try service.code(of: key, steps: 1)
            let second = try await browser.post("/v1/login/second-factor", ["code": .string(code)])
            #expect(second.status == 200, "\(second.text)")
            #expect(second.setCookie("__Host-attestd_ticket")?.contains("Max-Age=0") == true)
            #expect(try await service.browser(after: second).get("/v1/me").status == 200)
            #expect(
                try service.recordReasons().suffix(3) == [
                    "second_factor_needed", "second_factor_wrong", "second_factor_valid",
                ]
            )
        }
    }

    @Test("A8: where staff must have a second factor, a provider that asked for none is not enough")
    func providersSecondFactor() async throws {
        let settings = AccountSettings(staffSecondFactor: .required)
        let rule = #"second_factor: { amr: ["otp"] }"#
        try await run(rule, accounts: settings) { service in
            let browser = try service.browser(after: try await logIn(service))
            let refused = try await browser.get("/v1/exams")
            #expect(refused.status == 403 && refused.code == "second_factor_missing")
            // This provider knows no second method; what the session of one that does would say:
            try service.rawDatabase().execute("UPDATE login_sessions SET has_provider_factor = 1")
            #expect(try await browser.get("/v1/exams").status == 200)
        }
    }
}
