public import Foundation

/// A message between the person who conducts an exam and a candidate, while the attempt is under way (row E4).
public struct AttemptMessage: Hashable, Sendable {
    /// The identifier (UUIDv7).
    public var id: UUID
    /// The attempt it belongs to.
    public var attemptID: UUID
    /// Who wrote it.
    public var author: UUID
    /// Whether the candidate wrote it.
    public var isFromCandidate: Bool
    /// When, by the server's clock.
    public var at: Date
    /// The text, sealed under the candidate's key.
    public var sealed: Data

    /// Creates a value.
    public init(id: UUID, attemptID: UUID, author: UUID, isFromCandidate: Bool, at: Date, sealed: Data) {
        self.id = id
        self.attemptID = attemptID
        self.author = author
        self.isFromCandidate = isFromCandidate
        self.at = at
        self.sealed = sealed
    }
}

/// Where messages are kept.
public protocol MessageStore: AnyObject {
    /// Adds a message.
    func insertMessage(_ message: AttemptMessage) throws
    /// One message.
    func message(_ id: UUID) throws -> AttemptMessage?
    /// The messages of an attempt, oldest first.
    func messages(attemptID: UUID) throws -> [AttemptMessage]
}
