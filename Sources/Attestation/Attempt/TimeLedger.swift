public import Foundation

/// Every millisecond that an attempt was given and every stop of its clock, with who is answerable and why.
///
/// Two sums follow from it. The working time is what was given: base, extra time, extensions, time given back for a
/// failure. The clock stands still during stops: pauses, failures, breaks, and between an end and a reopening. So
/// the end is the start plus both sums, and nothing else moves it.
public struct TimeLedger: Hashable, Sendable {
    /// What an entry is.
    public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
        /// The time of the blueprint.
        case base
        /// Extra time for a candidate who is entitled to it (row D6).
        case extraTime = "extra_time"
        /// How long the clock may stand still for breaks; no working time.
        case breakAllowance = "break_allowance"
        /// More time, given by the examiner.
        case `extension`
        /// The connection, the device or the service failed.
        case outage
        /// The examiner stopped the clock.
        case pause
        /// The candidate took a break.
        case rest = "break"
        /// Between the end and the reopening.
        case closure

        /// Whether it may be given as an amount.
        public var isGiven: Bool {
            self == .extraTime || self == .breakAllowance || self == .extension || self == .outage
        }

        /// What people read.
        public var label: BilingualText {
            switch self {
            case .base: BilingualText(ru: "основное время", en: "base time")
            case .extraTime: BilingualText(ru: "дополнительное время", en: "extra time")
            case .breakAllowance: BilingualText(ru: "право на перерывы", en: "allowance for breaks")
            case .extension: BilingualText(ru: "продление", en: "extension")
            case .outage: BilingualText(ru: "сбой", en: "outage")
            case .pause: BilingualText(ru: "пауза", en: "pause")
            case .rest: BilingualText(ru: "перерыв", en: "break")
            case .closure: BilingualText(ru: "до возобновления", en: "before the reopening")
            }
        }
    }

    /// An amount of time given, or a stop of the clock that is over.
    public struct Entry: Hashable, Sendable {
        /// What it is.
        public let kind: Kind
        /// How long.
        public let milliseconds: Int64
        /// From when the clock stood still; nil for an amount.
        public let since: Date?
        /// Who is answerable, and why.
        public let cause: AttemptCause
        /// When it was entered.
        public let at: Date

        /// Whether the candidate works longer by it.
        var isWorkingTime: Bool { since == nil && kind != .breakAllowance }
    }

    /// A stop of the clock that lasts.
    public struct Stop: Hashable, Sendable {
        /// Why the clock stands still.
        public let kind: Kind
        /// From when.
        public let since: Date
        /// Who is answerable, and why.
        public let cause: AttemptCause
    }

    /// The most milliseconds all amounts may add up to: a week.
    public static let limitMilliseconds: Int64 = 604_800_000

    /// The entries in the order in which they were made; the first is the base time.
    public private(set) var entries: [Entry] = []
    /// The stop that lasts, if the clock stands still.
    public private(set) var stop: Stop?

    /// Starts a ledger with the base time.
    ///
    /// - Throws: ``AttemptError`` with code `invalidTime` unless it is between a millisecond and a week.
    public init(baseMilliseconds: Int64, at: Date) throws(AttemptError) {
        try Self.check(baseMilliseconds, beside: 0)
        entries = [
            Entry(
                kind: .base,
                milliseconds: baseMilliseconds,
                since: nil,
                cause: AttemptCause(actor: .system),
                at: at.toMillisecond
            )
        ]
    }

    /// All the working time that was given.
    public var workingMilliseconds: Int64 { sum { $0.isWorkingTime } }

    /// How long the clock has stood still in stops that are over.
    public var stoppedMilliseconds: Int64 { sum { $0.since != nil } }

    /// How long it may still stand still for breaks.
    public var breakLeftMilliseconds: Int64 { max(0, sum { $0.kind == .breakAllowance } - sum { $0.kind == .rest }) }

    /// When an attempt that began at `startedAt` ends as things stand; a break is counted as though it were used up.
    /// Nil while a pause or a failure lasts, for nobody knows then.
    public func deadline(startedAt: Date) -> Date? {
        var milliseconds = startedAt.milliseconds + workingMilliseconds + stoppedMilliseconds
        switch stop?.kind {
        case .pause, .outage: return nil
        case .rest: milliseconds += breakLeftMilliseconds
        default: break
        }
        return Date(milliseconds: milliseconds)
    }

    /// When the break that lasts is used up; nil where none lasts.
    public var breakEnd: Date? {
        guard let stop, stop.kind == .rest else { return nil }
        return Date(milliseconds: stop.since.milliseconds + breakLeftMilliseconds)
    }

    /// The working time left at `now`: it does not shrink while the clock stands still.
    public func remainingMilliseconds(startedAt: Date, now: Date) -> Int64 {
        var reached = now.milliseconds
        if let stop {
            let stoppedFor = reached - stop.since.milliseconds
            reached -= max(0, stop.kind == .rest ? min(stoppedFor, breakLeftMilliseconds) : stoppedFor)
        }
        let worked = reached - startedAt.milliseconds - stoppedMilliseconds
        return max(0, workingMilliseconds - max(0, worked))
    }

    mutating func give(_ kind: Kind, milliseconds: Int64, _ cause: AttemptCause, at: Date) throws(AttemptError) {
        guard kind.isGiven else { throw AttemptError(.invalidTime, "\(kind.rawValue) is not given as an amount.") }
        try Self.check(milliseconds, beside: sum { $0.since == nil })
        entries.append(Entry(kind: kind, milliseconds: milliseconds, since: nil, cause: cause, at: at))
    }

    mutating func begin(_ kind: Kind, since: Date, _ cause: AttemptCause) throws(AttemptError) {
        guard stop == nil else { throw AttemptError(.brokenHistory, "The clock stands still already.") }
        stop = Stop(kind: kind, since: since, cause: cause)
    }

    /// Ends the stop that lasts; a break at the latest when it was used up.
    ///
    /// - Returns: when the clock ran again.
    mutating func end(at now: Date) throws(AttemptError) -> Date {
        guard let stop, stop.since <= now else { throw AttemptError(.brokenHistory, "The clock does not stand still.") }
        let end = min(now, breakEnd ?? now)
        self.stop = nil
        entries.append(
            Entry(
                kind: stop.kind,
                milliseconds: end.milliseconds - stop.since.milliseconds,
                since: stop.since,
                cause: stop.cause,
                at: now
            )
        )
        return end
    }

    private func sum(_ isCounted: (Entry) -> Bool) -> Int64 {
        entries.reduce(0) { isCounted($1) ? $0 + $1.milliseconds : $0 }
    }

    private static func check(_ milliseconds: Int64, beside others: Int64) throws(AttemptError) {
        guard milliseconds >= 1, milliseconds <= limitMilliseconds - others else {
            throw AttemptError(.invalidTime, "Time is at least a millisecond, and at most a week in all.")
        }
    }
}

/// Who does something to an attempt, and why.
public struct AttemptCause: Hashable, Sendable {
    /// In which role.
    public var actor: AttemptActor
    /// The account of the person; nil for the service.
    public var author: UUID?
    /// Why.
    public var reason: AttemptReason?
    /// Why in words. It may hold personal data: never for events, logs or other candidates.
    public var comment: String?

    /// Makes a value.
    public init(
        actor: AttemptActor,
        author: UUID? = nil,
        reason: AttemptReason? = nil,
        comment: String? = nil
    ) {
        self.actor = actor
        self.author = author
        self.reason = reason
        self.comment = comment
    }

    /// The service itself.
    public static let system = AttemptCause(actor: .system)

    /// The service itself with a reason.
    public static func system(_ reason: AttemptReason) -> AttemptCause { AttemptCause(actor: .system, reason: reason) }

    /// The candidate.
    public static func candidate(
        _ author: UUID,
        _ reason: AttemptReason? = nil,
        _ comment: String? = nil
    ) -> AttemptCause {
        AttemptCause(actor: .candidate, author: author, reason: reason, comment: comment)
    }

    /// The examiner.
    public static func examiner(
        _ author: UUID,
        _ reason: AttemptReason? = nil,
        _ comment: String? = nil
    ) -> AttemptCause {
        AttemptCause(actor: .examiner, author: author, reason: reason, comment: comment)
    }
}
