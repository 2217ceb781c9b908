public import Foundation

/// Where grade sheets are kept. The store itself refuses to change the rows of a closed sheet.
///
/// All calls run inside one storage transaction and are synchronous; backends pass one contract suite.
public protocol GradeSheetStore: AnyObject {
    /// The number that the next sheet gets.
    func nextSheetNumber() throws -> Int
    /// Adds an open sheet with its rows.
    func insertSheet(_ sheet: GradeSheet, rows: [SheetRow], noting change: SheetChange) throws
    /// One sheet.
    func sheet(_ id: UUID) throws -> GradeSheet?
    /// The sheets that a filter lets through, newest first.
    func sheets(_ filter: GradeSheetFilter) throws -> [GradeSheet]
    /// A sheet's rows in order.
    func sheetRows(of sheetID: UUID) throws -> [SheetRow]
    /// Replaces the sheet's own data, not its rows, and notes what was done.
    func updateSheet(_ sheet: GradeSheet, noting change: SheetChange) throws
    /// Replaces rows of an open sheet; the backend's error where it is closed.
    func updateSheetRows(_ rows: [SheetRow], of sheetID: UUID) throws
    /// What was done to a sheet, oldest first.
    func sheetChanges(of sheetID: UUID) throws -> [SheetChange]
    /// The rows of closed sheets about a candidate, oldest first.
    func closedRows(of candidateID: UUID) throws -> [(sheet: GradeSheet, row: SheetRow)]
}

/// What a listing of sheets asks for; absent conditions let everything through.
public struct GradeSheetFilter: Hashable, Sendable {
    /// Only sheets of this exam.
    public var examID: UUID?
    /// Only sheets of this group.
    public var groupID: UUID?
    /// Only open or closed ones.
    public var state: GradeSheet.State?
    /// Only sheets made before this one: the last of the page before.
    public var before: UUID?
    /// How many at most.
    public var limit: Int

    /// Makes a filter.
    public init(
        examID: UUID? = nil,
        groupID: UUID? = nil,
        state: GradeSheet.State? = nil,
        before: UUID? = nil,
        limit: Int
    ) {
        self.examID = examID
        self.groupID = groupID
        self.state = state
        self.before = before
        self.limit = limit
    }
}
