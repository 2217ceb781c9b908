public import Foundation

/// One version of an answer as it was saved.
public struct SavedAnswer: Hashable, Sendable {
    /// Who sent it and under which number, where it came from a device's queue.
    public struct Origin: Hashable, Sendable {
        /// The login of the device.
        public let device: String
        /// The number that the device gave it.
        public let sequence: Int64

        /// Makes a value.
        public init(device: String, sequence: Int64) {
            self.device = device
            self.sequence = sequence
        }
    }

    /// The attempt.
    public let attemptID: UUID
    /// The item's number on the ticket, from 1.
    public let number: Int
    /// Counts the times it was saved, from 1.
    public let version: Int
    /// When it was given, by the server's clock.
    public let givenAt: Date
    /// When it was saved, by the server's clock.
    public let savedAt: Date
    /// Where it comes from, where a device queued it.
    public let origin: Origin?
    /// The answer.
    public let answer: Answer

    /// Makes a value.
    public init(
        attemptID: UUID,
        number: Int,
        version: Int,
        givenAt: Date? = nil,
        savedAt: Date,
        origin: Origin? = nil,
        answer: Answer
    ) {
        self.attemptID = attemptID
        self.number = number
        self.version = version
        self.givenAt = givenAt ?? savedAt
        self.savedAt = savedAt
        self.origin = origin
        self.answer = answer
    }

    /// Whether it counts rather than another version: the one given later, of two given at once the one saved later.
    /// A queue that arrives late does not overwrite what was typed meanwhile on another device.
    public func counts(before other: SavedAnswer) -> Bool {
        givenAt == other.givenAt ? version > other.version : givenAt > other.givenAt
    }
}
