import Cryptography
import Foundation
import TestSupport
import Testing

@testable import OpenIDConnect

@Suite("A5 key set")
struct KeySetTests {
    static let rsa = TokenKey.rsa.publicJWK()
    static let ec = TokenKey.ec.publicJWK()

    @Test("takes keys that can verify ID tokens, with what they are for")
    func taken() throws {
        let set = try JSONWebKeySet(
            keySet([Self.rsa, Self.ec, Self.rsa.merging(["alg": "PS256", "kid": "p"]) { $1 }])
        )
        #expect(set.keys.map(\.keyID) == ["rsa-1", "ec-1", "p"])
        #expect(set.keys.map(\.algorithms) == [[.rs256, .ps256], [.es256], [.ps256]])
    }

    @Test("private members of a key that a provider publishes by mistake are left out")
    func publicMembersOnly() throws {
        let set = try JSONWebKeySet(keySet([Self.rsa.merging(["d": "c2VjcmV0", "p": "c2VjcmV0"]) { $1 }]))
        #expect(set.keys.count == 1)
        #expect(set.keys.allSatisfy { !$0.json.contains("c2VjcmV0") })
    }

    @Test(
        "passes over keys that cannot",
        arguments: [
            rsa.merging(["use": "enc"]) { $1 },
            rsa.merging(["alg": "RS512"]) { $1 },
            rsa.merging(["alg": "RSA-OAEP"]) { $1 },
            rsa.merging(["alg": "ES256"]) { $1 },
            rsa.merging(["alg": "none"]) { $1 },
            rsa.merging(["e": "AQ"]) { $1 },
            rsa.merging(["e": "AA"]) { $1 },
            rsa.merging(["e": "AQAA"]) { $1 },
            rsa.merging(["e": "AQAAAAAB"]) { $1 },
            rsa.merging(["n": "AQAB"]) { $1 },
            rsa.merging(["n": "AAAA" + String(repeating: "A", count: 400)]) { $1 },
            rsa.merging(["n": "not base64url"]) { $1 },
            rsa.filter { $0.key != "n" },
            TokenKey.weakRSA.publicJWK(),
            TokenKey.wideEC.publicJWK(),
            ec.merging(["crv": "secp256k1"]) { $1 },
            ec.merging(["x": String(repeating: "_", count: 44)]) { $1 },
            ec.filter { $0.key != "y" },
            ["kty": "oct", "k": "c2VjcmV0", "alg": "HS256"],
            ["kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"],
            [:],
        ]
    )
    func passedOver(_ key: [String: String]) throws {
        #expect(try JSONWebKeySet(keySet([key])).keys.isEmpty)
    }

    @Test("a point that is not on the curve verifies nothing")
    func offCurve() throws {
        let set = try JSONWebKeySet(keySet([Self.ec.merging(["y": Self.ec["x"]!]) { $1 }]))
        let text = TokenKey.ec.sign(Data("{}".utf8), ["alg": "ES256", "kid": "ec-1"])
        guard let token = SignedToken(compact: text) else {
            Issue.record("the token is not read")
            return
        }
        var verified: [Bool] = []
        for key in set.keys { verified.append(token.isSigned(by: key)) }
        #expect(verified == [false])
        let sound = try #require(JSONWebKeySet(keySet([Self.ec])).keys.first)
        let isSigned = token.isSigned(by: sound)
        #expect(isSigned)
    }

    @Test("a coordinate with a zero too many is the same key")
    func leadingZero() throws {
        let set = try JSONWebKeySet(keySet([Self.ec]))
        let x = try Base64.encode([0] + Base64.decode(Self.ec["x"]!, .urlSafeUnpadded), .urlSafeUnpadded)
        #expect(try JSONWebKeySet(keySet([Self.ec.merging(["x": x]) { $1 }])).keys.map(\.json) == set.keys.map(\.json))
    }

    @Test("operations must have verify among them", arguments: [(["verify"], 1), (["sign"], 0), ([], 0)])
    func operations(_ names: [String], _ expected: Int) throws {
        var key: [String: Any] = Self.rsa
        key["key_ops"] = names
        let body = try JSONSerialization.data(withJSONObject: ["keys": [key]])
        #expect(try JSONWebKeySet(body).keys.count == expected)
    }

    @Test(
        "what is no key set throws",
        arguments: ["", "[]", "{}", #"{"keys":{}}"#, #"{"keys":null}"#, String(repeating: "[", count: 10_000)]
    )
    func malformed(_ body: String) {
        #expect(throws: OpenIDConnectError(.malformedAnswer, "")) { try JSONWebKeySet(Data(body.utf8)) }
    }

    @Test("members that are no keys are passed over")
    func strangers() throws {
        #expect(try JSONWebKeySet(Data(#"{"keys":[1,null,"x",[],{"kty":1}]}"#.utf8)).keys.isEmpty)
    }

    @Test("more than 64 keys throw")
    func tooMany() throws {
        #expect(try JSONWebKeySet(keySet(Array(repeating: Self.ec, count: 64))).keys.count == 64)
        #expect(throws: OpenIDConnectError(.tooLarge, "")) {
            try JSONWebKeySet(keySet(Array(repeating: Self.ec, count: 65)))
        }
    }
}
