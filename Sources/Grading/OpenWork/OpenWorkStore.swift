public import Foundation

/// Where open work, rubrics and panels are kept.
///
/// All calls run inside one storage transaction and are synchronous; backends pass one contract suite.
public protocol OpenWorkStore: AnyObject {
    /// Adds a work, or replaces what is kept of it.
    func saveWork(_ work: OpenWork) throws
    /// One work.
    func work(_ id: UUID) throws -> OpenWork?
    /// The works of an attempt, by number; withdrawn ones are left out.
    func works(attemptID: UUID) throws -> [OpenWork]
    /// The works that a filter lets through, those due first in front.
    func works(_ filter: OpenWorkFilter) throws -> [OpenWork]

    /// Adds a rubric; the one of the highest number counts.
    func insertRubric(_ rubric: Rubric, by: UUID, at: Date) throws
    /// A question's rubric that counts; nil where there is none.
    func rubric(of questionID: UUID) throws -> Rubric?
    /// A question's rubric of a number.
    func rubric(of questionID: UUID, number: Int) throws -> Rubric?

    /// Sets an exam's panel.
    func savePanel(_ panel: GradingPanel) throws
    /// An exam's panel; nil for the usual one.
    func panel(of examID: UUID) throws -> GradingPanel?
}

/// What a listing of works asks for; absent conditions let everything through.
public struct OpenWorkFilter: Hashable, Sendable {
    /// Only works of this exam.
    public var examID: UUID?
    /// Only works in this state.
    public var state: OpenWork.State?
    /// Only works that this person has not graded.
    public var notGradedBy: UUID?
    /// Only works due on this day or before, `2026-01-31`.
    public var dueBy: String?
    /// How many at most.
    public var limit: Int

    /// Makes a filter.
    public init(
        examID: UUID? = nil,
        state: OpenWork.State? = nil,
        notGradedBy: UUID? = nil,
        dueBy: String? = nil,
        limit: Int
    ) {
        self.examID = examID
        self.state = state
        self.notGradedBy = notGradedBy
        self.dueBy = dueBy
        self.limit = limit
    }
}
