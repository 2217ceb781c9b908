package import Foundation
import Glibc

/// One connection to a server on this machine. It sends exactly what it is given, and blocks.
package final class Connection: Sendable {
    private let descriptor: Int32

    /// How long a server may be silent before a test gives up, in seconds: nothing is measured by it.
    private static let patience = 180

    /// - Parameter host: the third number of the address 127.0.n.1 from which the server sees it come.
    package init(port: UInt16, from host: UInt8? = nil) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var timeout = timeval(tv_sec: Self.patience, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
        if let host {
            guard Self.call(bind, descriptor, host, port: 0) else { throw TestFailure("bind: \(errno)") }
        }
        guard Self.call(connect, descriptor, 0, port: port) else {
            throw TestFailure("connect: \(String(cString: strerror(errno)))")
        }
    }

    private static func call(
        _ function: (Int32, UnsafePointer<sockaddr>?, socklen_t) -> Int32,
        _ descriptor: Int32,
        _ host: UInt8,
        port: UInt16
    ) -> Bool {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = (UInt32(0x7F00_0001) + UInt32(host) << 8).bigEndian
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                function(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }

    deinit {
        close(descriptor)
    }

    /// Ends the connection for both sides, also for a thread that waits in `receive`.
    package func cut() {
        shutdown(descriptor, Int32(SHUT_RDWR))
    }

    /// Sends; stops quietly where the server has stopped listening, since its answer may be there already.
    package func send(_ data: Data) {
        data.withUnsafeBytes { bytes in
            var sent = 0
            while sent < bytes.count {
                let count = Glibc.send(descriptor, bytes.baseAddress! + sent, bytes.count - sent, Int32(MSG_NOSIGNAL))
                guard count > 0 else { return }
                sent += count
            }
        }
    }

    package func send(_ request: Request, headOnly: Bool = false) {
        send(headOnly ? request.head : request.head + request.body)
    }

    /// The next bytes; empty at the end of the connection.
    package func receive(_ most: Int = 64 * 1024) throws -> Data {
        var buffer = [UInt8](repeating: 0, count: most)
        let count = recv(descriptor, &buffer, most, 0)
        guard count >= 0 else {
            if errno == ECONNRESET { return Data() }
            throw TestFailure("receive: \(String(cString: strerror(errno)))")
        }
        return Data(buffer.prefix(count))
    }

    /// The next line without its end, read byte by byte; `nil` at the end of the connection.
    package func receiveLine() throws -> String? {
        var line = Data()
        while true {
            let byte = try receive(1)
            guard let value = byte.first else { return line.isEmpty ? nil : String(decoding: line, as: UTF8.self) }
            if value == 0x0A { break }
            line.append(value)
        }
        if line.last == 0x0D { line.removeLast() }
        return String(decoding: line, as: UTF8.self)
    }

    /// The status line and the header fields.
    package func receiveHead() throws -> Reply {
        guard let first = try receiveLine() else { throw TestFailure("the connection ended without an answer") }
        let words = first.split(separator: " ")
        guard words.count >= 2, words[0].hasPrefix("HTTP/1."), let status = Int(words[1]) else {
            throw TestFailure("no status line: \(first)")
        }
        var reply = Reply(status: status)
        while let line = try receiveLine(), !line.isEmpty {
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2 else { throw TestFailure("no header field: \(line)") }
            reply.headers.append((String(parts[0]), parts[1].trimmingCharacters(in: .whitespaces)))
        }
        return reply
    }

    /// One answer with a Content-Length, or without content.
    package func receiveReply() throws -> Reply {
        var reply = try receiveHead()
        while reply.status == 100 { reply = try receiveHead() }
        let length = Int(reply.header("Content-Length") ?? "0") ?? 0
        while reply.body.count < length {
            let bytes = try receive(min(length - reply.body.count, 64 * 1024))
            guard !bytes.isEmpty else { throw TestFailure("the content ended early") }
            reply.body.append(bytes)
        }
        return reply
    }

    /// Sends a request and takes its answer; the connection stays usable.
    package func exchange(_ request: Request) throws -> Reply {
        send(request)
        return try receiveReply()
    }
}

/// One request.
package struct Request: Sendable {
    package var method: String
    package var target: String
    package var headers: [(String, String)]
    package var body: Data

    package init(_ method: String, _ target: String, headers: [(String, String)] = [], body: Data = Data()) {
        self.method = method
        self.target = target
        self.headers = headers
        self.body = body
    }

    /// The request line and the header fields; Host and Content-Length are added where they are not given.
    package var head: Data {
        var lines = ["\(method) \(target) HTTP/1.1"]
        func has(_ name: String) -> Bool { headers.contains { $0.0.lowercased() == name } }
        if !has("host") { lines.append("Host: localhost") }
        if !has("content-length") && !has("transfer-encoding") && (!body.isEmpty || method != "GET") {
            lines.append("Content-Length: \(body.count)")
        }
        lines += headers.map { "\($0.0): \($0.1)" }
        return Data((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
    }
}

/// One answer.
package struct Reply: Sendable {
    package var status: Int
    package var headers: [(String, String)] = []
    package var body = Data()

    /// The first value of a header field.
    package func header(_ name: String) -> String? {
        headers.first { $0.0.lowercased() == name.lowercased() }?.1
    }

    /// The content as text.
    package var text: String { String(decoding: body, as: UTF8.self) }

    /// The content as JSON; `null` where it is none.
    package var json: JSON { (try? JSON(body)) ?? .null }

    /// The code of a problem document.
    package var code: String? { json["code"].string }

    /// The codes of a problem document's faults.
    package var faultCodes: [String] { json["faults"].array.compactMap(\.["code"].string) }

    /// The places of a problem document's faults.
    package var faultPointers: [String] { json["faults"].array.compactMap(\.["pointer"].string) }
}
