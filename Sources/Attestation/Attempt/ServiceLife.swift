public import Foundation

/// Where it is kept when the service was last known to run, and which attempts depend on that.
///
/// All calls run inside one storage transaction and are synchronous; backends pass one contract suite.
public protocol ServiceLifeStore: AnyObject {
    /// The last durable sign of life: what was noted, or the newest session event where that came later. Nil where
    /// nothing was ever noted.
    func lastSignOfLife() throws -> Date?
    /// Notes that the service runs.
    func noteSignOfLife(at: Date) throws
    /// Whether an attempt is under way.
    func hasAttemptsUnderWay() throws -> Bool
    /// The attempts under way, as they are kept.
    func attemptsUnderWay() throws -> [Attempt]
}

extension Attempt {
    /// The attempt with the time that the service was down while its clock ran, as an entry with the reason; itself
    /// where the clock did not run.
    ///
    /// The time is given as of the moment when the service was last alive: an attempt whose time would have run out
    /// meanwhile goes on with what was left.
    ///
    /// - Throws: ``AttemptError`` with code `invalidTime` where it adds up to more than a week.
    public func creditingDowntime(since life: Date, until now: Date) throws(AttemptError) -> Attempt {
        var from = life.toMillisecond
        switch state {
        case .started, .readyToSubmit: break
        case .paused:
            // A break that was used up while the service was down ended then, and the clock ran again.
            guard let end = ledger.breakEnd else { return self }
            from = max(from, end)
        default: return self
        }
        from = max(from, lastAt)
        // What was over before the service went down stays over.
        guard settled(at: from).state.acceptsAnswers else { return self }
        let milliseconds = now.milliseconds - from.milliseconds
        guard milliseconds > 0 else { return self }
        return try giving(.outage, milliseconds: milliseconds, .system(.technicalFailure), at: from)
    }
}
