public import Foundation

/// One thing that happened in an attempt (событие сеанса), ordered by its index.
public struct SessionEvent: Hashable, Sendable {
    /// The index: rises over all attempts, given by the store when the event is committed.
    public var index: Int64
    /// The identifier (UUIDv7).
    public var id: UUID
    /// The attempt it happened in.
    public var attemptID: UUID
    /// The exam the attempt belongs to.
    public var examID: UUID
    /// What happened.
    public var type: SessionEventType
    /// Who says so.
    public var source: Source
    /// When, by the server's clock.
    public var at: Date
    /// Short facts, never personal data and never a score: candidates read their own events.
    public var facts: [String: String]

    /// Who reports an event.
    public enum Source: String, Hashable, Sendable, Codable {
        /// The candidate's device; it may lie.
        case client
        /// The service itself.
        case server
    }

    /// Creates an event; the store replaces the index.
    public init(
        index: Int64 = 0,
        id: UUID,
        attemptID: UUID,
        examID: UUID,
        type: SessionEventType,
        source: Source,
        at: Date,
        facts: [String: String] = [:]
    ) {
        self.index = index
        self.id = id
        self.attemptID = attemptID
        self.examID = examID
        self.type = type
        self.source = source
        self.at = at
        self.facts = facts
    }
}
