public import Cryptography
public import Foundation

/// A record about a person, which the log can prove for ever though the person's data may be erased.
///
/// The log holds only what is public, a pseudonym and the digest of the sealed box that holds the rest. Destroying the
/// person's key makes the box unreadable; entry, leaf and proofs stay as they are. As canonical JSON:
///
/// ```json
/// {"at":"2025-09-01T08:30:00.000Z","facts":{…},"kind":"identification","payload_sha256":"…","subject":"…","v":1}
/// ```
public struct SealedRecord: Hashable, Sendable {
    /// What happened, such as `identification` or `grade`.
    public let kind: String
    /// When it happened, to the millisecond.
    public let timestamp: Date
    /// The pseudonym of the person, by which nobody outside can tell who it is; nil when it is about nobody.
    public let subject: String?
    /// The digest of the whole sealed box; nil when there is nothing to seal.
    public let payloadDigest: SHA256Digest?
    /// What may be known to everybody; must hold no personal data.
    public let facts: [String: JSONValue]

    private static let version: Int64 = 1

    /// A record.
    public init(
        kind: String,
        timestamp: Date,
        subject: String? = nil,
        payloadDigest: SHA256Digest? = nil,
        facts: [String: JSONValue] = [:]
    ) {
        self.kind = kind
        self.timestamp = LogTimestamp.date(milliseconds: LogTimestamp.milliseconds(timestamp))
        self.subject = subject
        self.payloadDigest = payloadDigest
        self.facts = facts
    }

    /// A record from an entry's body.
    ///
    /// - Throws: ``TransparencyLogError`` with code `malformedRecord` or `malformedJSON`; unknown versions and unknown
    ///   members are refused.
    public init(body: [UInt8]) throws {
        let parsed = try LogBody(bytes: body)
        guard case .object(var members) = try CanonicalJSON.decode(body),
            case .integer(Self.version)? = members.removeValue(forKey: "v"),
            case .object(let facts)? = members.removeValue(forKey: "facts")
        else {
            throw TransparencyLogError(.malformedRecord, "The body is not a record of version \(Self.version).")
        }
        members["kind"] = nil
        members["at"] = nil
        let subject = try Self.text(members.removeValue(forKey: "subject"))
        let digest = try Self.text(members.removeValue(forKey: "payload_sha256")).map(Self.digest)
        guard members.isEmpty else {
            throw TransparencyLogError(.malformedRecord, "A record has no member \(members.keys.sorted()[0]).")
        }
        self.init(
            kind: parsed.kind,
            timestamp: parsed.timestamp,
            subject: subject,
            payloadDigest: digest,
            facts: facts
        )
    }

    /// The body for ``Log/append(_:to:)``.
    ///
    /// - Throws: ``TransparencyLogError`` with code `malformedRecord` or `malformedJSON`.
    public func body() throws -> LogBody {
        var members: [String: JSONValue] = [
            "v": .integer(Self.version),
            "kind": .string(kind),
            "at": .string(LogTimestamp.text(timestamp)),
            "facts": .object(facts),
        ]
        members["subject"] = subject.map(JSONValue.string)
        members["payload_sha256"] = (payloadDigest?.hex).map(JSONValue.string)
        return try LogBody(.object(members))
    }

    private static func text(_ value: JSONValue?) throws -> String? {
        switch value {
        case nil: nil
        case .string(let text): text
        default: throw TransparencyLogError(.malformedRecord, "subject and payload_sha256 are texts.")
        }
    }

    private static func digest(_ hex: String) throws -> SHA256Digest {
        guard let digest = try? SHA256Digest(hex: hex), digest.hex == hex else {
            throw TransparencyLogError(.malformedRecord, "payload_sha256 is 64 lower-case hexadecimal digits.")
        }
        return digest
    }
}
