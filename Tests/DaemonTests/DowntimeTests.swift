import Foundation
import Glibc
import TestSupport
import Testing

@Suite("D7 After SIGKILL running attempts get their time back", .timeLimit(.minutes(2)))
struct DowntimeTests {
    @Test("The time between the last sign of life and the start stands in the ledger, once a restart")
    func credited() async throws {
        let folder = try DataFolder()
        let institution = try await Institution.found(1, in: folder)
        let attempt = "/v1/attempts/\(institution.attempts[0])"
        func outages(_ daemon: Daemon) async throws -> [JSON] {
            let candidate = try await daemon.logIn(institution.candidates[0], Institution.password)
            let entries = try await candidate.get("\(attempt)/time").json["entries"].array
            return entries.filter { $0["kind"] == "outage" }
        }
        var before = 0
        try await Daemon.run(in: folder) { before = try await outages($0).count }
        let killed = Date()
        try await Daemon.run(in: folder) { daemon in
            let entries = try await outages(daemon)
            #expect(entries.count == before + 1)
            let last = try #require(entries.last)
            #expect(last["reason"] == "technical_failure" && last["role"] == "system")
            let seconds = last["seconds"].double ?? 0
            // Two seconds may pass between signs of life; nobody gets less than was lost.
            #expect(seconds > 0 && seconds <= Date().timeIntervalSince(killed) + 4, "\(seconds)")
            #expect(try await outages(daemon).count == before + 1)
        }
        #expect(try await folder.command(["log", "verify"]).status == 0)
    }
}
