import Cryptography
import Foundation
import Testing

@testable import OpenIDConnect

@Suite("A5 authorization request and response")
struct AuthorizationTests {
    @Test("PKCE: the pair of RFC 7636 appendix B")
    func challenge() {
        let verifier = CodeVerifier(text: "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
        #expect(verifier.challenge == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")
    }

    @Test("a verifier has 43 unreserved characters, and all values of a login differ")
    func fresh() {
        let request = AuthorizationRequest(SystemRandomSource())
        let other = AuthorizationRequest(SystemRandomSource())
        #expect(request.verifier.text.wholeMatch(of: /[A-Za-z0-9_-]{43}/) != nil)
        let values = [request, other].flatMap { [$0.state, $0.nonce, $0.verifier.text, $0.browserToken] }
        #expect(Set(values).count == 8)
    }

    private func fields(_ endpoint: String, _ extra: String = "") throws -> ([String: String], String) {
        let settings = try configuration(with: extra)
        let request = AuthorizationRequest(SeededRandomSource(seed: 1))
        let address = try #require(EndpointURL(endpoint))
        let url = try #require(request.url(settings, address))
        let query = try #require(url.query(percentEncoded: true))
        return (try #require(FormEncoding.decode(query)), url.absoluteString)
    }

    @Test("asks for a code, with state, nonce and challenge")
    func request() throws {
        let (fields, text) = try fields("https://id.example.edu/auth", #"prompt: "login", max_age_seconds: 0"#)
        let request = AuthorizationRequest(SeededRandomSource(seed: 1))
        #expect(
            fields == [
                "response_type": "code", "client_id": "attestd", "scope": "openid profile email",
                "redirect_uri": "https://attestd.example.edu/callback", "state": request.state,
                "nonce": request.nonce, "code_challenge": request.verifier.challenge,
                "code_challenge_method": "S256", "prompt": "login", "max_age": "0",
            ]
        )
        #expect(
            text.hasPrefix("https://id.example.edu/auth?response_type=code&client_id=attestd&redirect_uri=https%3A")
        )
        // The verifier and the browser's token stay here.
        #expect(!text.contains(request.verifier.text))
        #expect(!text.contains(request.browserToken))
    }

    @Test(
        "asks for the contexts that prove a second factor, and for nothing where only methods do",
        arguments: [
            (#"second_factor: { acr: ["urn:two", "urn:one"], amr: ["otp"] }"#, "urn:one urn:two"),
            (#"second_factor: { amr: ["otp"] }"#, nil),
        ]
    )
    func contexts(settings: String, asked: String?) throws {
        #expect(try fields("https://id.example.edu/auth", settings).0["acr_values"] == asked)
    }

    @Test("keeps the endpoint's own query", arguments: ["?tenant=1", "?tenant=1&", "?tenant=%D0%B9"])
    func ownQuery(query: String) throws {
        let (fields, text) = try fields("https://id.example.edu/auth\(query)")
        #expect(fields["tenant"] != nil)
        #expect(fields["response_type"] == "code")
        #expect(text.hasPrefix("https://id.example.edu/auth\(query)"))
    }

    @Test("the pending login holds the secrets, shows none, and survives storage")
    func pending() throws {
        let request = AuthorizationRequest(SystemRandomSource())
        let pending = request.pending(issuer: "i", returnTarget: ReturnTarget("/exams"), now: TestToken.now)
        #expect(pending.stateHash == .hash(utf8: request.state))
        let stored = try JSONEncoder().encode(pending)
        #expect(try JSONDecoder().decode(PendingLogin.self, from: stored) == pending)
        // Whoever reads the store cannot come in another's browser, nor answer in the provider's place.
        let text = String(decoding: stored, as: UTF8.self)
        #expect(!text.contains(request.state) && !text.contains(request.browserToken))
        var dumped = ""
        dump(pending, to: &dumped)
        #expect(!"\(pending)\(String(reflecting: pending))\(dumped)".contains(request.nonce))
    }

    @Test(
        "lives ten minutes",
        arguments: [(-61, true), (-60, false), (0, false), (599, false), (600, true)] as [(TimeInterval, Bool)]
    )
    func lifetime(age: TimeInterval, expired: Bool) {
        let pending = AuthorizationRequest(SystemRandomSource())
            .pending(issuer: "i", returnTarget: nil, now: TestToken.now)
        #expect(pending.isExpired(at: TestToken.now + age) == expired)
    }

    @Test(
        "a code comes back",
        arguments: ["state=s&code=a%2Bb+c", "code=a%2Bb%20c&state=s&session_state=x&iss=https%3A%2F%2Fi"]
    )
    func response(query: String) throws {
        let response = try #require(AuthorizationResponse(query: query))
        #expect(response.stateHash == .hash(utf8: "s"))
        guard case .code("a+b c") = response.answer else {
            Issue.record("another answer")
            return
        }
        #expect(!"\(response)\(String(reflecting: response))".contains("a+b"))
    }

    @Test(
        "what is no answer to a request is none",
        arguments: [
            "", "code=a", "state=s", "state=s&code=", "state=s&code=a&error=b", "state=s&code=a&code=b",
            "state=s&state=t&code=a", "state=%ZZ&code=a", "state=%FF&code=a",
            "state=\(String(repeating: "s", count: 513))&code=a", "state=s&code=\(String(repeating: "c", count: 2049))",
            "state=s&code=a&x=\(String(repeating: "x", count: 8192))",
        ]
    )
    func noResponse(query: String) {
        #expect(AuthorizationResponse(query: query) == nil)
    }

    @Test(
        "returns to this site only",
        arguments: [
            ("/", true), ("/exams/17?tab=results#top", true), ("", false), ("exams", false), ("//evil.example", false),
            (#"/\evil.example"#, false), ("https://evil.example", false), ("/\t/evil.example", false),
            ("/a b", false), ("/\u{0}", false), ("/" + String(repeating: "a", count: 1024), false),
        ]
    )
    func returnTarget(path: String, allowed: Bool) throws {
        #expect((ReturnTarget(path) != nil) == allowed)
        let json = try JSONEncoder().encode(path)
        #expect(((try? JSONDecoder().decode(ReturnTarget.self, from: json)) != nil) == allowed)
    }
}

@Suite("A5 token request and answer")
struct TokenExchangeTests {
    private func request(secret: String?) throws -> HTTPSRequest {
        let file = FileManager.default.temporaryDirectory.appending(path: "attestd-secret-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        let clientSecret = try secret.map { text in
            try Data(text.utf8).write(to: file)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
            return try ClientSecret(contentsOf: file)
        }
        let exchange = TokenRequest(
            code: "a+b/c",
            verifier: "v",
            redirectURI: "https://attestd.example.edu/callback",
            clientID: "att:estd 1",
            secret: clientSecret
        )
        let endpoint = try #require(EndpointURL("https://id.example.edu/token"))
        return exchange.request(to: endpoint)
    }

    @Test("a client with a secret proves itself by Basic, both parts encoded first (RFC 6749 section 2.3.1)")
    func confidential() throws {
        let request = try request(secret: "p:%+ &я".replacing("я", with: "~"))
        let value = try #require(request.authorization)
        let pair = try Base64.decode(String(value.dropFirst("Basic ".count)))
        #expect(String(decoding: pair, as: UTF8.self) == "att%3Aestd%201:p%3A%25%2B%20%26~")
        let form = try #require(request.form)
        #expect(!form.contains("client_id") && !form.contains("secret"))
        #expect(
            form == "grant_type=authorization_code&code=a%2Bb%2Fc"
                + "&redirect_uri=https%3A%2F%2Fattestd.example.edu%2Fcallback&code_verifier=v"
        )
    }

    @Test("a public client names itself")
    func publicClient() throws {
        let request = try request(secret: nil)
        #expect(request.authorization == nil)
        #expect(request.form?.hasSuffix("&client_id=att%3Aestd%201") == true)
    }

    private func answer(_ status: Int, _ body: String) throws -> TokenAnswer {
        try TokenAnswer(HTTPSResponse(status: status, contentType: nil, body: Data(body.utf8)))
    }

    @Test("tokens are read", arguments: ["Bearer", "bearer"])
    func tokens(type: String) throws {
        let body = #"{"access_token":"a","token_type":"\#(type)","id_token":"i.d.t","expires_in":300}"#
        guard case .tokens("i.d.t", "a") = try answer(200, body) else {
            Issue.record("other tokens")
            return
        }
    }

    @Test("a code that is not accepted is a verdict", arguments: [(400, "invalid_grant"), (403, "invalid_code")])
    func codeRefused(status: Int, error: String) throws {
        guard case .codeRefused = try answer(status, #"{"error":"\#(error)"}"#) else {
            Issue.record("another answer")
            return
        }
    }

    @Test(
        "anything else throws, and tells nothing of the body",
        arguments: [
            (200, #"{"access_token":"s3cret","token_type":"Bearer"}"#, .malformedAnswer),
            (200, #"{"access_token":"s3cret","token_type":"DPoP","id_token":"s3cret"}"#, .malformedAnswer),
            (200, #"{"access_token":"s3\r\ncret","token_type":"Bearer","id_token":"s3cret"}"#, .malformedAnswer),
            (200, "s3cret", .malformedAnswer),
            (201, #"{"access_token":"s3cret","token_type":"Bearer","id_token":"s3cret"}"#, .unexpectedStatus),
            (302, "", .unexpectedStatus), (500, "s3cret", .unexpectedStatus),
            (400, #"{"error":"s3cret"}"#, .unexpectedStatus),
            (400, #"{"error":"invalid_client"}"#, .clientRefused),
            (401, #"{"error":"s3cret"}"#, .clientRefused), (401, "", .clientRefused),
        ] as [(Int, String, OpenIDConnectError.Code)]
    )
    func trouble(status: Int, body: String, code: OpenIDConnectError.Code) throws {
        let error = #expect(throws: OpenIDConnectError.self) { try answer(status, body) }
        #expect(error?.code == code)
        #expect(error?.description.contains("s3cret") == false)
    }
}
