import Foundation
import Glibc

/// One kept-alive connection to a service on this machine, from an address of its own in 127.0.0.0/8. It blocks.
final class LoopbackConnection {
    private let descriptor: Int32

    /// - Parameter host: the last three bytes of the address that the service sees.
    init(port: UInt16, from host: UInt32 = 1) throws {
        descriptor = try LoopbackSocket.connected(port: port, from: host)
        var patience = timeval(tv_sec: 30, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    }

    deinit {
        close(descriptor)
    }

    /// What came back.
    struct Answer {
        var status: Int
        /// Seconds, where the service asks to wait.
        var retryAfter: Int?
        /// The cookies that are set, as a browser sends them back.
        var cookies: [String] = []
        var body: Data

        /// A text member of the body; empty where there is none.
        func text(_ member: String) -> String {
            let object = (try? JSONSerialization.jsonObject(with: body)) as? [String: Any]
            return object?[member] as? String ?? ""
        }
    }

    /// Sends a request and takes its answer.
    func exchange(_ request: Data) throws -> Answer {
        try LoopbackSocket.send(request, to: descriptor)
        var received = Data()
        var buffer = [UInt8](repeating: 0, count: 64 * 1024)
        while true {
            if let answer = try Self.answer(in: received) { return answer }
            let count = recv(descriptor, &buffer, buffer.count, 0)
            guard count > 0 else { throw BenchmarkError("the service ended a connection, or is silent") }
            received.append(contentsOf: buffer.prefix(count))
        }
    }

    /// A request as it is sent.
    static func request(
        _ method: String,
        _ target: String,
        token: String? = nil,
        cookie: String? = nil,
        type: String = "application/json",
        _ body: String = ""
    ) -> Data {
        var lines = ["\(method) \(target) HTTP/1.1", "Host: localhost"]
        if let cookie { lines.append("Cookie: \(cookie)") }
        if let token { lines.append("Authorization: Bearer \(token)") }
        if method != "GET" {
            lines.append("Content-Length: \(body.utf8.count)")
            if !body.isEmpty { lines.append("Content-Type: \(type)") }
        }
        return Data((lines.joined(separator: "\r\n") + "\r\n\r\n" + body).utf8)
    }

    /// The answer, once all of it has come.
    static func answer(in received: Data) throws -> Answer? {
        guard let end = received.range(of: Data("\r\n\r\n".utf8)) else { return nil }
        let head = String(decoding: received[..<end.lowerBound], as: UTF8.self)
        func field(_ name: String) -> Int? {
            let line = head.split(separator: "\r\n").first { $0.lowercased().hasPrefix("\(name):") }
            return line.flatMap { Int($0.dropFirst(name.count + 1).trimmingCharacters(in: .whitespaces)) }
        }
        guard let status = head.split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else {
            throw BenchmarkError("no status line: \(head.prefix(60))")
        }
        let body = received[end.upperBound...]
        guard body.count >= field("content-length") ?? 0 else { return nil }
        let cookies = head.split(separator: "\r\n").filter { $0.hasPrefix("Set-Cookie: ") }
            .map { String($0.dropFirst("Set-Cookie: ".count).prefix { $0 != ";" }) }
        return Answer(status: status, retryAfter: field("retry-after"), cookies: cookies, body: Data(body))
    }
}

/// Sockets of this machine.
enum LoopbackSocket {
    /// A connected stream socket.
    static func connected(port: UInt16, from host: UInt32) throws -> Int32 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw failure("socket") }
        var yes: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
        let isConnected =
            call(bind, descriptor, host: host, port: 0) && call(connect, descriptor, host: 1, port: port)
        guard isConnected else {
            defer { close(descriptor) }
            throw failure("connect")
        }
        return descriptor
    }

    static func send(_ data: Data, to descriptor: Int32) throws {
        try data.withUnsafeBytes { bytes in
            var sent = 0
            while sent < bytes.count {
                let count = Glibc.send(descriptor, bytes.baseAddress! + sent, bytes.count - sent, Int32(MSG_NOSIGNAL))
                guard count > 0 else { throw failure("send") }
                sent += count
            }
        }
    }

    private static func call(
        _ function: (Int32, UnsafePointer<sockaddr>?, socklen_t) -> Int32,
        _ descriptor: Int32,
        host: UInt32,
        port: UInt16
    ) -> Bool {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = (127 << 24 | host).bigEndian
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                function(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }

    private static func failure(_ what: String) -> BenchmarkError {
        BenchmarkError("\(what): \(String(cString: strerror(errno)))")
    }
}

/// How many files and sockets this process may hold.
enum DescriptorLimit {
    /// Raises it as far as it may be; processes that are started afterwards inherit it.
    static func raise() {
        var files = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &files)
        files.rlim_cur = files.rlim_max
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &files)
    }
}
