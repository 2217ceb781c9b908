import Accounts
import Foundation
import TestSupport
import Testing
import TransparencyLog

@Suite("Operation: what those who look after the service see")
struct ServiceStateTests {
    @Test("The log's key and the rules are told; a backup that nobody made is not made up")
    func state() async throws {
        try await TestService.run { service in
            let administrator = try await service.staff(.administrator)
            let state = try await administrator.get("/v1/service-state").json
            #expect(state["log"]["key"] == .string(service.signer.verifier.text))
            #expect(state["log"]["earlier_keys"] == 0 && state["log"]["key_since"] == .null)
            #expect(state["flag_rules"] == ["source": "standard", "count": 15])
            #expect(state["last_backup"] == .null)
            #expect(try await service.anybody.get("/v1/service-state").status == 401)
        }
    }

    @Test("E4: what a watcher is shown at once is what is no ordinary course of things, flags among it")
    func noticed() async throws {
        try await TestService.run { service in
            let sitting = try await Sitting.start(service)
            for type in ["client.second_screen", "client.help_asked", "client.tab_shown"] {
                _ = try await sitting.candidate.post("\(sitting.path)/events", ["type": .string(type)])
            }
            let wall = try await sitting.examiner().get("/v1/exams/\(sitting.exam)/wall").json
            let seen = wall["tiles"][0]["noticed"].array.compactMap { $0["type"].string }
            #expect(seen == ["client.second_screen", "flag.raised", "client.help_asked"])
            let tile = wall["tiles"][0]
            #expect(tile["credibility"] == 90 && tile["waiting_flags"] == 1 && tile["gravest_flag"] == "warning")
        }
    }
}
