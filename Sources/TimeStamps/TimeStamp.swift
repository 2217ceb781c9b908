import COpenSSL
public import Foundation

/// An authority's answer with a time stamp (RFC 3161 §2.4.2), verified.
public struct TimeStamp: Sendable {
    /// The moment that the authority states.
    public let time: Date

    /// The most bytes of an answer.
    public static let maximumBytes = 1 << 20

    /// Verifies the answer to a request: its status, imprint, nonce and signature.
    ///
    /// - Throws: ``TimeStampError`` with code `refused` or `notAuthentic`.
    public init(answer: Data, to request: TimeStampRequest, trusted: TrustedAuthorities) throws {
        let response = try Response(answer)
        try response.checkStatus()
        let store = try trusted.store(at: nil)
        time = try response.verify(copenssl_verification_of_answer(request.request, store), store)
    }

    /// Verifies a stamp that was kept: that it is of this SHA-256 digest, by an authority that is trusted and whose
    /// certificate was valid at the stamped moment.
    ///
    /// - Throws: ``TimeStampError`` with code `refused` or `notAuthentic`.
    public init(kept: Data, sha256 digest: [UInt8], trusted: TrustedAuthorities) throws {
        let response = try Response(kept)
        try response.checkStatus()
        let store = try trusted.store(at: time_t(try response.time().timeIntervalSince1970))
        time = try response.verify(copenssl_verification_of_kept(store, digest, digest.count), store)
    }
}

/// A decoded answer; what it says counts for nothing before it is verified.
private final class Response {
    private let response: OpaquePointer

    init(_ data: Data) throws {
        guard data.count <= TimeStamp.maximumBytes else { throw TimeStampError(.notAuthentic, "It is too long.") }
        let decoded = data.withUnsafeBytes { bytes -> OpaquePointer? in
            var start = bytes.bindMemory(to: UInt8.self).baseAddress
            let response = d2i_TS_RESP(nil, &start, bytes.count)
            // Nothing may follow that nobody has looked at.
            if let response, start != bytes.bindMemory(to: UInt8.self).baseAddress.map({ $0 + bytes.count }) {
                TS_RESP_free(response)
                return nil
            }
            return response
        }
        guard let decoded else { throw Self.failure("It is no answer of a time stamp authority") }
        response = decoded
    }

    deinit { TS_RESP_free(response) }

    /// Whether the authority has stamped at all.
    func checkStatus() throws {
        let status = TS_STATUS_INFO_get0_status(TS_RESP_get_status_info(response))
        // granted and grantedWithMods
        guard [0, 1].contains(ASN1_INTEGER_get(status)), TS_RESP_get_token(response) != nil else {
            throw TimeStampError(.refused, "The authority did not stamp.")
        }
    }

    /// The moment that it states.
    func time() throws -> Date {
        var fields = tm()
        guard let info = TS_RESP_get_tst_info(response), let stated = TS_TST_INFO_get_time(info),
            ASN1_TIME_to_tm(stated, &fields) == 1
        else { throw Self.failure("It states no time") }
        return Date(timeIntervalSince1970: Double(timegm(&fields)))
    }

    /// Verifies it and answers the moment; takes the context, and the store where there is none.
    func verify(_ context: OpaquePointer?, _ store: OpaquePointer) throws -> Date {
        guard let context else {
            X509_STORE_free(store)
            throw TimeStampError(.library, "libcrypto does not start.")
        }
        defer { TS_VERIFY_CTX_free(context) }
        guard TS_RESP_verify_response(context, response) == 1 else { throw Self.failure("It does not verify") }
        return try time()
    }

    private static func failure(_ what: String) -> TimeStampError {
        let code = ERR_peek_last_error()
        ERR_clear_error()
        let cause = code == 0 ? nil : ERR_reason_error_string(code).map { String(cString: $0) }
        return TimeStampError(.notAuthentic, what + (cause.map { ": \($0)." } ?? "."))
    }
}
