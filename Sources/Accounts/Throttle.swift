public import Foundation

/// Slows down guessing: after some free tries each failure doubles the wait (NIST SP 800-63B 5.2.2).
///
/// The state is persisted, so a restart of the service forgives nothing.
public struct Throttle: Hashable, Sendable {
    /// Failures since the last success.
    public var failures: Int
    /// Before this time no try is looked at.
    public var blockedUntil: Date
    /// When the last failure happened.
    public var lastFailureAt: Date

    /// A state as it was stored.
    public init(failures: Int, blockedUntil: Date, lastFailureAt: Date) {
        self.failures = failures
        self.blockedUntil = blockedUntil
        self.lastFailureAt = lastFailureAt
    }

    /// How fast the waits grow.
    public struct Rule: Hashable, Sendable {
        /// Tries before the first wait.
        public var free: Int
        /// The first wait, in seconds; each further failure doubles it.
        public var firstWait: TimeInterval
        /// The longest wait, in seconds: nobody legitimate is locked out for longer.
        public var longestWait: TimeInterval
        /// After so many quiet seconds everything is forgiven.
        public var forgivenAfter: TimeInterval

        /// One account: five free tries, then 2 s, 4 s, … 15 min.
        public static let account = Rule(free: 5, firstWait: 2, longestWait: 900, forgivenAfter: 86_400)
        /// The second factor of one account, and passwords that are asked for again: who gets there knows the password or
        /// holds a session. A code of six digits stands against three at once; a try an hour finds one in forty years.
        public static let secondFactor = Rule(free: 5, firstWait: 30, longestWait: 3_600, forgivenAfter: 86_400)
        /// One network address: many people may share it.
        public static let address = Rule(free: 50, firstWait: 1, longestWait: 60, forgivenAfter: 3_600)
    }

    /// The state after one more failure.
    public static func afterFailure(_ state: Throttle?, at now: Date, rule: Rule) -> Throttle {
        var failures = 1
        if let state, now.timeIntervalSince(state.lastFailureAt) < rule.forgivenAfter {
            failures = min(state.failures, 1_000) + 1
        }
        return Throttle(
            failures: failures,
            blockedUntil: end(ofWaitAfter: failures, at: now, rule: rule),
            lastFailureAt: now
        )
    }

    /// The state after a try that was counted as a failure when it came turned out well: that one is taken back.
    public static func takingBack(_ state: Throttle?, rule: Rule) -> Throttle? {
        guard let state, state.failures > 1 else { return nil }
        let failures = state.failures - 1
        return Throttle(
            failures: failures,
            blockedUntil: end(ofWaitAfter: failures, at: state.lastFailureAt, rule: rule),
            lastFailureAt: state.lastFailureAt
        )
    }

    private static func end(ofWaitAfter failures: Int, at time: Date, rule: Rule) -> Date {
        let excess = failures - rule.free
        // Not `time` itself: tries at the same moment come in any order, and a free one must not block the others.
        guard excess > 0 else { return .distantPast }
        return time.addingTimeInterval(min(rule.longestWait, rule.firstWait * pow(2, Double(min(excess, 30) - 1))))
    }

    /// Seconds still to wait, or `nil` where a try is allowed now.
    public func remainingWait(at now: Date) -> TimeInterval? {
        let wait = blockedUntil.timeIntervalSince(now)
        return wait > 0 ? wait : nil
    }
}
