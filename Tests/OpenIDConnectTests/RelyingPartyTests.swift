import Foundation
import TestSupport
import Testing

@testable import OpenIDConnect

@Suite("A5 login by a provider")
struct RelyingPartyTests {
    let provider: ScriptedProvider
    let clock = TestClock()

    init() throws {
        provider = try ScriptedProvider()
        try describe()
        try publish([.rsa])
        try provider.answer("userinfo", json: ["sub": "248289761001", "groups": ["exam-board"]])
    }

    private func describe(_ changes: [String: Any] = [:]) throws {
        let document: [String: Any] = [
            "issuer": provider.base, "authorization_endpoint": "\(provider.base)/auth",
            "token_endpoint": "\(provider.base)/token", "jwks_uri": "\(provider.base)/jwks",
            "userinfo_endpoint": "\(provider.base)/userinfo",
        ]
        try provider.answer(".well-known/openid-configuration", json: document.merging(changes) { $1 })
    }

    private func publish(_ keys: [TokenKey]) throws {
        try provider.answer("jwks", json: ["keys": keys.map { $0.publicJWK() }])
    }

    private func party(_ settings: String = "") throws -> RelyingParty {
        let issuer = #"issuer: "\#(provider.base)""#
        let configuration = try configuration(with: settings.isEmpty ? issuer : "\(issuer), \(settings)")
        return try RelyingParty(configuration, folder: provider.folder, now: { [clock] in clock.now })
    }

    /// Lets the token endpoint answer with a token for a login.
    private func issue(for start: LoginStart, _ change: (inout TestToken) -> Void = { _ in }) throws {
        var token = TestToken()
        token.claims["iss"] = provider.base
        token.claims["nonce"] = start.pending.nonce
        change(&token)
        try provider.answer(
            "token",
            json: ["access_token": TestToken.accessToken, "token_type": "Bearer", "id_token": token.text]
        )
    }

    private func response(_ start: LoginStart, _ more: String = "code=c0de") throws -> AuthorizationResponse {
        let fields = try #require(FormEncoding.decode(start.url.query(percentEncoded: true) ?? ""))
        let state = try #require(fields["state"])
        return try #require(AuthorizationResponse(query: "state=\(state)&\(more)"))
    }

    private func refusal(_ outcome: LoginOutcome) -> LoginRefusal? {
        if case .refused(let refusal) = outcome { refusal } else { nil }
    }

    private func finish(_ party: RelyingParty, _ start: LoginStart, _ more: String = "code=c0de") async throws
        -> LoginOutcome
    {
        try await party.finish(response(start, more), pending: start.pending, browserToken: start.browserToken)
    }

    @Test("identifies somebody, and sends the code with the verifier of that login")
    func identified() async throws {
        let party = try party()
        let start = try await party.begin(returnTo: ReturnTarget("/exams"))
        try issue(for: start) { $0.claims["given_name"] = "Анна" }
        guard case .identified(let identity) = try await finish(party, start) else {
            Issue.record("refused")
            return
        }
        #expect(identity.issuer == provider.base)
        #expect(identity.subject == "248289761001")
        #expect(identity.role == "examiner")
        #expect(identity.givenName == "Анна")
        #expect(identity.email == nil)
        let form = try #require(provider.requests("token").first).body
        let sent = try #require(FormEncoding.decode(form))
        #expect(sent["code"] == "c0de" && sent["code_verifier"] == start.pending.codeVerifier)
        #expect(try provider.requests("userinfo").first?.headers["authorization"] == "Bearer \(TestToken.accessToken)")
    }

    @Test(
        "a second factor counts where the configuration says how the ID token tells, and in no other way",
        arguments: [
            (#"second_factor: { amr: ["otp", "hwk"] }"#, ["pwd", "hwk"], "1", true),
            (#"second_factor: { amr: ["otp"] }"#, ["pwd", "OTP"], "1", false),
            (#"second_factor: { acr: ["urn:two"] }"#, ["otp"], "urn:two", true),
            (#"second_factor: { acr: ["urn:two"] }"#, ["urn:two"], "urn:one", false),
            (#"ask_user_info: true"#, ["otp"], "urn:two", false),
        ]
    )
    func secondFactor(settings: String, methods: [String], context: String, expected: Bool) async throws {
        // What UserInfo says is about the person, not about this login.
        try provider.answer(
            "userinfo",
            json: ["sub": "248289761001", "groups": ["exam-board"], "amr": ["otp", "hwk"], "acr": "urn:two"]
        )
        let party = try party(settings)
        let start = try await party.begin()
        try issue(for: start) {
            $0.claims["amr"] = methods
            $0.claims["acr"] = context
        }
        guard case .identified(let identity) = try await finish(party, start) else {
            Issue.record("refused")
            return
        }
        #expect(identity.hasSecondFactor == expected)
    }

    @Test("the provider is asked for its description and keys once, however many log in")
    func cached() async throws {
        let party = try party()
        for _ in 0..<3 {
            let start = try await party.begin()
            try issue(for: start)
            #expect(try await refusal(finish(party, start)) == nil)
        }
        #expect(try provider.requests(".well-known/openid-configuration").count == 1)
        #expect(try provider.requests("jwks").count == 1)
    }

    @Test("a login that was not begun here, is over or is another's sends no code anywhere")
    func strangers() async throws {
        let party = try party()
        let start = try await party.begin()
        let other = try await party.begin()
        try issue(for: start)
        let answer = try response(start)
        let token = start.browserToken
        #expect(try await refusal(party.finish(answer, pending: nil, browserToken: token)) == .unknownLogin)
        #expect(try await refusal(party.finish(answer, pending: other.pending, browserToken: token)) == .unknownLogin)
        #expect(try await refusal(party.finish(answer, pending: start.pending, browserToken: nil)) == .anotherBrowser)
        #expect(
            try await refusal(party.finish(answer, pending: start.pending, browserToken: other.browserToken))
                == .anotherBrowser
        )
        #expect(try await refusal(finish(party, start, "code=c&iss=https%3A%2F%2Fevil.example")) == .anotherIssuer)
        clock.advance(PendingLogin.lifetime)
        #expect(try await refusal(party.finish(answer, pending: start.pending, browserToken: token)) == .unknownLogin)
        #expect(try provider.requests("token").isEmpty)
    }

    @Test("a provider that says it names itself in its answers must do so (RFC 9207)")
    func issuerInResponse() async throws {
        try describe(["authorization_response_iss_parameter_supported": true])
        let party = try party()
        let start = try await party.begin()
        try issue(for: start)
        #expect(try await refusal(finish(party, start)) == .anotherIssuer)
        #expect(try await refusal(finish(party, start, "code=c&iss=\(FormEncoding.encode(provider.base))")) == nil)
    }

    @Test(
        "the provider's refusal is passed on as a word",
        arguments: [("access_denied", "access_denied"), ("%0Ainjected", "unknown"), ("", "unknown")]
    )
    func providerRefuses(error: String, expected: String) async throws {
        let party = try party()
        let start = try await party.begin()
        #expect(try await refusal(finish(party, start, "error=\(error)")) == .provider(expected))
    }

    @Test("a code that was used is refused")
    func usedCode() async throws {
        let party = try party()
        let start = try await party.begin()
        try provider.answer("token", status: 400, json: ["error": "invalid_grant"])
        #expect(try await refusal(finish(party, start)) == .code)
    }

    @Test("a token for another login is refused")
    func replayed() async throws {
        let party = try party()
        let first = try await party.begin()
        let second = try await party.begin()
        try issue(for: first)
        #expect(try await refusal(finish(party, second)) == .idToken(.nonce))
        #expect(try provider.requests("userinfo").isEmpty)
    }

    @Test("a new key is fetched when a token names it, and an old one dies")
    func rotation() async throws {
        let party = try party()
        var start = try await party.begin()
        try issue(for: start)
        #expect(try await refusal(finish(party, start)) == nil)

        try publish([.otherRSA])
        clock.advance(60)
        start = try await party.begin()
        try issue(for: start) {
            $0.key = .otherRSA
            $0.header["kid"] = TokenKey.otherRSA.keyID
        }
        #expect(try await refusal(finish(party, start)) == nil)
        #expect(try provider.requests("jwks").count == 2)

        start = try await party.begin()
        try issue(for: start)
        #expect(try await refusal(finish(party, start)) == .idToken(.unknownKey))
    }

    @Test("tokens with unknown keys make us ask for keys once in half a minute")
    func throttledRotation() async throws {
        let party = try party()
        for _ in 0..<5 {
            let start = try await party.begin()
            try issue(for: start) { $0.header["kid"] = "nobody's" }
            #expect(try await refusal(finish(party, start)) == .idToken(.unknownKey))
        }
        #expect(try provider.requests("jwks").count == 1)
    }

    @Test("a withdrawn key is dead after an hour")
    func withdrawn() async throws {
        let party = try party()
        var start = try await party.begin()
        try issue(for: start)
        #expect(try await refusal(finish(party, start)) == nil)
        try publish([.ec])
        clock.advance(ProviderDirectory.lifetime)
        start = try await party.begin()
        try issue(for: start) {
            $0.claims["iat"] = 1_800_003_600
            $0.claims["exp"] = 1_800_003_900
        }
        #expect(try await refusal(finish(party, start)) == .idToken(.unknownKey))
    }

    @Test(
        "UserInfo about somebody else is refused",
        arguments: [["sub": "1"], [:], ["sub": 248_289_761_001]] as [[String: any Sendable]]
    )
    func anotherSubject(userInfo: [String: any Sendable]) async throws {
        let party = try party()
        let start = try await party.begin()
        try issue(for: start) { $0.claims["groups"] = ["exam-board"] }
        try provider.answer("userinfo", json: userInfo)
        #expect(try await refusal(finish(party, start)) == .anotherSubject)
    }

    @Test("signed UserInfo is refused with what to do")
    func signedUserInfo() async throws {
        let party = try party()
        let start = try await party.begin()
        try issue(for: start)
        try provider.answer("userinfo", ["headers": ["Content-Type": "application/jwt; charset=x"], "body": "a.b.c"])
        let error = await #expect(throws: OpenIDConnectError.self) { try await finish(party, start) }
        #expect(error?.code == .unsupportedProvider)
        #expect(error?.reason.contains("ask_user_info") == true)
    }

    @Test("somebody without a role gets no access, and the log line does not say who")
    func noRole() async throws {
        let party = try party("ask_user_info: false")
        let start = try await party.begin()
        try issue(for: start)
        let refusal = try await refusal(finish(party, start))
        #expect(refusal == .noRole(subject: "248289761001"))
        #expect(refusal?.description == "no_role")
        #expect(try provider.requests("userinfo").isEmpty)
    }

    @Test("a description of another issuer begins no login")
    func issuerMismatch() async throws {
        try describe(["issuer": "https://id.example.edu"])
        let party = try party()
        await #expect(throws: OpenIDConnectError(.issuerMismatch, "")) { try await party.begin() }
    }

    @Test(
        "trouble at an endpoint throws",
        arguments: ["token", "jwks", "userinfo"],
        [(500, OpenIDConnectError.Code.unexpectedStatus), (302, .unexpectedStatus), (200, .malformedAnswer)]
    )
    func trouble(endpoint: String, answer: (Int, OpenIDConnectError.Code)) async throws {
        let party = try party()
        let start = try await party.begin()
        try issue(for: start)
        try provider.answer(endpoint, ["status": answer.0, "body": "<html>"])
        let error = await #expect(throws: OpenIDConnectError.self) { try await finish(party, start) }
        #expect(error?.code == answer.1)
    }

    @Test("a configuration whose files are not there is refused at the start")
    func files() throws {
        #expect(throws: OpenIDConnectError(.unusableSecret, "")) { try party(#"client_secret_file: "nowhere""#) }
        #expect(throws: OpenIDConnectError(.invalidConfiguration, "")) { try party(#"certificate_file: "nowhere""#) }
    }
}
