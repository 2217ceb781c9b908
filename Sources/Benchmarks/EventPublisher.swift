import Foundation

/// Posts numbered events at an even pace on a thread of its own, and notes when.
final class EventPublisher: @unchecked Sendable {
    private let connection: LoopbackConnection
    private let request: @Sendable (Int) -> Data
    private let lock = NSLock()
    // Guarded by `lock`.
    private var times: [Double] = []
    private var failure: (any Error)?
    private var done = DispatchSemaphore(value: 0)

    /// - Parameter request: the bytes that post the event of a number.
    init(port: UInt16, request: @escaping @Sendable (Int) -> Data) throws {
        connection = try LoopbackConnection(port: port, from: 0x04_0001)
        self.request = request
    }

    /// When each event was posted, in the order of their numbers.
    var posted: [Double] { lock.withLock { times } }

    /// Begins to post.
    func start(_ count: Int, perSecond: Double) {
        let start = EventSubscribers.now + 0.05
        Thread.detachNewThread { [self] in
            for number in 0..<count {
                let pause = start + Double(number) / perSecond - EventSubscribers.now
                if pause > 0 { Thread.sleep(forTimeInterval: pause) }
                do { try post() } catch {
                    lock.withLock { failure = error }
                    break
                }
            }
            done.signal()
        }
    }

    /// Waits until all are posted.
    ///
    /// - Throws: why one was not taken.
    func finish() throws {
        done.wait()
        if let failure = lock.withLock({ failure }) { throw failure }
    }

    private func post() throws {
        let number = lock.withLock {
            times.append(EventSubscribers.now)
            return times.count - 1
        }
        let answer = try connection.exchange(request(number))
        guard (200...202).contains(answer.status) else {
            throw BenchmarkError("an event was not taken: \(answer.status)")
        }
    }
}
