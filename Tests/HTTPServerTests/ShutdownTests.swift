import Foundation
import HTTPServer
import Testing

@Suite("Shutdown")
struct ShutdownTests {
    private static let hello = "GET /hello HTTP/1.1\r\nHost: a\r\n\r\n"

    @Test("waits for the requests in hand, refuses new ones and ends streams")
    func graceful() async throws {
        let (started, gate, streaming) = (Event(), Event(), Event())
        let routes = [
            Route(.get, "/wait") { _ in
                started.happen()
                await gate.wait()
                return text("done")
            },
            Route(.get, "/events") { _ in
                streaming.happen()
                return HTTPResponse(events: EventStream())
            },
        ]
        try await TestServer.run(commonRoutes + routes) { server in
            let port = server.port
            let stream = try RawClient(port: port)
            try await onThread {
                try stream.send("GET /events HTTP/1.1\r\nHost: a\r\n\r\n")
                _ = try stream.receive(untilSuffix: ":\n\n")
            }
            await streaming.wait()
            let waiting = try RawClient(port: port)
            try waiting.send("GET /wait HTTP/1.1\r\nHost: a\r\n\r\n")
            await started.wait()
            let idle = try RawClient(port: port)
            let first = try await onThread {
                try idle.send(Self.hello)
                return try idle.receiveResponse()
            }
            #expect(first.text == "hello")

            async let shutdown: Void = server.server.shutdown(grace: .seconds(20))
            // The refusal shows that the shutdown has begun.
            var refused = RawClient.Response()
            while refused.status != 503 {
                refused = try await server.exchange(Self.hello)
            }
            #expect(refused.values("Connection") == ["close"])
            #expect(refused.values("Content-Type") == ["application/problem+json"])
            let second = try await onThread {
                try idle.send(Self.hello)
                return try idle.receiveResponse()
            }
            #expect(second.status == 503)

            gate.happen()
            let answer = try await onThread { try waiting.receiveResponse().text }
            #expect(answer == "done")
            let end = try await onThread { String(decoding: try stream.receiveAll(), as: UTF8.self) }
            // On a busy machine a heartbeat may have come in between.
            #expect(end.replacingOccurrences(of: ":\n\n", with: "").isEmpty)
            await shutdown
            #expect(throws: (any Error).self) { _ = try RawClient(port: port) }
        }
    }

    @Test("answers for a handler that has run out of grace, and cancels it")
    func withoutGrace() async throws {
        let (started, cancelled, gate) = (Event(), Event(), Event())
        let lateClosed = Event()
        let route = Route(.get, "/wait") { _ in
            started.happen()
            await withTaskCancellationHandler {
                await cancelled.wait()
            } onCancel: {
                cancelled.happen()
            }
            // Not cancellable, and longer than the server.
            await Task.detached { await gate.wait() }.value
            let stream = EventStream()
            stream.onClose { lateClosed.happen() }
            return HTTPResponse(events: stream)
        }
        try await TestServer.run([route]) { server in
            async let answer = server.exchange("GET /wait HTTP/1.1\r\nHost: a\r\n\r\n")
            await started.wait()
            await server.server.shutdown(grace: .milliseconds(10))
            let status = try await answer.status
            #expect(status == 503)
            await cancelled.wait()
            gate.happen()
            await lateClosed.wait()
        }
    }

    @Test("of a busy server never aborts", arguments: 0..<5)
    func underLoad(round: Int) async throws {
        let routes =
            commonRoutes + [
                Route(.get, "/events") { _ in
                    let stream = EventStream()
                    let sender = Task {
                        while stream.send(ServerSentEvent(data: "x")) { await Task.yield() }
                    }
                    stream.onClose { sender.cancel() }
                    return HTTPResponse(events: stream)
                }
            ]
        try await TestServer.run(routes) { server in
            let port = server.port
            let served = Shared(0)
            let busy = Event()
            async let clients: Void = onThread {
                DispatchQueue.concurrentPerform(iterations: 8) { index in
                    while let client = try? RawClient(port: port) {
                        let path = index % 2 == 0 ? "/hello" : "/events"
                        _ = client.trySend(Array("GET \(path) HTTP/1.1\r\nHost: a\r\n\r\n".utf8))
                        for _ in 0..<20 where client.receive(512)?.isEmpty == false {
                            if index % 2 == 0 { _ = client.trySend(Array(Self.hello.utf8)) }
                        }
                        if served.update({
                            $0 += 1; return $0
                        }) == 100 {
                            busy.happen()
                        }
                    }
                }
            }
            await busy.wait()
            await server.server.shutdown(grace: .seconds(2))
            try await clients
        }
    }

    @Test("ends at once when it has nothing to wait for, and a second time too")
    func idle() async throws {
        try await TestServer.run(commonRoutes) { server in
            let client = try RawClient(port: server.port)
            await server.server.shutdown(grace: .seconds(60))
            await server.server.shutdown(grace: .seconds(60))
            let rest = try await onThread { try client.receiveAll() }
            #expect(rest.isEmpty)
        }
    }
}
