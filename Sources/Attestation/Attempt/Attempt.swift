public import Foundation

/// One candidate's attempt at an exam: what its records come to.
///
/// Whoever changes it adds a record (``transition(to:_:at:)``, ``giving(_:milliseconds:_:at:)``, …); the rules are
/// looked at then. ``init(opening:records:)`` plays the records again without looking at the rules, so that
/// yesterday's attempts stay what they were when rules change.
public struct Attempt: Hashable, Sendable, Identifiable {
    /// What an attempt begins with; it never changes.
    public struct Opening: Hashable, Sendable, Codable {
        /// The attempt's identifier.
        public let id: UUID
        /// The exam.
        public let examID: UUID
        /// The candidate's account.
        public let candidateID: UUID
        /// The seed of the ticket.
        public let seed: TicketSeed
        /// The time of the blueprint.
        public let baseMilliseconds: Int64
        /// For how long after the end answers are taken that were given before it.
        public let graceMilliseconds: Int64
        /// When it was made.
        public let at: Date

        enum CodingKeys: String, CodingKey {
            case id, seed, at
            case examID = "exam_id"
            case candidateID = "candidate_id"
            case baseMilliseconds = "base_milliseconds"
            case graceMilliseconds = "grace_milliseconds"
        }
    }

    /// A span in which the candidate could work.
    public struct Span: Hashable, Sendable {
        /// From when.
        public let start: Date
        /// Until when; nil as long as it lasts.
        public internal(set) var end: Date?
    }

    /// What the attempt began with.
    public let opening: Opening
    /// What was done to it since, in order.
    public private(set) var records: [AttemptRecord]
    /// Where it stands.
    public private(set) var state: AttemptState
    /// The ticket, once drawn.
    public private(set) var ticket: Ticket?
    /// The time given, and the stops of the clock.
    public private(set) var ledger: TimeLedger
    /// When the candidate started; it never changes afterwards.
    public private(set) var startedAt: Date?
    /// When the answers were handed in; nil again after a person reopened the attempt.
    public private(set) var submittedAt: Date?
    /// What it earned, once graded; nil again after a person reopened the attempt.
    public private(set) var result: GradingResult?
    /// When the candidate could work.
    public private(set) var spans: [Span]

    /// The attempt's identifier.
    public var id: UUID { opening.id }
    /// The exam.
    public var examID: UUID { opening.examID }
    /// The candidate's account.
    public var candidateID: UUID { opening.candidateID }
    /// The seed of the ticket.
    public var seed: TicketSeed { opening.seed }

    /// Makes an attempt in the state `created`.
    ///
    /// - Throws: ``AttemptError`` with code `invalidTime`.
    public init(
        id: UUID,
        examID: UUID,
        candidateID: UUID,
        seed: TicketSeed,
        baseSeconds: Int,
        graceSeconds: Int = Exam.standardGraceSeconds,
        at now: Date
    ) throws(AttemptError) {
        let limit = Int(TimeLedger.limitMilliseconds / 1_000)
        guard (1...limit).contains(baseSeconds), (0...limit).contains(graceSeconds) else {
            throw AttemptError(.invalidTime, "Time is at least a second, and at most a week in all.")
        }
        let opening = Opening(
            id: id,
            examID: examID,
            candidateID: candidateID,
            seed: seed,
            baseMilliseconds: Int64(baseSeconds) * 1_000,
            graceMilliseconds: Int64(graceSeconds) * 1_000,
            at: now.toMillisecond
        )
        try self.init(opening: opening, records: [])
    }

    /// Makes an attempt of its records.
    ///
    /// - Throws: ``AttemptError`` with code `brokenHistory` where they do not follow from each other.
    public init(opening: Opening, records: [AttemptRecord]) throws(AttemptError) {
        self.opening = opening
        self.records = []
        state = .created
        ledger = try TimeLedger(baseMilliseconds: opening.baseMilliseconds, at: opening.at)
        spans = []
        for record in records { try apply(record) }
    }

    /// When the last thing happened.
    public var lastAt: Date { records.last?.at ?? opening.at }

    // MARK: - Records

    /// The attempt after one more record. The clock of a server may be set back, a record's time never is.
    func adding(
        _ change: AttemptRecord.Change,
        _ cause: AttemptCause,
        at now: Date
    ) throws(AttemptError) -> Attempt {
        var next = self
        let at = max(now.toMillisecond, lastAt)
        try next.apply(AttemptRecord(number: records.count + 1, at: at, cause: cause, change: change))
        return next
    }

    private mutating func apply(_ record: AttemptRecord) throws(AttemptError) {
        guard record.number == records.count + 1, record.at >= lastAt else {
            throw AttemptError(.brokenHistory, "Record \(record.number) does not follow record \(records.count).")
        }
        switch record.change {
        case .transition(_, let from, let to):
            guard from == state, from != to else {
                throw AttemptError(.brokenHistory, "Record \(record.number) begins at \(from.rawValue).")
            }
            try move(to, record)
        case .time(let kind, let milliseconds):
            try ledger.give(kind, milliseconds: milliseconds, record.cause, at: record.at)
        case .ticket(let ticket): self.ticket = ticket
        case .result(let result): self.result = result
        }
        records.append(record)
    }

    private mutating func move(_ to: AttemptState, _ record: AttemptRecord) throws(AttemptError) {
        let hadStarted = startedAt != nil
        if to == .started, !hadStarted {
            startedAt = record.at
            spans.append(Span(start: record.at))
        } else if hadStarted {
            try turnClock(to, record)
        }
        if to == .submitted { submittedAt = record.at }
        if to == .started {
            submittedAt = nil
            result = nil
        }
        state = to
    }

    /// The clock runs in the states in which the candidate works, and in no other.
    private mutating func turnClock(_ to: AttemptState, _ record: AttemptRecord) throws(AttemptError) {
        let isPauseEnding = state == .paused && to != .paused
        var moment = record.at
        if isPauseEnding || (!state.acceptsAnswers && to.acceptsAnswers) { moment = try ledger.end(at: record.at) }
        switch (state.acceptsAnswers, to.acceptsAnswers) {
        case (false, true): spans.append(Span(start: moment))
        case (true, false):
            // Whoever notices late takes nothing away and gives nothing: the time was over when it was over.
            if let deadline { moment = min(moment, deadline) }
            spans[spans.count - 1].end = moment
            try ledger.begin(Self.kind(of: record, to), since: moment, record.cause)
        case (false, false) where isPauseEnding: try ledger.begin(.closure, since: moment, record.cause)
        default: break
        }
    }

    private static func kind(of record: AttemptRecord, _ to: AttemptState) -> TimeLedger.Kind {
        guard to == .paused else { return .closure }
        if case .transition(.takeBreak, _, _) = record.change { return .rest }
        return record.cause.reason?.isOutage == true ? .outage : .pause
    }
}
