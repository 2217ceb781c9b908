import Accounts
import Foundation
import TestSupport
import Testing
import Workflows

@Suite("A8 The second factor that the institution's provider asked for, end to end")
struct ProviderSecondFactorTests {
    private static let rule = #"second_factor: { acr: ["urn:mfa"], amr: ["otp", "hwk"] },"#

    private func run(
        _ rule: String = rule,
        required: Bool = true,
        _ scenario: (TestService, SigningProvider) async throws -> Void
    ) async throws {
        let clock = TestClock()
        let provider = try SigningProvider(clock)
        let settings = AccountSettings(staffSecondFactor: required ? .required : .optional)
        try await TestService.run(clock: clock, accounts: settings, provider: try provider.institution(rule)) {
            try await scenario($0, provider)
        }
    }

    /// Claims of an ID token, and whether they say that a second factor was asked for.
    struct Word: CustomTestStringConvertible, Sendable {
        var acr: String?
        var amr: [String]?
        var isEnough: Bool

        var claims: [String: Any] {
            var claims: [String: Any] = [:]
            if let acr { claims["acr"] = acr }
            if let amr { claims["amr"] = amr }
            return claims
        }

        var testDescription: String { "acr \(acr ?? "absent"), amr \(amr?.joined(separator: "+") ?? "absent")" }
    }

    @Test(
        "A8: where staff must have a second factor, the ID token's acr or amr says whether it was done at this login",
        arguments: [
            Word(acr: "urn:mfa", amr: nil, isEnough: true),
            Word(acr: "urn:password", amr: ["pwd", "otp"], isEnough: true),
            Word(acr: nil, amr: ["hwk"], isEnough: true),
            Word(acr: nil, amr: nil, isEnough: false),
            Word(acr: "urn:password", amr: ["pwd"], isEnough: false),
            Word(acr: "URN:MFA", amr: ["OTP"], isEnough: false),
            Word(acr: "otp", amr: ["urn:mfa"], isEnough: false),
            Word(acr: "urn:mfa urn:password", amr: ["pwd otp"], isEnough: false),
        ]
    )
    func claims(_ word: Word) async throws {
        try await run { service, provider in
            let browser = try service.browser(after: try await provider.logIn(service, word.claims))
            let exams = try await browser.get("/v1/exams")
            if word.isEnough {
                #expect(exams.status == 200, "\(exams.text)")
            } else {
                #expect(exams.status == 403 && exams.code == "second_factor_missing")
                // Only one's own can be set up.
                #expect(try await browser.get("/v1/me/second-factor").json["state"] == "absent")
            }
            // The next login counts for itself.
            let next = try service.browser(after: try await provider.logIn(service))
            #expect(try await next.get("/v1/exams").status == 403)
            #expect(try service.recordReasons() == ["provider_valid", "provider_valid"])
        }
    }

    @Test("A8: the provider is asked for the context that proves it, and UserInfo proves nothing")
    func request() async throws {
        try await run { service, provider in
            let login = try await service.beginProviderLogin()
            let items = URLComponents(url: login.url, resolvingAgainstBaseURL: false)?.queryItems
            #expect(items?.first { $0.name == "acr_values" }?.value == "urn:mfa")
            try provider.tellOfPerson(["acr": "urn:mfa", "amr": ["otp", "hwk"]])
            let browser = try service.browser(after: try await provider.finish(login, service, ["amr": ["pwd"]]))
            #expect(try await browser.get("/v1/exams").code == "second_factor_missing")
        }
    }

    @Test("A8: without a rule no claim counts")
    func noRule() async throws {
        try await run("") { service, provider in
            let login = try await service.beginProviderLogin()
            #expect(!login.url.absoluteString.contains("acr_values"))
            let claims: [String: Any] = ["acr": "urn:mfa", "amr": ["otp", "hwk"]]
            let browser = try service.browser(after: try await provider.finish(login, service, claims))
            #expect(try await browser.get("/v1/exams").code == "second_factor_missing")
        }
    }

    @Test(
        "A8: whoever has a second factor here is asked for it, unless the provider asked for one",
        arguments: [true, false]
    )
    func ownFactor(required: Bool) async throws {
        try await run(required: required) { service, provider in
            let staff = try await service.staff(.examiner)
            let (_, _, client) = try await service.secondFactor(of: staff)
            _ = try await provider.link(client, service, ["amr": ["otp"]])
            let done = try await provider.logIn(service, ["amr": ["pwd", "otp"]])
            #expect(done.setCookie("__Host-attestd_ticket") == nil)
            #expect(try await service.browser(after: done).get("/v1/exams").status == 200)
            let notDone = try await provider.logIn(service, ["amr": ["pwd"]])
            #expect(notDone.status == 303 && notDone.setCookie("__Host-attestd_session") == nil)
            #expect(notDone.header("Location") == "/?second_factor=needed")
            let ticket = try #require(notDone.setCookie("__Host-attestd_ticket"))
            service.noteAsSecret(String(ticket.prefix { $0 != ";" }.drop { $0 != "=" }.dropFirst()))
            #expect(try service.recordReasons().suffix(2) == ["provider_valid", "second_factor_needed"])
        }
    }
}
