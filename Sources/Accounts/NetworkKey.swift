import Foundation
import Glibc

/// What counts as one place, for throttles by network address.
public enum NetworkKey {
    /// An IPv4 address, also where IPv6 wraps it; of an IPv6 address the 64-bit network, whose holder has all the
    /// addresses in it (RFC 4291 §2.5.4). Other text stands for itself.
    public static func of(_ address: String) -> String {
        guard let octets = octets(of: address) else { return address }
        if octets.count == 4 { return octets.map(String.init).joined(separator: ".") }
        return "\(hexadecimal(octets.prefix(8)))/64"
    }

    /// What counts as one place where places take turns: the network that whoever has one address in it easily gets
    /// more of, an IPv4 network of 24 bits or an IPv6 one of 48, the most that a site is given (RFC 6177).
    public static func site(of address: String) -> String {
        guard let octets = octets(of: address) else { return address }
        if octets.count == 4 { return octets.prefix(3).map(String.init).joined(separator: ".") + ".0/24" }
        return "\(hexadecimal(octets.prefix(6)))/48"
    }

    /// The four octets of an IPv4 address, also where IPv6 wraps it, or the sixteen of an IPv6 one.
    private static func octets(of address: String) -> [UInt8]? {
        guard address.contains(":") else {
            var bytes = in_addr()
            guard inet_pton(AF_INET, address, &bytes) == 1 else { return nil }
            return withUnsafeBytes(of: &bytes) { Array($0) }
        }
        var bytes = in6_addr()
        guard inet_pton(AF_INET6, address, &bytes) == 1 else { return nil }
        let octets = withUnsafeBytes(of: &bytes) { Array($0) }
        let isMapped = octets.prefix(10).allSatisfy { $0 == 0 } && octets[10] == 0xFF && octets[11] == 0xFF
        return isMapped ? octets.suffix(4) : octets
    }

    private static func hexadecimal(_ octets: some Sequence<UInt8>) -> String {
        octets.map { String(UInt16($0) + 0x100, radix: 16).dropFirst() }.joined()
    }
}
