import Foundation

/// Remembers for a minute who was told to come again because too many waited, so that they go before those who come for
/// the first time. It is one login from one place that is remembered: whoever tries many logins is new each time.
final class PutOffLogins: @unchecked Sendable {
    /// For how many seconds they are remembered; they are told to come in five.
    static let memory: TimeInterval = 60
    /// How many are remembered; of more, nobody is until the minute is over.
    static let most = 10_000

    private struct Pair: Hashable {
        var key: String
        var site: String
    }

    private let lock = NSLock()
    // Guarded by `lock`.
    private var times: [Pair: Date] = [:]

    /// Notes that a login was put off.
    func note(_ key: String, from site: String, at now: Date) {
        lock.withLock {
            if times.count >= Self.most { times = times.filter { Self.isFresh($0.value, at: now) } }
            guard times.count < Self.most else { return }
            times[Pair(key: key, site: site)] = now
        }
    }

    /// Whether a login was put off a moment ago.
    func isBack(_ key: String, from site: String, at now: Date) -> Bool {
        lock.withLock { times[Pair(key: key, site: site)].map { Self.isFresh($0, at: now) } ?? false }
    }

    /// Forgets that a login was put off, because it has had its turn.
    func forget(_ key: String, from site: String) {
        lock.withLock { times[Pair(key: key, site: site)] = nil }
    }

    private static func isFresh(_ time: Date, at now: Date) -> Bool { now.timeIntervalSince(time) < memory }
}
