import Foundation
import FoundationNetworking

/// Follows an exam's events as server-sent events, over as many connections as it takes.
///
/// `@unchecked Sendable`: everything mutable is under the lock.
final class EventFollower: @unchecked Sendable {
    /// An event as it arrived.
    struct Arrival: Sendable {
        var index: Int
        var type: String
        var event: JSON
        var at: Date
        /// Which connection brought it, from 1.
        var connection: Int
        /// When that connection was asked for: an event older than that was replayed.
        var connectedAt: Date
    }

    private let client: APIClient
    private let path: String
    private let lock = NSLock()
    private var received: [Arrival] = []
    private var current: StreamConnection?
    private var connections = 0
    private var state = State.closed

    private enum State {
        case closed, opening, open
        case refused(Int)
    }

    init(client: APIClient, examID: String) {
        self.client = client
        path = "v1/exams/\(examID)/events/stream"
    }

    /// All that arrived, in the order of arrival.
    var arrivals: [Arrival] { lock.withLock { received } }

    /// The id of the last event: where a resume goes on.
    var lastIndex: Int? { lock.withLock { received.last?.index } }

    /// Connects, behind the last event seen if there was one, and waits until the stream is open.
    ///
    /// - Throws: `WrongOutcome` where the stream is refused.
    func connect() async throws {
        var request = client.request(path)
        request.setValue("text/event-stream", forHTTPHeaderField: "Accept")
        let connection = lock.withLock {
            if let last = received.last { request.setValue(String(last.index), forHTTPHeaderField: "Last-Event-ID") }
            connections += 1
            state = .opening
            let connection = StreamConnection(follower: self, number: connections)
            current = connection
            return connection
        }
        connection.open(request)
        try await Wait.until("the event stream is open") {
            switch self.lock.withLock({ self.state }) {
            case .open: return true
            case .refused(let status): throw WrongOutcome("the event stream was refused with HTTP \(status)")
            case .opening, .closed: return false
            }
        }
    }

    /// Cuts the connection, as a network that fails would.
    func cut() {
        let connection = lock.withLock {
            defer { current = nil }
            state = .closed
            return current
        }
        connection?.close()
    }

    /// Waits until the event with this index, or a later one, is there.
    ///
    /// - Throws: `WrongOutcome` where it does not come.
    func wait(for index: Int) async throws {
        try await Wait.until("event \(index) arrives on the stream") { (self.lastIndex ?? 0) >= index }
    }

    fileprivate func opened(_ status: Int, by connection: StreamConnection) {
        lock.withLock {
            guard connection === current else { return }
            state = status == 200 ? .open : .refused(status)
        }
    }

    fileprivate func take(_ events: [ServerSentEventParser.Event], from connection: StreamConnection) {
        lock.withLock {
            // What was still under way when the connection was cut never arrived.
            guard connection === current else { return }
            for event in events {
                received.append(
                    Arrival(
                        index: Int(event.id) ?? -1,
                        type: event.type,
                        event: JSON(data: Data(event.data.utf8)),
                        at: Date(),
                        connection: connection.number,
                        connectedAt: connection.openedAt
                    )
                )
            }
        }
    }
}

/// One connection of the stream. URLSession calls it on a serial queue of the session's own.
private final class StreamConnection: NSObject, URLSessionDataDelegate, @unchecked Sendable {
    let number: Int
    private(set) var openedAt = Date()
    private weak var follower: EventFollower?
    private var parser = ServerSentEventParser()
    private var session: URLSession?

    init(follower: EventFollower, number: Int) {
        self.follower = follower
        self.number = number
    }

    func open(_ request: URLRequest) {
        openedAt = Date()
        let session = URLSession(configuration: .ephemeral, delegate: self, delegateQueue: nil)
        self.session = session
        session.dataTask(with: request).resume()
    }

    func close() {
        session?.invalidateAndCancel()
    }

    func urlSession(
        _ session: URLSession,
        dataTask: URLSessionDataTask,
        didReceive response: URLResponse,
        completionHandler: @escaping (URLSession.ResponseDisposition) -> Void
    ) {
        follower?.opened((response as? HTTPURLResponse)?.statusCode ?? 0, by: self)
        completionHandler(.allow)
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        follower?.take(parser.read(data), from: self)
    }
}
