public import Foundation

/// Something that a person is told in their own account: a result, a changed grade, a reminder.
public struct GradeNotice: Hashable, Sendable, Identifiable {
    /// The kinds.
    public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
        /// Open work is to be graded soon, or is overdue (S3 17).
        case gradingDue = "grading_due"
        /// The candidate's work has its grade (S3 17).
        case workGraded = "work_graded"
        /// A grade was changed after a question was found faulty.
        case gradeChanged = "grade_changed"
        /// A grade sheet with the candidate's grade was closed.
        case sheetClosed = "sheet_closed"
    }

    /// The identifier.
    public let id: UUID
    /// Whom it is for.
    public let accountID: UUID
    /// What it is about.
    public let kind: Kind
    /// What it is about, in particulars by name: identifiers, days, grades.
    public let facts: [String: String]
    /// When it was made.
    public let at: Date
    /// When it was read.
    public var readAt: Date?

    /// Makes a notice.
    public init(id: UUID, accountID: UUID, kind: Kind, facts: [String: String], at: Date, readAt: Date? = nil) {
        self.id = id
        self.accountID = accountID
        self.kind = kind
        self.facts = facts
        self.at = at
        self.readAt = readAt
    }
}

/// Where notices are kept.
///
/// All calls run inside one storage transaction and are synchronous; backends pass one contract suite.
public protocol GradeNoticeStore: AnyObject {
    /// Adds a notice.
    func insertGradeNotice(_ notice: GradeNotice) throws
    /// A person's notices, newest first; `before` is the last of the page before.
    func gradeNotices(of accountID: UUID, before: UUID?, limit: Int) throws -> [GradeNotice]
    /// Marks a person's notices up to this one as read.
    func markGradeNoticesRead(of accountID: UUID, through id: UUID, at time: Date) throws
}
