import Foundation

/// Counts the logins that a throttle turns away, so that a flood of them becomes a record a minute and not one each.
///
/// The first one of a minute is recorded at once; the others wait here for the record that tells their number. At most
/// a minute's number is lost with the process, never the fact.
final class ThrottledTries: @unchecked Sendable {
    /// Tries to be recorded.
    struct Batch: Hashable, Sendable {
        /// The account that was tried, where it is one and known.
        var subject: UUID?
        /// How many.
        var count: Int
    }

    private struct Window {
        var begin: Date
        var batch: Batch
    }

    static let windowSeconds: TimeInterval = 60
    /// How many logins are counted apart; those beyond share one window.
    static let mostWindows = 10_000

    private let lock = NSLock()
    // Guarded by `lock`; by the throttle's key.
    private var windows: [String: Window] = [:]

    /// Counts a try; answers what to record now, or `nil` where it has been counted for later.
    func note(_ key: String, subject: UUID?, at now: Date) -> Batch? {
        lock.withLock {
            let isCountedApart = windows[key] != nil || windows.count < Self.mostWindows
            let (key, subject) = isCountedApart ? (key, subject) : ("", nil)
            if let window = windows[key], now.timeIntervalSince(window.begin) < Self.windowSeconds {
                windows[key]?.batch.count += 1
                return nil
            }
            let waiting = windows[key]?.batch.count ?? 0
            windows[key] = Window(begin: now, batch: Batch(subject: subject, count: 0))
            return Batch(subject: subject, count: waiting + 1)
        }
    }

    /// Takes what waits in windows that are over, or in all.
    func take(at now: Date, all: Bool = false) -> [Batch] {
        lock.withLock {
            let over = windows.filter { all || now.timeIntervalSince($0.value.begin) >= Self.windowSeconds }
            for key in over.keys { windows[key] = nil }
            return over.values.map(\.batch).filter { $0.count > 0 }
        }
    }
}
