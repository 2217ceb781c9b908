public import Foundation

/// An answer as it was saved last.
public struct SavedAnswer: Hashable, Sendable {
    /// The attempt.
    public let attemptID: UUID
    /// The item's number on the ticket, from 1.
    public let number: Int
    /// Counts the times it was saved, from 1.
    public let version: Int
    /// When, by the server's clock.
    public let savedAt: Date
    /// The answer.
    public let answer: Answer

    /// Makes a value.
    public init(attemptID: UUID, number: Int, version: Int, savedAt: Date, answer: Answer) {
        self.attemptID = attemptID
        self.number = number
        self.version = version
        self.savedAt = savedAt
        self.answer = answer
    }
}
