import CMicroHTTPD
import Foundation

/// One request and its answer, from the request line to the last byte.
///
/// The connection's thread in libmicrohttpd drives it through its phases. While the handler works, the connection is
/// suspended, and the handler's task wakes it with the answer. libmicrohttpd owns the exchange as the request's
/// context and lets it go when it reports the request's end, exactly once.
final class Exchange: Sendable {
    enum Phase {
        /// The request line has arrived.
        case head
        /// The head was accepted; content arrives.
        case receiving
        /// The request is refused; its content is thrown away before the answer, to keep the connection.
        case discarding(HTTPResponse)
        /// The connection is suspended, and the handler is at work.
        case handling(ConnectionHandle)
        /// The answer waits for the connection's thread.
        case answered(HTTPResponse)
        /// The answer is on its way, and there is no other.
        case sent
    }

    struct State {
        var phase = Phase.head
        var method = HTTPMethod(rawValue: "-")
        var headers = HTTPHeaders()
        var target: RequestTarget?
        var route: Route?
        var parameters: [String: String] = [:]
        var body = Data()
        var bytesIn = 0
        var reservedBytes = 0
        var task: Task<Void, Never>?
        var status: HTTPStatus?
        var bytesOut = 0
        var stream: EventStream?
        /// Whether the answer went past libmicrohttpd, which will report an error.
        var wroteDirectly = false
        /// Whether unread input may follow the answer.
        var lingers = false
        var countsAsExchange = false
    }

    let engine: Engine
    let connection: Connection
    let id = HTTPRequest.randomID()
    let began = ContinuousClock.now
    /// The target as it was sent, or its beginning if it is too long.
    let rawTarget: String
    let isTargetTooLong: Bool
    /// The address of the byte after the target, by which a NUL within the target shows.
    let targetEnd: UInt
    let state = Locked(State())

    init(engine: Engine, connection: Connection, target: UnsafePointer<CChar>) {
        self.engine = engine
        self.connection = connection
        let length = strlen(target)
        targetEnd = UInt(bitPattern: target + length)
        isTargetTooLong = length > RequestFraming.maximumTargetBytes
        let bytes = UnsafeRawBufferPointer(start: target, count: min(length, RequestFraming.maximumTargetBytes))
        rawTarget = String(decoding: bytes, as: UTF8.self)
    }

    /// What a refusal and the log may know; not to be called with the state locked, unless with the header fields.
    func head(method: HTTPMethod, headers: HTTPHeaders? = nil) -> RequestHead {
        let path = rawTarget.utf8.prefix { $0 != UInt8(ascii: "?") }
            .map { $0 > 0x20 && $0 < 0x7F ? $0 : UInt8(ascii: "?") }
        return RequestHead(
            id: id,
            method: method,
            path: String(decoding: path, as: UTF8.self),
            remoteAddress: connection.remoteAddress,
            headers: headers ?? state.withLock { $0.headers }
        )
    }

    var isStreaming: Bool {
        state.withLock { $0.stream != nil }
    }

    var stream: EventStream? {
        state.withLock { $0.stream }
    }

    // MARK: The handler's side

    /// Suspends the connection and lets the handler work.
    ///
    /// Both happen under the lock, so that the handler's answer can't try to wake a connection not yet asleep.
    func handle(_ route: Route, _ request: HTTPRequest, _ handle: ConnectionHandle) {
        state.withLock { state in
            MHD_suspend_connection(handle.pointer)
            state.phase = .handling(handle)
            state.task = Task { [self] in
                handlerFinished(await route.handler(request))
            }
        }
    }

    /// Stores the handler's answer and wakes the connection.
    private func handlerFinished(_ response: HTTPResponse) {
        let (reserved, isLate) = state.withLock { state in
            state.task = nil
            let reserved = state.reservedBytes
            state.reservedBytes = 0
            return (reserved, !state.answer(response))
        }
        engine.load.update { counts in
            counts.handlers -= 1
            counts.bodyBytes -= reserved
        }
        if isLate, case .events(let stream) = response.body {
            stream.close()
        }
    }

    /// Answers in the place of a handler that has run out of grace.
    func abandonHandler() {
        let response = Refusal.draining.render(head(method: state.withLock { $0.method }), engine.problems)
        let task = state.withLock { state in
            state.answer(response) ? state.task : nil
        }
        task?.cancel()
    }

    // MARK: The end

    /// Marks the request as answered with 408 by the watchdog, and renders the answer.
    func timedOut() -> [UInt8] {
        let method = state.withLock { $0.method }
        let response = Refusal.timedOut.render(head(method: method), engine.problems)
        state.withLock { $0.sentDirectly(response) }
        return response.serialized(withBody: method != .head)
    }

    /// Settles the accounts when libmicrohttpd reports the end of the request.
    func ended(isComplete: Bool, daemonStatus: UInt32) {
        let end = state.withLock { state in
            let end = state
            state.phase = .sent
            state.stream = nil
            state.body = Data()
            // A handler still at work gives its memory back by itself.
            state.reservedBytes = state.task == nil ? 0 : state.reservedBytes
            return end
        }
        if case .answered(let response) = end.phase, case .events(let stream) = response.body {
            stream.close()
        }
        let streamedBytes = end.stream?.close()
        engine.load.update { counts in
            counts.exchanges -= end.countsAsExchange ? 1 : 0
            counts.streams -= end.stream == nil ? 0 : 1
            counts.bodyBytes -= end.task == nil ? end.reservedBytes : 0
        }
        if end.lingers {
            connection.linger(engine.lingeringClose)
        }
        connection.requestEnded(deadline: .now + engine.configuration.idleTimeout + engine.configuration.requestTimeout)
        let head = head(method: end.method, headers: end.headers)
        engine.observer(
            RequestLogEntry(
                requestID: id,
                method: head.method,
                path: head.path,
                route: end.route?.pattern,
                status: end.status ?? (daemonStatus == 0 ? nil : HTTPStatus(code: Int(daemonStatus))),
                isComplete: isComplete || end.wroteDirectly,
                duration: began.duration(to: .now),
                bytesIn: end.bytesIn,
                bytesOut: streamedBytes ?? end.bytesOut,
                remoteAddress: connection.remoteAddress
            )
        )
    }
}

extension Exchange.State {
    /// Takes the answer if the connection still waits for it.
    /// - Returns: whether it did.
    fileprivate mutating func answer(_ response: HTTPResponse) -> Bool {
        guard case .handling(let handle) = phase else { return false }
        phase = .answered(response)
        MHD_resume_connection(handle.pointer)
        return true
    }

    /// Notes an answer that goes past libmicrohttpd.
    mutating func sentDirectly(_ response: HTTPResponse) {
        phase = .sent
        status = response.status
        if case .bytes(let data) = response.body {
            bytesOut = method == .head ? 0 : data.count
        }
        wroteDirectly = true
        lingers = true
    }
}

/// libmicrohttpd's connection, which is only touched on its own thread, or under the lock that keeps it suspended.
struct ConnectionHandle: @unchecked Sendable {
    let pointer: OpaquePointer
}
