import Foundation
import HTTPServer
import Testing

@Suite("Slow requests")
struct TimeoutTests {
    private static func configure(_ configuration: inout ServerConfiguration) {
        configuration.requestTimeout = .milliseconds(200)
    }

    /// Sends the beginning, then a byte whenever the server has been silent for a moment, until it answers or closes.
    private static func drip(_ beginning: String, port: UInt16) throws -> String {
        let client = try RawClient(port: port)
        try client.send(beginning)
        Thread.detachNewThread {
            while client.trySend([0x61]) == 1 {
                Thread.sleep(forTimeInterval: 0.02)
            }
        }
        return String(decoding: try client.receiveAll(), as: UTF8.self)
    }

    @Test(
        "are cut with 408, however steadily their bytes trickle",
        arguments: [
            "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 60000\r\n\r\n",
            "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nfff0\r\n",
            "POST /nowhere HTTP/1.1\r\nHost: a\r\nContent-Length: 60000\r\n\r\n",
            "GET /hello HTTP/1.1\r\nHost: a\r\nX: ",
        ]
    )
    func trickle(beginning: String) async throws {
        try await TestServer.run(commonRoutes, configure: Self.configure) { server in
            let answer = try await onThread { [port = server.port] in try Self.drip(beginning, port: port) }
            #expect(answer.hasPrefix("HTTP/1.1 408 Request Timeout\r\n"))
            #expect(answer.contains("Content-Type: application/problem+json\r\n"))
            #expect(answer.contains("Connection: close\r\n"))
            let entry = await server.firstLogEntry()
            #expect(entry?.status == .requestTimeout)
        }
    }

    @Test("a connection without a request line is closed without an answer", arguments: ["", "GET /hel"])
    func noRequest(beginning: String) async throws {
        try await TestServer.run(commonRoutes, configure: Self.configure) { server in
            let answer = try await onThread { [port = server.port] in
                let client = try RawClient(port: port)
                try client.send(beginning)
                return try client.receiveAll()
            }
            #expect(answer.isEmpty)
        }
    }

    @Test("a handler may take longer than a request may")
    func slowHandler() async throws {
        let (started, gate) = (Event(), Event())
        let route = Route(.get, "/wait") { _ in
            started.happen()
            await gate.wait()
            return text("done")
        }
        try await TestServer.run([route], configure: Self.configure) { server in
            async let answer = server.exchange("GET /wait HTTP/1.1\r\nHost: a\r\n\r\n")
            await started.wait()
            // Another connection, opened later, falls to the watchdog while the handler is still at work.
            let other = try await onThread { [port = server.port] in try RawClient(port: port).receiveAll() }
            #expect(other.isEmpty)
            gate.happen()
            let answerText = try await answer.text
            #expect(answerText == "done")
        }
    }
}
