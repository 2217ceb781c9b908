import Foundation
import TestSupport
import Testing

@Suite("Load", .timeLimit(.minutes(2)))
struct LoadTests {
    @Test("Two thousand requests one after the other and two hundred connections at once, without error or growth")
    func requests() async throws {
        let folder = try DataFolder()
        let institution = try await Institution.found(1, in: folder)
        try await Daemon.run(in: folder, ready: true) { daemon in
            let candidate = try await daemon.logIn(institution.candidates[0], Institution.password)
            let attempt = institution.attempts[0]
            let requests = [
                candidate.request("GET", "/v1/me"), candidate.request("GET", "/v1/attempts/\(attempt)"),
                candidate.request("GET", "/v1/attempts/\(attempt)/ticket"), candidate.request("GET", "/v1/exams"),
                candidate.request("GET", "/healthz"),
            ]
            func sequence(_ count: Int) async throws {
                let statuses = try await onThread {
                    let connection = try Connection(port: daemon.port)
                    return try (0..<count).map { try connection.exchange(requests[$0 % requests.count]).status }
                }
                #expect(statuses.allSatisfy { $0 == 200 })
            }
            func crowd() async throws {
                try await withThrowingTaskGroup(of: Int.self) { group in
                    for number in 0..<200 {
                        group.addTask { try await candidate.send(requests[number % requests.count]).status }
                    }
                    for try await status in group { #expect(status == 200) }
                }
            }
            try await sequence(500)
            let descriptors = daemon.descriptorCount
            try await crowd()
            let memory = daemon.residentBytes
            try await sequence(2_000)
            try await crowd()
            #expect(daemon.residentBytes - memory < 8 * 1024 * 1024, "grew by \(daemon.residentBytes - memory) bytes")
            // Each request gives the server a turn to notice the connections that have ended.
            for _ in 0..<2_000 where daemon.descriptorCount > descriptors + 8 { try await sequence(1) }
            #expect(daemon.descriptorCount <= descriptors + 8)
        }
    }

    @Test("Two hundred idle connections are held while others are served")
    func idleConnections() async throws {
        try await Daemon.run(in: DataFolder()) { daemon in
            let idle = try (0..<200).map { _ in try Connection(port: daemon.port) }
            #expect(try await daemon.client.get("/healthz").status == 200)
            for connection in idle {
                let reply = try await onThread { try connection.exchange(Request("GET", "/healthz")) }
                #expect(reply.status == 200)
            }
        }
    }
}
