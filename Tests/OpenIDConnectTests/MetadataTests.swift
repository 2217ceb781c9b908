import Foundation
import Testing

@testable import OpenIDConnect

@Suite("A5 provider's description")
struct MetadataTests {
    static let issuer = EndpointURL(TestToken.issuer)!

    private func metadata(
        _ changes: [String: Any] = [:],
        without absent: Set<String> = [],
        issuer: EndpointURL = issuer,
        hasSecret: Bool = true
    ) throws -> ProviderMetadata {
        var document: [String: Any] = [
            "issuer": TestToken.issuer,
            "authorization_endpoint": "https://id.example.edu/auth?tenant=1",
            "token_endpoint": "https://id.example.edu/token",
            "jwks_uri": "https://id.example.edu/jwks",
            "userinfo_endpoint": "https://id.example.edu/userinfo",
            "response_types_supported": ["code", "id_token"],
            "code_challenge_methods_supported": ["plain", "S256"],
            "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic"],
            "id_token_signing_alg_values_supported": ["RS256"],
        ]
        for (name, value) in changes { document[name] = value }
        for name in absent { document[name] = nil }
        return try ProviderMetadata(
            JSONSerialization.data(withJSONObject: document),
            issuer: issuer,
            hasSecret: hasSecret
        )
    }

    @Test("is read, and what older providers leave out is not asked for")
    func read() throws {
        #expect(try metadata().tokenEndpoint.text == "https://id.example.edu/token")
        #expect(try !metadata().namesIssuerInResponses)
        #expect(try metadata(["authorization_response_iss_parameter_supported": true]).namesIssuerInResponses)
        let old = try metadata(without: [
            "userinfo_endpoint", "code_challenge_methods_supported", "token_endpoint_auth_methods_supported",
            "response_types_supported",
        ])
        #expect(old.userInfoEndpoint == nil)
    }

    @Test(
        "another issuer's is refused",
        arguments: [
            TestToken.issuer + "/", "https://id.example.edu/realms/Staff", "https://ID.example.edu/realms/staff",
            "https://id.example.edu:443/realms/staff", "https://evil.example/realms/staff", "",
        ]
    )
    func issuerMismatch(issuer: String) {
        #expect(throws: OpenIDConnectError(.issuerMismatch, "")) { try metadata(["issuer": issuer]) }
    }

    @Test(
        "a provider that lacks what a login needs is refused",
        arguments: [
            ("code_challenge_methods_supported", ["plain"]),
            ("response_types_supported", ["id_token"]),
            ("token_endpoint_auth_methods_supported", ["private_key_jwt"]),
            ("id_token_signing_alg_values_supported", ["HS256", "none"]),
        ]
    )
    func lacking(name: String, offered: [String]) {
        #expect(throws: OpenIDConnectError(.unsupportedProvider, "")) { try metadata([name: offered]) }
    }

    @Test("a public client needs no client authentication")
    func publicClient() throws {
        _ = try metadata(["token_endpoint_auth_methods_supported": ["none"]], hasSecret: false)
    }

    @Test(
        "endpoints without TLS are refused, on this machine too",
        arguments: ["authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint"],
        ["http://id.example.edu/x", "http://localhost/x", "file:///etc/passwd", "javascript:alert(1)", ""]
    )
    func plainEndpoint(name: String, url: String) {
        #expect(throws: OpenIDConnectError(.unsupportedProvider, "")) { try metadata([name: url]) }
    }

    @Test(
        "what lacks an endpoint is malformed",
        arguments: ["issuer", "authorization_endpoint", "token_endpoint", "jwks_uri"]
    )
    func malformed(name: String) {
        #expect(throws: OpenIDConnectError(.malformedAnswer, "")) { try metadata(without: [name]) }
    }

    @Test(
        "lies below the issuer",
        arguments: [
            ("https://id.example.edu", "https://id.example.edu/.well-known/openid-configuration"),
            ("https://id.example.edu/", "https://id.example.edu/.well-known/openid-configuration"),
            ("https://id.example.edu/a", "https://id.example.edu/a/.well-known/openid-configuration"),
        ]
    )
    func location(issuer: String, expected: String) throws {
        #expect(try ProviderMetadata.location(issuer: #require(EndpointURL(issuer)))?.text == expected)
    }
}
