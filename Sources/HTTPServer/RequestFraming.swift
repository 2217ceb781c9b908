/// Where a request's content ends, decided over the raw header fields (RFC 9112, sections 3.2, 5 and 6.3).
///
/// libmicrohttpd takes the first of contradicting fields. A proxy in front may take the other and see two requests
/// where the server sees one, so every contradiction is refused, even where the specification permits a repair.
enum RequestFraming: Sendable, Equatable {
    case none
    case length(Int)
    case chunked

    /// Bounds of a request's head, well below the memory that libmicrohttpd has for one connection, so that the
    /// server can answer by itself.
    static let maximumTargetBytes = 8 * 1024
    static let maximumHeaderBytes = 16 * 1024
    static let maximumHeaderCount = 100

    enum Verdict: Sendable, Equatable {
        case accepted(RequestFraming)
        case refused(Refusal)
    }

    static func check(isVersion11: Bool, headers: HTTPHeaders) -> Verdict {
        let hosts = headers.values(for: "Host")
        guard hosts.count <= 1 else { return .refused(.badFraming("The Host field is repeated.")) }
        if let host = hosts.first, host.utf8.contains(where: { $0 <= 0x20 || $0 == UInt8(ascii: ",") }) {
            return .refused(.badFraming("The Host field is malformed."))
        }
        guard !hosts.isEmpty || !isVersion11 else { return .refused(.badFraming("The Host field is missing.")) }

        let codings = headers.values(for: "Transfer-Encoding")
        let lengths = headers.values(for: "Content-Length")
        guard codings.isEmpty || lengths.isEmpty else {
            return .refused(.badFraming("The request has both Content-Length and Transfer-Encoding."))
        }
        guard lengths.count <= 1 else { return .refused(.badFraming("The Content-Length field is repeated.")) }
        if !codings.isEmpty {
            guard isVersion11, codings.count == 1, codings[0].lowercased() == "chunked" else {
                return .refused(.badFraming("The only transfer coding supported is chunked."))
            }
            return .accepted(.chunked)
        }
        guard let length = lengths.first else { return .accepted(.none) }
        let isNumber = !length.isEmpty && length.utf8.allSatisfy { (0x30...0x39).contains($0) }
        guard isNumber, let length = Int(length) else {
            return .refused(.badFraming("The Content-Length field is no number."))
        }
        return .accepted(length == 0 ? .none : .length(length))
    }
}
