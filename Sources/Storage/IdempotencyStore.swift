public import Foundation

/// Remembers what a request with an `Idempotency-Key` made, so that a repeated request makes it once.
public protocol IdempotencyStore: AnyObject {
    /// What an account's key made before.
    func idempotentResult(of accountID: UUID, key: String) throws -> IdempotentResult?
    /// Forgets the keys noted before a time; answers how many.
    func purgeIdempotentResults(before: Date) throws -> Int
    /// Notes what a key made; the note lives in the same transaction as the thing itself.
    func insertIdempotentResult(_ result: IdempotentResult, of accountID: UUID, key: String, at: Date) throws
}

/// The outcome that an idempotency key stands for.
public struct IdempotentResult: Hashable, Sendable {
    /// SHA-256 over the request (its route and body): the same key with another request is refused.
    public var requestDigest: String
    /// The identifier of what the request made.
    public var resourceID: UUID

    /// Creates a value.
    public init(requestDigest: String, resourceID: UUID) {
        self.requestDigest = requestDigest
        self.resourceID = resourceID
    }
}
