import Foundation
import HTTPServer
import Workflows

/// The event streams that are open under each login or token, so that they end with it.
final class OpenStreams: @unchecked Sendable {
    private struct Entry {
        var stream: EventStream
        var accountID: UUID
    }

    private let lock = NSLock()
    // Guarded by `lock`; by the identifier of the session or token.
    private var streams: [UUID: [ObjectIdentifier: Entry]] = [:]

    /// Notes a stream of whoever follows it; it is forgotten when it closes.
    func add(_ stream: EventStream, of principal: Principal) {
        let (credentialID, key) = (principal.credentialID, ObjectIdentifier(stream))
        lock.withLock {
            streams[credentialID, default: [:]][key] = Entry(stream: stream, accountID: principal.id)
        }
        stream.onClose { [weak self] in self?.remove(key, credentialID) }
    }

    /// The sessions and tokens under which streams are open.
    var credentialIDs: [UUID] { lock.withLock { Array(streams.keys) } }

    /// Ends the streams of a session or token.
    func finish(credentialID: UUID) {
        finish { id, _ in id == credentialID }
    }

    /// Ends all streams of an account, those of one session perhaps left alone.
    func finish(accountID: UUID, except credentialID: UUID? = nil) {
        finish { id, entry in entry.accountID == accountID && id != credentialID }
    }

    private func finish(where isMeant: (UUID, Entry) -> Bool) {
        // Outside the lock: a stream that ends calls back.
        let ended = lock.withLock {
            streams.flatMap { id, entries in entries.values.filter { isMeant(id, $0) } }
        }
        for entry in ended { entry.stream.finish() }
    }

    private func remove(_ key: ObjectIdentifier, _ credentialID: UUID) {
        lock.withLock {
            streams[credentialID]?[key] = nil
            if streams[credentialID]?.isEmpty == true { streams[credentialID] = nil }
        }
    }
}
