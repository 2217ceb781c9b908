import Cryptography
import Foundation

/// A provider's public keys that ID tokens may be signed with (RFC 7517).
///
/// Keys for encrypting, of other kinds, too weak or too long are passed over, as RFC 7517 §5 asks.
struct JSONWebKeySet: Sendable {
    let keys: [VerifyingKey]

    static let maximumKeys = 64

    /// Reads a key set.
    ///
    /// - Throws: ``OpenIDConnectError`` with code `malformedAnswer` or `tooLarge`.
    init(_ body: Data) throws {
        guard let document = try? JSONDecoder().decode(JSONValue.self, from: body),
            case .array(let members)? = document["keys"]
        else {
            throw OpenIDConnectError(.malformedAnswer, "The key set is not as RFC 7517 says.")
        }
        guard members.count <= Self.maximumKeys else {
            throw OpenIDConnectError(.tooLarge, "The key set has more than \(Self.maximumKeys) keys.")
        }
        keys = members.compactMap(VerifyingKey.init)
    }

    /// The keys that may have made a signature; more than one only where the provider repeats an identifier.
    ///
    /// A token without identifier fits only where there is no choice (OpenID Connect Core 1.0 §10.1).
    func candidates(keyID: String?, algorithm: SignatureAlgorithm) -> [VerifyingKey] {
        let fitting = keys.filter { $0.algorithms.contains(algorithm) }
        guard let keyID else { return fitting.count == 1 ? fitting : [] }
        return fitting.filter { $0.keyID == keyID }
    }
}

/// One public key, with what it may be used for.
struct VerifyingKey: Sendable {
    let keyID: String?
    let algorithms: Set<SignatureAlgorithm>
    /// The public members alone, as a JWK in JSON.
    let json: String

    /// Takes a key of a set; `nil` where ID tokens cannot be verified with it.
    init?(_ key: JSONValue) {
        guard key["use"].map({ $0.text == "sig" }) ?? true else { return nil }
        if let operations = key["key_ops"] {
            guard case .array(let names) = operations, names.contains(where: { $0.text == "verify" }) else {
                return nil
            }
        }
        let possible: Set<SignatureAlgorithm>
        switch key["kty"]?.text {
        case "RSA":
            guard let modulus = key["n"]?.bytes, let exponent = key["e"]?.bytes,
                (2048 / 8...8192 / 8).contains(modulus.count), Self.isSound(exponent: exponent)
            else { return nil }
            json = #"{"kty":"RSA","n":"\#(Self.text(modulus))","e":"\#(Self.text(exponent))"}"#
            possible = [.rs256, .ps256]
        case "EC" where key["crv"]?.text == "P-256":
            guard let x = key["x"]?.bytes, let y = key["y"]?.bytes, x.count <= 32, y.count <= 32 else { return nil }
            json = #"{"kty":"EC","crv":"P-256","x":"\#(Self.coordinate(x))","y":"\#(Self.coordinate(y))"}"#
            possible = [.es256]
        default:
            return nil
        }
        if let name = key["alg"] {
            guard let only = name.text.flatMap(SignatureAlgorithm.init), possible.contains(only) else { return nil }
            algorithms = [only]
        } else {
            algorithms = possible
        }
        keyID = key["kid"]?.text
    }

    /// Odd, three or more, four bytes at most: with 1 everything verifies, and long ones cost time.
    private static func isSound(exponent: [UInt8]) -> Bool {
        guard let last = exponent.last, exponent.count <= 4 else { return false }
        return last % 2 == 1 && exponent != [1]
    }

    private static func text(_ bytes: [UInt8]) -> String {
        Base64.encode(bytes, .urlSafeUnpadded)
    }

    /// Exactly 32 bytes (RFC 7518 §6.2.1.2), which not every provider writes.
    private static func coordinate(_ bytes: [UInt8]) -> String {
        text([UInt8](repeating: 0, count: 32 - bytes.count) + bytes)
    }
}

extension JSONValue {
    /// A base64url text's bytes, without leading zeros.
    fileprivate var bytes: [UInt8]? {
        guard let text, text.utf8.count <= 2048, let decoded = try? Base64.decode(text, .urlSafeUnpadded) else {
            return nil
        }
        return Array(decoded.drop { $0 == 0 })
    }
}
