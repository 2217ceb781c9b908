import COpenSSL
public import Foundation

/// The certificates by which time stamps are trusted: an authority's own, or those above it.
public struct TrustedAuthorities: Sendable {
    private let pem: [UInt8]

    /// Reads certificates in PEM.
    ///
    /// - Throws: ``TimeStampError`` with code `certificate` where there is none.
    public init(pem: Data) throws {
        self.pem = [UInt8](pem)
        X509_STORE_free(try store(at: nil))
    }

    /// A store with all of them, which the caller frees.
    ///
    /// - Parameter time: at which certificates must have been valid; now by default. A stamp outlives its authority's
    ///   certificate.
    func store(at time: time_t?) throws -> OpaquePointer {
        guard let store = X509_STORE_new() else { throw TimeStampError(.library, "libcrypto does not start.") }
        var count = 0
        pem.withUnsafeBytes { bytes in
            guard let source = BIO_new_mem_buf(bytes.baseAddress, Int32(bytes.count)) else { return }
            defer { BIO_free(source) }
            while let certificate = PEM_read_bio_X509(source, nil, nil, nil) {
                if X509_STORE_add_cert(store, certificate) == 1 { count += 1 }
                X509_free(certificate)
            }
        }
        ERR_clear_error()
        guard count > 0 else {
            X509_STORE_free(store)
            throw TimeStampError(.certificate, "There is no certificate in PEM.")
        }
        let parameters = X509_STORE_get0_param(store)
        // An authority's own certificate may be trusted without the one above it.
        X509_VERIFY_PARAM_set_flags(parameters, UInt(X509_V_FLAG_PARTIAL_CHAIN))
        if let time { X509_VERIFY_PARAM_set_time(parameters, time) }
        return store
    }
}
