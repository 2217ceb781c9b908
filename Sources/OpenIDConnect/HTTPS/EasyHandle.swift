import CCurl
import Foundation

/// One of libcurl's easy handles with its open connections; used by one thread at a time.
struct EasyHandle: ~Copyable {
    private let handle: UnsafeMutableRawPointer
    private let certificateFile: String?
    private let timeout: Int

    /// Once for the process; libcurl 7.84 and later do it safely from any thread.
    private static let isReady: Bool = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    /// - Parameter timeout: how long a whole exchange may take, in milliseconds.
    init(certificateFile: String?, timeout: Int) throws {
        guard Self.isReady, let handle = curl_easy_init() else {
            throw OpenIDConnectError(.unreachable, "libcurl does not start.")
        }
        self.handle = handle
        self.certificateFile = certificateFile
        self.timeout = timeout
    }

    deinit {
        curl_easy_cleanup(handle)
    }

    /// Sends a request and waits for the whole answer.
    ///
    /// - Throws: ``OpenIDConnectError``.
    func perform(_ request: HTTPSRequest) throws -> HTTPSResponse {
        // Wipes the last request's options, and keeps connections and TLS sessions.
        curl_easy_reset(handle)
        defer { curl_easy_reset(handle) }

        var headers: UnsafeMutablePointer<curl_slist>?
        defer { curl_slist_free_all(headers) }
        for line in Self.headerLines(of: request) {
            guard let longer = curl_slist_append(headers, line) else { throw Self.refused(request) }
            headers = longer
        }

        let body = Body()
        var options = Options(handle: handle)
        options.set(CURLOPT_URL, request.url.text)
        options.set(CURLOPT_PROTOCOLS_STR, request.url.isSecure ? "https" : "http")
        options.set(CURLOPT_FOLLOWLOCATION, 0)
        options.set(CURLOPT_DISALLOW_USERNAME_IN_URL, 1)
        options.set(CURLOPT_NOSIGNAL, 1)
        options.set(CURLOPT_CONNECTTIMEOUT_MS, timeout / 2)
        options.set(CURLOPT_TIMEOUT_MS, timeout)
        options.set(CURLOPT_MAXFILESIZE, HTTPSResponse.maximumBody)
        options.set(CURLOPT_SSL_VERIFYPEER, 1)
        options.set(CURLOPT_SSL_VERIFYHOST, 2)
        // With OpenSSL this is the lowest version, and the highest stays open.
        options.set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        if let certificateFile {
            options.set(CURLOPT_CAINFO, certificateFile)
            // The system's folder of certificates would otherwise count beside it.
            options.set(CURLOPT_CAPATH, nil)
        }
        // The environment's proxy sees no more than ciphertext of https; plain http never leaves this machine.
        if !request.url.isSecure { options.set(CURLOPT_NOPROXY, "*") }
        options.set(CURLOPT_USERAGENT, "attestd")
        options.check(ccurl_set_headers(handle, headers))
        options.check(ccurl_set_write(handle, Body.take, Unmanaged.passUnretained(body).toOpaque()))
        guard options.status == CURLE_OK else { throw Self.refused(request) }

        let status = withExtendedLifetime(body) { send(request.form) }
        guard status == CURLE_OK else { throw Self.error(status, body, request) }
        return HTTPSResponse(
            status: ccurl_status(handle),
            contentType: ccurl_content_type(handle).map { String(cString: $0) },
            body: body.bytes
        )
    }

    private func send(_ form: String?) -> CURLcode {
        guard var form else { return curl_easy_perform(handle) }
        return form.withUTF8 { text in
            text.withMemoryRebound(to: CChar.self) { characters in
                guard let start = characters.baseAddress else { return CURLE_BAD_FUNCTION_ARGUMENT }
                let status = ccurl_set_post_fields(handle, start, characters.count)
                return status == CURLE_OK ? curl_easy_perform(handle) : status
            }
        }
    }

    private static func headerLines(of request: HTTPSRequest) -> [String] {
        // No `Expect: 100-continue`: forms are short, and some servers never answer it.
        ["Accept: application/json", "Expect:"]
            + (request.form == nil ? [] : ["Content-Type: application/x-www-form-urlencoded"])
            + (request.authorization.map { ["Authorization: \($0)"] } ?? [])
    }

    private static func refused(_ request: HTTPSRequest) -> OpenIDConnectError {
        OpenIDConnectError(.unreachable, "libcurl does not take the request to the \(request.endpoint).")
    }

    private static func error(_ status: CURLcode, _ body: Body, _ request: HTTPSRequest) -> OpenIDConnectError {
        let text = String(cString: curl_easy_strerror(status))
        let reason = "The \(request.endpoint) at \(request.url.origin): \(text)."
        switch status {
        case CURLE_OPERATION_TIMEDOUT:
            return OpenIDConnectError(.timedOut, reason)
        case CURLE_FILESIZE_EXCEEDED:
            return OpenIDConnectError(.tooLarge, reason)
        case CURLE_WRITE_ERROR where body.overflowed:
            return OpenIDConnectError(.tooLarge, reason)
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CACERT_BADFILE,
            CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS:
            return OpenIDConnectError(.untrusted, reason)
        default:
            return OpenIDConnectError(.unreachable, reason)
        }
    }
}

/// Sets options and remembers the first failure.
private struct Options {
    let handle: UnsafeMutableRawPointer
    private(set) var status = CURLE_OK

    init(handle: UnsafeMutableRawPointer) {
        self.handle = handle
    }

    mutating func set(_ option: CURLoption, _ value: Int) {
        check(ccurl_set_long(handle, option, value))
    }

    mutating func set(_ option: CURLoption, _ value: String?) {
        check(ccurl_set_string(handle, option, value))
    }

    mutating func check(_ outcome: CURLcode) {
        if status == CURLE_OK { status = outcome }
    }
}

/// Collects an answer's body up to the limit; lent to libcurl for one transfer.
private final class Body {
    private(set) var bytes = Data()
    private(set) var overflowed = false

    static let take: ccurl_write_callback = { start, size, count, context in
        guard let start, let context else { return 0 }
        let body = Unmanaged<Body>.fromOpaque(context).takeUnretainedValue()
        let length = size * count
        // Lengths are libcurl's, at most 16 KiB a piece: no overflow.
        guard body.bytes.count + length <= HTTPSResponse.maximumBody else {
            body.overflowed = true
            return 0
        }
        UnsafeRawPointer(start).withMemoryRebound(to: UInt8.self, capacity: length) {
            body.bytes.append($0, count: length)
        }
        return length
    }
}
