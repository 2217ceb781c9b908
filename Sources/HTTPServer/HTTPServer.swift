import Dispatch
import Glibc

/// An HTTP/1.1 server over libmicrohttpd.
///
/// Requests come in on a few threads that wait for many connections each. A request that is complete, within its
/// route's limits and free of contradictions goes to its handler in a task of its own; all others are refused by the
/// server with an answer from the `ProblemRenderer`. A server that was started must be shut down.
public final class HTTPServer: Sendable {
    private enum State {
        case fresh
        case running(ConnectionHandle)
        case stopped
    }

    private let engine: Engine
    private let state = Locked(State.fresh)
    private let stopQueue = DispatchQueue(label: "http-server.stop")

    /// How long finished streams get to send their rest.
    private static let streamGrace = Duration.seconds(1)

    /// Creates a server that does not listen yet.
    ///
    /// - Parameters:
    ///   - configuration: the address and the limits.
    ///   - router: the routes.
    ///   - problems: renders the answers that the server gives by itself.
    ///   - observer: is told of each request when it is over, on one of the server's threads; it must not block.
    public init(
        configuration: ServerConfiguration,
        router: Router,
        problems: @escaping ProblemRenderer,
        observer: @escaping @Sendable (RequestLogEntry) -> Void = { _ in }
    ) {
        engine = Engine(configuration: configuration, router: router, problems: problems, observer: observer)
    }

    /// Starts to listen. The signal SIGPIPE is ignored from now on, in the whole process.
    ///
    /// - Returns: the port.
    /// - Throws: ``HTTPServerError`` if the address is not available, or if the server was started before.
    public func start() throws -> UInt16 {
        try state.withLock { state in
            guard case .fresh = state else {
                throw HTTPServerError(code: .alreadyStarted, reason: "a server starts only once")
            }
            signal(SIGPIPE, SIG_IGN)
            Self.allowDescriptors(engine.configuration.connectionLimit)
            let (socket, port) = try ListeningSocket.open(
                address: engine.configuration.address,
                port: engine.configuration.port
            )
            guard let daemon = engine.startDaemon(socket: socket) else {
                close(socket)
                throw HTTPServerError(code: .daemonFailed, reason: "libmicrohttpd did not start")
            }
            engine.startTimers()
            state = .running(ConnectionHandle(pointer: daemon))
            return port
        }
    }

    /// Shuts the server down; a second call does nothing.
    ///
    /// New requests are answered with 503 at once. Those in hand are waited for as long as `grace` permits; then
    /// their tasks are cancelled, and they are answered with 503 too. At last the streams end after what they have
    /// buffered, and the connections are closed.
    public func shutdown(grace: Duration) async {
        let running = state.withLock { state -> ConnectionHandle? in
            guard case .running(let daemon) = state else { return nil }
            state = .stopped
            return daemon
        }
        guard let running else { return }
        engine.load.update { $0.isDraining = true }
        let atRest = await engine.load.wait(grace, on: engine.queue) { $0.exchanges == 0 }
        if !atRest {
            engine.abandonHandlers()
            _ = await engine.load.wait(Self.streamGrace, on: engine.queue) { $0.exchanges == 0 }
        }
        engine.finishStreams()
        _ = await engine.load.wait(Self.streamGrace, on: engine.queue) { $0.streams == 0 }
        engine.stopTimers()
        // Stopping joins libmicrohttpd's threads, which must not hold up the pool that runs tasks.
        await withCheckedContinuation { continuation in
            stopQueue.async { [engine] in
                engine.stopDaemon(running)
                continuation.resume()
            }
        }
        engine.lingeringClose.stop()
    }

    /// Raises the limit of open descriptors as far as permitted, if the connections need more.
    private static func allowDescriptors(_ connections: Int) {
        let others = 256
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
        let wanted = rlim_t(connections + others)
        guard limit.rlim_cur < wanted else { return }
        limit.rlim_cur = min(wanted, limit.rlim_max)
        _ = setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }
}
