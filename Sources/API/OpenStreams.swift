import Foundation
import HTTPServer

/// The event streams that are open under each login, so that they end with it.
final class OpenStreams: @unchecked Sendable {
    private let lock = NSLock()
    private var streams: [String: [ObjectIdentifier: EventStream]] = [:]

    /// Notes a stream of a login session; it is forgotten when it closes.
    func add(_ stream: EventStream, tokenHash: String) {
        lock.withLock { streams[tokenHash, default: [:]][ObjectIdentifier(stream)] = stream }
        let key = ObjectIdentifier(stream)
        stream.onClose { [weak self] in self?.remove(key, tokenHash) }
    }

    /// Ends the streams of a login session.
    func finish(tokenHash: String) {
        // Outside the lock: a stream that ends calls back.
        let ended = lock.withLock { streams.removeValue(forKey: tokenHash) ?? [:] }
        for stream in ended.values { stream.finish() }
    }

    private func remove(_ key: ObjectIdentifier, _ tokenHash: String) {
        lock.withLock {
            streams[tokenHash]?[key] = nil
            if streams[tokenHash]?.isEmpty == true { streams[tokenHash] = nil }
        }
    }
}
