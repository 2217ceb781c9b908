import Dispatch
public import Foundation

/// Sends messages on a thread of its own, one after the other.
public final class WebhookSender: Sendable {
    private let queue = DispatchQueue(label: "attestd.webhooks")
    private let certificateFile: String?
    private let allowsPrivateAddresses: Bool
    private let timeout: Int

    /// - Parameters:
    ///   - certificateFile: PEM certificates to trust instead of the system's.
    ///   - allowsPrivateAddresses: whether receivers may stand in the institution's own network. Otherwise a name that leads
    ///     there is not connected to, whoever registered it.
    ///   - timeout: how long an exchange may take, in milliseconds.
    public init(certificateFile: String? = nil, allowsPrivateAddresses: Bool, timeout: Int = 10_000) {
        self.certificateFile = certificateFile
        self.allowsPrivateAddresses = allowsPrivateAddresses
        self.timeout = timeout
    }

    /// Reads a receiver's address as this sender would use it.
    public func receiver(_ text: String) -> ReceiverURL? {
        ReceiverURL(text, allowsLoopback: allowsPrivateAddresses)
    }

    /// Sends a message, signed with the receiver's key.
    ///
    /// - Precondition: the key has 32 bytes.
    public func send(_ message: WebhookMessage, to url: ReceiverURL, key: Data) async -> DeliveryOutcome {
        await withCheckedContinuation { continuation in
            queue.async { [certificateFile, allowsPrivateAddresses, timeout] in
                guard let transfer = Transfer() else {
                    continuation.resume(returning: .unreachable("libcurl does not start"))
                    return
                }
                let outcome = transfer.post(
                    message,
                    to: url,
                    key: key,
                    certificateFile: certificateFile,
                    allowsPrivateAddresses: allowsPrivateAddresses,
                    timeout: timeout
                )
                continuation.resume(returning: outcome)
            }
        }
    }
}
