import HTTPServer

/// The network address under which a client's tries are throttled.
enum ClientAddress {
    /// The address at the other end of the connection, or what the proxy in front says of it.
    ///
    /// Behind a proxy every connection comes from the proxy, and one attacker would slow everybody down. The proxy
    /// appends the address it saw to `X-Forwarded-For`, so only the last entry of the last field is its own word; all
    /// others are the client's, who may write what it likes. Without a proxy the field counts for nothing.
    static func of(_ request: HTTPRequest, isBehindProxy: Bool) -> String {
        guard isBehindProxy,
            let last = request.headers.values(for: "X-Forwarded-For").last?.split(separator: ",").last
        else { return request.remoteAddress }
        let address = last.filter { !$0.isWhitespace }
        let isPlausible = (2...45).contains(address.count) && address.allSatisfy { $0.isHexDigit || ".:".contains($0) }
        return isPlausible ? address : request.remoteAddress
    }
}
