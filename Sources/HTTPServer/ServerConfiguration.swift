/// The server's address and its limits.
public struct ServerConfiguration: Sendable {
    /// The numeric address to listen at.
    public var address = "127.0.0.1"
    /// The port to listen at; 0 takes any that is free.
    public var port: UInt16 = 0
    /// The number of threads that serve connections. Handlers don't run on them.
    public var threads = 2
    /// The number of connections held at once; it is split evenly among the threads.
    public var connectionLimit = 4096
    /// The number of connections held at once from one address; 0 means no limit, as behind a reverse proxy.
    public var perAddressConnectionLimit = 0
    /// How long a connection may stay without any byte moving, in whole seconds.
    public var idleTimeout: Duration = .seconds(60)
    /// How long a request may take to arrive, from its first line to the end of its content.
    public var requestTimeout: Duration = .seconds(60)
    /// The total content of requests held in memory at once, in bytes; beyond it, requests are answered with 503.
    public var bodyMemoryBudget = 256 * 1024 * 1024
    /// The number of handlers at work at once; beyond it, requests are answered with 503.
    ///
    /// As many as connections: a handler that waits costs a few kilobytes, what is scarce (passwords' memory, engines,
    /// the writer) has a queue of its own, and two thousand browsers that come back at one moment are nobody's fault.
    public var maximumConcurrentRequests = 4096
    /// How often a quiet stream of events sends a comment, by which dead clients are noticed.
    public var heartbeat: Duration = .seconds(15)

    /// Creates a configuration with the default values.
    public init() {}
}
