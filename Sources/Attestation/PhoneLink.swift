public import Foundation

/// A right to upload photographs to one question of one attempt from another device, without a login there.
///
/// The candidate's page shows a secret as a QR code; whoever has it exchanges it once for a token, and with the token a
/// few files are uploaded before the time is over. Only hashes of both are stored.
public struct PhoneLink: Hashable, Sendable, Identifiable {
    /// The link's identifier.
    public let id: UUID
    /// The attempt.
    public let attemptID: UUID
    /// Whose attempt it is.
    public let candidateID: UUID
    /// The item's number on the ticket, from 1.
    public let number: Int
    /// SHA-256 of the secret, hex.
    public let secretHash: String
    /// SHA-256 of the token, hex; `nil` until the secret was exchanged.
    public var tokenHash: String?
    /// Until when files are taken.
    public let expiresAt: Date
    /// How many files may still come.
    public var filesLeft: Int

    /// For how long a link holds, in seconds.
    public static let lifetime: TimeInterval = 600
    /// How many files come by one link at most.
    public static let fileLimit = 10

    /// Makes a value.
    public init(
        id: UUID,
        attemptID: UUID,
        candidateID: UUID,
        number: Int,
        secretHash: String,
        tokenHash: String? = nil,
        expiresAt: Date,
        filesLeft: Int = Self.fileLimit
    ) {
        self.id = id
        self.attemptID = attemptID
        self.candidateID = candidateID
        self.number = number
        self.secretHash = secretHash
        self.tokenHash = tokenHash
        self.expiresAt = expiresAt
        self.filesLeft = filesLeft
    }

    /// Whether the secret can be exchanged for a token: once, in time.
    public func mayOpen(at now: Date) -> Bool { tokenHash == nil && now < expiresAt }

    /// Whether a file may come.
    public func mayUpload(at now: Date) -> Bool { tokenHash != nil && filesLeft > 0 && now < expiresAt }
}

/// Where phone links are kept.
///
/// All calls run inside one storage transaction and are synchronous.
public protocol PhoneLinkStore: AnyObject {
    /// The link of a secret's hash.
    func phoneLink(secretHash: String) throws -> PhoneLink?
    /// The link of a token's hash.
    func phoneLink(tokenHash: String) throws -> PhoneLink?
    /// Adds a link in place of those that the attempt had.
    func replacePhoneLinks(with link: PhoneLink) throws
    /// Stores what has changed of a link.
    func updatePhoneLink(_ link: PhoneLink) throws
    /// Forgets the links of an attempt; forgetting none is no error.
    func deletePhoneLinks(attemptID: UUID) throws
    /// Forgets the links whose time is over; answers how many rows went.
    func purgePhoneLinks(at now: Date) throws -> Int
}
