import Accounts
import Foundation
import TestSupport
import Testing

@Suite("E2, E3: flags, the score, and decisions about them")
struct FlagTests {
    private func hide(_ sitting: Sitting, _ count: Int) async throws {
        for _ in 0..<count {
            let reply = try await sitting.candidate.post("\(sitting.path)/events", ["type": "client.tab_hidden"])
            #expect(reply.status == 201, "\(reply.text)")
            sitting.service.clock.advance(seconds: 10)
        }
    }

    @Test("E2: leaving the page five times in ten minutes is one flag, which grows and takes points off")
    func raised() async throws {
        try await TestService.run { service in
            let sitting = try await Sitting.start(service)
            let examiner = try await sitting.examiner()
            try await hide(sitting, 4)
            #expect(try await examiner.get("\(sitting.path)/flags").json["flags"].array.isEmpty)
            try await hide(sitting, 3)
            let found = try await examiner.get("\(sitting.path)/flags").json
            let flag = try #require(found["flags"].array.first)
            #expect(found["flags"].array.count == 1)
            #expect(flag["rule"] == "leaving_the_page" && flag["state"] == "open" && flag["severity"] == "warning")
            #expect(flag["events"].array.count == 7 && flag["label"].string?.isEmpty == false)
            #expect(found["credibility"]["value"].int == 90)
            #expect(found["credibility"]["parts"].array.first?["points"].int == 10)
            // Nothing happened to the attempt, and the candidate hears nothing of it.
            #expect(try await sitting.look()["state"] == "started")
            #expect(
                try await !service.eventTypes(of: sitting.attempt, as: sitting.candidate).contains {
                    $0.hasPrefix("flag.")
                }
            )
            let seen = try await service.eventTypes(of: sitting.attempt, as: examiner)
            #expect(seen.filter { $0 == "flag.raised" }.count == 1)
            #expect(try await sitting.candidate.get("\(sitting.path)/flags").status == 403)
        }
    }

    @Test("E3: a grave flag is confirmed by two people, and stands; the candidate's devices cannot decide")
    func decided() async throws {
        try await TestService.run { service in
            let sitting = try await Sitting.start(service)
            _ = try await sitting.control("flag", "suspicion", more: ["severity": 0.8])
            let one = try await service.staff(.reviewer)
            let second = "second@example.org"
            let two = try await service.logIn(second, service.addStaff(second, .reviewer), role: "reviewer")
            let waiting = try await one.get("/v1/flags").json["flags"].array
            let path = "/v1/flags/\(try #require(waiting.first?["id"].string))/decisions"
            #expect(waiting.count == 1 && waiting.first?["needs_second"] == true)
            #expect(try await sitting.candidate.post(path, ["action": "dismiss"]).status == 403)

            let first = try await one.post(path, ["action": "confirm", "comment": "Видно вторую голову"]).json
            #expect(first["state"] == "second_needed")
            #expect(first["decisions"].array.first?["comment"] == "Видно вторую голову")
            #expect(try await one.post(path, ["action": "confirm"]).code == "other_person_needed")
            #expect(try await two.post(path, ["action": "confirm"]).json["state"] == "confirmed")
            #expect(try await sitting.examiner().post(path, ["action": "dismiss"]).code == "flag_decided")
            #expect(try await one.get("/v1/flags").json["flags"].array.isEmpty)
            #expect(try await sitting.look()["state"] == "started", "a flag decides nothing about the attempt")
            let kept = try await one.get("\(sitting.path)/flags").json["flags"].array.first
            #expect(kept?["decisions"].array.count == 2)
        }
    }

    @Test("E3: the gravest flags come first, page by page, of one exam or all")
    func queue() async throws {
        try await TestService.run { service in
            let sitting = try await Sitting.start(service)
            for severity in [0.3, 1, 0.5, 0.7] {
                _ = try await sitting.control("flag", "suspicion", more: ["severity": .number(severity)])
            }
            let reviewer = try await service.staff(.reviewer)
            let all = try await reviewer.get("/v1/flags").json["flags"].array
            #expect(all.compactMap { $0["severity"].string } == ["critical", "serious", "warning", "notice"])
            let last = try #require(all[1]["id"].string)
            let exam = try #require(all[0]["exam_id"].string)
            let rest = try await reviewer.get("/v1/flags?exam_id=\(exam)&after=\(last)").json["flags"].array
            #expect(rest.compactMap { $0["severity"].string } == ["warning", "notice"])
            #expect(try await reviewer.get("/v1/flags?exam_id=\(UUID().uuidString.lowercased())").status == 404)
        }
    }

    @Test("E4: messages reach the candidate, who says that they were shown; nobody else reads them")
    func messages() async throws {
        try await TestService.run { service in
            let sitting = try await Sitting.start(service)
            let examiner = try await sitting.examiner()
            let sent = try await examiner.post("\(sitting.path)/messages", ["text": "Поверните камеру к окну"])
            #expect(sent.status == 201, "\(sent.text)")
            let all = try await examiner.post("/v1/exams/\(sitting.exam)/messages", ["text": "Осталось десять минут"])
            #expect(all.json["attempts"].int == 1)
            let got = try await sitting.candidate.get("\(sitting.path)/messages").json["messages"].array
            #expect(got.compactMap { $0["text"].string } == ["Поверните камеру к окну", "Осталось десять минут"])
            #expect(try await service.candidate(1).get("\(sitting.path)/messages").status == 403)
            let last = try #require(got.last?["id"].string)
            #expect(try await sitting.candidate.post("\(sitting.path)/messages/\(last)/reading").status == 204)
            #expect(
                try await examiner.get("\(sitting.path)/messages").json["messages"].array.allSatisfy {
                    $0["read_at"].string != nil
                }
            )
            #expect(try await sitting.events().suffix(2) == ["message.read", "message.read"])
        }
    }

    @Test("E1: events are filtered by type and severity, and a role sees what is its matter")
    func selection() async throws {
        try await TestService.run { service in
            let sitting = try await Sitting.start(service)
            try await hide(sitting, 5)
            let examiner = try await sitting.examiner()
            func types(_ path: String, _ client: Client) async throws -> [String] {
                try await client.get(path).json["events"].array.compactMap { $0["type"].string }
            }
            let flagged = try await types("/v1/events?types=flag.raised", examiner)
            #expect(flagged == ["attestd.flag.raised"])
            let grave = try await types("\(sitting.path)/events?min_severity=notice", examiner)
            #expect(grave.filter { $0 == "attestd.client.tab_hidden" }.count == 5)
            #expect(!grave.contains("attestd.attempt.started"))
            #expect(try await types("/v1/events", service.staff(.verifier)).isEmpty)
            let compliance = try await types("/v1/events", service.staff(.complianceOfficer))
            #expect(
                compliance.contains("attestd.flag.raised") && !compliance.contains("attestd.attempt.started")
            )
            #expect(try await examiner.get("/v1/events?types=unheard.of").code == "parameters_invalid")
            #expect(try await sitting.candidate.get("/v1/events").status == 403)
            let catalogue = try await sitting.candidate.get("/v1/event-types").json["event_types"].array
            #expect(!catalogue.contains { $0["type"] == "flag.raised" })
            #expect(catalogue.contains { $0["type"] == "client.second_screen" && $0["severity"] == "warning" })
        }
    }
}
