import Foundation
import Testing

@testable import OpenIDConnect

@Suite("A5 login by a real provider", .serialized, .enabled(if: RealProvider.isExpected))
struct RealProviderTests {
    let provider: RealProvider
    let clock = Offset()

    /// The time of day, and what a test adds to it.
    final class Offset: @unchecked Sendable {
        private let lock = NSLock()
        private var seconds: TimeInterval = 0

        var now: Date { Date().addingTimeInterval(lock.withLock { seconds }) }

        func advance(_ more: TimeInterval) { lock.withLock { seconds += more } }
    }

    init() throws {
        provider = try #require(RealProvider.running)
    }

    static let confidential = #"client_secret_file: "client-secret""#

    private func party(_ settings: String = confidential, issuer: String? = nil, trusts: Bool = true) throws
        -> RelyingParty
    {
        let own = [
            #"issuer: "\#(issuer ?? provider.issuer)""#, #"redirect_uri: "\#(provider.redirectURI)""#,
            #"scopes: ["openid"]"#, trusts ? #"certificate_file: "ca.pem""# : nil, settings.isEmpty ? nil : settings,
        ]
        let configuration = try configuration(with: own.compactMap(\.self).joined(separator: ", "))
        return try RelyingParty(configuration, folder: provider.folder, now: { [clock] in clock.now })
    }

    private func finish(
        _ party: RelyingParty,
        _ start: LoginStart,
        _ back: URLComponents,
        pending: PendingLogin? = nil
    ) async throws -> LoginOutcome {
        let response = try #require(AuthorizationResponse(query: back.percentEncodedQuery ?? ""))
        return try await party.finish(response, pending: pending ?? start.pending, browserToken: start.browserToken)
    }

    private func logIn(_ party: RelyingParty, as person: String, client: String = "attestd") async throws
        -> LoginOutcome
    {
        let start = try await party.begin()
        return try await finish(party, start, provider.visit(start.url, as: person, client: client))
    }

    private func identity(_ outcome: LoginOutcome) throws -> ExternalIdentity {
        guard case .identified(let identity) = outcome else {
            throw OpenIDConnectError(.clientRefused, "\(outcome)")
        }
        return identity
    }

    private func refusal(_ outcome: LoginOutcome) -> LoginRefusal? {
        if case .refused(let refusal) = outcome { refusal } else { nil }
    }

    @Test("a client with a secret")
    func confidential() async throws {
        let identity = try identity(try await logIn(party(), as: "examiner"))
        #expect(identity.issuer == provider.issuer)
        #expect(!identity.subject.isEmpty)
        #expect(identity.email == "petrova@example.edu")
        #expect(identity.familyName == "Петрова")
        #expect(identity.givenName == "Анна")
        #expect(identity.middleName == "Сергеевна")
        #expect(identity.role == "examiner")
        // Glewlwyd writes 0 where it does not know, which is not the year 1970.
        #expect(identity.authenticatedAt.map { abs($0.timeIntervalSinceNow) < 60 } ?? true)
    }

    @Test("the same person is the same subject, another is another")
    func subjects() async throws {
        let party = try party()
        let first = try identity(try await logIn(party, as: "examiner"))
        let again = try identity(try await logIn(party, as: "examiner"))
        let other = try identity(try await logIn(party, as: "unverified"))
        #expect(first.subject == again.subject)
        #expect(first.subject != other.subject)
    }

    @Test("a public client, held by PKCE alone")
    func publicClient() async throws {
        let party = try party(#"client_id: "attestd-public""#)
        #expect(try identity(try await logIn(party, as: "examiner", client: "attestd-public")).role == "examiner")
    }

    @Test("an address that is not verified does not count, a person without a role has no access")
    func claims() async throws {
        let party = try party()
        #expect(try identity(try await logIn(party, as: "unverified")).email == nil)
        guard case .noRole? = try await refusal(logIn(party, as: "stranger")) else {
            Issue.record("somebody without a role got in")
            return
        }
    }

    @Test("the provider names itself in its answer, and another's name there ends the login (RFC 9207)")
    func issuerInResponse() async throws {
        let party = try party()
        let start = try await party.begin()
        var back = try provider.visit(start.url, as: "examiner")
        let place = try #require(back.queryItems?.firstIndex { $0.name == "iss" })
        #expect(back.queryItems?[place].value == provider.issuer)
        back.queryItems?[place].value = "https://id.example.edu"
        #expect(try await refusal(finish(party, start, back)) == .anotherIssuer)
    }

    @Test("a code works once")
    func replay() async throws {
        let party = try party()
        let start = try await party.begin()
        let back = try provider.visit(start.url, as: "examiner")
        _ = try identity(try await finish(party, start, back))
        #expect(try await refusal(finish(party, start, back)) == .code)
    }

    @Test("a code is nothing without its verifier, a token nothing for another login's nonce")
    func injectedCode() async throws {
        let party = try party()
        let victim = try await party.begin()
        let attacker = try await party.begin()
        func forged(nonce: String, verifier: String) -> PendingLogin {
            PendingLogin(
                stateHash: victim.pending.stateHash,
                createdAt: victim.pending.createdAt,
                returnTarget: nil,
                issuer: victim.pending.issuer,
                nonce: nonce,
                codeVerifier: verifier,
                browserTokenHash: victim.pending.browserTokenHash
            )
        }
        let (own, other) = (victim.pending, attacker.pending)
        let first = try provider.visit(victim.url, as: "examiner")
        let wrongVerifier = forged(nonce: own.nonce, verifier: other.codeVerifier)
        #expect(try await refusal(finish(party, victim, first, pending: wrongVerifier)) == .code)
        let second = try provider.visit(victim.url, as: "examiner")
        let wrongNonce = forged(nonce: other.nonce, verifier: own.codeVerifier)
        #expect(try await refusal(finish(party, victim, second, pending: wrongNonce)) == .idToken(.nonce))
    }

    @Test("a wrong secret is our own trouble, not the person's")
    func wrongSecret() async throws {
        let file = provider.folder.appending(path: "wrong-secret")
        try Data("wrong".utf8).write(to: file)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
        let party = try party(#"client_secret_file: "wrong-secret""#)
        let start = try await party.begin()
        let back = try provider.visit(start.url, as: "examiner")
        await #expect(throws: OpenIDConnectError(.clientRefused, "")) { try await finish(party, start, back) }
    }

    @Test("keys change without notice, and algorithms with them")
    func rotation() async throws {
        let party = try party()
        _ = try identity(try await logIn(party, as: "examiner"))
        for (keyID, algorithm) in [("second", "ES256"), ("third", "PS256"), ("fourth", "RS256")] {
            try provider.rotate(to: keyID, algorithm)
            // Tokens stay within their times: clocks may differ by a minute, and tokens live five.
            clock.advance(ProviderDirectory.refreshInterval)
            #expect(try identity(try await logIn(party, as: "examiner")).role == "examiner")
        }
    }

    @Test("a certificate by an unknown authority, or for another host, ends it before anything is said")
    func untrusted() async throws {
        let stranger = try party(trusts: false)
        await #expect(throws: OpenIDConnectError(.untrusted, "")) { try await stranger.begin() }
        let otherHost = try party(issuer: provider.issuer.replacing("localhost", with: "127.0.0.1"))
        await #expect(throws: OpenIDConnectError(.untrusted, "")) { try await otherHost.begin() }
    }

    @Test("a description at another path is another issuer's or none")
    func otherIssuer() async throws {
        let slash = try party(issuer: provider.issuer + "/")
        await #expect(throws: OpenIDConnectError(.issuerMismatch, "")) { try await slash.begin() }
        let missing = try party(issuer: provider.base + "/api/nothing")
        await #expect(throws: OpenIDConnectError(.unexpectedStatus, "")) { try await missing.begin() }
    }
}
