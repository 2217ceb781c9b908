import Foundation
import Glibc
import TestSupport
import Testing

@Suite("Life of the daemon", .timeLimit(.minutes(2)))
struct LifeTests {
    @Test("It starts, becomes ready, and stops with 0 at a signal", arguments: [SIGTERM, SIGINT])
    func startAndStop(_ signal: Int32) async throws {
        let folder = try DataFolder()
        let daemon = try await Daemon.start(in: folder, ready: true)
        #expect(try await daemon.client.get("/readyz").status == 200)
        daemon.send(signal)
        let end = await daemon.end()
        #expect(end.status == 0)
        #expect(!end.isSignalled)
        let messages = end.complaints.compactMap { (try? JSON(Data($0.utf8)))?["message"].string }
        #expect(messages.first == "listening")
        #expect(messages.last == "stopped")
        #expect(messages.count == end.complaints.count, "every line of the log is JSON")
        await #expect(throws: (any Error).self) { try await daemon.client.get("/healthz") }
    }

    @Test("What is under way when SIGTERM comes is finished, and nobody is left without an answer")
    func gracefulStop() async throws {
        let folder = try DataFolder()
        let daemon = try await Daemon.start(in: folder)
        // Password hashing takes its time, one after the other, so most of these are under way at the signal.
        let connections = try (0..<24).map { _ in try Connection(port: daemon.port) }
        for (number, connection) in connections.enumerated() {
            let form: JSON = ["email": "nobody\(number)@example.org", "password": "whatever it is"]
            connection.send(daemon.client.request("POST", "/v1/login", type: "application/json", form.data))
        }
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
            for connection in connections {
                group.addTask {
                    let reply = try await onThread { try connection.receiveReply() }
                    daemon.send(SIGTERM)
                    return reply.status
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        let end = await daemon.end()
        #expect(end.status == 0)
        #expect(!end.isSignalled)
        #expect(statuses.count == 24)
        #expect(statuses.allSatisfy { [401, 503].contains($0) }, "\(statuses)")
        #expect(statuses.filter { $0 == 401 }.count >= 2, "\(statuses)")
        #expect(try await folder.command(["log", "verify"]).status == 0)
    }

    @Test("E1: open streams do not hold up the stop")
    func streamsAtStop() async throws {
        let folder = try DataFolder()
        let institution = try await Institution.found(1, in: folder)
        let daemon = try await Daemon.start(in: folder)
        let candidate = try await daemon.logIn(institution.candidates[0], Institution.password)
        let reader = try await EventReader.open(candidate, "/v1/attempts/\(institution.attempts[0])/events/stream")
        daemon.send(SIGTERM)
        let messages = await reader.take { _ in false }
        #expect(messages.contains { $0.event == "attestd.attempt.started" })
        #expect(await daemon.end().status == 0)
    }

    @Test("A second daemon on the same data refuses to start, and the first one goes on")
    func secondDaemon() async throws {
        let folder = try DataFolder()
        try await Daemon.run(in: folder) { daemon in
            let end = try await folder.command(["serve", "--port", "0"])
            #expect(end.status == 1)
            #expect(end.complaints.count == 1, "\(end.standardError)")
            #expect(end.standardError.contains("another attestd serves"))
            #expect(try await daemon.client.get("/healthz").status == 200)
        }
        // The lock goes with its process, however that ended.
        try await Daemon.run(in: folder) { daemon in
            let reply = try await daemon.client.get("/healthz")
            #expect(reply.status == 200)
        }
    }

    @Test("What is kept is for the service's user alone")
    func permissions() async throws {
        let folder = try DataFolder()
        _ = try await Institution.found(1, in: folder)
        for path in ["keys", "keys/master.key", "keys/log.key", "evidence", "attestd.sqlite"] {
            let file = folder.data.appending(path: path).path
            let attributes = try FileManager.default.attributesOfItem(atPath: file)
            let mode = (attributes[.posixPermissions] as? Int) ?? 0o777
            let parent = try FileManager.default.attributesOfItem(atPath: folder.data.path)
            let isSheltered = ((parent[.posixPermissions] as? Int) ?? 0o777) & 0o077 == 0
            #expect(mode & 0o077 == 0 || isSheltered, "\(path): \(String(mode, radix: 8))")
        }
    }

    @Test("Without the self-test's photographs it serves, and is not ready")
    func noPhotographs() async throws {
        let folder = try DataFolder(settings: ["self_test_directory": "/nowhere"])
        try await Daemon.run(in: folder) { daemon in
            let reply = try await daemon.client.get("/readyz")
            #expect(reply.status == 503)
            #expect(try await daemon.client.get("/healthz").status == 200)
        }
    }
}
