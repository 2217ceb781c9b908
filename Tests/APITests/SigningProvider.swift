import Foundation
import OpenIDConnect
import TestSupport
import Testing
import Workflows

/// A provider that signs whatever a test wants it to say, and lets everybody in.
struct SigningProvider {
    static let email = "petrova@example.edu"

    let scripted: ScriptedProvider
    let clock: TestClock

    init(_ clock: TestClock) throws {
        self.clock = clock
        scripted = try ScriptedProvider()
        try scripted.answer(
            ".well-known/openid-configuration",
            json: [
                "issuer": scripted.base, "authorization_endpoint": "\(scripted.base)/auth",
                "token_endpoint": "\(scripted.base)/token", "jwks_uri": "\(scripted.base)/jwks",
                "userinfo_endpoint": "\(scripted.base)/userinfo",
            ]
        )
        try scripted.answer("jwks", json: ["keys": [TokenKey.rsa.publicJWK()]])
        try tellOfPerson([:])
    }

    /// The service's settings for it; its examiners are the members of `exam-board`.
    func institution(_ more: String) throws -> InstitutionProvider {
        try TestService.institution(
            """
            issuer: "\(scripted.base)", client_id: "attestd", ask_user_info: true,
            redirect_uri: "https://attestd.example/v1/login/provider/callback",
            roles: [{ claim: "groups", value: "exam-board", role: "examiner" }], \(more)
            """,
            folder: scripted.folder,
            clock: clock
        )
    }

    /// What UserInfo says, besides who it is about.
    func tellOfPerson(_ claims: [String: Any]) throws {
        try scripted.answer("userinfo", json: ["sub": "4711"].merging(claims) { $1 })
    }

    /// A login from beginning to end, with these claims in the ID token.
    func logIn(_ service: TestService, _ claims: [String: Any] = [:]) async throws -> Reply {
        try await finish(try await service.beginProviderLogin(), service, claims)
    }

    /// The end of a login that has begun.
    func finish(_ login: TestService.BegunLogin, _ service: TestService, _ more: [String: Any] = [:]) async throws
        -> Reply
    {
        let items = URLComponents(url: login.url, resolvingAgainstBaseURL: false)?.queryItems ?? []
        let (state, nonce) = (items.first { $0.name == "state" }?.value, items.first { $0.name == "nonce" }?.value)
        let time = Int(clock.now.timeIntervalSince1970)
        let claims: [String: Any] = [
            "iss": scripted.base, "sub": "4711", "aud": "attestd", "nonce": try #require(nonce), "iat": time,
            "exp": time + 300, "groups": ["exam-board"], "email": Self.email, "email_verified": true,
            "family_name": "Петрова", "given_name": "Анна",
        ]
        let payload = try JSONSerialization.data(withJSONObject: claims.merging(more) { $1 })
        let token = TokenKey.rsa.sign(payload, ["alg": "RS256", "kid": TokenKey.rsa.keyID])
        service.noteAsSecret(token)
        service.noteAsSecret("c0de-4711")
        service.noteAsSecret(Self.email)
        service.noteAsSecret("Петрова")
        try scripted.answer("token", json: ["access_token": "t0ken", "token_type": "Bearer", "id_token": token])
        return try await service.providerCallback("state=\(try #require(state))&code=c0de-4711", cookie: login.cookie)
    }

    /// Links the account of a client who has a password.
    func link(_ client: Client, _ service: TestService, _ claims: [String: Any] = [:]) async throws -> Client {
        let begun = try await client.post(
            "/v1/me/provider-link",
            ["password": .string(TestService.staffPassword)]
        )
        let url = try #require(begun.json["url"].string.flatMap { URL(string: $0) }, "\(begun.text)")
        let linked = try await finish(try service.begun(url, begun), service, claims)
        try #require(linked.status == 303, "\(linked.text)")
        return try service.browser(after: linked)
    }
}
