import CMicroHTTPD
import Dispatch
import Foundation

/// What all connections of one server share, and the two timers that look after them.
final class Engine: Sendable {
    let configuration: ServerConfiguration
    let router: Router
    let problems: ProblemRenderer
    let observer: @Sendable (RequestLogEntry) -> Void
    let load: Load
    let lingeringClose = LingeringClose()
    let queue = DispatchQueue(label: "http-server.timers")
    private let connections = Locked<[ObjectIdentifier: Connection]>([:])
    private let timers = Locked<[any DispatchSourceTimer]>([])

    init(
        configuration: ServerConfiguration,
        router: Router,
        problems: @escaping ProblemRenderer,
        observer: @escaping @Sendable (RequestLogEntry) -> Void
    ) {
        self.configuration = configuration
        self.router = router
        self.problems = problems
        self.observer = observer
        load = Load(
            maximumHandlers: configuration.maximumConcurrentRequests,
            maximumBodyBytes: configuration.bodyMemoryBudget
        )
    }

    // MARK: Connections

    func opened(descriptor: Int32, remoteAddress: String) -> Connection {
        let connection = Connection(
            descriptor: descriptor,
            remoteAddress: remoteAddress,
            deadline: .now + configuration.requestTimeout
        )
        connections.withLock { $0[ObjectIdentifier(connection)] = connection }
        return connection
    }

    func closed(_ connection: Connection) {
        connection.closed()
        connections.withLock { _ = $0.removeValue(forKey: ObjectIdentifier(connection)) }
    }

    private var openConnections: [Connection] {
        connections.withLock { Array($0.values) }
    }

    // MARK: Timers

    func startTimers() {
        let sweepInterval = min(max(configuration.requestTimeout.timeInterval / 4, 0.02), 1)
        let heartbeat = startTimer(configuration.heartbeat.timeInterval) { $0.sendHeartbeats() }
        let sweep = startTimer(sweepInterval) { $0.sweep() }
        timers.withLock { $0 = [heartbeat, sweep] }
    }

    func stopTimers() {
        for timer in timers.withLock({ $0 }) {
            timer.cancel()
        }
    }

    private func startTimer(_ interval: Double, _ body: @escaping @Sendable (Engine) -> Void)
        -> any DispatchSourceTimer
    {
        let timer = DispatchSource.makeTimerSource(queue: queue)
        timer.schedule(deadline: .now() + interval, repeating: interval)
        timer.setEventHandler { [weak self] in
            if let self {
                body(self)
            }
        }
        timer.resume()
        return timer
    }

    private func sendHeartbeats() {
        for connection in openConnections {
            connection.exchange?.stream?.sendHeartbeat()
        }
    }

    private func sweep() {
        let now = ContinuousClock.now
        for connection in openConnections {
            switch connection.sweep(now) {
            case .nothing:
                break
            case .cut(let exchange):
                connection.write(exchange.timedOut())
                connection.shutDown()
            case .abandoned(let exchange):
                exchange.stream?.giveUp()
            }
        }
    }

    // MARK: Shutdown

    func abandonHandlers() {
        for connection in openConnections {
            connection.exchange?.abandonHandler()
        }
    }

    func finishStreams() {
        for connection in openConnections {
            connection.exchange?.stream?.finish()
        }
    }
}

// MARK: - libmicrohttpd's callbacks

extension Engine {
    /// Starts libmicrohttpd, which holds the engine until ``released(_:)``.
    func startDaemon(socket: Int32) -> OpaquePointer? {
        let threads = max(configuration.threads, 1)
        var settings = cmh_settings(
            listening_socket: socket,
            threads: UInt32(threads),
            // Each thread gets an equal part, rounded up here, as libmicrohttpd would round down.
            connection_limit: UInt32((max(configuration.connectionLimit, 1) + threads - 1) / threads * threads),
            per_address_limit: UInt32(max(configuration.perAddressConnectionLimit, 0)),
            idle_seconds: UInt32(max(configuration.idleTimeout.timeInterval.rounded(.up), 1)),
            connection_memory: 64 * 1024,
            context: Unmanaged.passRetained(self).toOpaque(),
            on_request: accessHandler,
            on_completed: requestCompleted,
            on_target: targetReceived,
            on_connection: connectionNotified
        )
        let daemon = cmh_start(&settings)
        if daemon == nil {
            Unmanaged.passUnretained(self).release()
        }
        return daemon
    }

    /// Stops libmicrohttpd. No connection may be suspended, and no handler may still answer.
    func stopDaemon(_ daemon: ConnectionHandle) {
        MHD_stop_daemon(daemon.pointer)
        Unmanaged.passUnretained(self).release()
    }
}

/// A connection was opened, or is about to be closed.
private func connectionNotified(
    context: UnsafeMutableRawPointer?,
    handle: OpaquePointer?,
    slot: UnsafeMutablePointer<UnsafeMutableRawPointer?>?,
    code: MHD_ConnectionNotificationCode
) {
    guard let context, let handle, let slot else { return }
    let engine = Unmanaged<Engine>.fromOpaque(context).takeUnretainedValue()
    if code == .CONNECTION_NOTIFY_STARTED {
        let address = cmh_connection_address(handle).map(ListeningSocket.host(of:)) ?? "-"
        let connection = engine.opened(descriptor: cmh_connection_socket(handle), remoteAddress: address)
        slot.pointee = Unmanaged.passRetained(connection).toOpaque()
    } else if let pointer = slot.pointee {
        engine.closed(Unmanaged<Connection>.fromOpaque(pointer).takeRetainedValue())
        slot.pointee = nil
    }
}

/// A request line has arrived; the result becomes the request's context.
private func targetReceived(
    context: UnsafeMutableRawPointer?,
    target: UnsafePointer<CChar>,
    handle: OpaquePointer
) -> UnsafeMutableRawPointer? {
    guard let context, let slot = cmh_connection_context(handle) else { return nil }
    let engine = Unmanaged<Engine>.fromOpaque(context).takeUnretainedValue()
    let connection = Unmanaged<Connection>.fromOpaque(slot).takeUnretainedValue()
    let exchange = Exchange(engine: engine, connection: connection, target: target)
    connection.requestBegan(exchange, deadline: .now + engine.configuration.requestTimeout)
    return Unmanaged.passRetained(exchange).toOpaque()
}

/// The head, a piece of content or the end of a request has arrived, or its connection was resumed.
private func accessHandler(
    context: UnsafeMutableRawPointer?,
    handle: OpaquePointer?,
    url: UnsafePointer<CChar>?,
    method: UnsafePointer<CChar>?,
    version: UnsafePointer<CChar>?,
    content: UnsafePointer<CChar>?,
    contentSize: UnsafeMutablePointer<Int>?,
    slot: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
) -> MHD_Result {
    guard let handle, let method, let version, let contentSize, let pointer = slot?.pointee else { return .NO }
    let exchange = Unmanaged<Exchange>.fromOpaque(pointer).takeUnretainedValue()
    let piece = contentSize.pointee > 0 ? UnsafeRawBufferPointer(start: content, count: contentSize.pointee) : nil
    let call = RequestCall(
        handle: ConnectionHandle(pointer: handle),
        method: method,
        version: version,
        content: piece
    )
    let goesOn = exchange.advance(call)
    contentSize.pointee = 0
    return goesOn ? .YES : .NO
}

/// A request is over, in whatever way; its context is let go.
private func requestCompleted(
    context: UnsafeMutableRawPointer?,
    handle: OpaquePointer?,
    slot: UnsafeMutablePointer<UnsafeMutableRawPointer?>?,
    code: MHD_RequestTerminationCode
) {
    guard let handle, let slot, let pointer = slot.pointee else { return }
    slot.pointee = nil
    Unmanaged<Exchange>.fromOpaque(pointer).takeRetainedValue().ended(
        isComplete: code == .REQUEST_TERMINATED_COMPLETED_OK,
        daemonStatus: cmh_connection_status(handle)
    )
}
