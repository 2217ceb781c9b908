import CJose
package import Foundation

/// A real key pair that test tokens are signed with.
package final class TokenKey: @unchecked Sendable {
    private let handle: OpaquePointer
    package let keyID: String

    package static let rsa = TokenKey(rsa: "rsa-1", bits: 2048)
    package static let otherRSA = TokenKey(rsa: "rsa-2", bits: 2048)
    package static let weakRSA = TokenKey(rsa: "rsa-weak", bits: 1024)
    package static let ec = TokenKey(ec: "ec-1", CJOSE_JWK_EC_P_256)
    package static let wideEC = TokenKey(ec: "ec-384", CJOSE_JWK_EC_P_384)

    package init(rsa keyID: String, bits: Int) {
        let exponent: [UInt8] = [1, 0, 1]
        handle = cjose_jwk_create_RSA_random(bits, exponent, exponent.count, nil)!
        self.keyID = keyID
    }

    private init(ec keyID: String, _ curve: cjose_jwk_ec_curve) {
        handle = cjose_jwk_create_EC_random(curve, nil)!
        self.keyID = keyID
    }

    /// A key of secret bytes, as an attacker makes it of what is public.
    package init(secret: [UInt8], keyID: String) {
        handle = cjose_jwk_create_oct_spec(secret, secret.count, nil)!
        self.keyID = keyID
    }

    deinit {
        _ = cjose_jwk_release(handle)
    }

    /// The public key as a JWK with further members.
    package func publicJWK(_ members: [String: String] = [:]) -> [String: String] {
        let json = cjose_jwk_to_json(handle, false, nil)!
        defer { cjose_get_dealloc()(json) }
        let object = try! JSONSerialization.jsonObject(with: Data(String(cString: json).utf8)) as! [String: String]
        return object.merging(["kid": keyID]) { $1 }.merging(members) { $1 }
    }

    /// A JWS in compact form.
    package func sign(_ payload: Data, _ header: [String: String], crit: Bool = false) -> String {
        let fields = cjose_header_new(nil)!
        defer { cjose_header_release(fields) }
        for (name, value) in header { precondition(cjose_header_set(fields, name, value, nil)) }
        if crit { precondition(cjose_header_set_raw(fields, "crit", #"["exp"]"#, nil)) }
        let bytes = [UInt8](payload)
        let token = cjose_jws_sign(handle, fields, bytes, bytes.count, nil)!
        defer { cjose_jws_release(token) }
        var text: UnsafePointer<CChar>?
        precondition(cjose_jws_export(token, &text, nil))
        return String(cString: text!)
    }
}

/// A key set document.
package func keySet(_ keys: [[String: String]]) -> Data {
    try! JSONSerialization.data(withJSONObject: ["keys": keys])
}
