import Foundation
import Glibc

/// Many subscribers to server-sent events on one thread, which notes when each event reaches each of them.
///
/// Events carry their number as `"n":"17"`, those of the service and those of the peer alike.
final class EventSubscribers {
    /// What one round of events came to.
    struct Round {
        /// Milliseconds from when an event was posted until a subscriber had it, one for each event and subscriber.
        var latencies: [Double] = []
        /// Events that a subscriber should have had and did not get, or got twice.
        var missed = 0
        var repeated = 0
    }

    private final class Subscriber {
        var descriptor: Int32
        var received: [UInt8] = []
        var lastID = ""
        /// The numbers of the events it got.
        var numbers: [Int] = []

        init(_ descriptor: Int32) { self.descriptor = descriptor }
    }

    private let port: UInt16
    private let request: @Sendable (String?) -> Data
    private var subscribers: [Subscriber] = []
    private var polled: [pollfd] = []
    private var buffer = [UInt8](repeating: 0, count: 64 * 1_024)

    /// - Parameter request: the bytes that subscribe, behind the event with this identifier.
    init(port: UInt16, request: @escaping @Sendable (String?) -> Data) {
        self.port = port
        self.request = request
    }

    deinit {
        for subscriber in subscribers { close(subscriber.descriptor) }
    }

    /// Connects so many, and waits until each has got the head of its answer.
    func connect(_ count: Int) throws {
        for number in 0..<count { subscribers.append(Subscriber(try open(number, behind: nil))) }
        watch()
        let deadline = Self.now + 60
        var ready = Set<Int>()
        while ready.count < count {
            guard Self.now < deadline else { throw BenchmarkError("\(ready.count) of \(count) subscribers connected") }
            try wait(0.5) { ready.insert($0) }
        }
    }

    /// Breaks all connections at once and connects all anew, each behind the last event that it got; answers when all
    /// have caught up with `number`, in seconds from the beginning.
    func reconnect(untilAllHave number: () -> Int) throws -> Double {
        let start = Self.now
        for subscriber in subscribers {
            close(subscriber.descriptor)
            subscriber.received = []
        }
        for (index, subscriber) in subscribers.enumerated() {
            subscriber.descriptor = try open(index, behind: subscriber.lastID)
        }
        watch()
        try wait(untilAllHave: number())
        return Self.now - start
    }

    /// Takes events until every subscriber has this one.
    func wait(untilAllHave number: Int) throws {
        let start = Self.now
        while subscribers.contains(where: { ($0.numbers.last ?? -1) < number }) {
            guard Self.now - start < 60 else {
                throw BenchmarkError("not all subscribers have caught up after a minute")
            }
            try wait(0.2) { _ in }
        }
    }

    /// Takes events until every subscriber has the last one or `patience` seconds have gone by since it was posted.
    ///
    /// - Parameter posted: when each event was posted; it grows while this runs.
    func take(_ numbers: Range<Int>, posted: () -> [Double], patience: Double = 10) throws -> Round {
        for subscriber in subscribers { subscriber.numbers.removeAll { numbers.contains($0) } }
        var round = Round()
        var waiting = subscribers.count
        var last = Self.now
        while waiting > 0, Self.now - last < patience {
            try wait(0.1) { _ in
            } arrival: { number, at in
                guard numbers.contains(number) else { return }
                last = at
                round.latencies.append((at - posted()[number]) * 1_000)
                if number == numbers.upperBound - 1 { waiting -= 1 }
            }
            if posted().count < numbers.upperBound { last = Self.now }
        }
        for subscriber in subscribers {
            let got = subscriber.numbers.filter { numbers.contains($0) }
            round.missed += numbers.count - Set(got).count
            round.repeated += got.count - Set(got).count
        }
        return round
    }

    /// How many events up to a number somebody has missed, or got twice, since the beginning.
    func gaps(upTo number: Int) -> (missed: Int, repeated: Int) {
        subscribers.reduce(into: (0, 0)) { sum, subscriber in
            let got = subscriber.numbers.filter { $0 <= number }
            sum.0 += number + 1 - Set(got).count
            sum.1 += got.count - Set(got).count
        }
    }

    /// Seconds by the machine's own clock, from some moment on.
    static var now: Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    // MARK: - Sockets

    private func open(_ number: Int, behind id: String?) throws -> Int32 {
        let descriptor = try LoopbackSocket.connected(port: port, from: 0x05_0000 + UInt32(number))
        try LoopbackSocket.send(request(id), to: descriptor)
        return descriptor
    }

    private func watch() {
        polled = subscribers.map { pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0) }
    }

    private func wait(
        _ seconds: Double,
        heard: (Int) -> Void,
        arrival: (Int, Double) -> Void = { _, _ in }
    ) throws {
        guard poll(&polled, nfds_t(polled.count), Int32(seconds * 1_000)) > 0 else { return }
        for index in polled.indices where polled[index].revents != 0 {
            let subscriber = subscribers[index]
            let size = recv(subscriber.descriptor, &buffer, buffer.count, Int32(MSG_DONTWAIT))
            guard size > 0 else { throw BenchmarkError("the service ended a subscriber's connection") }
            let at = Self.now
            subscriber.received += buffer[0..<size]
            heard(index)
            take(subscriber, at: at, arrival)
        }
    }

    /// Takes the whole lines that have come; what is not whole yet waits.
    private func take(_ subscriber: Subscriber, at: Double, _ arrival: (Int, Double) -> Void) {
        var start = 0
        while let end = subscriber.received[start...].firstIndex(of: UInt8(ascii: "\n")) {
            let line = subscriber.received[start..<end]
            start = end + 1
            if line.starts(with: "id: ".utf8) {
                subscriber.lastID = String(decoding: line.dropFirst(4), as: UTF8.self)
                    .trimmingCharacters(in: .whitespacesAndNewlines)
            } else if line.starts(with: "data: ".utf8), let number = Self.number(in: line) {
                subscriber.numbers.append(number)
                arrival(number, at)
            }
        }
        subscriber.received.removeFirst(start)
    }

    /// The number in `"n":"17"`.
    private static func number(in line: ArraySlice<UInt8>) -> Int? {
        let marker = Array(#""n":""#.utf8)
        guard line.count > marker.count else { return nil }
        for start in line.startIndex...(line.endIndex - marker.count)
        where line[start..<start + marker.count].elementsEqual(marker) {
            let digits = line[(start + marker.count)...].prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            return Int(String(decoding: digits, as: UTF8.self))
        }
        return nil
    }
}
