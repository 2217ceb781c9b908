import Foundation

/// What candidates in an exam feel: they look at their attempt and save an answer, by a fixed timetable.
///
/// A time counts from the moment the request was due, so that a service that stands still is not measured less often.
struct ExamProbe {
    static let requestsPerSecond = 50

    let port: UInt16
    let candidate: LoginFloodService.Examinee
    let number: Int

    /// Milliseconds of each request.
    struct Times {
        var reads: [Double] = []
        var saves: [Double] = []
    }

    func run(seconds: Int) throws -> Times {
        let connection = try LoopbackConnection(port: port, from: 0x01_0000 + UInt32(number))
        let clock = ContinuousClock()
        let attempt = "/v1/attempts/\(candidate.attempt)"
        let read = LoopbackConnection.request("GET", attempt, token: candidate.token)
        var times = Times()
        let start = clock.now
        for step in 0..<seconds * Self.requestsPerSecond {
            let due = start + .microseconds(1_000_000 / Self.requestsPerSecond) * step
            let early = (due - clock.now) / .seconds(1)
            if early > 0 { Thread.sleep(forTimeInterval: early) }
            let saves = step % 2 == 1
            let answer = #"{"type":"truth","value":\#(step % 4 == 1)}"#
            let request =
                saves
                ? LoopbackConnection.request("PUT", "\(attempt)/answers/1", token: candidate.token, answer) : read
            let reply = try connection.exchange(request)
            guard reply.status == 200 else { throw BenchmarkError("an examinee got \(reply.status)") }
            let milliseconds = (clock.now - due) / .milliseconds(1)
            if saves { times.saves.append(milliseconds) } else { times.reads.append(milliseconds) }
        }
        return times
    }
}

/// A browser that keeps the cookie by which the service knows it.
final class KnownBrowser: @unchecked Sendable {
    private let lock = NSLock()
    // Guarded by `lock`.
    private var value: String?

    var cookie: String? { lock.withLock { value } }

    func take(_ cookies: [String]) {
        guard let device = cookies.first(where: { $0.hasPrefix("__Host-attestd_device=") }) else { return }
        lock.withLock { value = device }
    }
}

/// Somebody who logs in with the right password, waits as long as the service asks where it turns them away, and does
/// so again and again.
struct LoginProbe {
    let port: UInt16
    let email: String
    let number: Int
    /// Where they have logged in before; `nil` for somebody at a device that nobody knows.
    var browser: KnownBrowser?

    /// What came of the logins.
    struct Outcome {
        /// Seconds from the first try until the person was in.
        var seconds: [Double] = []
        var turnedAway: [Int: Int] = [:]

        mutating func add(_ other: Outcome) {
            seconds += other.seconds
            turnedAway.merge(other.turnedAway, uniquingKeysWith: +)
        }
    }

    /// - Parameter seconds: afterwards no new login is begun; the last one goes on until it succeeds.
    func run(seconds: Int) throws -> Outcome {
        let clock = ContinuousClock()
        let end = clock.now + .seconds(seconds)
        var outcome = Outcome()
        while clock.now < end {
            outcome.seconds.append(try once(&outcome))
            Thread.sleep(forTimeInterval: 1)
        }
        return outcome
    }

    /// Logs in once, however long it takes; no longer than ten minutes.
    func once(_ outcome: inout Outcome) throws -> Double {
        let clock = ContinuousClock()
        let start = clock.now
        let delivery = browser == nil ? "token" : "cookie"
        let form = #"{"email":"\#(email)","password":"\#(LoginFloodService.password)","deliver":"\#(delivery)"}"#
        while clock.now - start < .seconds(600) {
            let connection = try LoopbackConnection(port: port, from: 0x02_0000 + UInt32(number))
            let answer = try connection.exchange(
                LoopbackConnection.request("POST", "/v1/login", cookie: browser?.cookie, form)
            )
            if answer.status == 200 {
                browser?.take(answer.cookies)
                return (clock.now - start) / .seconds(1)
            }
            guard [429, 503].contains(answer.status) else { throw BenchmarkError("a login got \(answer.status)") }
            outcome.turnedAway[answer.status, default: 0] += 1
            Thread.sleep(forTimeInterval: Double(answer.retryAfter ?? 1))
        }
        throw BenchmarkError("a legitimate login was not let in for ten minutes")
    }
}
