import Foundation
import HTTPServer
import Testing

@Suite("Request content")
struct BodyTests {
    private static func head(_ fields: String..., path: String = "/echo") -> String {
        (["POST \(path) HTTP/1.1", "Host: a"] + fields).joined(separator: "\r\n") + "\r\n\r\n"
    }

    @Test("arrives whole by length and by chunks", arguments: [0, 1, 1000, 65_535, 65_536])
    func echo(count: Int) async throws {
        let content = [UInt8]((0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 / 256) })
        try await TestServer.run(commonRoutes) { server in
            let (byLength, byChunks) = try await onThread { [port = server.port] in
                let client = try RawClient(port: port)
                try client.send(Self.head("Content-Length: \(count)"))
                try client.send(content)
                let byLength = try client.receiveResponse()
                try client.send(Self.head("Transfer-Encoding: chunked"))
                for start in stride(from: 0, to: count, by: 700) {
                    let piece = content[start..<min(start + 700, count)]
                    try client.send(Array("\(String(piece.count, radix: 16));x=y\r\n".utf8) + piece + [13, 10])
                }
                try client.send("0\r\nTrailer: x\r\n\r\n")
                return (byLength, try client.receiveResponse())
            }
            #expect(byLength.status == 200)
            #expect(byLength.body == Data(content))
            #expect(byChunks.status == 200)
            #expect(byChunks.body == Data(content))
        }
    }

    @Test("one byte too many is refused at once, by length and in chunks")
    func tooLong() async throws {
        try await TestServer.run(commonRoutes) { server in
            let byLength = try await server.exchange(Self.head("Content-Length: 65537"))
            #expect(byLength.status == 413)
            #expect(byLength.values("Content-Type") == ["application/problem+json"])
            #expect(byLength.values("Connection") == ["close"])
            let byChunks = try await server.exchange(
                Self.head("Transfer-Encoding: chunked") + "10001\r\n" + String(repeating: "a", count: 65_537)
            )
            #expect(byChunks.status == 413)
            #expect(byChunks.values("Content-Type") == ["application/problem+json"])
            #expect(byChunks.values("Connection") == ["close"])
            #expect(byChunks.text.contains("65536"))
        }
    }

    @Test("20 MiB to a route for 64 KiB get their 413 and are not taken in", arguments: [true, false])
    func enormous(isChunked: Bool) async throws {
        try await TestServer.run(commonRoutes) { server in
            let megabyte = [UInt8](repeating: 0x61, count: 1 << 20)
            let response = try await onThread { [port = server.port] in
                let client = try RawClient(port: port)
                try client.send(
                    Self.head(isChunked ? "Transfer-Encoding: chunked" : "Content-Length: \(20 << 20)")
                )
                for _ in 0..<20 {
                    if isChunked { try client.send("100000\r\n") }
                    try client.send(megabyte)
                    if isChunked { try client.send("\r\n") }
                }
                return try client.receiveResponse()
            }
            #expect(response.status == 413)
            let taken = await server.firstLogEntry()?.bytesIn
            #expect(taken ?? .max < 256 * 1024, "the server took the content in")
            #expect(try await server.exchange("GET /hello HTTP/1.1\r\nHost: a\r\n\r\n").text == "hello")
        }
    }

    @Test("a length beyond all numbers is refused", arguments: ["18446744073709551616", "9223372036854775808"])
    func overflow(length: String) async throws {
        try await TestServer.run(commonRoutes) { server in
            let response = try await server.exchange(Self.head("Content-Length: \(length)"))
            #expect(response.status == 413 || response.status == 400)
        }
    }

    @Test("a client that asks first is told to go on")
    func expectContinue() async throws {
        try await TestServer.run(commonRoutes) { server in
            let (interim, response) = try await onThread { [port = server.port] in
                let client = try RawClient(port: port)
                try client.send(Self.head("Content-Length: 5", "Expect: 100-continue"))
                let interim = try client.receive(untilSuffix: "\r\n\r\n")
                try client.send("hello")
                return (interim, try client.receiveResponse())
            }
            #expect(interim.hasPrefix("HTTP/1.1 100 "))
            #expect(response.status == 200)
            #expect(response.text == "hello")
        }
    }

    @Test(
        "a client that asks first is refused without sending",
        arguments: [("/echo", 1 << 24, 413), ("/nowhere", 5, 404), ("/hello", 5, 405)]
    )
    func expectRefused(path: String, length: Int, status: Int) async throws {
        try await TestServer.run(commonRoutes) { server in
            let response = try await server.exchange(
                Self.head("Content-Length: \(length)", "Expect: 100-continue", path: path)
            )
            #expect(response.status == status)
            #expect(response.values("Content-Type") == ["application/problem+json"])
        }
    }

    @Test("a refused short content is read, and the connection lives on")
    func refusedShort() async throws {
        try await TestServer.run(commonRoutes) { server in
            let (first, second) = try await onThread { [port = server.port] in
                let client = try RawClient(port: port)
                try client.send(Self.head("Content-Length: 5", path: "/nowhere"))
                try client.send("hello")
                let first = try client.receiveResponse()
                try client.send("GET /hello HTTP/1.1\r\nHost: a\r\n\r\n")
                return (first, try client.receiveResponse())
            }
            #expect(first.status == 404)
            #expect(second.text == "hello")
        }
    }

    @Test("content beyond the server's memory budget is refused, and the memory comes back")
    func budget() async throws {
        try await TestServer.run(commonRoutes, configure: { $0.bodyMemoryBudget = 1000 }) { server in
            for _ in 0..<3 {
                let refused = try await server.exchange(
                    Self.head("Content-Length: 1001") + String(repeating: "a", count: 1001)
                )
                #expect(refused.status == 503)
                #expect(refused.values("Retry-After") == ["1"])
                let accepted = try await server.exchange(
                    Self.head("Content-Length: 1000") + String(repeating: "a", count: 1000)
                )
                #expect(accepted.status == 200)
            }
        }
    }

    @Test("an aborted upload leaves nothing behind")
    func abortedUpload() async throws {
        try await TestServer.run(commonRoutes, configure: { $0.bodyMemoryBudget = 1000 }) { server in
            try await onThread { [port = server.port] in
                let client = try RawClient(port: port)
                try client.send(Self.head("Content-Length: 1000") + String(repeating: "a", count: 900))
            }
            let entry = await server.firstLogEntry()
            #expect(entry?.status == nil)
            #expect(entry?.isComplete == false)
            #expect(entry?.bytesIn == 900)
            #expect(entry?.route == "/echo")
            let response = try await server.exchange(
                Self.head("Content-Length: 1000") + String(repeating: "a", count: 1000)
            )
            #expect(response.status == 200)
        }
    }
}
