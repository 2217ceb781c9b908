import Accounts
import Foundation
import TestSupport
import Testing
import Workflows

@Suite("A5 The link to the institution's account is taken away")
struct ProviderUnlinkingTests {
    private static let path = "/v1/me/provider-link/removal"
    private static let password: JSON = ["password": .string(TestService.staffPassword)]

    private func run(
        _ accounts: AccountSettings = AccountSettings(),
        _ scenario: (TestService, SigningProvider) async throws -> Void
    ) async throws {
        let clock = TestClock()
        let provider = try SigningProvider(clock)
        let rule = #"second_factor: { amr: ["otp"] },"#
        try await TestService.run(clock: clock, accounts: accounts, provider: try provider.institution(rule)) {
            try await scenario($0, provider)
        }
    }

    private func changes(_ service: TestService) throws -> [String] {
        let entries = try service.rawDatabase().column(
            "SELECT CAST(body AS TEXT) FROM log_entries WHERE kind = 'account_change' ORDER BY entry_index"
        )
        return entries.compactMap { $0.firstMatch(of: /"action":"([a-z_]+)"/).map { String($0.1) } }
    }

    @Test("A5: holders take it away with their password; all other logins end, and the password stays the way in")
    func own() async throws {
        try await run { service, provider in
            let staff = try await service.staff(.examiner)
            let browser = try await provider.link(staff, service)
            let second = try service.browser(after: try await provider.logIn(service))
            let wrong = try await browser.post(Self.path, ["password": "not the password"])
            #expect(wrong.status == 403 && wrong.code == "password_wrong")
            #expect(try service.rawDatabase().count("provider_identities") == 1)
            #expect(try await second.get("/v1/me").status == 200)

            let done = try await browser.post(Self.path, Self.password)
            #expect(done.status == 204, "\(done.text)")
            #expect(try service.rawDatabase().count("provider_identities") == 0)
            #expect(try await browser.get("/v1/me").status == 200)
            #expect(try await second.get("/v1/me").status == 401)
            let log = try changes(service)
            #expect(log.last == "provider_unlinked" && log.filter { $0 == "provider_unlinked" }.count == 1)
            #expect(
                try service.rawDatabase().column("SELECT CAST(body AS TEXT) FROM log_entries").allSatisfy {
                    !$0.contains("4711")
                }
            )

            // Who they are to the provider is nobody here again; the password still opens the account.
            let address: [String: Any] = ["email": "examiner@example.org"]
            let refused = try await provider.logIn(service, address)
            #expect(refused.status == 409 && refused.code == "provider_email_taken")
            #expect(try await service.loginReply("examiner@example.org", TestService.staffPassword).status == 200)
            let again = try await browser.post(Self.path, Self.password)
            #expect(again.status == 409 && again.code == "provider_link_absent")
            // It can be linked again.
            _ = try await provider.link(browser, service)
        }
    }

    @Test("A5: a session that rests on the provider's second factor ends with the link")
    func providersFactor() async throws {
        try await run(AccountSettings(staffSecondFactor: .required)) { service, provider in
            let staff = try await service.staff(.examiner)
            let (_, _, client) = try await service.secondFactor(of: staff)
            let browser = try await provider.link(client, service, ["amr": ["otp"]])
            #expect(try await browser.post(Self.path, Self.password).status == 204)
            #expect(try await browser.get("/v1/me").status == 401)
        }
    }

    @Test(
        "A5: whoever never had a password cannot take it away alone; an administrator does, with a code for a password"
    )
    func administrator() async throws {
        try await run { service, provider in
            let browser = try service.browser(after: try await provider.logIn(service))
            let id = try await service.id(of: browser)
            for guess in ["", TestService.staffPassword, SigningProvider.email] where !guess.isEmpty {
                #expect(try await browser.post(Self.path, ["password": .string(guess)]).status == 403)
            }
            let administrator = try await service.staff(.administrator)
            let path = "/v1/accounts/\(id)/provider-link-removal"
            #expect(try await browser.post(path).status == 403)
            let done = try await administrator.post(path)
            #expect(done.status == 200, "\(done.text)")
            let code = try #require(done.json["code"].string)
            service.noteAsSecret(code)
            #expect(try await browser.get("/v1/me").status == 401)
            #expect(try changes(service).suffix(2) == ["provider_unlinked", "password_reset_issued"])
            #expect(try await provider.logIn(service).code == "provider_email_taken")

            let reset: JSON = [
                "email": .string(SigningProvider.email), "code": .string(code), "new_password": "ключ на верхней полке",
            ]
            #expect(try await service.anybody.post("/v1/password-resets", reset).status == 204)
            let login = try await service.loginReply(SigningProvider.email, "ключ на верхней полке")
            #expect(login.status == 200)
            let me = try await service.client(login.json["token"]).get("/v1/me").json
            #expect(me["id"].string == id && me["roles"] == ["examiner"])
        }
    }

    @Test(
        "A5: where there is no link, no such account, a disabled one or the own one, nothing happens and no code is made"
    )
    func refusals() async throws {
        try await run { service, provider in
            let administrator = try await service.staff(.administrator)
            let reviewer = try await service.id(of: service.staff(.reviewer))
            let browser = try service.browser(after: try await provider.logIn(service))
            let linked = try await service.id(of: browser)
            func remove(_ id: String) async throws -> Reply {
                try await administrator.post("/v1/accounts/\(id)/provider-link-removal")
            }
            #expect(try await remove(reviewer).code == "provider_link_absent")
            #expect(try await remove(service.id(of: administrator)).code == "own_account")
            #expect(try await remove(UUID().uuidString.lowercased()).status == 404)
            _ = try await administrator.post("/v1/accounts/\(linked)/disabling", ["reason": "в отпуске"])
            #expect(try await remove(linked).code == "account_disabled")
            let raw = try service.rawDatabase()
            #expect(try raw.count("password_resets") == 0 && raw.count("provider_identities") == 1)
            #expect(try !changes(service).contains("provider_unlinked"))
            #expect(try await administrator.post(Self.path, Self.password).code == "provider_link_absent")
        }
    }
}
