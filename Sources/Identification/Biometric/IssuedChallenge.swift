public import Foundation

/// A liveness challenge as it was issued to a candidate: it counts once, for one attempt or one procedure apart
/// from any, for a short time (row B4).
public struct IssuedChallenge: Hashable, Sendable {
    /// How long a challenge counts, in seconds (ISO/IEC 30107-3; the order's number).
    public static let validity: TimeInterval = 180

    /// The identifier (UUIDv7).
    public var id: UUID
    /// Which attempt it is for; `nil` where it is for a procedure apart.
    public var attemptID: UUID?
    /// Which kind of procedure it is for; `nil` where it is for an attempt.
    public var procedure: ProcedureKind?
    /// The candidate.
    public var accountID: UUID
    /// Comes back with the frames, 64 hexadecimal digits: who cannot read the answer cannot use the challenge.
    public var nonce: String
    /// The movements asked for, in order, as stable words.
    public var movements: [String]
    /// When it was issued.
    public var issuedAt: Date
    /// When frames came for it; `nil` while it is unused.
    public var usedAt: Date?

    /// Until when frames are taken.
    public var expiresAt: Date { issuedAt.addingTimeInterval(Self.validity) }

    /// Creates a value.
    public init(
        id: UUID,
        attemptID: UUID?,
        procedure: ProcedureKind? = nil,
        accountID: UUID,
        nonce: String,
        movements: [String],
        issuedAt: Date,
        usedAt: Date? = nil
    ) {
        self.id = id
        self.attemptID = attemptID
        self.procedure = procedure
        self.accountID = accountID
        self.nonce = nonce
        self.movements = movements
        self.issuedAt = issuedAt
        self.usedAt = usedAt
    }
}

/// Where liveness challenges are kept.
///
/// All calls run inside one storage transaction and are synchronous; backends pass one contract suite.
public protocol ChallengeStore: AnyObject {
    /// Adds a challenge.
    func insertChallenge(_ challenge: IssuedChallenge) throws
    /// One challenge.
    func challenge(_ id: UUID) throws -> IssuedChallenge?
    /// How many challenges were issued for an attempt since a time.
    func challengeCount(attemptID: UUID, since: Date) throws -> Int
    /// How many challenges were issued to somebody apart from any attempt since a time.
    func challengeCount(apartOf accountID: UUID, since: Date) throws -> Int
    /// Uses a challenge up; `false` where it was used before.
    func useChallenge(_ id: UUID, at: Date) throws -> Bool
    /// Notes the digests of submitted frames, and answers how many of them were submitted before, by anybody.
    func noteFrameDigests(_ digests: [String], challengeID: UUID, at: Date) throws -> Int
    /// Forgets the digests noted before a time, and the challenges issued before it; answers how many of both.
    func purgeChallenges(before: Date) throws -> Int
}
