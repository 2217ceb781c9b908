public import Foundation

/// Where rules, holds and runs are kept, and what carries them out.
///
/// All calls run inside one storage transaction and are synchronous; backends pass one contract suite.
public protocol RetentionStore: AnyObject {
    /// The rules that hold, in the order of ``DataKind/allCases``; the standard one where none was set.
    func retentionRules() throws -> [RetentionRule]
    /// Adds a rule; the one before stays in the history.
    func insertRetentionRule(_ rule: RetentionRule) throws
    /// Notes that a rule is approved.
    func approveRetentionRule(_ kind: DataKind, number: Int, by: UUID, at: Date) throws

    /// Adds a hold.
    func insertManualHold(_ hold: ManualHold) throws
    /// One hold.
    func manualHold(_ id: UUID) throws -> ManualHold?
    /// Ends a hold.
    func liftManualHold(_ id: UUID, by: UUID, at: Date) throws
    /// A page of holds, newest first.
    func manualHolds(before: UUID?, limit: Int) throws -> [ManualHold]
    /// What holds a person's data now.
    func retentionHolds(of accountID: UUID) throws -> Set<RetentionHold>

    /// Adds a run.
    func insertRetentionRun(_ run: RetentionRun) throws
    /// Replaces a run.
    func updateRetentionRun(_ run: RetentionRun) throws
    /// One run.
    func retentionRun(_ id: UUID) throws -> RetentionRun?
    /// A page of runs, newest first.
    func retentionRuns(before: UUID?, limit: Int) throws -> [RetentionRun]
    /// The runs that something is still to be done for, oldest first.
    func unfinishedRetentionRuns() throws -> [RetentionRun]

    /// The items of a kind that are due by a rule, by rising identifier, beginning behind one.
    func dueItems(_ rule: RetentionRule, cutoff: Date, after: String?, limit: Int) throws -> [DueItem]
    /// Notes items of a run.
    func insertRunItems(_ items: [DueItem], of run: UUID, kind: DataKind) throws
    /// Items of a run that are still to be destroyed.
    func waitingRunItems(of run: UUID, limit: Int) throws -> [(kind: DataKind, item: DueItem)]
    /// Takes an item off a run's list.
    func deleteRunItem(_ id: String, of run: UUID, kind: DataKind) throws
    /// How many people a run's items of a kind belong to.
    func runItemPeople(of run: UUID, kind: DataKind) throws -> Int

    /// Destroys an item, and notes which files are to follow.
    ///
    /// - Returns: how many files.
    func destroyItem(_ id: String, kind: DataKind, for work: UUID, at: Date) throws -> Int
    /// Files that are to follow, for any work.
    func filesToDestroy(limit: Int) throws -> [String]
    /// Notes that a file is gone.
    func fileDestroyed(_ evidence: String, at: Date) throws
    /// Whether files of a work are still to follow.
    func hasFilesToDestroy(for work: UUID) throws -> Bool
    /// Whether somebody sits an exam now.
    func isAnyAttemptUnderWay() throws -> Bool

    /// Notes which record the sealed part of a log entry belongs to.
    func noteSealedPayload(digest: String, recordID: UUID) throws
}
