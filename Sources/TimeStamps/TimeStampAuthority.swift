import CCurl
import Dispatch
public import Foundation

/// A time stamp authority that is reached over HTTP (RFC 3161 §3.4).
public final class TimeStampAuthority: Sendable {
    private let url: String
    private let trusted: TrustedAuthorities
    private let timeout: Int
    private let queue = DispatchQueue(label: "attestd.timestamps")

    /// Once for the process; libcurl 7.84 and later do it safely from any thread.
    private static let isReady: Bool = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    /// - Parameters:
    ///   - url: of the authority; by http too, as most have it: the stamp is signed.
    ///   - trusted: by whom stamps are trusted.
    ///   - timeout: how long an exchange may take, in milliseconds.
    public init(url: String, trusted: TrustedAuthorities, timeout: Int = 20_000) {
        self.url = url
        self.trusted = trusted
        self.timeout = timeout
    }

    /// A time stamp over a SHA-256 digest: the authority's verified answer (DER).
    ///
    /// - Throws: ``TimeStampError``.
    public func stamp(sha256 digest: [UInt8]) async throws -> Data {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result { try self.exchange(digest) }) }
        }
    }

    private func exchange(_ digest: [UInt8]) throws -> Data {
        let request = try TimeStampRequest(sha256: digest, nonce: .random(in: 1...UInt64.max >> 1))
        let answer = try post(request.encoded)
        _ = try TimeStamp(answer: answer, to: request, trusted: trusted)
        return answer
    }

    private func post(_ body: Data) throws -> Data {
        guard Self.isReady, let handle = curl_easy_init() else {
            throw TimeStampError(.library, "libcurl does not start.")
        }
        defer { curl_easy_cleanup(handle) }
        var headers: UnsafeMutablePointer<curl_slist>?
        defer { curl_slist_free_all(headers) }
        headers = curl_slist_append(nil, "Content-Type: application/timestamp-query")
        let answer = Answer()
        let statuses = [
            ccurl_set_string(handle, CURLOPT_URL, url),
            ccurl_set_string(handle, CURLOPT_PROTOCOLS_STR, "http,https"),
            ccurl_set_long(handle, CURLOPT_FOLLOWLOCATION, 0),
            ccurl_set_long(handle, CURLOPT_NOSIGNAL, 1),
            ccurl_set_long(handle, CURLOPT_TIMEOUT_MS, timeout),
            ccurl_set_string(handle, CURLOPT_USERAGENT, "attestd"),
            ccurl_set_headers(handle, headers),
            ccurl_set_write(handle, Answer.take, Unmanaged.passUnretained(answer).toOpaque()),
        ]
        guard headers != nil, statuses.allSatisfy({ $0 == CURLE_OK }) else {
            throw TimeStampError(.library, "libcurl does not take the request.")
        }
        let status = withExtendedLifetime(answer) {
            body.withUnsafeBytes { (body: UnsafeRawBufferPointer) -> CURLcode in
                guard let start = body.bindMemory(to: CChar.self).baseAddress else {
                    return CURLE_BAD_FUNCTION_ARGUMENT
                }
                let taken = ccurl_set_post_fields(handle, start, body.count)
                return taken == CURLE_OK ? curl_easy_perform(handle) : taken
            }
        }
        guard status == CURLE_OK else {
            throw TimeStampError(.unreachable, "\(String(cString: curl_easy_strerror(status))).")
        }
        let code = ccurl_status(handle)
        let type = ccurl_content_type(handle).map { String(cString: $0).lowercased() } ?? ""
        guard code == 200, type.hasPrefix("application/timestamp-reply") else {
            throw TimeStampError(.unreachable, "It answered \(code) with \(type.isEmpty ? "no type" : type).")
        }
        return answer.bytes
    }
}

/// Collects an answer within limits.
private final class Answer {
    private(set) var bytes = Data()

    static let take: ccurl_write_callback = { bytes, size, count, context in
        guard let context, let bytes else { return 0 }
        let answer = Unmanaged<Answer>.fromOpaque(context).takeUnretainedValue()
        guard answer.bytes.count + size * count <= TimeStamp.maximumBytes else { return 0 }
        answer.bytes.append(UnsafeRawBufferPointer(start: bytes, count: size * count).bindMemory(to: UInt8.self))
        return size * count
    }
}
