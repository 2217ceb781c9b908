import Cryptography
import Foundation

/// A request for authorization by the code flow with PKCE (OpenID Connect Core 1.0 §3.1.2.1, RFC 7636 §4.3).
struct AuthorizationRequest: Sendable {
    let state: String
    let nonce: String
    let verifier: CodeVerifier
    let browserToken: String

    /// Fresh values, 256 bits each.
    init(_ random: some RandomSource) {
        func token() -> String { Base64.encode(random.bytes(count: 32), .urlSafeUnpadded) }
        state = token()
        nonce = token()
        verifier = CodeVerifier(random)
        browserToken = token()
    }

    /// The address to send the browser to; what the endpoint's own query says is kept (RFC 6749 §3.1).
    func url(_ configuration: ProviderConfiguration, _ endpoint: EndpointURL) -> URL? {
        var fields = [
            (name: "response_type", value: "code"),
            ("client_id", configuration.clientID),
            ("redirect_uri", configuration.redirectURI),
            ("scope", configuration.scopes.joined(separator: " ")),
            ("state", state),
            ("nonce", nonce),
            ("code_challenge", verifier.challenge),
            ("code_challenge_method", "S256"),
        ]
        if let age = configuration.maximumAge { fields.append(("max_age", String(age))) }
        // A wish only: what the ID token says in the end decides (OpenID Connect Core 1.0 §3.1.2.1).
        if let contexts = configuration.secondFactor?.contexts, !contexts.isEmpty {
            fields.append(("acr_values", contexts.sorted().joined(separator: " ")))
        }
        if let prompt = configuration.prompt { fields.append(("prompt", prompt.rawValue)) }
        let joint = endpoint.hasQuery ? (endpoint.text.hasSuffix("?") ? "" : "&") : "?"
        return URL(string: endpoint.text + joint + FormEncoding.encode(fields))
    }

    /// What to store until the browser comes back.
    func pending(issuer: String, returnTarget: ReturnTarget?, now: Date) -> PendingLogin {
        PendingLogin(
            stateHash: .hash(utf8: state),
            createdAt: now,
            returnTarget: returnTarget,
            issuer: issuer,
            nonce: nonce,
            codeVerifier: verifier.text,
            browserTokenHash: .hash(utf8: browserToken)
        )
    }
}
