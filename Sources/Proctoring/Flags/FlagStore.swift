public import Foundation

/// Where flags are kept.
///
/// All calls run inside one storage transaction and are synchronous; backends pass one contract suite.
public protocol FlagStore: AnyObject {
    /// Adds a flag.
    func insertFlag(_ flag: Flag) throws
    /// Replaces a flag's events, times and decisions. What is decided finally cannot be changed; the backend refuses.
    func updateFlag(_ flag: Flag) throws
    /// A flag.
    func flag(_ id: UUID) throws -> Flag?
    /// The flags of an attempt, in the order in which they were raised.
    func flags(attemptID: UUID) throws -> [Flag]
    /// The newest flag of a rule in an attempt.
    func newestFlag(of rule: String, attemptID: UUID) throws -> Flag?
    /// Flags that wait for a decision: the gravest first, of these the oldest.
    ///
    /// - Parameters:
    ///   - examID: only those of one exam.
    ///   - after: only what comes behind this flag in that order.
    func undecidedFlags(examID: UUID?, after: UUID?, limit: Int) throws -> [Flag]
}
