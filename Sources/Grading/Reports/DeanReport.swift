public import Accounts
public import Foundation

/// What the dean's office is told on the day of an attestation that has not taken place, or that a candidate said they
/// cannot take part in (row D7; S2 4.5, 4.7). Only ever added.
public struct DeanReport: Hashable, Sendable, Codable, Identifiable {
    /// The identifier (UUIDv7).
    public let id: UUID
    /// The attempt.
    public let attemptID: UUID
    /// The exam.
    public let examID: UUID
    /// The candidate.
    public let candidateID: UUID
    /// The mark that follows.
    public let mark: SheetMark
    /// What it rests on.
    public let basis: Consequence.Basis
    /// Who decided; nil where the candidate said so before the start, and for the service.
    public let decidedBy: UUID?
    /// The day of the decision.
    public let decidedOn: CalendarDay
    /// The day on which the attempt was interrupted; nil where it had not begun.
    public let interruptedOn: CalendarDay?
    /// When it was reported.
    public let at: Date

    /// Whether the decision came after the day on which it was due (S2 4.7).
    public var isLate: Bool { interruptedOn.map { decidedOn > $0 } ?? false }

    /// Makes a report.
    public init(
        id: UUID,
        attemptID: UUID,
        examID: UUID,
        candidateID: UUID,
        mark: SheetMark,
        basis: Consequence.Basis,
        decidedBy: UUID?,
        decidedOn: CalendarDay,
        interruptedOn: CalendarDay?,
        at: Date
    ) {
        self.id = id
        self.attemptID = attemptID
        self.examID = examID
        self.candidateID = candidateID
        self.mark = mark
        self.basis = basis
        self.decidedBy = decidedBy
        self.decidedOn = decidedOn
        self.interruptedOn = interruptedOn
        self.at = at
    }
}

/// Which reports.
public struct DeanReportFilter: Hashable, Sendable {
    /// Only those decided on this day or later.
    public var from: CalendarDay?
    /// Only those decided on this day or earlier.
    public var through: CalendarDay?
    /// Only those of this exam.
    public var examID: UUID?
    /// Only those made before this one.
    public var before: UUID?
    /// How many at most.
    public var limit: Int

    /// Makes a filter.
    public init(
        from: CalendarDay? = nil,
        through: CalendarDay? = nil,
        examID: UUID? = nil,
        before: UUID? = nil,
        limit: Int
    ) {
        self.from = from
        self.through = through
        self.examID = examID
        self.before = before
        self.limit = limit
    }
}

/// Where reports to the dean's office are kept, and which decisions are open.
///
/// All calls run inside one storage transaction and are synchronous; backends pass one contract suite.
public protocol DeanReportStore: AnyObject {
    /// Adds a report; nothing else ever touches it.
    func insertDeanReport(_ report: DeanReport) throws
    /// Reports, newest first.
    func deanReports(_ filter: DeanReportFilter) throws -> [DeanReport]
    /// Attempts whose clock stands still, in the order in which they were made.
    func pausedAttempts(after: UUID?, limit: Int) throws -> [UUID]
    /// Notes that somebody was reminded of the decision that a record of an attempt calls for; false where they had been.
    func noteDecisionReminder(attemptID: UUID, record: Int, at: Date) throws -> Bool
}
