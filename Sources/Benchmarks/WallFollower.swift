import Foundation
import Glibc

/// An examiner's stream of an exam's events, which notes when it tells of each identification.
final class WallFollower: @unchecked Sendable {
    /// What a frame is answered with.
    struct Verdict: Decodable {
        var identification_id: String
    }

    private let descriptor: Int32
    private let lock = NSLock()
    // Guarded by `lock`.
    private var arrivals: [String: Double] = [:]

    init(port: UInt16, exam: String, token: String) throws {
        let after = try Self.newest(port: port, exam: exam, token: token)
        descriptor = try LoopbackSocket.connected(port: port, from: 0x06_0002)
        // By HTTP/1.0 nothing stands between the lines: chunks begin with lines of their own.
        let head =
            "GET /v1/exams/\(exam)/events/stream?after=\(after) HTTP/1.0\r\nHost: localhost\r\nAccept: text/event-stream\r\n"
            + "Authorization: Bearer \(token)\r\n\r\n"
        try LoopbackSocket.send(Data(head.utf8), to: descriptor)
        Thread.detachNewThread { [self] in take() }
    }

    /// The index of the exam's newest event, behind which the wall's page begins to follow.
    private static func newest(port: UInt16, exam: String, token: String) throws -> Int {
        struct Page: Decodable {
            struct Event: Decodable { var index: Int }
            var events: [Event]
        }
        let connection = try LoopbackConnection(port: port, from: 0x06_0003)
        var last = 0
        while true {
            let target = "/v1/exams/\(exam)/events?limit=500&after=\(last)"
            let body = try connection.exchange(LoopbackConnection.request("GET", target, token: token)).body
            guard let newest = try JSONDecoder().decode(Page.self, from: body).events.last else { return last }
            last = newest.index
        }
    }

    private func take() {
        var received = Data()
        var buffer = [UInt8](repeating: 0, count: 64 * 1_024)
        let marker = Data(#""identification_id":""#.utf8)
        while true {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            guard count > 0 else { return }
            let now = EventSubscribers.now
            received.append(contentsOf: buffer.prefix(count))
            while let end = received.firstIndex(of: UInt8(ascii: "\n")) {
                let line = received[..<end]
                if let start = line.range(of: marker)?.upperBound {
                    let id = String(decoding: line[start..<line.index(start, offsetBy: 36)], as: UTF8.self)
                    lock.withLock { arrivals[id] = arrivals[id] ?? now }
                }
                received.removeSubrange(...end)
            }
        }
    }

    /// Waits a moment until so many have come, ends the stream, and answers when each identification was told of.
    func end(expecting count: Int) -> [String: Double] {
        for _ in 0..<50 where lock.withLock({ arrivals.count }) < count { Thread.sleep(forTimeInterval: 0.1) }
        Thread.sleep(forTimeInterval: 0.5)
        shutdown(descriptor, Int32(SHUT_RDWR))
        close(descriptor)
        return lock.withLock { arrivals }
    }
}
