import Foundation

/// An address that a name led to.
public struct NetworkAddress: Hashable, Sendable {
    /// Four bytes (IPv4) or sixteen (IPv6), in network order.
    public let bytes: [UInt8]

    /// Makes an address; nil unless there are four or sixteen bytes.
    public init?(_ bytes: [UInt8]) {
        guard bytes.count == 4 || bytes.count == 16 else { return nil }
        self.bytes = bytes
    }

    /// Whether it is one that the whole Internet shares (IANA's registries of special-purpose addresses, RFC 6890):
    /// not this machine, not a private network, not the neighbour's link, and none of those wrapped into IPv6.
    public var isPublic: Bool {
        if bytes.count == 4 { return Self.isPublic(bytes) }
        // IPv4 mapped (::ffff:0:0/96), translated (64:ff9b::/96) and 6to4 (2002::/16) addresses hold one of IPv4.
        if bytes.starts(with: Self.mapped) || bytes.starts(with: Self.translated) {
            return Self.isPublic(Array(bytes.suffix(4)))
        }
        if bytes[0] == 0x20, bytes[1] == 0x02 { return Self.isPublic(Array(bytes[2..<6])) }
        // Everything that is allocated to the Internet lies in 2000::/3; documentation and Teredo lie in it too.
        guard bytes[0] & 0xE0 == 0x20 else { return false }
        let isTeredoOrOther = bytes[0] == 0x20 && bytes[1] == 0x01 && bytes[2] < 0x02
        let isDocumentation = bytes.starts(with: [0x20, 0x01, 0x0D, 0xB8]) || bytes.starts(with: [0x3F, 0xFF])
        return !isTeredoOrOther && !isDocumentation
    }

    private static let mapped: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]
    private static let translated: [UInt8] = [0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0]

    private static func isPublic(_ bytes: [UInt8]) -> Bool {
        switch (bytes[0], bytes[1], bytes[2]) {
        case (0, _, _), (10, _, _), (127, _, _): false
        case (100, 64...127, _), (169, 254, _), (172, 16...31, _), (192, 168, _): false
        case (192, 0, 0), (192, 0, 2), (198, 18...19, _), (198, 51, 100), (203, 0, 113): false
        case (224..., _, _): false
        default: true
        }
    }
}
