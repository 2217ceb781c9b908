import Accounts
import Foundation
import TestSupport
import Testing
import Workflows

@Suite("F5 Who looked at whose data")
struct AccessRecordTests {
    private func judged(_ service: TestService) async throws -> (candidate: Client, attempt: String) {
        let exam = try await service.exam(by: service.staff(.examiner), biometric: true)
        let candidate = try await service.candidate(0)
        try await service.portrait("obama", of: candidate)
        let attempt = try await service.attempt(exam, by: candidate)
        service.clock.advance(seconds: 1)
        #expect(try await service.frame("obama2", attempt, by: candidate).json["outcome"] == "match")
        return (candidate, attempt)
    }

    @Test("F5: scores are not shown before the look is recorded, and the subject is told of it without names")
    func scores() async throws {
        try await TestService.run(comparesFaces: true) { service in
            let (candidate, attempt) = try await judged(service)
            let officer = try await service.officer(1)
            let list = "/v1/identifications?attempt=\(attempt)"
            #expect(try await officer.get("\(list)&purpose=attempt_review").json["identifications"].array.count == 1)
            let subject = try await service.id(of: candidate)
            let actor = try await service.id(of: officer)
            let records = try await officer.get("/v1/access-records?subject=\(subject)&actor=\(actor)").json["accesses"]
            #expect(records.array.count == 1)
            #expect(records[0]["what"] == "scores" && records[0]["purpose"] == "attempt_review")
            #expect(records[0]["task"].string == attempt && records[0]["items"] == 1)
            #expect(records[0]["actor_name"].string?.isEmpty == false, "officers are told who looked at whose data")
            #expect(records[0]["subject_name"].string?.isEmpty == false)
            #expect(try await officer.get("/v1/access-alerts").json["alerts"].array.isEmpty, "an ordinary look")

            let told = try await candidate.get("/v1/me/access-records")
            let look = try #require(told.json["accesses"].array.first { $0["by"] == "staff" })
            #expect(look["roles"] == ["compliance_officer"] && look["purpose"] == "attempt_review")
            #expect(told.json["accesses"].array.contains { $0["by"] == "service" && $0["what"] == "portrait" })
            #expect(!told.text.contains(actor), "the subject is not told who it was")
            #expect(try await service.candidate(1).get("/v1/me/access-records").json["accesses"].array.isEmpty)
            #expect(try await officer.get("\(list)&purpose=curiosity").status == 400)
        }
    }

    @Test("F5: reading out of the ordinary is told to the other officers, once an hour, and somebody else judges it")
    func alerts() async throws {
        try await TestService.run(comparesFaces: true) { service in
            let (_, attempt) = try await judged(service)
            let (first, second) = (try await service.officer(1), try await service.officer(2))
            let list = "/v1/identifications?attempt=\(attempt)"
            func kinds() async throws -> [String] {
                try await second.get("/v1/access-alerts").json["alerts"].array.compactMap { $0["kind"].string }
            }
            _ = try await first.get(list)
            #expect(try await kinds() == [], "as a rule nobody is asked why")
            let rules: JSON = [
                "people_an_hour": 1, "opens_at_hour": 0, "closes_at_hour": 24, "asks_for_purpose": true,
                "asks_for_task": true,
            ]
            let night = rules.with(["opens_at_hour": 5, "closes_at_hour": 1])
            #expect(try await second.put("/v1/access-rules", night).code == "working_hours_empty")
            #expect(try await second.put("/v1/access-rules", rules).json["number"] == 1)
            for _ in 0..<3 { _ = try await first.get(list) }
            #expect(try await kinds() == ["unstated_purpose"])
            #expect(try await service.notices(of: second).count == 1)
            #expect(try await service.notices(of: first).isEmpty)

            let strict = rules.with(["closes_at_hour": 1, "asks_for_purpose": false])
            #expect(try await second.put("/v1/access-rules", strict).json["number"] == 2)
            _ = try await first.get(list)
            #expect(try await kinds() == ["outside_hours", "unstated_purpose"])
            #expect(try service.rawDatabase().count("log_entries WHERE kind = 'access_alert'") == 2)

            let alert = try await second.get("/v1/access-alerts").json["alerts"][0]["id"].string ?? ""
            let path = "/v1/access-alerts/\(alert)/review"
            #expect(try await first.post(path, ["finding": "justified"]).code == "second_look_needed")
            let judged = try await second.post(path, ["finding": "violation"]).json
            #expect(judged["finding"] == "violation" && judged["reviewed_at"] != .null)
            #expect(try await second.post(path, ["finding": "justified"]).json["finding"] == "violation", "judged once")
        }
    }

    @Test("F5: an appeal that nobody has filed is no reason to look")
    func withoutTask() async throws {
        try await TestService.run(comparesFaces: true) { service in
            let (candidate, attempt) = try await judged(service)
            #expect(try await candidate.post("/v1/attempts/\(attempt)/start").status == 200)
            #expect(try await candidate.post("/v1/attempts/\(attempt)/submit").status == 200)
            let (first, second) = (try await service.officer(1), try await service.officer(2))
            _ = try await first.get("/v1/identifications?attempt=\(attempt)&purpose=appeal")
            let alerts = try await second.get("/v1/access-alerts").json["alerts"].array
            #expect(alerts.map { $0["kind"].string } == ["without_task"])
        }
    }
}
