import Foundation
import Testing

@testable import OpenIDConnect

/// Decodes as the program does.
func configuration(_ json5: String) throws -> ProviderConfiguration {
    let decoder = JSONDecoder()
    decoder.allowsJSON5 = true
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(ProviderConfiguration.self, from: Data(json5.utf8))
}

/// The least configuration with other settings; of equal keys the first counts.
func configuration(with settings: String) throws -> ProviderConfiguration {
    try configuration("{\(settings)\(settings.isEmpty ? "" : ",") \(ConfigurationTests.least)}")
}

@Suite("A5 provider configuration")
struct ConfigurationTests {
    static let least = """
        issuer: "https://id.example.edu/realms/staff", client_id: "attestd",
        redirect_uri: "https://attestd.example.edu/callback",
        roles: [{ claim: "groups", value: "exam-board", role: "examiner" }],
        """

    @Test("needs little, and is careful by default")
    func defaults() throws {
        let settings = try configuration(with: "")
        #expect(settings.scopes == ["openid", "profile", "email"])
        #expect(settings.clientSecretFile == nil)
        #expect(!settings.trustsUnverifiedEmail)
        #expect(settings.trustedAudiences.isEmpty)
        #expect(settings.claims == ClaimNames())
        #expect(settings.roles.rules.map(\.role) == ["examiner"])
    }

    @Test("reads every setting")
    func everything() throws {
        let settings = try configuration(
            """
            {
                \(Self.least)
                client_secret_file: "secret", scopes: ["openid", "groups"],
                claims: { email: "mail", email_verified: "mail_ok", middle_name: ["https://example.edu/patronymic"] },
                trust_unverified_email: true, ask_user_info: false, trusted_audiences: ["library"],
                max_age_seconds: 600, prompt: "select_account", certificate_file: "authority.pem",
            }
            """
        )
        #expect(settings.claims.email.names == ["mail"])
        #expect(settings.claims.emailVerified.names == ["mail_ok"])
        #expect(settings.claims.middleName.names == ["https://example.edu/patronymic"])
        #expect(settings.claims.givenName.names == ["given_name"])
        #expect(settings.maximumAge == 600)
        #expect(settings.prompt == .selectAccount)
        #expect(settings.trustsUnverifiedEmail && !settings.asksUserInfo)
    }

    @Test(
        "what cannot be used is refused at its place",
        arguments: [
            (#"issuer: "http://id.example.edu""#, "issuer"),
            (#"issuer: "https://id.example.edu/?x=1""#, "issuer"),
            (#"issuer: "https://id.example.edu/#x""#, "issuer"),
            (#"issuer: "https://user@id.example.edu""#, "issuer"),
            (#"issuer: "ftp://id.example.edu""#, "issuer"),
            (#"issuer: """#, "issuer"),
            (#"client_id: """#, "clientId"),
            (#"redirect_uri: "http://attestd.example.edu/callback""#, "redirectUri"),
            (#"redirect_uri: "/callback""#, "redirectUri"),
            (#"scopes: ["profile"]"#, "scopes"),
            (#"scopes: ["openid", "two words"]"#, "scopes"),
            (#"roles: []"#, "roles"),
            (#"roles: [{ claim: "groups", value: "", role: "examiner" }]"#, "value"),
            (#"roles: [{ claim: "groups", value: "x", role: "" }]"#, "role"),
            (#"roles: [{ claim: "a..b", value: "x", role: "examiner" }]"#, "claim"),
            (#"roles: [{ claim: [], value: "x", role: "examiner" }]"#, "claim"),
            (#"roles: [{ claim: "a.b.c.d.e.f.g.h.i", value: "x", role: "examiner" }]"#, "claim"),
            (#"roles: [{ claim: "groups", values: ["x"], role: "examiner" }]"#, "values"),
            (#"claims: { mail: "mail" }"#, "mail"),
            (#"max_age_seconds: -1"#, "maxAgeSeconds"),
            (#"prompt: "none""#, "prompt"),
            (#"client_secret: "s3cret""#, "clientSecret"),
        ]
    )
    func refused(setting: String, place: String) throws {
        let error = #expect(throws: DecodingError.self) { try configuration(with: setting) }
        guard case .dataCorrupted(let context) = try #require(error) else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(
            context.codingPath.last?.stringValue == place || context.codingPath.contains { $0.stringValue == place }
        )
        #expect(!context.debugDescription.contains("s3cret"))
    }

    @Test("plain http is for this machine only", arguments: ["localhost", "127.0.0.1", "[::1]", "LOCALHOST"])
    func loopback(host: String) {
        #expect(EndpointURL("http://\(host):8080/x") != nil)
    }

    @Test(
        "addresses that two parsers may read in two ways are none",
        arguments: [
            "http://127.0.0.1.example.edu/", "http://localhost@example.edu/", "https://example.edu\\@localhost/",
            "https://example.edu/ x", "https://exämple.edu/", "https:///x", "https://", "//example.edu", "example.edu",
            "http://2130706433/", "http://127.1/", "http://0/", "http://[::ffff:127.0.0.1]/",
            "https://example.edu/\u{0}", "https://example.edu/" + String(repeating: "a", count: 2048),
        ]
    )
    func notEndpoints(text: String) {
        #expect(EndpointURL(text) == nil)
    }
}

@Suite("A5 client secret file")
struct ClientSecretTests {
    private func file(_ content: String, mode: Int = 0o600) throws -> URL {
        let url = FileManager.default.temporaryDirectory.appending(path: "attestd-secret-\(UUID().uuidString)")
        try Data(content.utf8).write(to: url)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: url.path)
        return url
    }

    @Test("is one line", arguments: [("s3cret", "s3cret"), ("s3cret\n", "s3cret"), (" a:b ", " a:b ")])
    func read(content: String, expected: String) throws {
        let url = try file(content)
        defer { try? FileManager.default.removeItem(at: url) }
        let secret = try ClientSecret(contentsOf: url)
        #expect(secret.withText { $0 } == expected)
    }

    @Test(
        "is refused when it is something else",
        arguments: ["", "\n", "two\nlines", "a\n\n", "ключ", String(repeating: "x", count: 513)]
    )
    func refused(content: String) throws {
        let url = try file(content)
        defer { try? FileManager.default.removeItem(at: url) }
        #expect(throws: OpenIDConnectError(.unusableSecret, "")) { try ClientSecret(contentsOf: url) }
    }

    @Test("is refused when others may read it", arguments: [0o644, 0o640, 0o604, 0o620])
    func readable(mode: Int) throws {
        let url = try file("s3cret", mode: mode)
        defer { try? FileManager.default.removeItem(at: url) }
        #expect(throws: OpenIDConnectError(.unusableSecret, "")) { try ClientSecret(contentsOf: url) }
    }

    @Test("is refused when it is a folder or not there", arguments: ["/tmp", "/nonexistent/secret", "/dev/null"])
    func noFile(path: String) {
        #expect(throws: OpenIDConnectError(.unusableSecret, "")) { try ClientSecret(contentsOf: URL(filePath: path)) }
    }

    @Test("is never printed")
    func secrecy() throws {
        let url = try file("s3cret")
        defer { try? FileManager.default.removeItem(at: url) }
        let secret = try ClientSecret(contentsOf: url)
        var dumped = ""
        dump(secret, to: &dumped)
        #expect(!"\(secret) \(String(reflecting: secret)) \(dumped)".contains("s3cret"))
    }
}
