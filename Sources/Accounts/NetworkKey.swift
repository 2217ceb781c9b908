import Foundation
import Glibc

/// What counts as one place, for throttles by network address.
public enum NetworkKey {
    /// An IPv4 address, also where IPv6 wraps it; of an IPv6 address the 64-bit network, whose holder has all the
    /// addresses in it (RFC 4291 §2.5.4). Other text stands for itself.
    public static func of(_ address: String) -> String {
        var bytes = in6_addr()
        guard address.contains(":"), inet_pton(AF_INET6, address, &bytes) == 1 else { return address }
        let octets = withUnsafeBytes(of: &bytes) { Array($0) }
        let isMapped = octets.prefix(10).allSatisfy { $0 == 0 } && octets[10] == 0xFF && octets[11] == 0xFF
        if isMapped { return octets.suffix(4).map(String.init).joined(separator: ".") }
        return octets.prefix(8).map { String(UInt16($0) + 0x100, radix: 16).dropFirst() }.joined() + "/64"
    }
}
