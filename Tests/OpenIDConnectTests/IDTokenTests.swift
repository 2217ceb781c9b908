import Cryptography
import Foundation
import TestSupport
import Testing

@testable import OpenIDConnect

@Suite("A5 ID token")
struct IDTokenTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let expected: IDTokenRefusal?
        let change: @Sendable (inout TestToken) -> Void

        init(_ name: String, _ expected: IDTokenRefusal? = nil, _ change: @escaping @Sendable (inout TestToken) -> Void)
        {
            testDescription = name
            self.expected = expected
            self.change = change
        }
    }

    /// What the provider publishes: keys that may sign, and some that may not.
    static let published = keySet([
        TokenKey.rsa.publicJWK(["use": "sig"]),
        TokenKey.ec.publicJWK(["alg": "ES256"]),
        TokenKey.wideEC.publicJWK(),
        TokenKey.weakRSA.publicJWK(),
        TokenKey.otherRSA.publicJWK(["kid": "for-encryption", "use": "enc"]),
        TokenKey.otherRSA.publicJWK(["kid": "only-pss", "alg": "PS256"]),
    ])

    private func verdict(
        _ token: TestToken,
        keys: Data = published,
        trusted: Set<String> = [],
        maximumAge: Int? = nil
    ) throws -> IDTokenVerdict {
        let validator = IDTokenValidator(
            issuer: TestToken.issuer,
            clientID: TestToken.clientID,
            trustedAudiences: trusted,
            maximumAge: maximumAge
        )
        return try validator.verdict(
            on: token.text,
            keys: JSONWebKeySet(keys),
            expecting: .init(nonce: TestToken.nonce, accessToken: TestToken.accessToken, now: TestToken.now)
        )
    }

    private func refusal(_ verdict: IDTokenVerdict) -> IDTokenRefusal? {
        if case .refused(let refusal) = verdict { refusal } else { nil }
    }

    @Test(
        "is believed when all is right",
        arguments: [
            Case("RS256") { _ in },
            Case("PS256") {
                $0.header = ["alg": "PS256", "kid": "only-pss"]
                $0.key = .otherRSA
            },
            Case("ES256") {
                $0.header = ["alg": "ES256", "kid": "ec-1"]
                $0.key = .ec
            },
            Case("no kid, and only one key fits") {
                $0.header = ["alg": "ES256"]
                $0.key = .ec
            },
            Case("a list of one audience") { $0.claims["aud"] = ["attestd"] },
            Case("our own authorized party") { $0.claims["azp"] = "attestd" },
            // OpenID Connect Core 1.0 appendix A.3 gives this pair of access token and hash.
            Case("at_hash of the standard's example") { $0.claims["at_hash"] = "77QmUPtjPfzWtF2AnpK9RQ" },
            Case("expired within the clocks' tolerance") { $0.claims["exp"] = 1_799_999_941 },
            Case("issued ahead within the clocks' tolerance") { $0.claims["iat"] = 1_800_000_060 },
            Case("a date with a fraction") { $0.claims["exp"] = 1_800_000_300.5 },
        ]
    )
    func believed(_ entry: Case) throws {
        var token = TestToken()
        entry.change(&token)
        guard case .accepted(let accepted) = try verdict(token) else {
            Issue.record("refused: \(String(describing: refusal(try verdict(token))))")
            return
        }
        #expect(accepted.subject == "248289761001")
    }

    static let attacks = [
        Case("algorithm none with the claims alone", .algorithm) {
            $0.finish = { TestToken.part(#"{"alg":"none"}"#) + "." + $0.split(separator: ".")[1] + "." }
        },
        Case("algorithm none with the old signature", .algorithm) {
            $0.finish = {
                let parts = $0.split(separator: ".")
                return TestToken.part(#"{"alg":"none","kid":"rsa-1"}"#) + ".\(parts[1]).\(parts[2])"
            }
        },
        Case("algorithm None, written otherwise", .algorithm) {
            $0.finish = { TestToken.part(#"{"alg":"nOnE"}"#) + "." + $0.split(separator: ".")[1] + "." }
        },
        Case("HS256 with the public modulus as secret", .algorithm) {
            let modulus = TokenKey.rsa.publicJWK()["n"]!
            $0.key = TokenKey(secret: Array(modulus.utf8), keyID: "rsa-1")
            $0.header["alg"] = "HS256"
        },
        Case("HS256 with the public JWK as secret", .algorithm) {
            let jwk = try! JSONSerialization.data(withJSONObject: TokenKey.rsa.publicJWK(), options: .sortedKeys)
            $0.key = TokenKey(secret: [UInt8](jwk), keyID: "rsa-1")
            $0.header["alg"] = "HS256"
        },
        Case("an algorithm that is not allowed, with a good key", .algorithm) { $0.header["alg"] = "RS512" },
        Case("a header with two algorithms", .algorithm) {
            $0.finish = {
                let parts = $0.split(separator: ".")
                return TestToken.part(#"{"alg":"RS256","kid":"rsa-1","alg":"none"}"#) + ".\(parts[1]).\(parts[2])"
            }
        },
        Case("a header parameter that must be understood", .criticalHeader) { $0.hasCriticalParameter = true },
        Case("a kid that nobody has", .unknownKey) { $0.header["kid"] = "rsa-9" },
        Case("no kid, and two keys fit", .unknownKey) {
            $0.header["kid"] = nil; $0.header["alg"] = "PS256"
        },
        Case("no kid, and another's key", .unknownKey) {
            $0.header["kid"] = nil; $0.key = .otherRSA
        },
        Case("the kid of another's key", .signature) { $0.key = .otherRSA },
        Case("a key that is for encryption", .unknownKey) {
            $0.header["kid"] = "for-encryption"
            $0.key = .otherRSA
        },
        Case("a key that is for another algorithm", .unknownKey) {
            $0.header["kid"] = "only-pss"
            $0.key = .otherRSA
        },
        Case("a key of 1024 bits", .unknownKey) {
            $0.header["kid"] = "rsa-weak"
            $0.key = .weakRSA
        },
        Case("ES256 by a P-384 key", .unknownKey) {
            $0.header = ["alg": "ES256", "kid": "ec-384"]
            $0.key = .wideEC
        },
        Case("ES256 under the kid of an RSA key", .unknownKey) {
            $0.header = ["alg": "ES256", "kid": "rsa-1"]
            $0.key = .ec
        },
        Case("an ES256 signature with zeros before both halves", .signature) {
            $0.header = ["alg": "ES256", "kid": "ec-1"]
            $0.key = .ec
            $0.finish = {
                let parts = $0.split(separator: ".")
                let bytes = try! Base64.decode(String(parts[2]), .urlSafeUnpadded)
                let longer = [0] + bytes[..<32] + [0] + bytes[32...]
                return "\(parts[0]).\(parts[1])." + Base64.encode(longer, .urlSafeUnpadded)
            }
        },
        Case("an ES256 signature of zeros", .signature) {
            $0.header = ["alg": "ES256", "kid": "ec-1"]
            $0.key = .ec
            $0.finish = {
                let parts = $0.split(separator: ".")
                return "\(parts[0]).\(parts[1])." + String(repeating: "A", count: 86)
            }
        },
        Case("another payload under the signature", .signature) {
            $0.finish = {
                let parts = $0.split(separator: ".")
                return "\(parts[0]).\(TestToken.part(#"{"sub":"admin"}"#)).\(parts[2])"
            }
        },
        Case("no signature", .signature) {
            $0.finish = { $0.split(separator: ".")[..<2].joined(separator: ".") + "." }
        },
        Case("five parts: a JWE", .encrypted) { $0.finish = { $0 + ".AAAA.AAAA" } },
        Case("two parts", .malformed) { $0.finish = { $0.split(separator: ".")[..<2].joined(separator: ".") } },
        Case("nothing", .malformed) { $0.finish = { _ in "" } },
        Case("dots alone", .malformed) { $0.finish = { _ in ".." } },
        Case("no base64url", .malformed) { $0.finish = { $0.replacing(".", with: "=.") } },
        Case("a line end", .malformed) { $0.finish = { $0 + "\n" } },
        Case("a header that is no object", .malformed) {
            $0.finish = { TestToken.part("[1]") + "." + $0.split(separator: ".")[1...].joined(separator: ".") }
        },
        Case("more than 32 KiB", .tooLong) { $0.claims["groups"] = String(repeating: "x", count: 30_000) },
        Case("another issuer", .issuer) { $0.claims["iss"] = "https://id.example.edu/realms/students" },
        Case("the issuer with a slash more", .issuer) { $0.claims["iss"] = TestToken.issuer + "/" },
        Case("no issuer", .issuer) { $0.claims["iss"] = nil },
        Case("another audience", .audience) { $0.claims["aud"] = "library" },
        Case("no audience", .audience) { $0.claims["aud"] = nil },
        Case("an empty list of audiences", .audience) { $0.claims["aud"] = [String]() },
        Case("a list with what is no text", .audience) { $0.claims["aud"] = ["attestd", 1] as [Any] },
        Case("several audiences, one not trusted", .audience) {
            $0.claims["aud"] = ["attestd", "library"]
            $0.claims["azp"] = "attestd"
        },
        Case("issued to another client", .authorizedParty) { $0.claims["azp"] = "library" },
        Case("expired", .expired) { $0.claims["exp"] = 1_799_999_940 },
        Case("no end", .expired) { $0.claims["exp"] = nil },
        Case("an end that is a text", .expired) { $0.claims["exp"] = "1800000300" },
        Case("an end beyond all time", .expired) { $0.claims["exp"] = 1e300 },
        Case("issued in the future", .issuedAt) { $0.claims["iat"] = 1_800_000_061 },
        Case("issued at no time", .issuedAt) { $0.claims["iat"] = nil },
        Case("not valid yet", .notYetValid) { $0.claims["nbf"] = 1_800_000_061 },
        Case("another login's nonce", .nonce) { $0.claims["nonce"] = "n-0S6_WzA2Mk" },
        Case("no nonce", .nonce) { $0.claims["nonce"] = nil },
        Case("another access token's hash", .accessTokenHash) { $0.claims["at_hash"] = "77QmUPtjPfzWtF2AnpK9RR" },
        Case("an access token's hash that is no text", .accessTokenHash) { $0.claims["at_hash"] = 1 },
        Case("no subject", .subject) { $0.claims["sub"] = nil },
        Case("an empty subject", .subject) { $0.claims["sub"] = "" },
        Case("a subject that is a number", .subject) { $0.claims["sub"] = 1 },
        Case("a subject of 256 characters", .subject) { $0.claims["sub"] = String(repeating: "s", count: 256) },
    ]

    @Test("is refused, and for its reason", arguments: attacks)
    func refused(_ entry: Case) throws {
        var token = TestToken()
        entry.change(&token)
        #expect(try refusal(verdict(token)) == entry.expected)
    }

    @Test("the table of attacks has every reason there is, but for the one that needs max_age")
    func complete() {
        let covered = Set(Self.attacks.compactMap(\.expected))
        #expect(Set(IDTokenRefusal.allCases).subtracting(covered) == [.authenticationTooOld])
    }

    @Test("a payload that is no object is refused although it is signed", arguments: ["[]", "1", "\"x\"", "{", ""])
    func payload(_ text: String) throws {
        let signed = TokenKey.rsa.sign(Data(text.utf8), ["alg": "RS256", "kid": "rsa-1"])
        var token = TestToken()
        token.finish = { _ in signed }
        #expect(try refusal(verdict(token)) == .malformed)
    }

    @Test("a further audience counts only where it is trusted, and with an authorized party")
    func audiences() throws {
        var token = TestToken()
        token.claims["aud"] = ["attestd", "library"]
        #expect(try refusal(verdict(token, trusted: ["library"])) == .authorizedParty)
        token.claims["azp"] = "attestd"
        #expect(try refusal(verdict(token, trusted: ["library"])) == nil)
        #expect(try refusal(verdict(token)) == .audience)
        token.claims["aud"] = ["library"]
        #expect(try refusal(verdict(token, trusted: ["library"])) == .audience)
    }

    @Test("a time of proof that the provider does not know is none", arguments: [0, nil, 1_799_999_000] as [Int?])
    func provedAt(seconds: Int?) throws {
        var token = TestToken()
        token.claims["auth_time"] = seconds
        guard case .accepted(let accepted) = try verdict(token) else {
            Issue.record("refused")
            return
        }
        #expect(
            accepted.authenticatedAt == (seconds == 1_799_999_000 ? Date(timeIntervalSince1970: 1_799_999_000) : nil)
        )
    }

    @Test(
        "max_age needs a proof that is young enough",
        arguments: [
            (1_799_999_400, nil), (1_799_999_340, nil), (1_799_999_339, .authenticationTooOld),
            (1_800_000_061, .authenticationTooOld), (nil, .authenticationTooOld),
        ] as [(Int?, IDTokenRefusal?)]
    )
    func maximumAge(provedAt: Int?, expected: IDTokenRefusal?) throws {
        var token = TestToken()
        token.claims["auth_time"] = provedAt
        #expect(try refusal(verdict(token, maximumAge: 600)) == expected)
    }
}
