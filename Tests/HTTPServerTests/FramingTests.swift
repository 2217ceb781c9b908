import Foundation
import HTTPServer
import Testing

@Suite("Requests whose end is in doubt")
struct FramingTests {
    @Test(
        "are answered with 400 and a closed connection",
        arguments: [
            "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
            "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\nhello",
            "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
            "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length : 5\r\n\r\nhello",
            "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length\t: 5\r\n\r\nhello",
            "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
            "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked \r\n\r\n0\r\n\r\n",
            "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: identity\r\n\r\nhello",
            "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: \u{0B}chunked\r\n\r\n0\r\n\r\n",
            "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "POST /echo HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "POST /echo HTTP/1.1\r\nHost: a\r\nX: a\rTransfer-Encoding: chunked\r\n\r\nhello",
            "GET /hello HTTP/1.1\r\n\r\n",
            "GET /hello HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
            "GET /hello HTTP/1.1\r\nHost: a, b\r\n\r\n",
            "GET /hello HTTP/1.1\r\nHost: a\r\nX Y: 1\r\n\r\n",
            "GET /hello HTTP/1.1\r\nHost: a\r\nX: \u{1}\r\n\r\n",
            "GET /hello\u{0}/../items HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET /hello\u{0} HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET /hel\u{1}lo HTTP/1.1\r\nHost: a\r\n\r\n",
            "G(T /hello HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET  HTTP/1.1\r\nHost: a\r\n\r\n",
        ]
    )
    func refused(request: String) async throws {
        try await TestServer.run(commonRoutes) { server in
            let (response, rest) = try await onThread { [port = server.port] in
                let client = try RawClient(port: port)
                try client.send(request + "GET /hello HTTP/1.1\r\nHost: a\r\n\r\n")
                let response = try client.receiveResponse()
                return (response, try client.receiveAll())
            }
            #expect(response.status == 400)
            #expect(rest.isEmpty, "a second answer: \(String(decoding: rest, as: UTF8.self))")
            #expect(try await server.exchange("GET /hello HTTP/1.1\r\nHost: a\r\n\r\n").text == "hello")
        }
    }

    @Test(
        "are closed where libmicrohttpd itself refuses them",
        arguments: [
            "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5, 5\r\n\r\nhello",
            "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: +5\r\n\r\nhello",
            "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: -5\r\n\r\nhello",
            "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 0x5\r\n\r\nhello",
            "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length:\r\n\r\nhello",
            "GET /hello FTP/1.1\r\nHost: a\r\n\r\n",
        ]
    )
    func refusedByLibrary(request: String) async throws {
        try await TestServer.run(commonRoutes) { server in
            let answer = try await onThread { [port = server.port] in
                let client = try RawClient(port: port)
                try client.send(request + "GET /hello HTTP/1.1\r\nHost: a\r\n\r\n")
                return String(decoding: try client.receiveAll(), as: UTF8.self)
            }
            #expect(answer.hasPrefix("HTTP/1.1 400 "))
            #expect(!answer.contains("200 OK"))
            #expect(try await server.exchange("GET /hello HTTP/1.1\r\nHost: a\r\n\r\n").text == "hello")
        }
    }

    @Test(
        "the server's own refusal is a problem document that is sent once",
        arguments: [
            ("GET /hello HTTP/1.1\r\n\r\n", 400), ("GET /%00 HTTP/1.1\r\nHost: a\r\n\r\n", 400),
            ("GET /hello%00 HTTP/1.1\r\nHost: a\r\n\r\n", 400), ("GET /a%2Fb HTTP/1.1\r\nHost: a\r\n\r\n", 400),
            ("GET /../hello HTTP/1.1\r\nHost: a\r\n\r\n", 400), ("GET /nowhere HTTP/1.1\r\nHost: a\r\n\r\n", 404),
            ("DELETE /hello HTTP/1.1\r\nHost: a\r\n\r\n", 405), ("BREW /hello HTTP/1.1\r\nHost: a\r\n\r\n", 405),
            ("GET /\(String(repeating: "a", count: 9000)) HTTP/1.1\r\nHost: a\r\n\r\n", 414),
            ("GET / HTTP/1.1\r\nHost: a\r\nX: \(String(repeating: "a", count: 20_000))\r\n\r\n", 431),
            ("GET / HTTP/1.1\r\nHost: a\r\n\(String(repeating: "X: y\r\n", count: 150))\r\n", 431),
        ]
    )
    func problem(request: String, status: Int) async throws {
        try await TestServer.run(commonRoutes) { server in
            let response = try await server.exchange(request)
            #expect(response.status == status)
            #expect(response.values("Content-Type") == ["application/problem+json"])
            #expect(response.values("Content-Length").count == 1)
            #expect(response.values("Date").count == 1)
            #expect(response.text.hasPrefix(#"{"status":\#(status),"#))
            let entry = await server.firstLogEntry()
            #expect(entry?.status?.code == status)
            #expect(entry?.requestID == response.values("X-Request-ID").first)
        }
    }

    @Test("HTTP/1.0 needs no Host and gets a closed connection")
    func version10() async throws {
        try await TestServer.run(commonRoutes) { server in
            let isClosed = try await onThread { [port = server.port] in
                let client = try RawClient(port: port)
                try client.send("GET /hello HTTP/1.0\r\n\r\n")
                #expect(try client.receiveResponse().text == "hello")
                return client.isClosedByServer()
            }
            #expect(isClosed)
        }
    }

    @Test("a head far beyond the connection's memory is refused, and the server lives")
    func endlessHead() async throws {
        try await TestServer.run(commonRoutes) { server in
            let response = try await onThread { [port = server.port] in
                let client = try RawClient(port: port)
                _ = client.trySend(
                    Array("GET /hello HTTP/1.1\r\nHost: a\r\nX: \(String(repeating: "a", count: 60_000))".utf8)
                )
                _ = client.trySend([UInt8](repeating: 0x61, count: 60_000))
                return try client.receiveResponse()
            }
            #expect(response.status == 431)
            #expect(try await server.exchange("GET /hello HTTP/1.1\r\nHost: a\r\n\r\n").text == "hello")
        }
    }

    @Test("broken chunks are refused")
    func brokenChunks() async throws {
        try await TestServer.run(commonRoutes) { server in
            let response = try await server.exchange(
                "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n"
            )
            #expect(response.status == 400)
            #expect(await server.firstLogEntry()?.status == .badRequest)
        }
    }
}
