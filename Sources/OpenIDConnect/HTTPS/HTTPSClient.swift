import Foundation

/// Speaks to a provider on threads of its own, off the pool on which handlers run.
///
/// A few lanes, each a thread with an easy handle: a slow answer holds up one of them. Connections stay open between
/// requests.
final class HTTPSClient: Sendable {
    private let lanes: [Lane]

    static let laneCount = 4
    /// How many requests may wait in one lane; with 10 seconds each nobody waits longer than a browser does.
    static let mostWaiting = 4

    /// - Parameters:
    ///   - certificateFile: PEM certificates to trust instead of the system's.
    ///   - timeout: how long an exchange may take, in milliseconds; half of it for the connection.
    init(certificateFile: String?, timeout: Int = 10_000) {
        lanes = (0..<Self.laneCount).map { Lane(number: $0, certificateFile, timeout) }
    }

    /// Sends a request; redirects are not followed.
    ///
    /// - Throws: ``OpenIDConnectError`` where there was no whole answer.
    func send(_ request: HTTPSRequest) async throws -> HTTPSResponse {
        // Two callers may choose the same lane: one then waits a little, or is told that it is full.
        guard let lane = lanes.min(by: { $0.load < $1.load }), lane.enter() else {
            throw OpenIDConnectError(.busy, "Too many requests to the provider wait already.")
        }
        return try await withCheckedThrowingContinuation { continuation in
            lane.queue.async {
                let result = Result { try lane.perform(request) }
                lane.leave()
                continuation.resume(with: result)
            }
        }
    }
}

private final class Lane: @unchecked Sendable {
    let queue: DispatchQueue
    private let certificateFile: String?
    private let timeout: Int
    private let lock = NSLock()
    // Guarded by `lock`.
    private var entered = 0
    // Touched on `queue` only.
    private var handle: EasyHandle?

    init(number: Int, _ certificateFile: String?, _ timeout: Int) {
        queue = DispatchQueue(label: "attestd.openid-connect.\(number)")
        self.certificateFile = certificateFile
        self.timeout = timeout
    }

    var load: Int { lock.withLock { entered } }

    func enter() -> Bool {
        lock.withLock {
            guard entered <= HTTPSClient.mostWaiting else { return false }
            entered += 1
            return true
        }
    }

    func leave() {
        lock.withLock { entered -= 1 }
    }

    func perform(_ request: HTTPSRequest) throws -> HTTPSResponse {
        if handle == nil { handle = try EasyHandle(certificateFile: certificateFile, timeout: timeout) }
        guard let response = try handle?.perform(request) else {
            throw OpenIDConnectError(.unreachable, "libcurl does not start.")
        }
        return response
    }
}
