import COpenSSL
public import Foundation

/// A request for a time stamp over a SHA-256 digest, with a nonce and the wish for the authority's certificate
/// (RFC 3161 §2.4.1).
public final class TimeStampRequest {
    let request: OpaquePointer

    /// - Parameters:
    ///   - sha256: the digest, 32 bytes.
    ///   - nonce: a random number that the answer must repeat.
    /// - Throws: ``TimeStampError`` with code `library`.
    public init(sha256 digest: [UInt8], nonce: UInt64) throws {
        guard digest.count == 32, let request = TS_REQ_new() else {
            throw TimeStampError(.library, "A request cannot be made.")
        }
        self.request = request
        let imprint = TS_MSG_IMPRINT_new()
        let algorithm = X509_ALGOR_new()
        let number = ASN1_INTEGER_new()
        defer {
            TS_MSG_IMPRINT_free(imprint)
            X509_ALGOR_free(algorithm)
            ASN1_INTEGER_free(number)
        }
        var bytes = digest
        let steps = [
            TS_REQ_set_version(request, 1),
            X509_ALGOR_set0(algorithm, OBJ_nid2obj(NID_sha256), V_ASN1_NULL, nil),
            TS_MSG_IMPRINT_set_algo(imprint, algorithm),
            TS_MSG_IMPRINT_set_msg(imprint, &bytes, 32),
            TS_REQ_set_msg_imprint(request, imprint),
            ASN1_INTEGER_set_uint64(number, nonce),
            TS_REQ_set_nonce(request, number),
            TS_REQ_set_cert_req(request, 1),
        ]
        guard steps.allSatisfy({ $0 == 1 }) else {
            TS_REQ_free(request)
            throw TimeStampError(.library, "A request cannot be made.")
        }
    }

    deinit { TS_REQ_free(request) }

    /// The request as it is sent (DER).
    public var encoded: Data {
        var bytes: UnsafeMutablePointer<UInt8>?
        let count = i2d_TS_REQ(request, &bytes)
        defer { copenssl_free(bytes) }
        guard count > 0, let bytes else { return Data() }
        return Data(bytes: bytes, count: Int(count))
    }
}
