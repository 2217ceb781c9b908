import Foundation
import HTTPServer
import Testing

@Suite("Streams of events")
struct EventStreamTests {
    private static let request = "GET /events HTTP/1.1\r\nHost: a\r\n\r\n"

    /// A route that hands each new stream to the test.
    private static func route(maximumBufferedBytes: Int = 256 * 1024)
        -> (route: Route, streams: AsyncStream<EventStream>)
    {
        let (streams, continuation) = AsyncStream.makeStream(of: EventStream.self)
        let route = Route(.get, "/events") { _ in
            let stream = EventStream(maximumBufferedBytes: maximumBufferedBytes)
            continuation.yield(stream)
            return HTTPResponse(events: stream)
        }
        return (route, streams)
    }

    /// The content of a response, without its header.
    private static func content(_ bytes: [UInt8]) -> String {
        guard let separator = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { return "" }
        return String(decoding: bytes[separator.upperBound...], as: UTF8.self)
    }

    @Test("begin at once, keep their order and end")
    func order() async throws {
        let (route, streams) = Self.route()
        try await TestServer.run([route]) { server in
            let client = try RawClient(port: server.port)
            let head = try await onThread {
                try client.send(Self.request)
                return try client.receive(untilSuffix: "\r\n\r\n") + client.receive(untilSuffix: ":\n\n")
            }
            #expect(head.contains("Content-Type: text/event-stream\r\n"))
            #expect(head.contains("Cache-Control: no-store\r\n"))
            #expect(head.contains("X-Accel-Buffering: no\r\n"))
            let stream = try #require(await streams.first { _ in true })
            let closed = Event()
            stream.onClose { closed.happen() }
            for index in 1...3 {
                #expect(stream.send(ServerSentEvent(id: "\(index)", event: "n", data: "\(index)")))
            }
            stream.finish()
            #expect(!stream.send(ServerSentEvent(data: "late")))
            let rest = try await onThread { String(decoding: try client.receiveAll(), as: UTF8.self) }
            #expect(rest.contains("data: 1\n\nid: 2\nevent: n\ndata: 2\n\nid: 3"))
            #expect(head.contains("Connection: close\r\n") && !head.contains("chunked"))
            #expect(!rest.contains("late"))
            await closed.wait()
            let entry = await server.firstLogEntry()
            #expect(entry?.status == .ok)
            #expect(entry?.isComplete == true)
            #expect((entry?.bytesOut ?? 0) > 60)
        }
    }

    @Test("events sent before the response begins arrive")
    func early() async throws {
        let route = Route(.get, "/events") { _ in
            let stream = EventStream()
            stream.send(ServerSentEvent(data: "early"))
            stream.finish()
            return HTTPResponse(events: stream)
        }
        try await TestServer.run([route]) { server in
            let bytes = try await onThread { [port = server.port] in
                let client = try RawClient(port: port)
                try client.send("GET /events HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                return try client.receiveAll()
            }
            #expect(Self.content(bytes) == "data: early\n\n")
        }
    }

    @Test("HTTP/1.0 gets events until the connection closes, and HEAD gets the header only")
    func otherForms() async throws {
        let (route, streams) = Self.route()
        try await TestServer.run([route]) { server in
            let client = try RawClient(port: server.port)
            try client.send("GET /events HTTP/1.0\r\n\r\n")
            let stream = try #require(await streams.first { _ in true })
            stream.send(ServerSentEvent(data: "x"))
            stream.finish()
            let bytes = try await onThread { try client.receiveAll() }
            #expect(String(decoding: bytes, as: UTF8.self).hasSuffix("data: x\n\n"))

            let head = try await onThread { [port = server.port] in
                let client = try RawClient(port: port)
                try client.send("HEAD /events HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                return String(decoding: try client.receiveAll(), as: UTF8.self)
            }
            #expect(head.contains("Content-Type: text/event-stream\r\n"))
            #expect(head.hasSuffix("\r\n\r\n"))
        }
    }

    @Test("a quiet stream sends comments")
    func heartbeat() async throws {
        let (route, _) = Self.route()
        try await TestServer.run([route], configure: { $0.heartbeat = .milliseconds(20) }) { server in
            let text = try await onThread { [port = server.port] in
                let client = try RawClient(port: port)
                try client.send(Self.request)
                return try client.receive(untilSuffix: ":\n\n:\n\n:\n\n")
            }
            #expect(!text.contains("data"))
        }
    }

    @Test("a reader that takes nothing is cut, not buffered")
    func slowReader() async throws {
        let (route, streams) = Self.route()
        try await TestServer.run([route]) { server in
            let client = try RawClient(port: server.port, receiveBuffer: 4096)
            try client.send(Self.request)
            let stream = try #require(await streams.first { _ in true })
            let closed = Event()
            stream.onClose { closed.happen() }
            let event = ServerSentEvent(data: String(repeating: "a", count: 1000))
            var count = 0
            while stream.send(event) {
                count += 1
                await Task.yield()
                if count > 100_000 { break }
            }
            #expect(count < 10_000, "\(count) events were buffered")
            #expect(!stream.isOpen)
            await closed.wait()
            let isComplete = await server.firstLogEntry()?.isComplete
            #expect(isComplete == false)
        }
    }

    @Test("what a slow reader's socket does not take at once follows in order")
    func partly() async throws {
        let (route, streams) = Self.route(maximumBufferedBytes: 16 << 20)
        try await TestServer.run([route]) { server in
            let client = try RawClient(port: server.port, receiveBuffer: 4096)
            try await onThread {
                try client.send(Self.request)
                _ = try client.receive(untilSuffix: ":\n\n")
            }
            let stream = try #require(await streams.first { _ in true })
            let filling = String(repeating: "a", count: 999)
            for number in 0..<5_000 { #expect(stream.send(ServerSentEvent(data: "\(number) \(filling)"))) }
            stream.finish()
            let text = try await onThread { String(decoding: try client.receiveAll(), as: UTF8.self) }
            #expect(text == (0..<5_000).map { "data: \($0) \(filling)\n\n" }.joined())
        }
    }

    @Test("a client that hangs up closes its stream", arguments: [Duration.seconds(15), .milliseconds(20)])
    func hangUp(heartbeat: Duration) async throws {
        let (route, streams) = Self.route()
        try await TestServer.run(
            [route],
            configure: {
                $0.heartbeat = heartbeat
                $0.requestTimeout = .seconds(1)
            }
        ) { server in
            try await onThread { [port = server.port] in
                let client = try RawClient(port: port)
                try client.send(Self.request)
                _ = try client.receive(untilSuffix: "\r\n\r\n")
            }
            let stream = try #require(await streams.first { _ in true })
            let closed = Event()
            stream.onClose { closed.happen() }
            await closed.wait()
            #expect(!stream.send(ServerSentEvent(data: "x")))
        }
    }

    @Test("no wake-up is lost between many senders and a sleeping connection")
    func race() async throws {
        let (route, streams) = Self.route(maximumBufferedBytes: 8 << 20)
        try await TestServer.run([route]) { server in
            let client = try RawClient(port: server.port)
            try client.send(Self.request)
            let stream = try #require(await streams.first { _ in true })
            let next = Shared(0)
            async let received = onThread { Self.content(try client.receiveAll()) }
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        for _ in 0..<1250 {
                            // The number and the sending are one step, so that the order is known.
                            next.update { number in
                                stream.send(ServerSentEvent(data: "\(number)"))
                                number += 1
                            }
                            if Int.random(in: 0..<3) == 0 {
                                await Task.yield()
                            }
                        }
                    }
                }
            }
            stream.finish()
            await server.server.shutdown(grace: .seconds(5))
            let numbers = try await received.split(separator: "\n").compactMap { line in
                line.hasPrefix("data: ") ? Int(line.dropFirst(6)) : nil
            }
            #expect(numbers == Array(0..<10_000))
        }
    }

    @Test("one event at a time wakes a connection that sleeps")
    func pingPong() async throws {
        let (route, streams) = Self.route()
        try await TestServer.run([route]) { server in
            let client = try RawClient(port: server.port)
            try await onThread {
                try client.send(Self.request)
                _ = try client.receive(untilSuffix: ":\n\n")
            }
            let stream = try #require(await streams.first { _ in true })
            let isWell = try await onThread {
                for number in 1000..<2000 {
                    stream.send(ServerSentEvent(data: "\(number)"))
                    guard try client.receive(untilSuffix: "\n\n") == "data: \(number)\n\n" else {
                        return false
                    }
                }
                return true
            }
            #expect(isWell)
        }
    }
}
