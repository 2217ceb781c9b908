import CJose
import Foundation
import Testing

@testable import OpenIDConnect

/// A real key pair that test tokens are signed with.
final class SigningKey: @unchecked Sendable {
    private let handle: OpaquePointer
    let keyID: String

    static let rsa = SigningKey(rsa: "rsa-1", bits: 2048)
    static let otherRSA = SigningKey(rsa: "rsa-2", bits: 2048)
    static let weakRSA = SigningKey(rsa: "rsa-weak", bits: 1024)
    static let ec = SigningKey(ec: "ec-1", CJOSE_JWK_EC_P_256)
    static let wideEC = SigningKey(ec: "ec-384", CJOSE_JWK_EC_P_384)

    init(rsa keyID: String, bits: Int) {
        let exponent: [UInt8] = [1, 0, 1]
        handle = cjose_jwk_create_RSA_random(bits, exponent, exponent.count, nil)!
        self.keyID = keyID
    }

    init(ec keyID: String, _ curve: cjose_jwk_ec_curve) {
        handle = cjose_jwk_create_EC_random(curve, nil)!
        self.keyID = keyID
    }

    /// A key of secret bytes, as an attacker makes it of what is public.
    init(secret: [UInt8], keyID: String) {
        handle = cjose_jwk_create_oct_spec(secret, secret.count, nil)!
        self.keyID = keyID
    }

    deinit {
        _ = cjose_jwk_release(handle)
    }

    /// The public key as a JWK with further members.
    func publicJWK(_ members: [String: String] = [:]) -> [String: String] {
        let json = cjose_jwk_to_json(handle, false, nil)!
        defer { cjose_get_dealloc()(json) }
        let object = try! JSONSerialization.jsonObject(with: Data(String(cString: json).utf8)) as! [String: String]
        return object.merging(["kid": keyID]) { $1 }.merging(members) { $1 }
    }

    /// A JWS in compact form.
    func sign(_ payload: Data, _ header: [String: String], crit: Bool = false) -> String {
        let fields = cjose_header_new(nil)!
        defer { cjose_header_release(fields) }
        for (name, value) in header { #expect(cjose_header_set(fields, name, value, nil)) }
        if crit { #expect(cjose_header_set_raw(fields, "crit", #"["exp"]"#, nil)) }
        let bytes = [UInt8](payload)
        let token = cjose_jws_sign(handle, fields, bytes, bytes.count, nil)!
        defer { cjose_jws_release(token) }
        var text: UnsafePointer<CChar>?
        #expect(cjose_jws_export(token, &text, nil))
        return String(cString: text!)
    }
}

/// A key set document.
func keySet(_ keys: [[String: String]]) -> Data {
    try! JSONSerialization.data(withJSONObject: ["keys": keys])
}
