/// A bounded producer of server-sent events for one client.
///
/// Any number of tasks may send; events go out in the order of the calls. What the client has not yet taken waits in
/// a buffer, and a client that lets it run full is cut: it comes back with Last-Event-ID, and the server's memory
/// never depends on its slowness.
public final class EventStream: Sendable {
    fileprivate struct State {
        var buffer: [UInt8] = []
        /// How much of the buffer the client has already taken.
        var consumed = 0
        var phase = Phase.open
        var isAttached = false
        /// What wakes the connection, while it sleeps because there is nothing to send.
        var wake: (@Sendable () -> Void)?
        /// What breaks the connection, while there is one.
        var cut: (@Sendable () -> Void)?
        /// What writes to the connection at once, as much as it takes; only while it sleeps.
        var write: (@Sendable ([UInt8]) -> Int)?
        var closeHandlers: [@Sendable () -> Void] = []
        var bytesSent = 0
    }

    fileprivate enum Phase {
        /// Events are taken.
        case open
        /// The producer has finished; what is buffered still goes out.
        case finished
        /// The client was too slow or went away; nothing goes out any more.
        case cut
        /// The connection is over, and the close handlers have run.
        case closed
    }

    /// What the connection gets to send.
    enum Reading: Equatable {
        case bytes(Int)
        case sleeping
        case end
        case broken
    }

    private let state = Locked(State())
    private let maximumBufferedBytes: Int

    /// Creates a stream that no client listens to yet; events sent before the response begins are buffered.
    public init(maximumBufferedBytes: Int = 256 * 1024) {
        self.maximumBufferedBytes = maximumBufferedBytes
    }

    deinit {
        // A stream whose response was never sent still owes its close handlers.
        close()
    }

    /// Sends an event.
    ///
    /// - Returns: false once the stream is closed or finished, or if this event would overflow the buffer, in which
    ///   case the client is cut.
    @discardableResult
    public func send(_ event: ServerSentEvent) -> Bool {
        append(event.serialized)
    }

    /// Sends an event that was serialized before; see ``send(_:)-(ServerSentEvent)``.
    @discardableResult
    public func send(_ event: SerializedEvent) -> Bool {
        append(event.bytes)
    }

    /// Ends the stream after what is buffered. Finishing twice is harmless.
    public func finish() {
        state.withLock { state in
            guard state.phase == .open else { return }
            state.phase = .finished
            state.wakeUp()
        }
    }

    /// Registers work for the moment when the stream is over, from whichever side; at once if it already is.
    ///
    /// Each body runs exactly once, on a thread of the server, and must not block.
    public func onClose(_ body: @escaping @Sendable () -> Void) {
        let isClosed = state.withLock { state in
            guard state.phase != .closed else { return true }
            state.closeHandlers.append(body)
            return false
        }
        if isClosed {
            body()
        }
    }

    /// Whether events are still taken.
    public var isOpen: Bool {
        state.withLock { $0.phase == .open }
    }

    // MARK: The connection's side

    /// Gives the stream a connection. An initial comment makes the header go out at once.
    /// - Returns: false if the stream has a connection already; two can't share it.
    ///
    /// - Parameter write: writes to the sleeping connection as much as it takes at once, and answers how much that was.
    ///   An event for thousands goes out on the thread that sends it, without waking each connection's own.
    func attach(
        cut: @escaping @Sendable () -> Void,
        write: @escaping @Sendable ([UInt8]) -> Int = { _ in 0 }
    ) -> Bool {
        state.withLock { state in
            guard !state.isAttached else { return false }
            state.isAttached = true
            state.cut = cut
            state.write = write
            if state.buffer.isEmpty {
                state.buffer += ":\n\n".utf8
            }
            return true
        }
    }

    /// Takes what is buffered.
    ///
    /// With nothing to send, `sleep` puts the connection to sleep and returns what wakes it. This happens under the
    /// stream's lock: a concurrent send finds either the connection awake, with its reading still to come, or asleep
    /// together with the means to wake it. So no wake-up is lost.
    func read(into target: UnsafeMutableRawBufferPointer, sleep: () -> @Sendable () -> Void) -> Reading {
        state.withLock { state in
            guard state.phase != .cut, state.phase != .closed else { return .broken }
            let count = min(target.count, state.buffer.count - state.consumed)
            guard count > 0 else {
                guard state.phase == .open else { return .end }
                state.wake = sleep()
                return .sleeping
            }
            state.buffer.withUnsafeBytes { source in
                let next = source[state.consumed..<state.consumed + count]
                target.copyMemory(from: UnsafeRawBufferPointer(rebasing: next))
            }
            state.consumed += count
            state.bytesSent += count
            if state.consumed == state.buffer.count {
                state.buffer.removeAll(keepingCapacity: state.buffer.capacity <= 16 * 1024)
                state.consumed = 0
            }
            return .bytes(count)
        }
    }

    /// Sends a comment if the client has taken everything.
    func sendHeartbeat() {
        state.withLock { state in
            guard state.phase == .open, state.buffer.isEmpty else { return }
            state.buffer += ":\n\n".utf8
            state.wakeUp()
        }
    }

    /// Gives the client up: nothing is sent any more, and the connection breaks.
    func giveUp() {
        state.withLock { $0.breakConnection() }
    }

    /// Marks the connection as over and runs the close handlers. Closing twice is harmless.
    /// - Returns: the number of bytes sent.
    @discardableResult
    func close() -> Int {
        let (handlers, bytesSent) = state.withLock { state in
            state.phase = .closed
            state.buffer = []
            state.consumed = 0
            state.wake = nil
            state.cut = nil
            state.write = nil
            defer { state.closeHandlers = [] }
            return (state.closeHandlers, state.bytesSent)
        }
        for handler in handlers {
            handler()
        }
        return bytesSent
    }

    private func append(_ bytes: [UInt8]) -> Bool {
        state.withLock { state in
            guard state.phase == .open else { return false }
            guard state.buffer.count - state.consumed + bytes.count <= maximumBufferedBytes else {
                state.breakConnection()
                return false
            }
            if state.consumed > maximumBufferedBytes {
                state.buffer.removeFirst(state.consumed)
                state.consumed = 0
            }
            // Asleep means that nothing is on its way: the order holds.
            let written = state.wake != nil && state.buffer.isEmpty ? state.write?(bytes) ?? 0 : 0
            state.bytesSent += written
            guard written < bytes.count else { return true }
            state.buffer += bytes[written...]
            state.wakeUp()
            return true
        }
    }
}

extension EventStream.State {
    fileprivate mutating func wakeUp() {
        wake?()
        wake = nil
    }

    fileprivate mutating func breakConnection() {
        guard phase == .open || phase == .finished else { return }
        phase = .cut
        buffer = []
        consumed = 0
        cut?()
        wakeUp()
    }
}
