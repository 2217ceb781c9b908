public import Foundation

/// Another system that is told what happens: the dean's office, the LMS (row E5).
public struct WebhookReceiver: Hashable, Sendable, Identifiable {
    /// The identifier.
    public let id: UUID
    /// Where messages go; https.
    public var url: String
    /// Which kinds of messages.
    public var kinds: Set<OutboxMessage.Kind>
    /// The key that messages are signed with, sealed.
    public var sealedKey: Data
    /// Who registered it.
    public var createdBy: UUID
    /// When.
    public var createdAt: Date
    /// Since when nothing is sent to it any more.
    public var endedAt: Date?

    /// Makes a receiver.
    public init(
        id: UUID,
        url: String,
        kinds: Set<OutboxMessage.Kind>,
        sealedKey: Data,
        createdBy: UUID,
        createdAt: Date,
        endedAt: Date? = nil
    ) {
        self.id = id
        self.url = url
        self.kinds = kinds
        self.sealedKey = sealedKey
        self.createdBy = createdBy
        self.createdAt = createdAt
        self.endedAt = endedAt
    }
}

/// A message to one receiver. It is written in the transaction of what it tells, and tried until the receiver has it.
public struct OutboxMessage: Hashable, Sendable, Identifiable {
    /// The kinds.
    public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
        /// A grade sheet was closed, with its rows.
        case sheetClosed = "grade_sheet.closed"
        /// A grade sheet was opened again: what was sent of it is no longer final.
        case sheetReopened = "grade_sheet.reopened"
        /// An attestation has not taken place, or a candidate said before it that they cannot take part (S2 4.5, 4.7).
        case notTakenPlace = "attempt.not_taken_place"
        /// A candidate has begun an attempt.
        case attemptStarted = "attempt.started"
        /// An attempt was handed in, or its time was over.
        case attemptSubmitted = "attempt.submitted"
        /// A person ended an attempt.
        case attemptRejected = "attempt.rejected"
        /// The grade of an attempt stands; the message says so and not which.
        case attemptGraded = "attempt.graded"
        /// A rule or an examiner marked an attempt for the reviewers.
        case flagRaised = "flag.raised"
        /// A person decided about a flag.
        case flagDecided = "flag.decided"
    }

    /// The identifier, the same for each try.
    public let id: UUID
    /// Whom it is for.
    public let receiverID: UUID
    /// What it is about.
    public let kind: Kind
    /// The body; empty once the receiver has it.
    public private(set) var body: Data
    /// When it was written.
    public let createdAt: Date
    /// How often it was tried.
    public private(set) var tries: Int
    /// When it is tried next; nil once it is delivered or given up.
    public private(set) var nextTryAt: Date?
    /// When the receiver took it.
    public private(set) var deliveredAt: Date?
    /// What came of the last try, where it failed.
    public private(set) var lastFailure: String?

    /// Makes a message that is tried at once.
    public init(id: UUID, receiverID: UUID, kind: Kind, body: Data, createdAt: Date) {
        self.id = id
        self.receiverID = receiverID
        self.kind = kind
        self.body = body
        self.createdAt = createdAt
        tries = 0
        nextTryAt = createdAt
    }

    /// Makes a message as it is kept.
    public init(
        id: UUID,
        receiverID: UUID,
        kind: Kind,
        body: Data,
        createdAt: Date,
        tries: Int,
        nextTryAt: Date?,
        deliveredAt: Date?,
        lastFailure: String?
    ) {
        self.init(id: id, receiverID: receiverID, kind: kind, body: body, createdAt: createdAt)
        self.tries = tries
        self.nextTryAt = nextTryAt
        self.deliveredAt = deliveredAt
        self.lastFailure = lastFailure
    }

    /// After so many tries, over five days, nobody tries any more until a person says so.
    public static let mostTries = 24
    private static let firstWait: TimeInterval = 30
    private static let longestWait: TimeInterval = 6 * 3_600

    /// Seconds until the next try after so many: half a minute, doubled each time, six hours at most.
    public static func wait(after tries: Int) -> TimeInterval {
        min(longestWait, firstWait * Double(1 << min(tries - 1, 20)))
    }

    /// The message as delivered.
    public func delivered(at time: Date) -> OutboxMessage {
        var message = self
        message.tries += 1
        message.deliveredAt = time
        message.nextTryAt = nil
        message.lastFailure = nil
        message.body = Data()
        return message
    }

    /// The message after a try that failed.
    public func failed(_ reason: String, at time: Date) -> OutboxMessage {
        var message = self
        message.tries += 1
        message.lastFailure = reason
        message.nextTryAt = message.tries >= Self.mostTries ? nil : time + Self.wait(after: message.tries)
        return message
    }

    /// The message to be tried again now, by hand.
    public func retried(at time: Date) -> OutboxMessage {
        var message = self
        guard deliveredAt == nil else { return message }
        message.nextTryAt = time
        message.tries = 0
        return message
    }
}

/// Where receivers and messages are kept.
///
/// All calls run inside one storage transaction and are synchronous; backends pass one contract suite.
public protocol OutboxStore: AnyObject {
    /// Adds a receiver, or replaces what is kept of it.
    func saveReceiver(_ receiver: WebhookReceiver) throws
    /// One receiver.
    func receiver(_ id: UUID) throws -> WebhookReceiver?
    /// All receivers, newest first; ended ones too.
    func receivers() throws -> [WebhookReceiver]

    /// Adds a message, or replaces what is kept of it.
    func saveMessage(_ message: OutboxMessage) throws
    /// One message.
    func message(_ id: UUID) throws -> OutboxMessage?
    /// The messages to try by now, those that have waited longest in front.
    func dueMessages(at time: Date, limit: Int) throws -> [OutboxMessage]
    /// A receiver's messages, newest first; `before` is the last of the page before.
    func messages(receiverID: UUID, before: UUID?, limit: Int) throws -> [OutboxMessage]
}
