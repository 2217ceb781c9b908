import Cryptography
public import Foundation

/// One message on its way, signed as Standard Webhooks 1.0 has it: the receiver checks the code over identifier, time and
/// body, refuses what is old, and knows what it has had by the identifier.
public struct WebhookMessage: Sendable {
    /// The identifier: the same for each try, so that a receiver can tell a repetition.
    public var id: String
    /// The time of this try.
    public var at: Date
    /// The body, JSON.
    public var body: Data

    /// Makes a message.
    public init(id: String, at: Date, body: Data) {
        self.id = id
        self.at = at
        self.body = body
    }

    /// Seconds since 1970.
    var timestamp: String { String(Int64(at.timeIntervalSince1970)) }

    /// The value of `webhook-signature`: version and code, base64.
    ///
    /// - Precondition: the key has 32 bytes.
    public func signature(key: some DataProtocol) -> String {
        let signed = Data("\(id).\(timestamp).".utf8) + body
        return "v1," + Data(MessageCode.code(of: signed, key: key)).base64EncodedString()
    }
}

/// What came of a try.
public enum DeliveryOutcome: Hashable, Sendable {
    /// The receiver took it: a status of 200 to 299.
    case delivered
    /// The receiver answered with another status; redirects are not followed.
    case refused(status: Int)
    /// There was no answer, and why in words without anything of the message.
    case unreachable(String)
}
