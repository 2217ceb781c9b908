import Foundation
import Glibc

/// Sends wrong logins at a fixed rate, whether the earlier ones are answered or not, each on a connection of its own
/// and from one of many addresses.
struct LoginFlood {
    static let perSecond = 100
    /// So many addresses that none of them is throttled before each has tried fifty times.
    static let addresses: UInt32 = 400

    let port: UInt16
    /// The login that the n-th try names.
    let email: @Sendable (Int) -> String

    /// What came of it.
    struct Outcome {
        var sent = 0
        var statuses: [Int: Int] = [:]
        /// The longest wait, in seconds, that a throttle named.
        var longestWait = 0
    }

    /// Floods until told to stop, then takes the answers that are still to come; blocks.
    func run(while isWanted: @Sendable () -> Bool) throws -> Outcome {
        let clock = ContinuousClock()
        let start = clock.now
        var outcome = Outcome()
        var open: [pollfd] = []
        while true {
            let due = start + .microseconds(1_000_000 / Self.perSecond) * outcome.sent
            let isOver = !isWanted()
            if !isOver, clock.now >= due {
                open.append(pollfd(fd: try send(outcome.sent), events: Int16(POLLIN), revents: 0))
                outcome.sent += 1
                continue
            }
            if isOver, open.isEmpty || clock.now > due + .seconds(30) { break }
            let pause = isOver ? 100 : max(1, Int((due - clock.now) / .milliseconds(1)))
            guard poll(&open, nfds_t(open.count), Int32(pause)) > 0 else { continue }
            for answered in open where answered.revents != 0 { take(answered.fd, &outcome) }
            open.removeAll { $0.revents != 0 }
        }
        for unanswered in open { close(unanswered.fd) }
        return outcome
    }

    private func send(_ number: Int) throws -> Int32 {
        let address = 0x64_0000 + UInt32(number) % Self.addresses
        let descriptor = try LoopbackSocket.connected(port: port, from: address)
        let form = #"{"email":"\#(email(number))","password":"not the password"}"#
        try LoopbackSocket.send(LoopbackConnection.request("POST", "/v1/login", form), to: descriptor)
        return descriptor
    }

    /// The head of an answer comes in one piece.
    private func take(_ descriptor: Int32, _ outcome: inout Outcome) {
        defer { close(descriptor) }
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        let head = String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
        let status = head.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        outcome.statuses[status, default: 0] += 1
        guard status == 429, let field = head.firstRange(of: "Retry-After: ") else { return }
        let seconds = head[field.upperBound...].prefix { $0.isNumber }
        outcome.longestWait = max(outcome.longestWait, Int(seconds) ?? 0)
    }
}
