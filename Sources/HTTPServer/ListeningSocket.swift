// The socket address types count as members of whichever C module the compiler has met first.
import CMicroHTTPD
import Glibc

/// Opens the socket that the daemon accepts connections from.
///
/// The server does it by itself, because libmicrohttpd doesn't tell why it could not.
enum ListeningSocket {
    /// Binds and listens.
    /// - Returns: the socket, not blocking, and the port.
    /// - Throws: ``HTTPServerError`` with `invalidAddress` or `addressUnavailable`.
    static func open(address: String, port: UInt16) throws -> (descriptor: Int32, port: UInt16) {
        var hints = addrinfo()
        hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(address, String(port), &hints, &list) == 0, let list else {
            throw HTTPServerError(code: .invalidAddress, reason: "\(address) is not a numeric address")
        }
        defer { freeaddrinfo(list) }
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        let descriptor = socket(list.pointee.ai_family, kind, 0)
        guard descriptor >= 0 else { throw unavailable(address, port) }
        var yes: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        guard bind(descriptor, list.pointee.ai_addr, list.pointee.ai_addrlen) == 0, listen(descriptor, SOMAXCONN) == 0
        else {
            let error = unavailable(address, port)
            close(descriptor)
            throw error
        }
        return (descriptor, boundPort(descriptor) ?? port)
    }

    /// The numeric host of a socket address; an IPv4 address mapped into IPv6 is given as IPv4.
    static func host(of address: UnsafePointer<sockaddr>) -> String {
        let isVersion6 = Int32(address.pointee.sa_family) == AF_INET6
        let size = isVersion6 ? MemoryLayout<sockaddr_in6>.size : MemoryLayout<sockaddr_in>.size
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 64) { buffer -> String in
            let failed = getnameinfo(
                address,
                socklen_t(size),
                buffer.baseAddress,
                socklen_t(buffer.count),
                nil,
                0,
                NI_NUMERICHOST
            )
            guard failed == 0, let start = buffer.baseAddress else { return "-" }
            let host = String(cString: start)
            return host.hasPrefix("::ffff:") && host.utf8.contains(UInt8(ascii: ".")) ? String(host.dropFirst(7)) : host
        }
    }

    private static func unavailable(_ address: String, _ port: UInt16) -> HTTPServerError {
        let cause = String(cString: strerror(errno))
        return HTTPServerError(code: .addressUnavailable, reason: "cannot listen at \(address), port \(port): \(cause)")
    }

    private static func boundPort(_ descriptor: Int32) -> UInt16? {
        var storage = sockaddr_storage()
        var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
        return withUnsafeMutablePointer(to: &storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address -> UInt16? in
                guard getsockname(descriptor, address, &size) == 0 else { return nil }
                // The port is in the same place in both families.
                return pointer.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
                    UInt16(bigEndian: $0.pointee.sin_port)
                }
            }
        }
    }
}
