public import Foundation

/// Where cases and notices are kept.
///
/// All calls run inside one storage transaction and are synchronous; backends pass one contract suite.
public protocol CaseStore: AnyObject {
    /// Adds a case with its records.
    func insertCase(_ item: Case) throws
    /// Adds the records of a case that are not there yet.
    func updateCase(_ item: Case) throws
    /// One case.
    func caseItem(_ id: UUID) throws -> Case?
    /// Cases, the last opened first.
    func cases(_ filter: CaseFilter) throws -> [Case]
    /// Cases with a term that is over, and not noted yet.
    func turningCases(at now: Date, limit: Int) throws -> [UUID]

    /// Adds a change of a grade that a person decided; nothing else ever touches it.
    func insertGradeChange(_ change: GradeChange) throws
    /// The changes of an attempt's grade, oldest first.
    func gradeChanges(attemptID: UUID) throws -> [GradeChange]

    /// Adds a notice.
    func insertNotice(_ notice: Notice) throws
    /// A notice.
    func notice(_ id: UUID) throws -> Notice?
    /// Somebody's notices, newest first.
    func notices(accountID: UUID, before: UUID?, limit: Int) throws -> [Notice]
    /// Notes that a notice was read; false where it had been.
    func noteReading(of id: UUID, at: Date) throws -> Bool
}

/// Which cases.
public struct CaseFilter: Hashable, Sendable {
    /// Only of this kind.
    public var kind: CaseKind?
    /// Only those that stand there.
    public var state: String?
    /// Only about this candidate.
    public var subject: UUID?
    /// Only those that this account opened, or in whose commission it sits.
    public var involving: UUID?
    /// Only about this attempt.
    public var attemptID: UUID?
    /// Only those with a term that was over by then.
    public var overdueAt: Date?
    /// Only what was opened before this one.
    public var before: UUID?
    /// How many at most.
    public var limit: Int

    /// Makes a filter.
    public init(kind: CaseKind? = nil, subject: UUID? = nil, attemptID: UUID? = nil, limit: Int = 100) {
        self.kind = kind
        self.subject = subject
        self.attemptID = attemptID
        self.limit = limit
    }
}

/// What a notice is about, for the person it is addressed to. Its words are sealed under the person's key.
public struct Notice: Hashable, Sendable, Identifiable {
    /// The identifier (UUIDv7).
    public let id: UUID
    /// Whom it is for.
    public let accountID: UUID
    /// What it tells of: `case`, `exam_schedule`, …
    public let topic: String
    /// The case, exam or attempt that it is about.
    public let about: UUID
    /// The step of the case.
    public let step: String?
    /// Its words, sealed.
    public let sealed: Data
    /// When it was given.
    public let at: Date
    /// When the person read it.
    public var readAt: Date?

    /// Makes a value.
    public init(
        id: UUID,
        accountID: UUID,
        topic: String,
        about: UUID,
        step: String? = nil,
        sealed: Data,
        at: Date,
        readAt: Date? = nil
    ) {
        self.id = id
        self.accountID = accountID
        self.topic = topic
        self.about = about
        self.step = step
        self.sealed = sealed
        self.at = at
        self.readAt = readAt
    }
}
