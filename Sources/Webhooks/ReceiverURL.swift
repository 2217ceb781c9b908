import Foundation

/// Where messages are sent: `https`, or `http` on this machine where the institution's settings allow it.
///
/// User names, fragments and everything but visible ASCII are refused, so that no two parsers can read two hosts in it.
public struct ReceiverURL: Hashable, Sendable {
    /// The address as it was written.
    public let text: String
    /// Whether the transport is protected.
    public let isSecure: Bool

    /// The most characters.
    public static let maximumLength = 2_048

    /// Reads an address; nil where it is not of that kind.
    ///
    /// - Parameter allowsLoopback: whether plain `http` to this machine is let through.
    public init?(_ text: String, allowsLoopback: Bool) {
        guard (1...Self.maximumLength).contains(text.utf8.count),
            text.utf8.allSatisfy({ (0x21...0x7e).contains($0) && !#""<>\^`{|}"#.utf8.contains($0) }),
            let parts = URLComponents(string: text),
            parts.user == nil, parts.password == nil, parts.fragment == nil,
            let host = parts.host?.lowercased(), !host.isEmpty
        else { return nil }
        switch parts.scheme?.lowercased() {
        case "https": isSecure = true
        case "http" where allowsLoopback && ["localhost", "127.0.0.1", "[::1]", "::1"].contains(host):
            isSecure = false
        default: return nil
        }
        self.text = text
    }
}
