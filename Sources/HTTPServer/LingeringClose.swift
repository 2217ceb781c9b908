import Dispatch
import Glibc

/// Keeps refused connections open a little longer and throws away what the client still sends.
///
/// Closing a socket with unread input resets the connection, and a client that is busy sending would lose the answer
/// on its way. So the server keeps a second descriptor of such a connection until the client has finished, within
/// bounds of time, bytes and number.
final class LingeringClose: Sendable {
    private struct Entry {
        let source: any DispatchSourceRead
        var discardedBytes = 0
    }

    private struct State {
        var entries: [Int: Entry] = [:]
        var nextKey = 0
        var isStopped = false
    }

    private static let maximumConnections = 128
    private static let maximumBytes = 64 * 1024 * 1024
    private static let maximumTime = DispatchTimeInterval.seconds(5)

    private let state = Locked(State())
    private let queue = DispatchQueue(label: "http-server.lingering-close")

    /// Takes a second descriptor of the connection's socket, if there is room.
    func adopt(_ descriptor: Int32) {
        state.withLock { state in
            guard !state.isStopped, state.entries.count < Self.maximumConnections else { return }
            let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
            guard copy >= 0 else { return }
            let key = state.nextKey
            state.nextKey += 1
            let source = DispatchSource.makeReadSource(fileDescriptor: copy, queue: queue)
            source.setEventHandler { [weak self] in self?.discard(copy, key) }
            source.setCancelHandler { Glibc.close(copy) }
            state.entries[key] = Entry(source: source)
            source.resume()
            queue.asyncAfter(deadline: .now() + Self.maximumTime) { [weak self] in self?.release(key) }
        }
    }

    /// Closes every connection and takes no more.
    func stop() {
        state.withLock { state in
            state.isStopped = true
            for entry in state.entries.values {
                entry.source.cancel()
            }
            state.entries = [:]
        }
    }

    private func release(_ key: Int) {
        state.withLock { $0.entries.removeValue(forKey: key)?.source.cancel() }
    }

    private func discard(_ descriptor: Int32, _ key: Int) {
        let count = Self.discardInput(descriptor)
        let isOver = state.withLock { state in
            state.entries[key]?.discardedBytes += max(count, 0)
            return count < 0 || (state.entries[key]?.discardedBytes ?? 0) > Self.maximumBytes
        }
        if isOver {
            release(key)
        }
    }

    /// Reads once and forgets it.
    /// - Returns: the number of bytes, or -1 at the end of the input.
    private static func discardInput(_ descriptor: Int32) -> Int {
        withUnsafeTemporaryAllocation(byteCount: 64 * 1024, alignment: 1) { buffer in
            let count = recv(descriptor, buffer.baseAddress, buffer.count, Int32(MSG_DONTWAIT))
            if count > 0 { return count }
            return count < 0 && (errno == EAGAIN || errno == EINTR) ? 0 : -1
        }
    }
}
