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

/// Where demands to erase people are kept, and what carries them out.
///
/// All calls run inside one storage transaction and are synchronous; backends pass one contract suite.
public protocol PersonErasureStore: AnyObject {
    /// Adds a demand.
    func insertPersonErasure(_ erasure: PersonErasure) throws
    /// Replaces a demand.
    func updatePersonErasure(_ erasure: PersonErasure) throws
    /// One demand.
    func personErasure(_ id: UUID) throws -> PersonErasure?
    /// A page of demands, newest first.
    func personErasures(before: UUID?, limit: Int) throws -> [PersonErasure]
    /// A person's demands, newest first.
    func personErasures(of accountID: UUID) throws -> [PersonErasure]
    /// The demands that something is still to be done for, oldest first.
    func unfinishedPersonErasures() throws -> [PersonErasure]

    /// What there is of a person, by category: what would go and what stays, and on which ground.
    func personalDataInventory(of accountID: UUID) throws -> [PersonalDataLine]

    /// Destroys a person's keys, overwrites or deletes every row with something personal, ends all logins, and notes
    /// which files are to follow. What must be kept by law is handed over to be sealed apart first.
    ///
    /// - Parameters:
    ///   - unusablePassword: a hash that no password fits.
    ///   - seal: seals a document that the law demands.
    /// - Returns: how many files are to follow.
    func erasePerson(
        _ accountID: UUID,
        for work: UUID,
        unusablePassword: String,
        at: Date,
        seal: (Data) -> Data
    ) throws -> Int

    /// Documents that the law demands, kept sealed apart from an erased person.
    func archivedDocuments(of erasureID: UUID) throws -> [ArchivedDocument]
}

/// A document that the law demands, sealed apart when its person was erased.
public struct ArchivedDocument: Hashable, Sendable {
    /// What it is: `grade_sheet_row`.
    public var what: String
    /// Where it stood.
    public var place: String
    /// The document, sealed.
    public var sealed: Data

    /// Makes a value.
    public init(what: String, place: String, sealed: Data) {
        self.what = what
        self.place = place
        self.sealed = sealed
    }
}
