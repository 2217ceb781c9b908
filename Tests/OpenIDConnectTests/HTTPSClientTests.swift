import Foundation
import Testing

@testable import OpenIDConnect

@Suite("A5 requests to a provider")
struct HTTPSClientTests {
    let provider: ScriptedProvider
    let client = HTTPSClient(certificateFile: nil)

    init() throws {
        provider = try ScriptedProvider()
    }

    private func send(_ path: String, form: String? = nil, authorization: String? = nil) async throws -> HTTPSResponse {
        let url = try #require(EndpointURL("\(provider.base)/\(path)"))
        var request = HTTPSRequest("test endpoint", url)
        request.form = form
        request.authorization = authorization
        return try await client.send(request)
    }

    private func code(_ path: String) async -> OpenIDConnectError.Code? {
        await #expect(throws: OpenIDConnectError.self) { try await send(path) }?.code
    }

    @Test("a form is posted, and the next request knows nothing of it")
    func requests() async throws {
        try provider.answer("a", ["body": "{}"])
        #expect(try await send("a", form: "x=1", authorization: "Basic eA==").status == 200)
        for _ in 0..<8 { #expect(try await send("a").body == Data("{}".utf8)) }
        let seen = try provider.requests("a")
        #expect(seen.map(\.method) == ["POST"] + Array(repeating: "GET", count: 8))
        #expect(seen[0].body == "x=1")
        #expect(seen[0].headers["content-type"] == "application/x-www-form-urlencoded")
        #expect(seen[0].headers["authorization"] == "Basic eA==")
        #expect(seen.dropFirst().allSatisfy { $0.headers["authorization"] == nil && $0.body.isEmpty })
        #expect(seen.allSatisfy { $0.headers["accept"] == "application/json" && $0.headers["cookie"] == nil })
    }

    @Test("a redirect is an answer, and is not followed")
    func redirect() async throws {
        try provider.answer("a", ["status": 302, "headers": ["Location": "/b", "Set-Cookie": "a=b"]])
        #expect(try await send("a").status == 302)
        #expect(try provider.requests("b").isEmpty)
        // Nor are cookies kept.
        _ = try await send("a")
        #expect(try provider.requests("a").allSatisfy { $0.headers["cookie"] == nil })
    }

    @Test("a body of 256 KiB is read, a longer one is not, whether it says its length or not")
    func limit() async throws {
        let kib = String(repeating: "x", count: 1024)
        try provider.answer("exact", ["body": kib, "repeat": 256])
        #expect(try await send("exact").body.count == 256 * 1024)
        try provider.answer("long", ["body": kib, "repeat": 257])
        #expect(await code("long") == .tooLarge)
        try provider.answer("announced", ["headers": ["Content-Length": "262145"]])
        #expect(await code("announced") == .tooLarge)
    }

    @Test("a provider that is silent in the middle of its answer is given up", .timeLimit(.minutes(1)))
    func silent() async throws {
        try provider.answer("silent", ["body": "{", "hang": true])
        let url = try #require(EndpointURL("\(provider.base)/silent"))
        let hasty = HTTPSClient(certificateFile: nil, timeout: 200)
        await #expect(throws: OpenIDConnectError(.timedOut, "")) {
            try await hasty.send(HTTPSRequest("test endpoint", url))
        }
    }

    @Test("no answer is an error that names the endpoint")
    func closed() async throws {
        try provider.answer("closed", ["close": true])
        let error = await #expect(throws: OpenIDConnectError.self) { try await send("closed") }
        #expect(error?.code == .unreachable)
        #expect(error?.reason.contains("test endpoint") == true)
    }

    @Test("more requests than lanes and places are told at once that it is busy, and the others are answered")
    func busy() async throws {
        try provider.answer("a", ["body": "{}"])
        let most = HTTPSClient.laneCount * (HTTPSClient.mostWaiting + 1)
        let outcomes = await withTaskGroup(of: OpenIDConnectError.Code?.self) { group in
            for _ in 0..<most * 10 {
                group.addTask {
                    do {
                        _ = try await send("a")
                        return nil
                    } catch {
                        return (error as? OpenIDConnectError)?.code
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes.count { $0 == nil } >= most)
        #expect(outcomes.allSatisfy { $0 == nil || $0 == .busy })
    }
}
