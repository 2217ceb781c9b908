import Accounts
import Foundation
import TestSupport
import Testing
import Workflows

@Suite("A2 Floods of logins")
struct LoginFloodTests {
    private func records(_ service: TestService, _ query: String = "") async throws -> [JSON] {
        let officer = try await service.staff(.complianceOfficer)
        let reply = try await officer.get("/v1/identifications?limit=500\(query)")
        return reply.json["identifications"].array.filter { $0["reason"] == "throttled" }
    }

    @Test("A2: of the tries that a throttle turns away one a minute is a record, which tells how many there were")
    func coalesced() async throws {
        try await TestService.run { service in
            let id = try await service.id(of: try await service.candidate(0))
            func tries(_ count: Int) async throws {
                for _ in 0..<count { _ = try await service.loginReply("candidate0@example.org", "wrong password") }
            }
            try await tries(6)
            let before = try service.rawDatabase().count("log_entries")
            try await tries(30)
            #expect(try service.rawDatabase().count("log_entries") == before + 1)
            try await service.housekeeping.recordThrottledTries()
            #expect(try service.rawDatabase().count("log_entries") == before + 1, "the minute is not over")
            service.clock.advance(seconds: 61)
            try await service.housekeeping.recordThrottledTries()
            try await service.housekeeping.recordThrottledTries()
            let found = try await records(service, "&subject=\(id)")
            #expect(found.compactMap { $0["tries"].int } == [29, 1])
            #expect(try await service.housekeeping.publishCheckpoint() != nil)
        }
    }

    @Test("A2: what waits for its record is recorded when the service stops")
    func atTheEnd() async throws {
        try await TestService.run { service in
            for _ in 0..<10 { _ = try await service.loginReply("nobody@example.org", "wrong password") }
            try await service.housekeeping.recordThrottledTries(all: true)
            let found = try await records(service)
            #expect(found.compactMap { $0["tries"].int }.reduce(0, +) == 4)
            #expect(found.allSatisfy { $0["subject"] == .null })
        }
    }

    @Test("A2: a flood from one network ends at its throttle and writes next to nothing from then on")
    func oneNetwork() async throws {
        try await TestService.run { service in
            for number in 0..<51 { _ = try await service.loginReply("n\(number)@example.org", "wrong password") }
            let before = try service.rawDatabase().count("log_entries")
            for number in 0..<100 {
                #expect(try await service.loginReply("m\(number)@example.org", "wrong password").status == 429)
            }
            #expect(try service.rawDatabase().count("log_entries") == before + 1)
            #expect(try service.rawDatabase().count("throttles") == 52, "51 logins and the network")
        }
    }
}
