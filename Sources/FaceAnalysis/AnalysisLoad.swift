/// How much a face analyser has to do, so that people see when it does not keep up.
public struct AnalysisLoad: Sendable, Equatable {
    /// How many pictures are analysed at once.
    public var workers: Int
    /// How many wait for a worker now.
    public var waiting: Int
    /// How many may wait; one more is refused as `busy`.
    public var mostWaiting: Int
    /// How many were refused so within the last minute.
    public var refusedLastMinute: Int

    /// Creates a value.
    public init(workers: Int, waiting: Int, mostWaiting: Int, refusedLastMinute: Int) {
        self.workers = workers
        self.waiting = waiting
        self.mostWaiting = mostWaiting
        self.refusedLastMinute = refusedLastMinute
    }
}

/// How often something happened within the last minute, to the second; it takes the same memory however often that is.
struct RecentCount {
    private static let span = 60
    private var first: ContinuousClock.Instant?
    /// A count for each of the last seconds, and which second it is of.
    private var slots = [(second: Int, count: Int)](repeating: (-1, 0), count: Self.span)

    mutating func add(at instant: ContinuousClock.Instant) {
        let second = self.second(of: instant)
        let slot = second % Self.span
        if slots[slot].second != second { slots[slot] = (second, 0) }
        slots[slot].count += 1
    }

    /// How often it happened in this second and in the fifty-nine before.
    mutating func count(at instant: ContinuousClock.Instant) -> Int {
        let now = second(of: instant)
        return slots.reduce(0) { $1.second > now - Self.span && $1.second >= 0 ? $0 + $1.count : $0 }
    }

    private mutating func second(of instant: ContinuousClock.Instant) -> Int {
        let first = first ?? instant
        self.first = first
        return max(0, Int((instant - first).components.seconds))
    }
}
