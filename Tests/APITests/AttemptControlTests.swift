import Accounts
import Foundation
import TestSupport
import Testing
import Workflows

@Suite("D6, D7, E4 The clock of a running attempt")
struct AttemptControlTests {
    @Test("D7: a pause lasts until the examiner resumes; the candidate sees the time left and loses no second")
    func pause() async throws {
        try await TestService.run { service in
            let sitting = try await Sitting.start(service)
            service.clock.advance(minutes: 10)
            let paused = try await sitting.control("pause", "check_needed")
            #expect(paused.json["status"] == "paused", "\(paused.text)")
            service.clock.advance(minutes: 300)
            try await service.housekeeping.settleAttempts()
            let standing = try await sitting.look()
            #expect(standing["state"] == "paused" && standing["clock"] == "stopped")
            #expect(standing["remaining_seconds"].int == 3_000)
            #expect(standing["deadline"] == .null)
            #expect(try await sitting.save("1").code == "attempt_paused")
            #expect(try await sitting.candidate.post("\(sitting.path)/submit").code == "attempt_paused")
            #expect(try await sitting.candidate.post("\(sitting.path)/breaks/ending").code == "break_mismatch")
            #expect(try await sitting.control("pause", "check_needed").status == 409)

            let resumed = try await sitting.control("resume")
            #expect(resumed.json["status"] == "running")
            #expect(resumed.json["attempt"]["remaining_seconds"].int == 3_000)
            #expect(try await sitting.save("256").status == 200)
            #expect(try await sitting.control("resume").code == "transition_not_allowed")
            let types = try await sitting.events()
            #expect(types.suffix(4) == ["attempt.paused", "write.refused", "attempt.resumed", "answer.saved"])

            let ledger = try await sitting.examiner().get("\(sitting.path)/time").json
            #expect(ledger["entries"].array.map { $0["kind"].string } == ["base", "pause"])
            #expect(ledger["entries"][1]["seconds"].int == 18_000)
            #expect(ledger["entries"][1]["reason"] == "check_needed")
            #expect(ledger["entries"][1]["author"].string != nil)
            let own = try await sitting.candidate.get("\(sitting.path)/time").json
            #expect(own["entries"][1]["author"] == .null, "who it was is for staff")
            let logged = try service.rawDatabase()
                .column("SELECT CAST(body AS TEXT) FROM log_entries WHERE kind = 'attempt_control'")
            #expect(logged.count == 2 && logged[0].contains("check_needed"))
        }
    }

    @Test("D7: more time for a failure, and its words are for staff only")
    func update() async throws {
        try await TestService.run { service in
            let sitting = try await Sitting.start(service)
            let words: [String: JSON] = ["extra_seconds": 300, "comment": "Свет погас во всём доме."]
            let given = try await sitting.control("update", "connection_interrupted", more: words)
            #expect(given.json["attempt"]["remaining_seconds"].int == 3_900, "\(given.text)")
            #expect(try await sitting.control("update", "health").code == "invalid_time")
            #expect(try await sitting.control("update", "other", more: ["extra_seconds": 1]).code == "reason_required")
            #expect(
                try await sitting.control("update", "sample", more: ["extra_seconds": 1]).code == "reason_not_allowed"
            )
            let ledger = try await sitting.examiner().get("\(sitting.path)/time").json["entries"].array
            #expect(ledger.map { $0["kind"].string } == ["base", "outage"])
            #expect(ledger[1]["comment"] == "Свет погас во всём доме.")
            for path in ["\(sitting.path)/time", "\(sitting.path)/events", sitting.path] {
                #expect(try await !sitting.candidate.get(path).text.contains("Свет"), "\(path)")
            }
            let bodies = try service.rawDatabase().column("SELECT CAST(body AS TEXT) FROM log_entries")
            #expect(!bodies.contains { $0.contains("Свет") })
        }
    }

    @Test("E4: the same order with the same key is carried out once")
    func idempotency() async throws {
        try await TestService.run { service in
            let sitting = try await Sitting.start(service)
            let order: JSON = ["action": "update", "reason": "health", "extra_seconds": 60]
            for _ in 0..<3 {
                let reply = try await sitting.examiner().post("\(sitting.path)/control", order, key: "one")
                #expect(reply.json["attempt"]["remaining_seconds"].int == 3_660)
            }
            let other: JSON = ["action": "update", "reason": "health", "extra_seconds": 61]
            let reused = try await sitting.examiner().post("\(sitting.path)/control", other, key: "one")
            #expect(reused.code == "idempotency_key_reused")
        }
    }

    static let ends: [(reason: String, state: String, status: String, event: String, grade: String?)] = [
        ("dishonesty", "rejected", "terminated", "attempt.rejected", "unsatisfactory"),
        ("other_person", "rejected", "terminated", "attempt.rejected", "unsatisfactory"),
        ("connection_lost", "error", "terminated", "attempt.failed", nil),
        ("candidate_request", "submitted", "complete", "attempt.submitted", "unsatisfactory"),
    ]

    @Test("S2 4.6, 4.7, 3.7: what a termination leads to follows from its reason", arguments: ends)
    func terminate(reason: String, state: String, status: String, event: String, grade: String?) async throws {
        try await TestService.run { service in
            let sitting = try await Sitting.start(service)
            #expect(try await sitting.control("terminate").code == "reason_required")
            let ended = try await sitting.control("terminate", reason)
            #expect(ended.json["status"].string == status, "\(ended.text)")
            #expect(ended.json["attempt"]["state"].string == state)
            #expect(ended.json["attempt"]["result"]["grade"].string == grade)
            #expect(try await sitting.save("256").code == "attempt_closed")
            let types = try await sitting.events()
            #expect(types.contains(event) && types.last == "write.refused")
            #expect(types.filter { $0 == "attempt.graded" }.count == (grade == nil ? 0 : 1))
        }
    }

    @Test("D7: an extension after the end reopens the attempt with what was left and what is given, on the same day")
    func reopening() async throws {
        try await TestService.run { service in
            let sitting = try await Sitting.start(service)
            #expect(try await sitting.save("1").status == 200)
            service.clock.advance(minutes: 65)
            try await service.housekeeping.settleAttempts()
            #expect(try await sitting.look()["state"] == "submitted")
            #expect(try await sitting.control("update", "connection_interrupted").code == "deadline_passed")
            let reopened = try await sitting.control("update", "connection_interrupted", more: ["extra_seconds": 600])
            #expect(reopened.json["status"] == "running", "\(reopened.text)")
            #expect(reopened.json["attempt"]["remaining_seconds"].int == 600)
            #expect(reopened.json["attempt"]["result"] == .null)
            service.clock.advance(minutes: 9)
            #expect(try await sitting.save("256").status == 200)
            let submitted = try await sitting.candidate.post("\(sitting.path)/submit").json
            #expect(submitted["result"]["points"] == "1.00")
            let types = try await sitting.events()
            #expect(types.contains("attempt.reopened") && types.contains("attempt.time_given"))
            #expect(types.filter { $0 == "attempt.graded" }.count == 2)

            service.clock.advance(minutes: 24 * 60)
            let late = try await sitting.control("update", "connection_interrupted", more: ["extra_seconds": 600])
            #expect(late.code == "reopening_too_late")
            #expect(late.json["detail"].string?.contains("деканат") == true)
            #expect(try await sitting.examiner().get(sitting.path).json["state"] == "submitted")
        }
    }

    @Test("S2 4.6: an attempt that failed for dishonesty gets no more time and is not reopened")
    func rejectedStays() async throws {
        try await TestService.run { service in
            let sitting = try await Sitting.start(service)
            _ = try await sitting.control("terminate", "dishonesty")
            let refused = try await sitting.control("update", "health", more: ["extra_seconds": 60])
            #expect(refused.status == 409 && refused.code == "transition_not_allowed", "\(refused.text)")
            #expect(try await sitting.control("resume").status == 409)
            #expect(try await sitting.look()["state"] == "rejected")
        }
    }

    @Test("E4: a flag is an event for the reviewers and changes nothing")
    func flag() async throws {
        try await TestService.run { service in
            let sitting = try await Sitting.start(service)
            let before = try await sitting.look()
            let flagged = try await sitting.control("flag", "suspicion", more: ["severity": 0.4])
            #expect(flagged.json["attempt"] == before, "\(flagged.text)")
            #expect(try await sitting.control("flag", "health").code == "reason_not_allowed")
            #expect(try await sitting.events().suffix(2) == ["attempt.flagged", "flag.raised"])
        }
    }

    @Test("D6: extra time and breaks that staff has set are given at the start, and stand in the ledger")
    func accommodations() async throws {
        try await TestService.run { service in
            let examiner = try await service.staff(.examiner)
            let exam = try await service.exam(by: examiner)
            let candidate = try await service.candidate(0)
            let id = try await service.id(of: candidate)
            let path = "/v1/exams/\(exam)/accommodations"
            func form(_ extra: Double, _ rest: Double) -> JSON {
                [
                    "extra_seconds": .number(extra), "break_seconds": .number(rest), "assistant": true,
                    "basis": "Заключение ПМПК",
                ]
            }
            #expect(try await candidate.put("\(path)/\(id)", form(1, 1)).status == 403)
            #expect(try await examiner.put("\(path)/\(UUID().uuidString)", form(1, 1)).code == "candidate_unknown")
            #expect(try await examiner.put("\(path)/\(id)", form(9_000, 600)).status == 200)
            #expect(try await examiner.put("\(path)/\(id)", form(900, 600)).status == 200, "before the start freely")
            let attempt = try await service.attempt(exam, by: candidate)
            #expect(try await candidate.get("/v1/attempts/\(attempt)").json["remaining_seconds"].int == 4_500)
            let started = try await candidate.post("/v1/attempts/\(attempt)/start").json
            #expect(started["remaining_seconds"].int == 4_500)
            #expect(started["break_seconds_left"].int == 600)
            #expect(!(try await candidate.get("/v1/attempts/\(attempt)/time")).text.contains("ПМПК"))

            let resting = try await candidate.post("/v1/attempts/\(attempt)/breaks")
            #expect(resting.json["clock"] == "stopped", "\(resting.text)")
            service.clock.advance(minutes: 4)
            let back = try await candidate.post("/v1/attempts/\(attempt)/breaks/ending").json
            #expect(back["remaining_seconds"].int == 4_500 && back["break_seconds_left"].int == 360)
            #expect(try await candidate.post("/v1/attempts/\(attempt)/breaks").status == 200)
            service.clock.advance(minutes: 7)
            let overstayed = try await candidate.get("/v1/attempts/\(attempt)").json
            #expect(overstayed["clock"] == "running", "the break ended by itself")
            #expect(overstayed["remaining_seconds"].int == 4_440)
            #expect(try await candidate.post("/v1/attempts/\(attempt)/breaks").code == "no_break_left")

            #expect(try await examiner.put("\(path)/\(id)", form(60, 600)).code == "invalid_time", "none is taken away")
            #expect(try await examiner.put("\(path)/\(id)", form(1_000, 700)).status == 200)
            let more = try await candidate.get("/v1/attempts/\(attempt)").json
            #expect(more["remaining_seconds"].int == 4_540 && more["break_seconds_left"].int == 100)
            let all = try await examiner.get(path).json["accommodations"].array
            #expect(all.count == 1 && all[0]["extra_seconds"].int == 1_000 && all[0]["basis"] == "Заключение ПМПК")
        }
    }

    @Test("S2 4.5: who cannot take part says so before the start, and not afterwards")
    func declining() async throws {
        try await TestService.run { service in
            let exam = try await service.exam(by: service.staff(.examiner))
            let (one, two) = (try await service.candidate(0), try await service.candidate(1))
            let attempt = try await service.attempt(exam, by: one)
            let reason: JSON = ["reason": "unable_to_attend"]
            let declined = try await one.post("/v1/attempts/\(attempt)/declining", reason)
            #expect(declined.json["state"] == "declined", "\(declined.text)")
            #expect(try await one.post("/v1/attempts/\(attempt)/start").code == "attempt_closed")
            let running = try await service.startedAttempt(exam, by: two)
            #expect(try await two.post("/v1/attempts/\(running)/declining", reason).status == 409)
        }
    }

    @Test("An attempt that nobody started expires when the exam closes")
    func expiry() async throws {
        try await TestService.run { service in
            let exam = try await service.exam(by: service.staff(.examiner))
            let candidate = try await service.candidate(0)
            let attempt = try await service.attempt(exam, by: candidate)
            try await service.housekeeping.settleAttempts()
            #expect(try await candidate.get("/v1/attempts/\(attempt)").json["state"] != "expired")
            service.clock.advance(minutes: 31 * 24 * 60)
            try await service.housekeeping.settleAttempts()
            let later = try await service.logIn("candidate0@example.org", "correct horse battery 0", role: "candidate")
            #expect(try await later.get("/v1/attempts/\(attempt)").json["state"] == "expired")
        }
    }

    @Test("The time left survives a restart of the service, and only the server's clock counts")
    func restart() async throws {
        let folder = try TemporaryFolder()
        let clock = TestClock()
        let attempt = Shared("")
        try await TestService.run(in: folder, clock: clock) { service in
            let sitting = try await Sitting.start(service)
            attempt.update { $0 = sitting.attempt }
            clock.advance(minutes: 10)
            _ = try await sitting.control("pause", "technical_failure")
        }
        clock.advance(minutes: 60)
        try await TestService.run(in: folder, clock: clock, seed: 2) { service in
            let examiner = try await service.logIn("examiner@example.org", "staff pass phrase", role: "examiner")
            let path = "/v1/attempts/\(attempt.value)"
            #expect(try await examiner.get(path).json["remaining_seconds"].int == 3_000)
            let resumed = try await examiner.post("\(path)/control", ["action": "resume"])
            #expect(resumed.json["attempt"]["remaining_seconds"].int == 3_000)
            clock.advance(seconds: 1)
            #expect(try await examiner.get(path).json["remaining_seconds"].int == 2_999)
        }
    }

    @Test("A4: who tries to get at another's attempt leaves a trace in it, once a minute")
    func foreignAccess() async throws {
        try await TestService.run { service in
            let sitting = try await Sitting.start(service)
            let other = try await service.candidate(1)
            for _ in 0..<3 { #expect(try await other.get(sitting.path).code == "other_candidate") }
            #expect(try await sitting.save("1", by: other).status == 403)
            #expect(try await sitting.events().filter { $0 == "access.refused" }.count == 1)
            service.clock.advance(minutes: 2)
            #expect(try await other.post("\(sitting.path)/submit").status == 403)
            let events = try await sitting.candidate.get("\(sitting.path)/events").json["events"].array
            let traces = events.filter { $0["type"].string?.hasSuffix("access.refused") == true }
            #expect(traces.count == 2)
            let otherID = try await service.id(of: other)
            #expect(!traces.contains { "\($0)".contains(otherID) }, "candidates do not learn who it was")
            let logged = try service.rawDatabase()
                .column("SELECT CAST(body AS TEXT) FROM log_entries WHERE kind = 'access_refused'")
            #expect(logged.count == 2 && logged.allSatisfy { $0.contains(otherID) })
        }
    }
}
