public import Foundation

/// What an examiner writes to a candidate while an attempt is under way (row E4).
public struct AttemptMessage: Hashable, Sendable, Identifiable {
    /// The identifier (UUIDv7).
    public var id: UUID
    /// The attempt.
    public var attemptID: UUID
    /// Who wrote it.
    public var authorID: UUID
    /// The text, sealed under the candidate's key.
    public var sealedText: Data
    /// When, by the server's clock.
    public var at: Date
    /// When the candidate's page said that it was shown.
    public var readAt: Date?

    /// Creates a message.
    public init(id: UUID, attemptID: UUID, authorID: UUID, sealedText: Data, at: Date, readAt: Date? = nil) {
        self.id = id
        self.attemptID = attemptID
        self.authorID = authorID
        self.sealedText = sealedText
        self.at = at
        self.readAt = readAt
    }
}

/// Where messages are kept.
///
/// All calls run inside one storage transaction and are synchronous; backends pass one contract suite.
public protocol MessageStore: AnyObject {
    /// Adds a message.
    func insertMessage(_ message: AttemptMessage) throws
    /// The messages of an attempt in order.
    func messages(attemptID: UUID) throws -> [AttemptMessage]
    /// Notes that the messages up to one have been read; answers those that had not been before.
    func noteMessagesRead(attemptID: UUID, upTo id: UUID, at: Date) throws -> [UUID]
}
