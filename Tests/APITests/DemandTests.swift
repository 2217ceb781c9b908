import Accounts
import Foundation
import TestSupport
import Testing
import Workflows

@Suite("A3, C7 Identification while the attempt runs")
struct DemandTests {
    /// A started attempt of an exam with a policy; the candidate was identified by the face.
    private func started(
        _ service: TestService,
        _ policy: [String: JSON]
    ) async throws -> (attempt: String, candidate: Client, examiner: Client) {
        let examiner = try await service.staff(.examiner)
        let base: JSON = ["any_of": [["electronic", "biometric"]]]
        let exam = try await service.exam(by: examiner, policy: base.with(policy))
        let candidate = try await service.candidate(0)
        try await service.portrait("obama", of: candidate)
        let attempt = try await service.attempt(exam, by: candidate)
        let frame = try await service.frame("obama2", attempt, by: candidate)
        try #require(frame.json["outcome"] == "match", "\(frame.text)")
        let start = try await candidate.post("/v1/attempts/\(attempt)/start")
        try #require(start.json["state"] == "started", "\(start.text)")
        return (attempt, candidate, examiner)
    }

    private func save(_ attempt: String, by candidate: Client) async throws -> Reply {
        let ticket = try await candidate.get("/v1/attempts/\(attempt)/ticket").json["items"].array
        let item = try #require(ticket.first { $0["type"] == "true_false" })
        let path = "/v1/attempts/\(attempt)/answers/\(item["number"].int ?? 0)"
        return try await candidate.put(path, ["type": "truth", "value": true])
    }

    private func demands(_ attempt: String, as client: Client) async throws -> [JSON] {
        try await client.get("/v1/attempts/\(attempt)/demands").json["demands"].array
    }

    @Test("A3: at intervals that cannot be foreseen the candidate shows the face again")
    func interval() async throws {
        let clock = TestClock()
        try await TestService.run(clock: clock, comparesFaces: true) { service in
            let policy: [String: JSON] = ["every_minutes": 10, "jitter_minutes": 3]
            let (attempt, candidate, examiner) = try await started(service, policy)
            #expect(try await demands(attempt, as: candidate) == [], "the candidate does not see what is planned")
            let planned = try #require(try await demands(attempt, as: examiner).first)
            let due = try #require(
                planned["due_at"].string.flatMap {
                    try? Date($0, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true))
                }
            )
            let minutes = due.timeIntervalSince(clock.now) / 60
            #expect((7...13).contains(minutes))
            clock.advance(minutes: minutes - 0.1)
            try await service.housekeeping.turnDemands()
            #expect(try await demands(attempt, as: candidate).isEmpty)
            clock.advance(minutes: 0.2)
            try await service.housekeeping.turnDemands()
            let open = try #require(try await demands(attempt, as: candidate).first)
            #expect(open["state"] == "open" && open["moment"] == "interval" && open["demanded_by"] == .null)
            let standing = try await candidate.get("/v1/attempts/\(attempt)/identification").json
            #expect(standing["suffices"] == false && standing["text"].string?.contains("лицо") == true)

            #expect(try await service.frame("obama2", attempt, by: candidate).json["outcome"] == "match")
            let all = try await demands(attempt, as: examiner)
            #expect(all.map { $0["state"].string } == ["met", "planned"], "and the next one is planned")
            let record = try await service.keeper().get("/v1/identifications?attempt=\(attempt)").json
            #expect(record["identifications"][0]["moment"] == "interval")
            #expect(record["identifications"][0]["id"] == all[0]["identification_id"])
        }
    }

    @Test(
        "A3: what a missed identification means, the policy says",
        arguments: ["refuse", "queue", "flag"]
    )
    func missed(_ consequence: String) async throws {
        let clock = TestClock()
        try await TestService.run(clock: clock, comparesFaces: true) { service in
            let policy: [String: JSON] = [
                "every_minutes": 10, "grace_seconds": 60, "on_failure": .string(consequence),
            ]
            let (attempt, candidate, _) = try await started(service, policy)
            for _ in 0..<2 {
                clock.advance(minutes: 11)
                try await service.housekeeping.turnDemands()
            }
            let examiner = try await service.logIn("examiner@example.org", "staff pass phrase", role: "examiner")
            let types = try await service.eventTypes(of: attempt, as: examiner)
            #expect(types.contains("identification.demanded") && types.contains("identification.missed"))
            let saved = try await save(attempt, by: candidate)
            #expect(saved.status == (consequence == "refuse" ? 409 : 200), "\(saved.text)")
            let queue = try await service.keeper().get("/v1/visual-identifications").json["cases"].array
            #expect(queue.map { $0["cause"].string } == (consequence == "queue" ? ["missed_demand"] : []))
            guard consequence == "refuse" else { return }
            #expect(saved.code == "identification_required" && saved.faultCodes == ["interval"])
            #expect(try await service.frame("biden", attempt, by: candidate).json["outcome"] == "non_match")
            #expect(try await save(attempt, by: candidate).status == 409, "another face opens nothing")
            #expect(try await service.frame("obama2", attempt, by: candidate).json["outcome"] == "match")
            #expect(try await save(attempt, by: candidate).status == 200, "a late answer heals")
        }
    }

    @Test("A3: who goes on by another login shows the face first; the attempt is then worked on by that login")
    func resume() async throws {
        try await TestService.run(comparesFaces: true) { service in
            let (attempt, candidate, examiner) = try await started(service, ["on_resume": true])
            #expect(try await save(attempt, by: candidate).status == 200)
            let second = try await service.logIn("candidate0@example.org", "correct horse battery 0", role: "candidate")
            for _ in 0..<2 {
                let refused = try await save(attempt, by: second)
                #expect(refused.code == "identification_required" && refused.faultCodes == ["on_resume"])
            }
            #expect(try await demands(attempt, as: examiner).count == 1, "asked once")
            #expect(try await service.frame("biden", attempt, by: second).json["outcome"] == "non_match")
            #expect(try await save(attempt, by: second).status == 409)
            #expect(try await service.frame("obama2", attempt, by: second).json["outcome"] == "match")
            #expect(try await save(attempt, by: second).status == 200)
            #expect(try await save(attempt, by: candidate).code == "identification_required", "the first login is out")
        }
    }

    @Test("A3: without that rule another login goes on at once, and the events say so")
    func resumeFreely() async throws {
        try await TestService.run(comparesFaces: true) { service in
            let (attempt, _, examiner) = try await started(service, [:])
            let second = try await service.logIn("candidate0@example.org", "correct horse battery 0", role: "candidate")
            #expect(try await save(attempt, by: second).status == 200)
            #expect(try await service.eventTypes(of: attempt, as: examiner).contains("attempt.resumed"))
        }
    }

    @Test("A3: before handing in the face is shown again; when the time is over nobody is kept from it")
    func beforeSubmission() async throws {
        let clock = TestClock()
        try await TestService.run(clock: clock, comparesFaces: true) { service in
            let policy: [String: JSON] = ["before_submission": true, "valid_for_seconds": 300]
            let (attempt, candidate, _) = try await started(service, policy)
            clock.advance(minutes: 20)
            let refused = try await candidate.post("/v1/attempts/\(attempt)/submit")
            #expect(refused.code == "identification_required" && refused.faultCodes == ["before_submission"])
            clock.advance(minutes: 41)
            let late = try await candidate.post("/v1/attempts/\(attempt)/submit")
            #expect(late.json["state"] == "submitted", "\(late.text)")
        }
    }

    @Test("C7: the examiner demands the workplace; demand, pictures and times are kept, and looking is recorded")
    func workplace() async throws {
        let clock = TestClock()
        try await TestService.run(clock: clock, comparesFaces: true) { service in
            let (attempt, candidate, examiner) = try await started(service, [:])
            let form: JSON = ["subject": "workplace", "message": "Покажите стол.", "seconds": 90]
            let demanded = try await examiner.post("/v1/attempts/\(attempt)/demands", form, key: "one")
            #expect(demanded.status == 201, "\(demanded.text)")
            let again = try await examiner.post("/v1/attempts/\(attempt)/demands", form, key: "one")
            #expect(again.json["id"] == demanded.json["id"])
            let id = demanded.json["id"].string ?? ""
            let seen = try #require(try await demands(attempt, as: candidate).first)
            #expect(seen["message"] == "Покажите стол." && seen["subject"] == "workplace")

            clock.advance(seconds: 30)
            let file = try ProjectFiles.photograph("biden")
            let picture = JSON.string(file.base64EncodedString())
            let path = "/v1/attempts/\(attempt)/demands/\(id)/pictures"
            let nonsense = JSON.string(Data("nothing".utf8).base64EncodedString())
            #expect(try await candidate.post(path, ["pictures": [nonsense]]).status == 415)
            let shown = try await candidate.post(path, ["pictures": [picture]])
            #expect(shown.json["state"] == "met" && shown.json["has_pictures"] == true, "\(shown.text)")
            #expect(try await candidate.post(path, ["pictures": [picture]]).code == "demand_closed")
            let looked = try await examiner.get("\(path)/1")
            #expect(looked.body == file)
            #expect(try await examiner.get("\(path)/2").code == "picture_unknown")
            let raw = try service.rawDatabase()
            #expect(try raw.column("SELECT 1 FROM biometric_accesses WHERE what = 'workplace'").count == 2)
            let answered = try raw.column("SELECT answered_at - due_at FROM identification_demands")
            #expect(answered == ["30000000"])
            let types = try await service.eventTypes(of: attempt, as: examiner)
            #expect(types.suffix(2) == ["identification.demanded", "identification.answered"])
            #expect(try raw.count("identifications WHERE method = 'biometric'") == 1, "no face was compared in it")
        }
    }

    @Test("A3: a person whom the policy names lets a candidate go on without; with the reason, and nobody else does")
    func override() async throws {
        try await TestService.run { service in
            let examiner = try await service.staff(.examiner)
            let exam = try await service.exam(
                by: examiner,
                policy: ["any_of": [["visual"]], "overriders": ["administrator"]]
            )
            let candidate = try await service.candidate(0)
            let attempt = try await service.attempt(exam, by: candidate)
            let path = "/v1/attempts/\(attempt)/identification-override"
            let reason: JSON = ["reason": "Камера сломана, личность знает кафедра."]
            #expect(try await examiner.post(path, reason).code == "override_not_allowed")
            #expect(try await candidate.post(path, reason).code == "role_missing")
            let administrator = try await service.staff(.administrator)
            let allowed = try await administrator.post(path, reason)
            #expect(allowed.json["suffices"] == true, "\(allowed.text)")
            #expect(try await candidate.post("/v1/attempts/\(attempt)/start").json["state"] == "started")
            let bodies = try service.rawDatabase().column(
                "SELECT CAST(body AS TEXT) FROM log_entries WHERE kind = 'identification_override'"
            )
            #expect(bodies.count == 1 && !bodies[0].contains("Камера"))
            #expect(try await service.eventTypes(of: attempt, as: examiner).contains("identification.overridden"))
        }
    }
}
