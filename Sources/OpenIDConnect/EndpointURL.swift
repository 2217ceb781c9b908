import Foundation

/// The address of a provider's endpoint: `https`, or `http` on this machine.
///
/// Plain http is let through for loopback hosts only: a provider behind the same machine's proxy, and tests. Fragments,
/// user names and everything but visible ASCII are refused, so that no two parsers can read two hosts in it.
struct EndpointURL: Hashable, Sendable {
    /// The address as it was written; issuers are compared by it, character by character.
    let text: String
    /// Whether the transport is protected.
    let isSecure: Bool
    /// The host and the port, as they stand in the address.
    let origin: String
    /// The address has a query.
    let hasQuery: Bool

    static let maximumLength = 2048

    /// Reads an address; `nil` where it is not of that kind.
    init?(_ text: String) {
        guard (1...Self.maximumLength).contains(text.utf8.count),
            text.utf8.allSatisfy({ (0x21...0x7e).contains($0) && !#""<>\^`{|}"#.utf8.contains($0) }),
            let parts = URLComponents(string: text),
            parts.user == nil, parts.password == nil, parts.fragment == nil,
            let host = parts.host?.lowercased(), !host.isEmpty
        else { return nil }
        switch parts.scheme?.lowercased() {
        case "https": isSecure = true
        case "http" where ["localhost", "127.0.0.1", "[::1]", "::1"].contains(host): isSecure = false
        default: return nil
        }
        self.text = text
        origin = parts.port.map { "\(host):\($0)" } ?? host
        hasQuery = parts.percentEncodedQuery != nil
    }
}
