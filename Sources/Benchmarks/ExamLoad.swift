import Foundation
import Glibc

/// Many candidates at once, each on a kept-alive connection and by a timetable of their own, driven by one thread.
///
/// A time counts from the moment the request was due, so that a service that stands still is not measured less often.
final class ExamLoad {
    /// A request that is due, and what is to be known of it once it is answered.
    struct Request {
        /// Seconds from the beginning.
        var due: Double
        var candidate: Int
        var bytes: Data
    }

    /// What became of a request.
    struct Reply {
        var request: Int
        /// From when it was due until its answer was there.
        var milliseconds: Double
        var status: Int
        var body: Data
    }

    private final class Candidate {
        let descriptor: Int32
        /// Requests that are due and wait for the one before, and the one that is out.
        var queue: [Int] = []
        var isOut = false
        var isLost = false
        var received = Data()

        init(_ descriptor: Int32) { self.descriptor = descriptor }

        deinit { close(descriptor) }
    }

    private let candidates: [Candidate]

    /// Connects so many candidates, each from an address of their own.
    init(port: UInt16, candidates count: Int) throws {
        DescriptorLimit.raise()
        candidates = try (0..<count).map { number in
            Candidate(try LoopbackSocket.connected(port: port, from: 0x03_0000 + UInt32(number)))
        }
    }

    /// Sends each request when it is due and takes the answers; a candidate's next request waits for the answer before.
    ///
    /// - Parameters:
    ///   - requests: in the order of their times.
    ///   - end: ends the service after so many seconds; whatever it has answered until then is still taken.
    /// - Throws: `BenchmarkError` where the service ends a connection by itself.
    func run(_ requests: [Request], end: (after: Double, service: () -> Void)? = nil) throws -> [Reply] {
        let clock = ContinuousClock()
        let start = clock.now
        var elapsed: Double { (clock.now - start) / .seconds(1) }
        var replies: [Reply] = []
        var next = 0
        var hasEnded = false
        var polled = candidates.map { pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0) }
        while replies.count < requests.count, !(hasEnded && candidates.allSatisfy(\.isLost)) {
            if let end, !hasEnded, elapsed >= end.after {
                end.service()
                hasEnded = true
            }
            while !hasEnded, next < requests.count, requests[next].due <= elapsed {
                candidates[requests[next].candidate].queue.append(next)
                try send(requests, of: candidates[requests[next].candidate])
                next += 1
            }
            let pause = next < requests.count ? min(100, max(0, requests[next].due - elapsed) * 1_000) : 100
            guard poll(&polled, nfds_t(polled.count), Int32(pause.rounded(.up))) > 0 else { continue }
            for index in polled.indices where polled[index].revents != 0 {
                let candidate = candidates[index]
                guard let answer = try receive(candidate), let number = candidate.queue.first else {
                    guard candidate.isLost else { continue }
                    guard hasEnded else { throw BenchmarkError("the service ended a candidate's connection") }
                    polled[index].fd = -1
                    continue
                }
                let reply = Reply(
                    request: number,
                    milliseconds: (elapsed - requests[number].due) * 1_000,
                    status: answer.status,
                    body: answer.body
                )
                replies.append(reply)
                candidate.queue.removeFirst()
                candidate.isOut = false
                if !hasEnded { try send(requests, of: candidate) }
            }
        }
        return replies
    }

    private func send(_ requests: [Request], of candidate: Candidate) throws {
        guard !candidate.isOut, let number = candidate.queue.first else { return }
        try LoopbackSocket.send(requests[number].bytes, to: candidate.descriptor)
        candidate.isOut = true
    }

    /// What has come, once it is a whole answer.
    private func receive(_ candidate: Candidate) throws -> LoopbackConnection.Answer? {
        var buffer = [UInt8](repeating: 0, count: 64 * 1024)
        let count = recv(candidate.descriptor, &buffer, buffer.count, 0)
        guard count > 0 else {
            candidate.isLost = true
            return nil
        }
        candidate.received.append(contentsOf: buffer.prefix(count))
        guard let answer = try LoopbackConnection.answer(in: candidate.received) else { return nil }
        candidate.received.removeAll()
        return answer
    }
}
