import Foundation

/// What a provider says about itself (OpenID Connect Discovery 1.0 §3), as far as it is used.
struct ProviderMetadata: Sendable {
    let authorizationEndpoint: EndpointURL
    let tokenEndpoint: EndpointURL
    let keySetURL: EndpointURL
    let userInfoEndpoint: EndpointURL?
    /// Authorization responses carry `iss` (RFC 9207 §3).
    let namesIssuerInResponses: Bool

    /// Where an issuer's description lies (Discovery §4.1).
    static func location(issuer: EndpointURL) -> EndpointURL? {
        let base = issuer.text.hasSuffix("/") ? String(issuer.text.dropLast()) : issuer.text
        return EndpointURL(base + "/.well-known/openid-configuration")
    }

    /// Reads a description and checks that it is the issuer's and that a login as this program does it is possible.
    ///
    /// - Parameter hasSecret: whether the client will authenticate with a secret.
    /// - Throws: ``OpenIDConnectError`` with code `malformedAnswer`, `issuerMismatch` or `unsupportedProvider`.
    init(_ body: Data, issuer: EndpointURL, hasSecret: Bool) throws {
        guard let document = try? JSONDecoder().decode(Document.self, from: body) else {
            throw OpenIDConnectError(.malformedAnswer, "The provider's description is not as Discovery 1.0 says.")
        }
        // Character by character (Discovery §4.3): anything looser lets one provider speak for another.
        guard document.issuer == issuer.text else {
            throw OpenIDConnectError(
                .issuerMismatch,
                "The provider at \(issuer.origin) calls itself by another issuer than the configuration does."
            )
        }
        func endpoint(_ text: String, _ name: String) throws -> EndpointURL {
            // An issuer on the net must not send us, or codes and secrets, to plain http on this machine.
            guard let url = EndpointURL(text), url.isSecure || !issuer.isSecure else {
                throw OpenIDConnectError(.unsupportedProvider, "The provider's \(name) is no https address.")
            }
            return url
        }
        authorizationEndpoint = try endpoint(document.authorization_endpoint, "authorization_endpoint")
        tokenEndpoint = try endpoint(document.token_endpoint, "token_endpoint")
        keySetURL = try endpoint(document.jwks_uri, "jwks_uri")
        userInfoEndpoint = try document.userinfo_endpoint.map { try endpoint($0, "userinfo_endpoint") }
        namesIssuerInResponses = document.authorization_response_iss_parameter_supported ?? false

        try Self.require(document.response_types_supported, "code", "the response type code")
        // Absent means that nothing is known: RFC 7636 came before RFC 8414's name for it.
        try Self.require(document.code_challenge_methods_supported, "S256", "PKCE with S256")
        if hasSecret {
            try Self.require(
                document.token_endpoint_auth_methods_supported,
                "client_secret_basic",
                "client authentication by client_secret_basic"
            )
        }
        if let offered = document.id_token_signing_alg_values_supported,
            SignatureAlgorithm.allCases.allSatisfy({ !offered.contains($0.rawValue) })
        {
            throw OpenIDConnectError(.unsupportedProvider, "The provider signs with none of RS256, PS256 and ES256.")
        }
    }

    private static func require(_ offered: [String]?, _ wanted: String, _ name: String) throws {
        guard offered?.contains(wanted) ?? true else {
            throw OpenIDConnectError(.unsupportedProvider, "The provider does not offer \(name).")
        }
    }

    // Named as in the standard.
    private struct Document: Decodable {
        let issuer: String
        let authorization_endpoint: String
        let token_endpoint: String
        let jwks_uri: String
        let userinfo_endpoint: String?
        let response_types_supported: [String]?
        let code_challenge_methods_supported: [String]?
        let token_endpoint_auth_methods_supported: [String]?
        let id_token_signing_alg_values_supported: [String]?
        let authorization_response_iss_parameter_supported: Bool?
    }
}
