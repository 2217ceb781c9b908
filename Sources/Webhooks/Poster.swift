import Dispatch
public import Foundation

/// What came of a plain exchange.
public enum PostOutcome: Hashable, Sendable {
    /// The other side answered.
    case answered(status: Int, body: Data)
    /// There was no answer, or one too long to be read, and why in words without anything of what was sent.
    case unreachable(String)
}

/// Posts bytes to addresses that the institution configured and reads short answers, each exchange on a thread of its own.
public final class Poster: Sendable {
    private let queue = DispatchQueue(label: "attestd.poster", attributes: .concurrent)
    private let certificateFile: String?
    private let timeout: Int

    /// The most bytes that an answer may have.
    static let longestAnswer = 16 * 1024

    /// - Parameters:
    ///   - certificateFile: PEM certificates to trust instead of the system's.
    ///   - timeout: how long an exchange may take, in milliseconds.
    public init(certificateFile: String? = nil, timeout: Int = 10_000) {
        self.certificateFile = certificateFile
        self.timeout = timeout
    }

    /// Posts a body and reads the answer; redirects are not followed.
    public func post(_ body: Data, type: String, to url: ReceiverURL) async -> PostOutcome {
        await withCheckedContinuation { continuation in
            queue.async { [certificateFile, timeout] in
                let transfer = Transfer()
                let outcome = transfer?.exchange(
                    body,
                    headers: ["Content-Type: \(type)", "Expect:"],
                    to: url,
                    certificateFile: certificateFile,
                    allowsPrivateAddresses: true,
                    timeout: timeout
                )
                continuation.resume(returning: outcome ?? .unreachable("libcurl does not start"))
            }
        }
    }
}
