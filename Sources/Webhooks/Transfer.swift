import CCurl
import Foundation

/// One exchange over libcurl.
struct Transfer: ~Copyable {
    private let handle: UnsafeMutableRawPointer

    /// Once for the process; libcurl 7.84 and later do it safely from any thread.
    private static let isReady: Bool = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    init?() {
        guard Self.isReady, let handle = curl_easy_init() else { return nil }
        self.handle = handle
    }

    deinit {
        curl_easy_cleanup(handle)
    }

    func post(
        _ message: WebhookMessage,
        to url: ReceiverURL,
        key: Data,
        certificateFile: String?,
        allowsPrivateAddresses: Bool,
        timeout: Int
    ) -> DeliveryOutcome {
        let outcome = exchange(
            message.body,
            headers: [
                "Content-Type: application/json", "Expect:", "webhook-id: \(message.id)",
                "webhook-timestamp: \(message.timestamp)", "webhook-signature: \(message.signature(key: key))",
            ],
            to: url,
            certificateFile: certificateFile,
            allowsPrivateAddresses: allowsPrivateAddresses,
            timeout: timeout,
            readsAnswer: false
        )
        switch outcome {
        case .answered(let status, _): return (200...299).contains(status) ? .delivered : .refused(status: status)
        case .unreachable(let reason): return .unreachable(reason)
        }
    }

    /// Posts a body; an answer that is read may have ``Poster/longestAnswer`` bytes.
    func exchange(
        _ body: Data,
        headers lines: [String],
        to url: ReceiverURL,
        certificateFile: String?,
        allowsPrivateAddresses: Bool,
        timeout: Int,
        readsAnswer: Bool = true
    ) -> PostOutcome {
        var headers: UnsafeMutablePointer<curl_slist>?
        defer { curl_slist_free_all(headers) }
        for line in lines {
            guard let longer = curl_slist_append(headers, line) else { return .unreachable("out of memory") }
            headers = longer
        }
        let answer = Answer(isRead: readsAnswer)
        let gate = AddressGate(allowsPrivate: allowsPrivateAddresses)
        var statuses = [
            ccurl_set_string(handle, CURLOPT_URL, url.text),
            ccurl_set_string(handle, CURLOPT_PROTOCOLS_STR, url.isSecure ? "https" : "http"),
            ccurl_set_long(handle, CURLOPT_FOLLOWLOCATION, 0),
            ccurl_set_long(handle, CURLOPT_NOSIGNAL, 1),
            ccurl_set_long(handle, CURLOPT_CONNECTTIMEOUT_MS, timeout / 2),
            ccurl_set_long(handle, CURLOPT_TIMEOUT_MS, timeout),
            ccurl_set_long(handle, CURLOPT_SSL_VERIFYPEER, 1),
            ccurl_set_long(handle, CURLOPT_SSL_VERIFYHOST, 2),
            ccurl_set_long(handle, CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2)),
            // A proxy would connect where this machine may not, and to names that nobody has looked at.
            ccurl_set_string(handle, CURLOPT_NOPROXY, "*"),
            ccurl_set_string(handle, CURLOPT_USERAGENT, "attestd"),
            ccurl_set_headers(handle, headers),
            ccurl_set_write(handle, Answer.take, Unmanaged.passUnretained(answer).toOpaque()),
            ccurl_set_open_socket(handle, AddressGate.open, Unmanaged.passUnretained(gate).toOpaque()),
        ]
        if let certificateFile {
            statuses.append(ccurl_set_string(handle, CURLOPT_CAINFO, certificateFile))
            statuses.append(ccurl_set_string(handle, CURLOPT_CAPATH, nil))
        }
        guard statuses.allSatisfy({ $0 == CURLE_OK }) else { return .unreachable("libcurl does not take the request") }
        let status = withExtendedLifetime((gate, answer)) {
            body.withUnsafeBytes { (body: UnsafeRawBufferPointer) -> CURLcode in
                guard let start = body.bindMemory(to: CChar.self).baseAddress else {
                    return CURLE_BAD_FUNCTION_ARGUMENT
                }
                let taken = ccurl_set_post_fields(handle, start, body.count)
                return taken == CURLE_OK ? curl_easy_perform(handle) : taken
            }
        }
        guard !gate.hasRefused else { return .unreachable("the name leads into a private network") }
        guard status == CURLE_OK else { return .unreachable(String(cString: curl_easy_strerror(status))) }
        return .answered(status: ccurl_status(handle), body: answer.bytes)
    }
}

/// What the other side answers; used on one thread for one transfer.
private final class Answer {
    private let isRead: Bool
    private(set) var bytes = Data()

    init(isRead: Bool) {
        self.isRead = isRead
    }

    static let take: ccurl_write_callback = { bytes, size, count, context in
        guard let bytes, let context else { return 0 }
        let answer = Unmanaged<Answer>.fromOpaque(context).takeUnretainedValue()
        guard answer.isRead else { return size * count }
        // Less than was offered ends the transfer.
        guard answer.bytes.count + size * count <= Poster.longestAnswer else { return 0 }
        answer.bytes.append(Data(bytes: bytes, count: size * count))
        return size * count
    }
}

/// Looks at each address that is about to be connected to; used on one thread for one transfer.
private final class AddressGate {
    private let allowsPrivate: Bool
    private(set) var hasRefused = false

    init(allowsPrivate: Bool) {
        self.allowsPrivate = allowsPrivate
    }

    static let open: curl_opensocket_callback = { context, _, address in
        guard let context, let address else { return CURL_SOCKET_BAD }
        let gate = Unmanaged<AddressGate>.fromOpaque(context).takeUnretainedValue()
        guard gate.lets(address) else {
            gate.hasRefused = true
            return CURL_SOCKET_BAD
        }
        return socket(address.pointee.family, address.pointee.socktype, address.pointee.protocol)
    }

    private func lets(_ address: UnsafePointer<curl_sockaddr>) -> Bool {
        var bytes = [UInt8](repeating: 0, count: 16)
        let count = Int(ccurl_address_bytes(address, &bytes))
        guard let address = NetworkAddress(Array(bytes.prefix(count))) else { return false }
        return allowsPrivate || address.isPublic
    }
}
