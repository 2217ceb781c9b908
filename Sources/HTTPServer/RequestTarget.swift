/// One name and value of a query.
public struct QueryItem: Sendable, Hashable {
    /// The decoded name.
    public let name: String
    /// The decoded value; empty where the query has no "=".
    public let value: String

    /// Creates an item.
    public init(name: String, value: String) {
        self.name = name
        self.value = value
    }
}

/// A request target, split first and decoded afterwards (RFC 9112, section 3.2; RFC 3986).
///
/// An escape can therefore never introduce a path separator, and whatever could be read in two ways is refused:
/// escaped slashes, backslashes, dot segments, control characters, fragments, bytes outside UTF-8.
struct RequestTarget: Sendable, Equatable {
    /// The path as it was sent, without the query.
    let rawPath: String
    /// The decoded segments between slashes; "/" has one empty segment, and "*" has none.
    let segments: [String]
    /// The decoded query.
    let query: [QueryItem]

    /// The decoded path.
    var path: String {
        segments.isEmpty ? rawPath : "/" + segments.joined(separator: "/")
    }

    /// Splits and decodes a target; nil if it is malformed.
    init?(_ raw: String) {
        let bytes = Array(raw.utf8)
        guard bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "#") && $0 != UInt8(ascii: "\\") }) else {
            return nil
        }
        if raw == "*" {
            (rawPath, segments, query) = (raw, [], [])
            return
        }
        guard let start = Self.pathStart(bytes) else { return nil }
        let end = bytes[start...].firstIndex(of: UInt8(ascii: "?")) ?? bytes.endIndex
        rawPath = start == end ? "/" : String(decoding: bytes[start..<end], as: UTF8.self)
        var segments: [String] = []
        for segment in bytes[start..<end].dropFirst().split(
            separator: UInt8(ascii: "/"),
            omittingEmptySubsequences: false
        ) {
            guard let decoded = Self.decodeSegment(segment) else { return nil }
            segments.append(decoded)
        }
        self.segments = segments
        guard let query = Self.decodeQuery(bytes[end...].dropFirst()) else { return nil }
        self.query = query
    }

    /// Where the path begins: at once, or after the authority of an absolute-form target.
    private static func pathStart(_ bytes: [UInt8]) -> Int? {
        guard bytes.first != UInt8(ascii: "/") else { return 0 }
        let lowercased = bytes.prefix(8).map { $0 | 0x20 }
        for scheme in ["http://", "https://"] where lowercased.starts(with: scheme.utf8) {
            let authority = bytes[scheme.utf8.count...]
            let end = authority.firstIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") } ?? bytes.endIndex
            return end == authority.startIndex ? nil : end
        }
        return nil
    }

    private static func decodeSegment(_ bytes: ArraySlice<UInt8>) -> String? {
        guard let segment = PercentEncoding.decode(bytes), segment != ".", segment != ".." else { return nil }
        let isPlain = segment.utf8.allSatisfy {
            $0 >= 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "\\")
        }
        return isPlain ? segment : nil
    }

    private static func decodeQuery(_ bytes: ArraySlice<UInt8>) -> [QueryItem]? {
        var items: [QueryItem] = []
        for pair in bytes.split(separator: UInt8(ascii: "&")) {
            let equals = pair.firstIndex(of: UInt8(ascii: "=")) ?? pair.endIndex
            guard let name = PercentEncoding.decode(pair[..<equals], plusIsSpace: true),
                let value = PercentEncoding.decode(pair[equals...].dropFirst(), plusIsSpace: true)
            else { return nil }
            items.append(QueryItem(name: name, value: value))
        }
        return items
    }
}
