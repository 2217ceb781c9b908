public import Foundation

/// What an attempt's clock shows at a moment. The server computes it anew for every answer, so it survives a reload,
/// a sleeping device and a lost connection; a device only counts down from it.
public struct AttemptClock: Hashable, Sendable {
    /// How the clock stands.
    public enum Motion: String, Hashable, Sendable, Codable, CaseIterable {
        /// The attempt has not started.
        case notStarted = "not_started"
        /// The working time is running.
        case running
        /// The clock stands still for a while.
        case stopped
        /// The attempt is over.
        case over
    }

    /// How it stands.
    public let motion: Motion
    /// The working time left.
    public let remainingMilliseconds: Int64
    /// When the time is over as things stand; nil before the start and while nobody knows.
    public let deadline: Date?
    /// Why the clock stands still and since when, where it does for a while.
    public let stop: TimeLedger.Stop?
    /// When the break that lasts is used up.
    public let breakEnd: Date?
    /// How long the candidate may still take breaks.
    public let breakLeftMilliseconds: Int64
    /// Until when answers are taken that were given before the end; nil as long as the time is not over.
    public let graceEnd: Date?

    /// The whole seconds left, rounded down: a second that is shown is there.
    public var remainingSeconds: Int { Int(remainingMilliseconds / 1_000) }
}

extension Attempt {
    /// When the time is over as things stand. Nil before the start, and while a pause or a failure lasts.
    public var deadline: Date? { startedAt.flatMap { ledger.deadline(startedAt: $0) } }

    /// What the clock shows at `now`.
    public func clock(at now: Date) -> AttemptClock {
        let now = max(now, lastAt)
        let motion: AttemptClock.Motion
        switch state {
        case .created, .readyToStart: motion = .notStarted
        case .started, .readyToSubmit: motion = .running
        case .paused: motion = .stopped
        case .timedOut, .submitted, .secondReviewRequired, .verified, .rejected, .error, .expired, .declined:
            motion = .over
        }
        let remaining: Int64 =
            switch (motion, startedAt) {
            case (.notStarted, _): ledger.workingMilliseconds
            case (.over, _), (_, nil): 0
            case (_, let start?): ledger.remainingMilliseconds(startedAt: start, now: now)
            }
        let breakLeft = ledger.breakEnd.map { max(0, $0.milliseconds - now.milliseconds) }
        return AttemptClock(
            motion: motion,
            remainingMilliseconds: remaining,
            deadline: deadline,
            stop: motion == .stopped ? ledger.stop : nil,
            breakEnd: ledger.breakEnd,
            breakLeftMilliseconds: breakLeft ?? ledger.breakLeftMilliseconds,
            graceEnd: graceEnd
        )
    }

    /// Until when answers are taken that were given before the end of the time, where it is over.
    public var graceEnd: Date? {
        guard state == .timedOut, let end = ledger.stop?.since else { return nil }
        return Date(milliseconds: end.milliseconds + opening.graceMilliseconds)
    }

    /// When time alone changes the attempt next; nil where nothing does.
    public var nextTurn: Date? {
        switch state {
        case .started, .readyToSubmit: deadline
        case .paused: ledger.breakEnd
        case .timedOut: graceEnd
        default: nil
        }
    }

    /// The attempt with everything that time alone has brought about until `now`: a break that is used up ends, the
    /// time is over, what was saved is handed in.
    public func settled(at now: Date) -> Attempt {
        var attempt = self
        let now = now.toMillisecond
        while let turn = attempt.nextTurn, turn <= now, let next = attempt.turned(at: turn) { attempt = next }
        return attempt
    }

    private func turned(at moment: Date) -> Attempt? {
        let step: (AttemptAction, AttemptState) =
            switch state {
            case .started, .readyToSubmit: (.timeOut, .timedOut)
            case .paused: (.endBreak, .started)
            default: (.submit, .submitted)
            }
        return try? adding(.transition(step.0, from: state, to: step.1), .system, at: moment)
    }

    /// Whether an answer may be written at `now`: the candidate is working and the time is not over.
    public func acceptsAnswers(at now: Date) -> Bool { settled(at: now).state.acceptsAnswers }

    /// The span in which the candidate could work at a moment, with its end as things stand. The first moment is
    /// inside, the last is not.
    public func span(at moment: Date) -> Span? {
        guard let span = spans.last(where: { $0.start <= moment }) else { return nil }
        let end = span.end ?? deadline
        guard let end, moment < end else { return nil }
        return Span(start: span.start, end: end)
    }
}

extension Date {
    /// The whole milliseconds since 1970, in which time is reckoned: sums of floating seconds would drift.
    var milliseconds: Int64 { Int64((timeIntervalSince1970 * 1_000).rounded()) }

    /// The moment of whole milliseconds since 1970.
    init(milliseconds: Int64) {
        self.init(timeIntervalSince1970: Double(milliseconds) / 1_000)
    }
}
