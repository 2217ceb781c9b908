import Foundation

/// Reads a stream of server-sent events (WHATWG HTML §9.2) on a thread of its own.
package final class EventReader: Sendable {
    /// One message of a stream.
    package struct Message: Sendable {
        package var id: String?
        package var event: String?
        package var data: String = ""

        package init() {}

        /// The data as JSON.
        package var json: JSON { (try? JSON(.init(data.utf8))) ?? .null }
    }

    /// The answer's head; the stream is only read where its status is 200.
    package let head: Reply
    /// The messages until the connection ends.
    package let messages: AsyncStream<Message>
    private let connection: Connection

    private init(head: Reply, messages: AsyncStream<Message>, connection: Connection) {
        self.head = head
        self.messages = messages
        self.connection = connection
    }

    /// Opens a stream.
    package static func open(_ client: Client, _ target: String, lastEventID: String? = nil) async throws -> EventReader
    {
        let request = client.request("GET", target, headers: lastEventID.map { [("Last-Event-ID", $0)] } ?? [])
        let (head, connection) = try await onThread { [port = client.port] in
            let connection = try Connection(port: port)
            connection.send(request)
            return (try connection.receiveHead(), connection)
        }
        let (stream, continuation) = AsyncStream.makeStream(of: Message.self)
        let reader = EventReader(head: head, messages: stream, connection: connection)
        guard head.status == 200 else {
            continuation.finish()
            return reader
        }
        Task {
            try? await onThread { Self.read(connection, into: continuation) }
            continuation.finish()
        }
        return reader
    }

    /// Takes messages until `isLast` says that one was the last wanted, then cuts the connection.
    package func take(until isLast: (Message) -> Bool) async -> [Message] {
        var all: [Message] = []
        for await message in messages {
            all.append(message)
            if isLast(message) { break }
        }
        connection.cut()
        return all
    }

    private static func read(_ connection: Connection, into continuation: AsyncStream<Message>.Continuation) {
        var message = Message()
        let lines = LineReader(connection)
        while let line = lines.nextLine() {
            if line.isEmpty {
                if !message.data.isEmpty { continuation.yield(message) }
                message = Message()
                continue
            }
            let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            let value = parts.count == 2 ? String(parts[1].first == " " ? parts[1].dropFirst() : parts[1]) : ""
            switch parts[0] {
            case "id": message.id = value
            case "event": message.event = value
            case "data": message.data += message.data.isEmpty ? value : "\n" + value
            default: break
            }
        }
    }
}

/// Cuts content that ends with its connection into lines.
private final class LineReader {
    private let connection: Connection
    private var pending: [UInt8] = []

    init(_ connection: Connection) {
        self.connection = connection
    }

    func nextLine() -> String? {
        while true {
            if let end = pending.firstIndex(of: 0x0A) {
                let text = String(decoding: pending[..<end], as: UTF8.self)
                pending.removeFirst(end + 1)
                return text
            }
            guard let bytes = try? connection.receive(4_096), !bytes.isEmpty else { return nil }
            pending += bytes
        }
    }
}
