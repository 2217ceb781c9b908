public import Foundation

/// Where session events are kept.
///
/// All calls run inside one storage transaction and are synchronous; backends pass one contract suite.
public protocol EventStore: AnyObject {
    /// Adds an event and answers it with its index. It is published once the transaction is durable, never before.
    func appendEvent(_ event: SessionEvent) throws -> SessionEvent
    /// The events of a scope with an index above `after`, in order, perhaps of some types only.
    func events(of scope: EventScope, types: Set<SessionEventType>?, after: Int64, limit: Int) throws -> [SessionEvent]
    /// The newest events of an attempt that are of these types, oldest of them first.
    func newestEvents(of attemptID: UUID, types: [SessionEventType], limit: Int) throws -> [SessionEvent]
    /// The newest event of each of these types in an attempt, in order.
    func newestEventOfEach(_ types: [SessionEventType], of attemptID: UUID) throws -> [SessionEvent]
    /// How often each of these types came in an attempt, for those that did, in the order of their newest events.
    func eventTallies(of types: [SessionEventType], in attemptID: UUID) throws -> [EventTally]
}

/// What the events of one type in an attempt come to.
public struct EventTally: Hashable, Sendable {
    /// Of which type they are.
    public var type: SessionEventType
    /// How many there are.
    public var count: Int
    /// The index of the newest one.
    public var newestIndex: Int64
    /// When the newest one was.
    public var newestAt: Date

    /// Makes one.
    public init(type: SessionEventType, count: Int, newestIndex: Int64, newestAt: Date) {
        self.type = type
        self.count = count
        self.newestIndex = newestIndex
        self.newestAt = newestAt
    }
}

/// Whose events a reader follows.
public enum EventScope: Hashable, Sendable {
    /// One attempt.
    case attempt(UUID)
    /// All attempts of an exam.
    case exam(UUID)
    /// All attempts of all exams.
    case everything
}

extension EventStore {
    /// The events of a scope of all types.
    public func events(of scope: EventScope, after: Int64, limit: Int) throws -> [SessionEvent] {
        try events(of: scope, types: nil, after: after, limit: limit)
    }
}
