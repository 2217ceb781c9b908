public import Foundation

/// What the flags of an attempt come to, from 100 downwards, with each part shown (row E2).
///
/// It sorts a reviewer's list and decides nothing. The points for each severity are a convention.
public struct CredibilityScore: Hashable, Sendable {
    /// What is left of 100.
    public var value: Int
    /// What was taken off, the most first.
    public var parts: [Part]

    /// What one flag takes off.
    public struct Part: Hashable, Sendable {
        /// The flag.
        public var flagID: UUID
        /// Its rule.
        public var rule: String
        /// Its severity.
        public var severity: EventSeverity
        /// Where it stands.
        public var state: Flag.State
        /// The points; 0 for one that was dismissed, and where nothing was left to take.
        public var points: Int
    }

    /// Adds up flags.
    public init(_ flags: [Flag]) {
        let weighed = flags.sorted { ($1.severity, $0.id.uuidString) < ($0.severity, $1.id.uuidString) }
        var left = 100
        parts = weighed.map { flag in
            let points = flag.state == .dismissed ? 0 : min(left, Self.points(flag.severity))
            left -= points
            return Part(flagID: flag.id, rule: flag.rule, severity: flag.severity, state: flag.state, points: points)
        }
        value = left
    }

    private static func points(_ severity: EventSeverity) -> Int {
        switch severity {
        case .ordinary: 0
        case .notice: 5
        case .warning: 10
        case .serious: 25
        case .critical: 50
        }
    }
}
