import Glibc

/// One client's connection: whether it may still use up time, and the direct way to its socket.
///
/// libmicrohttpd measures inactivity only, so one byte now and then keeps a request open for ever. The sweep of
/// ``Engine`` cuts a connection whose request has not arrived in time.
final class Connection: Sendable {
    private enum Activity {
        /// No request has begun.
        case waiting(deadline: ContinuousClock.Instant)
        /// A request is arriving.
        case receiving(Exchange, deadline: ContinuousClock.Instant)
        /// A request has arrived; its answer takes the time it takes.
        case answering(Exchange)
        /// The watchdog has cut the connection; nothing more is answered.
        case cut
    }

    private struct State {
        /// The socket, or -1 once libmicrohttpd is about to close it.
        var descriptor: Int32
        var activity: Activity
    }

    /// What a sweep found.
    enum Finding {
        case nothing
        /// The connection was cut while this request was arriving.
        case cut(Exchange)
        /// A stream whose client has closed the connection.
        case abandoned(Exchange)
    }

    let remoteAddress: String
    private let state: Locked<State>

    init(descriptor: Int32, remoteAddress: String, deadline: ContinuousClock.Instant) {
        self.remoteAddress = remoteAddress
        state = Locked(State(descriptor: descriptor, activity: .waiting(deadline: deadline)))
    }

    /// The request at work, if there is one.
    var exchange: Exchange? {
        state.withLock { state in
            switch state.activity {
            case .receiving(let exchange, _), .answering(let exchange): exchange
            case .waiting, .cut: nil
            }
        }
    }

    var isCut: Bool {
        state.withLock { if case .cut = $0.activity { true } else { false } }
    }

    func requestBegan(_ exchange: Exchange, deadline: ContinuousClock.Instant) {
        state.withLock { state in
            if case .cut = state.activity { return }
            state.activity = .receiving(exchange, deadline: deadline)
        }
    }

    /// Stops the clock, because the request has arrived or its refusal is about to go out.
    /// - Returns: false if the watchdog was faster; then nothing may be answered any more.
    func beginAnswer(_ exchange: Exchange) -> Bool {
        state.withLock { state in
            if case .cut = state.activity { return false }
            state.activity = .answering(exchange)
            return true
        }
    }

    func requestEnded(deadline: ContinuousClock.Instant) {
        state.withLock { state in
            if case .cut = state.activity { return }
            state.activity = .waiting(deadline: deadline)
        }
    }

    /// Forgets the socket, which libmicrohttpd closes right after.
    func closed() {
        state.withLock { state in
            state.descriptor = -1
            state.activity = .cut
        }
    }

    /// Cuts the connection if its time is over, and notices a stream's client that is gone.
    func sweep(_ now: ContinuousClock.Instant) -> Finding {
        state.withLock { state in
            switch state.activity {
            case .waiting(let deadline) where deadline <= now:
                state.activity = .cut
                shutdown(state.descriptor, Int32(SHUT_RDWR))
                return .nothing
            case .receiving(let exchange, let deadline) where deadline <= now:
                state.activity = .cut
                return .cut(exchange)
            case .answering(let exchange) where exchange.isStreaming && hasPeerClosed(state.descriptor):
                return .abandoned(exchange)
            default:
                return .nothing
            }
        }
    }

    /// Writes a whole answer past libmicrohttpd, which has no means to answer in the midst of a request.
    ///
    /// The caller makes sure that libmicrohttpd writes nothing. A socket that has sent nothing yet takes a short
    /// answer at once; one that doesn't has a client that doesn't read.
    func write(_ bytes: [UInt8]) {
        state.withLock { state in
            guard state.descriptor >= 0 else { return }
            _ = send(state.descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL | MSG_DONTWAIT))
        }
    }

    /// Writes as much as the socket takes at once, past libmicrohttpd, which must be asleep meanwhile.
    /// - Returns: how many bytes went out; 0 too where the client is gone, which libmicrohttpd finds out by itself.
    func writeAtOnce(_ bytes: [UInt8]) -> Int {
        state.withLock { state in
            guard state.descriptor >= 0 else { return 0 }
            return max(0, send(state.descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL | MSG_DONTWAIT)))
        }
    }

    /// Breaks the connection; libmicrohttpd notices and closes it.
    func shutDown() {
        state.withLock { state in
            guard state.descriptor >= 0 else { return }
            shutdown(state.descriptor, Int32(SHUT_RDWR))
        }
    }

    /// Hands the socket to the one who drains it, before libmicrohttpd closes it.
    func linger(_ lingeringClose: LingeringClose) {
        state.withLock { state in
            guard state.descriptor >= 0 else { return }
            lingeringClose.adopt(state.descriptor)
        }
    }

    /// Bounds what the kernel buffers for a stream, so that a slow reader shows in the stream's own buffer, and makes
    /// a peer that has silently vanished an error in time.
    func tuneForStream() {
        state.withLock { state in
            guard state.descriptor >= 0 else { return }
            var bufferSize: Int32 = 64 * 1024
            var milliseconds: Int32 = 30_000
            let size = socklen_t(MemoryLayout<Int32>.size)
            setsockopt(state.descriptor, SOL_SOCKET, SO_SNDBUF, &bufferSize, size)
            setsockopt(state.descriptor, Int32(IPPROTO_TCP), TCP_USER_TIMEOUT, &milliseconds, size)
        }
    }

    private func hasPeerClosed(_ descriptor: Int32) -> Bool {
        guard descriptor >= 0 else { return false }
        var byte: UInt8 = 0
        let count = recv(descriptor, &byte, 1, Int32(MSG_PEEK | MSG_DONTWAIT))
        return count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR)
    }
}
