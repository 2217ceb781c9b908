import Foundation
import HTTPServer
import Testing

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

@Suite("Connections")
struct ConnectionTests {
    private static let hello = "GET /hello HTTP/1.1\r\nHost: a\r\n\r\n"

    @Test("an ordinary client is served")
    func ordinaryClient() async throws {
        try await TestServer.run(commonRoutes) { server in
            let session = URLSession(configuration: .ephemeral)
            let base = "http://127.0.0.1:\(server.port)"
            let item = try #require(URL(string: base + "/items/%D1%8F?q=a%20b"))
            let (data, response) = try await session.data(from: item)
            #expect(String(decoding: data, as: UTF8.self) == "item=я q=a b")
            #expect((response as? HTTPURLResponse)?.statusCode == 200)
            var upload = URLRequest(url: try #require(URL(string: base + "/echo")))
            upload.httpMethod = "POST"
            let content = Data(repeating: 7, count: 60_000)
            let (echo, _) = try await session.upload(for: upload, from: content)
            #expect(echo == content)
            session.invalidateAndCancel()
        }
    }

    @Test("HEAD has the header of GET and no content")
    func head() async throws {
        try await TestServer.run(commonRoutes) { server in
            let response = try await onThread { [port = server.port] in
                let client = try RawClient(port: port)
                try client.send("HEAD /hello HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                return String(decoding: try client.receiveAll(), as: UTF8.self)
            }
            #expect(response.hasPrefix("HTTP/1.1 200 "))
            #expect(response.contains("Content-Length: 5\r\n"))
            #expect(response.hasSuffix("\r\n\r\n"))
        }
    }

    @Test("OPTIONS names the methods, for a path and for the server", arguments: ["/hello", "*"])
    func options(target: String) async throws {
        try await TestServer.run(commonRoutes) { server in
            let response = try await server.exchange("OPTIONS \(target) HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(response.status == 204)
            #expect(response.values("Allow").first?.contains("GET, HEAD") == true)
            #expect(response.body.isEmpty)
        }
    }

    @Test("405 names the methods")
    func methodNotAllowed() async throws {
        try await TestServer.run(commonRoutes) { server in
            let response = try await server.exchange("PUT /echo HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(response.status == 405)
            #expect(response.values("Allow") == ["OPTIONS, POST"])
        }
    }

    @Test("2000 requests in a row keep one connection, and two at once are answered in order")
    func keepAlive() async throws {
        try await TestServer.run(commonRoutes) { server in
            let isWell = try await onThread { [port = server.port] in
                let client = try RawClient(port: port)
                for index in 0..<1000 {
                    try client.send(
                        "GET /items/\(index) HTTP/1.1\r\nHost: a\r\n\r\nGET /items/x\(index) HTTP/1.1\r\nHost: a\r\n\r\n"
                    )
                    guard try client.receiveResponse().text == "item=\(index) q=none",
                        try client.receiveResponse().text == "item=x\(index) q=none"
                    else { return false }
                }
                return true
            }
            #expect(isWell)
        }
    }

    @Test("200 clients at once are all served")
    func concurrent() async throws {
        let gate = Event()
        let arrived = Shared(0)
        let all = Event()
        let route = Route(.get, "/wait") { _ in
            if arrived.update({
                $0 += 1; return $0
            }) == 200 {
                all.happen()
            }
            await gate.wait()
            return text("done")
        }
        try await TestServer.run([route]) { server in
            let clients = try await onThread { [port = server.port] in
                try (0..<200).map { _ in
                    let client = try RawClient(port: port)
                    try client.send("GET /wait HTTP/1.1\r\nHost: a\r\n\r\n")
                    return client
                }
            }
            await all.wait()
            gate.happen()
            let answers = try await onThread { try clients.map { try $0.receiveResponse().text } }
            #expect(answers == Array(repeating: "done", count: 200))
        }
    }

    @Test("more handlers than permitted are refused, and the connection is kept")
    func busy() async throws {
        let (started, gate) = (Event(), Event())
        let route = Route(.get, "/wait") { _ in
            started.happen()
            await gate.wait()
            return text("done")
        }
        try await TestServer.run(commonRoutes + [route], configure: { $0.maximumConcurrentRequests = 1 }) { server in
            async let first = server.exchange("GET /wait HTTP/1.1\r\nHost: a\r\n\r\n")
            await started.wait()
            let client = try RawClient(port: server.port)
            let refused = try await onThread {
                try client.send(Self.hello)
                return try client.receiveResponse()
            }
            #expect(refused.status == 503)
            #expect(refused.values("Retry-After") == ["1"])
            gate.happen()
            let firstText = try await first.text
            #expect(firstText == "done")
            let later = try await onThread {
                try client.send(Self.hello)
                return try client.receiveResponse()
            }
            #expect(later.text == "hello")
        }
    }

    @Test("a client that hangs up on its handler harms nobody")
    func hangUp() async throws {
        let (started, gate) = (Event(), Event())
        let route = Route(.get, "/wait") { _ in
            started.happen()
            await gate.wait()
            return HTTPResponse(status: .ok, body: Data(count: 1 << 22))
        }
        try await TestServer.run(commonRoutes + [route]) { server in
            try await onThread { [port = server.port] in
                let client = try RawClient(port: port)
                try client.send("GET /wait?secret=1 HTTP/1.1\r\nHost: a\r\n\r\n")
            }
            await started.wait()
            gate.happen()
            let entry = await server.firstLogEntry()
            #expect(entry?.path == "/wait")
            #expect(entry?.isComplete == false)
            #expect(try await server.exchange(Self.hello).text == "hello")
        }
    }

    @Test("the log tells of the request, without its query")
    func log() async throws {
        try await TestServer.run(commonRoutes) { server in
            _ = try await server.exchange("GET /items/7?token=secret HTTP/1.1\r\nHost: a\r\n\r\n")
            let entry = try #require(await server.firstLogEntry())
            #expect(entry.method == .get)
            #expect(entry.path == "/items/7")
            #expect(entry.route == "/items/{id}")
            #expect(entry.status == .ok)
            #expect(entry.isComplete)
            #expect(entry.bytesOut == "item=7 q=none".utf8.count)
            #expect(entry.remoteAddress == "127.0.0.1")
            #expect(!"\(entry)".contains("secret"))
        }
    }

    @Test("a handler's header fields arrive, except those that are the server's")
    func headers() async throws {
        let route = Route(.get, "/fields") { _ in
            var response = text("x")
            response.headers.add("Set-Cookie", "a=1")
            response.headers.add("Set-Cookie", "b=2")
            response.headers.add("Content-Length", "100")
            response.headers.add("Transfer-Encoding", "chunked")
            response.headers.add("X-Evil", "a\r\nX-Injected: 1")
            return response
        }
        try await TestServer.run([route]) { server in
            let response = try await server.exchange("GET /fields HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(response.values("Set-Cookie") == ["a=1", "b=2"])
            #expect(response.values("Content-Length") == ["1"])
            #expect(response.values("Transfer-Encoding").isEmpty)
            #expect(response.values("X-Injected").isEmpty)
            #expect(response.values("X-Evil").isEmpty)
        }
    }

    @Test("a server that can't listen says why")
    func cannotListen() async throws {
        try await TestServer.run(commonRoutes) { running in
            var configuration = ServerConfiguration()
            configuration.port = running.port
            let second = HTTPServer(
                configuration: configuration,
                router: Router(routes: []),
                problems: renderProblem
            )
            let taken = #expect(throws: HTTPServerError.self) { _ = try second.start() }
            #expect(taken?.code == .addressUnavailable)
            let again = #expect(throws: HTTPServerError.self) { _ = try running.server.start() }
            #expect(again?.code == .alreadyStarted)
            configuration.address = "localhost"
            let third = HTTPServer(configuration: configuration, router: Router(routes: []), problems: renderProblem)
            let invalid = #expect(throws: HTTPServerError.self) { _ = try third.start() }
            #expect(invalid?.code == .invalidAddress)
        }
    }
}
