import CJose
import Foundation

/// A JWS in compact form, parsed and not yet believed; owns libcjose's handle.
///
/// Header, payload and signature are libcjose's reading alone: what is checked is what was signed.
struct SignedToken: ~Copyable {
    private let handle: OpaquePointer
    /// The header names it; not checked against anything yet.
    let algorithm: String?
    let keyID: String?
    /// The header has parameters that its reader must understand (RFC 7515 §4.1.11); we know none.
    let hasCriticalParameters: Bool
    /// The length of the signature in bytes.
    let signatureLength: Int

    /// Parses a token; `nil` where it is no JWS in compact form.
    init?(compact: String) {
        let parts = compact.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        // libcjose forgives padding, blanks and further dots.
        guard parts.count == 3, parts.allSatisfy({ $0.allSatisfy(Self.isBase64URL) }), !parts[0].isEmpty else {
            return nil
        }
        let imported = compact.withCString { cjose_jws_import($0, compact.utf8.count, nil) }
        guard let imported else { return nil }
        guard let header = cjose_jws_get_protected(imported) else {
            cjose_jws_release(imported)
            return nil
        }
        handle = imported
        algorithm = ccjose_header_text(header, "alg").map { String(cString: $0) }
        keyID = ccjose_header_text(header, "kid").map { String(cString: $0) }
        hasCriticalParameters = ccjose_header_has(header, "crit")
        signatureLength = parts[2].count * 6 / 8
    }

    deinit {
        cjose_jws_release(handle)
    }

    /// Whether the key made the signature. The algorithm is the header's: check it first.
    func isSigned(by key: VerifyingKey) -> Bool {
        guard let publicKey = key.json.withCString({ cjose_jwk_import($0, key.json.utf8.count, nil) }) else {
            return false
        }
        defer { _ = cjose_jwk_release(publicKey) }
        return cjose_jws_verify(handle, publicKey, nil)
    }

    /// What was signed.
    var payload: Data {
        var bytes: UnsafeMutablePointer<UInt8>?
        var count = 0
        guard cjose_jws_get_plaintext(handle, &bytes, &count, nil), let bytes else { return Data() }
        return Data(bytes: bytes, count: count)
    }

    private static func isBase64URL(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default:
            false
        }
    }
}
