import Foundation
import Glibc

/// A client that sends exactly the bytes it is given. It blocks, so it belongs on a thread of its own.
final class RawClient: Sendable {
    struct Failure: Error {
        let reason: String
    }

    struct Response: Sendable {
        var status = 0
        var headers: [(name: String, value: String)] = []
        var body = Data()

        func values(_ name: String) -> [String] {
            headers.filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
        }

        var text: String { String(decoding: body, as: UTF8.self) }
    }

    private let descriptor: Int32

    init(port: UInt16, receiveBuffer: Int32? = nil) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var timeout = timeval(tv_sec: 60, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
        if var receiveBuffer {
            setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &receiveBuffer, socklen_t(MemoryLayout<Int32>.size))
        }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw Failure(reason: "connect: \(String(cString: strerror(errno)))") }
    }

    deinit {
        close(descriptor)
    }

    func send(_ text: String) throws {
        try send(Array(text.utf8))
    }

    func send(_ bytes: [UInt8]) throws {
        guard trySend(bytes) == bytes.count else { throw Failure(reason: "send: \(String(cString: strerror(errno)))") }
    }

    /// Sends as much as the server takes.
    func trySend(_ bytes: [UInt8]) -> Int {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { break }
            sent += count
        }
        return sent
    }

    /// The next bytes, empty at the end of the connection; nil if nothing came in time.
    func receive(_ maximum: Int = 64 * 1024) -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: maximum)
        let count = recv(descriptor, &buffer, maximum, 0)
        if count < 0 { return errno == EAGAIN ? nil : [] }
        return Array(buffer.prefix(count))
    }

    /// Everything until the server closes the connection.
    func receiveAll() throws -> [UInt8] {
        var all: [UInt8] = []
        while true {
            guard let bytes = receive() else { throw Failure(reason: "the server did not close the connection") }
            if bytes.isEmpty { return all }
            all += bytes
        }
    }

    func receive(untilSuffix suffix: String) throws -> String {
        var text: [UInt8] = []
        while !text.reversed().starts(with: suffix.utf8.reversed()) {
            guard let byte = receive(1), !byte.isEmpty else {
                throw Failure(reason: "ended early after: \(String(decoding: text, as: UTF8.self))")
            }
            text += byte
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// One response with a Content-Length, or without content.
    func receiveResponse(withoutBody: Bool = false) throws -> Response {
        var response = Response()
        let lines = try receive(untilSuffix: "\r\n\r\n").components(separatedBy: "\r\n").filter { !$0.isEmpty }
        let words = (lines.first ?? "").split(separator: " ")
        guard words.count >= 2, words[0].hasPrefix("HTTP/1."), let status = Int(words[1]) else {
            throw Failure(reason: "no status line: \(lines)")
        }
        response.status = status
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2 else { throw Failure(reason: "no header field: \(line)") }
            response.headers.append((String(parts[0]), parts[1].trimmingCharacters(in: .whitespaces)))
        }
        let length = Int(response.values("Content-Length").first ?? "0") ?? 0
        while !withoutBody, response.body.count < length {
            guard let bytes = receive(length - response.body.count), !bytes.isEmpty else {
                throw Failure(reason: "the content ended early")
            }
            response.body.append(contentsOf: bytes)
        }
        return response
    }

    /// Whether the server closes the connection without sending any more.
    func isClosedByServer() -> Bool {
        receive(1)?.isEmpty ?? false
    }
}

/// Runs blocking work on a thread of its own, away from the pool on which handlers run.
func onThread<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
    try await withCheckedThrowingContinuation { continuation in
        Thread.detachNewThread {
            continuation.resume(with: Swift.Result { try body() })
        }
    }
}
