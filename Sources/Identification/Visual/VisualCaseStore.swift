public import Foundation

/// Where visual identifications are kept.
///
/// All calls run inside one storage transaction and are synchronous; backends pass one contract suite.
public protocol VisualCaseStore: AnyObject {
    /// The next number of the queue.
    func nextVisualCaseNumber() throws -> Int64
    /// Adds a case.
    func insertVisualCase(_ visualCase: VisualCase) throws
    /// Replaces what a case has become; `false` where somebody else changed it since `version - 1` was read.
    func updateVisualCase(_ visualCase: VisualCase) throws -> Bool
    /// One case.
    func visualCase(_ id: UUID) throws -> VisualCase?
    /// The case of a person that is not closed, for an attempt or for none.
    func openVisualCase(of subject: UUID, attemptID: UUID?) throws -> VisualCase?
    /// Cases by number: those in the queue, or the newest of all.
    func visualCases(_ filter: VisualCaseFilter) throws -> [VisualCase]
    /// How many cases wait before a number.
    func waitingCount(before number: Int64) throws -> Int
    /// How long the last cases were in a verifier's hands from the taking to the decision, in seconds.
    func recentHandlingTimes(limit: Int) throws -> [TimeInterval]
    /// How many verifiers hold a case now.
    func activeVerifierCount(at now: Date) throws -> Int
    /// Cases whose lock has run out.
    func expiredVisualCases(at now: Date, limit: Int) throws -> [VisualCase]
}

/// What a listing of cases asks for.
public struct VisualCaseFilter: Hashable, Sendable {
    /// Which ones.
    public enum Scope: String, Hashable, Sendable, CaseIterable {
        /// Those that wait or are taken, the longest waiting first.
        case open
        /// All, the newest first.
        case all
    }

    /// Which ones.
    public var scope: Scope
    /// Only this person's.
    public var subject: UUID?
    /// Only those with a number beyond this one, in the direction of the listing.
    public var beyond: Int64?
    /// How many at most.
    public var limit: Int

    /// Creates a filter.
    public init(scope: Scope, subject: UUID? = nil, beyond: Int64? = nil, limit: Int = 100) {
        self.scope = scope
        self.subject = subject
        self.beyond = beyond
        self.limit = limit
    }
}
