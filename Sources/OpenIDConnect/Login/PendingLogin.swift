public import Cryptography
public import Foundation

/// A login that has begun: what its end is checked against.
///
/// The caller
/// - stores it sealed, by ``stateHash``: it holds the nonce and the code verifier;
/// - takes it out, reading and deleting in one transaction, when the browser comes back, whatever comes of it:
///   a second answer to the same login then finds nothing;
/// - deletes what is older than ``lifetime``, and limits how many there are for one client address.
public struct PendingLogin: Hashable, Sendable, Codable {
    /// SHA-256 of the `state` parameter, under which it is stored.
    public let stateHash: SHA256Digest
    /// When it began.
    public let createdAt: Date
    /// Where the person wanted to go.
    public let returnTarget: ReturnTarget?

    let issuer: String
    let nonce: String
    let codeVerifier: String
    let browserTokenHash: SHA256Digest

    /// How long, in seconds, somebody may take to log in at the provider.
    public static let lifetime: TimeInterval = 600

    /// Whether it is too old at `now`; a clock set back by more than a minute makes it so too.
    public func isExpired(at now: Date) -> Bool {
        !(-60..<Self.lifetime).contains(now.timeIntervalSince(createdAt))
    }
}

extension PendingLogin: CustomStringConvertible, CustomReflectable {
    /// Says when it began, and none of its secrets.
    public var description: String { "PendingLogin(\(createdAt))" }

    /// Shows none of its secrets.
    public var customMirror: Mirror { Mirror(self, children: ["createdAt": createdAt]) }
}
