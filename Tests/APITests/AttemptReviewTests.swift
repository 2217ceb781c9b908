import Accounts
import Foundation
import TestSupport
import Testing
import Workflows

@Suite("D6 D7 Attempts beside their running: list, finishing, review, downtime")
struct AttemptReviewTests {
    @Test("Staff lists an exam's attempts in pages; candidates cannot")
    func list() async throws {
        try await TestService.run { service in
            let exam = try await service.exam(by: service.staff(.examiner))
            var attempts: [String] = []
            for number in 0..<3 { attempts.append(try await service.attempt(exam, by: service.candidate(number))) }
            let examiner = try await service.again("examiner")
            let path = "/v1/exams/\(exam)/attempts"
            let all = try await examiner.get(path).json["attempts"].array
            #expect(all.compactMap(\.["id"].string) == attempts)
            let rest = try await examiner.get("\(path)?after=\(attempts[0])&limit=1").json["attempts"].array
            #expect(rest.compactMap(\.["id"].string) == [attempts[1]])
            let other = try await service.exam(by: examiner)
            #expect(try await examiner.get("/v1/exams/\(other)/attempts").json["attempts"].array.isEmpty)
            #expect(try await examiner.get("/v1/exams/\(UUID().uuidString)/attempts").code == "exam_unknown")
        }
    }

    @Test("Who says they are done may go on after all, loses no second by it, and hands in once")
    func finishing() async throws {
        try await TestService.run { service in
            let sitting = try await Sitting.start(service)
            func post(_ what: String) async throws -> Reply {
                try await sitting.candidate.post("\(sitting.path)/\(what)")
            }
            #expect(try await post("finishing").json["state"] == "ready_to_submit")
            #expect(try await post("finishing").json["state"] == "ready_to_submit")
            service.clock.advance(minutes: 5)
            #expect(try await sitting.save("128").status == 200, "answers are still taken")
            #expect(try await post("finishing/cancellation").json["state"] == "started")
            #expect(try await sitting.look()["remaining_seconds"].int == 3_300)
            #expect(try await post("finishing").status == 200)
            #expect(try await post("submit").json["state"] == "submitted")
            #expect(try await post("finishing/cancellation").status == 409)
            let waiting = try await service.attempt(service.exam(by: sitting.examiner()), by: sitting.candidate)
            #expect(try await sitting.candidate.post("/v1/attempts/\(waiting)/finishing").status == 409)
        }
    }

    @Test("A review confirms, asks for a second person, or finds that the attempt does not count; each with its reason")
    func review() async throws {
        try await TestService.run { service in
            let sitting = try await Sitting.start(service)
            let reviewer = try await service.staff(.reviewer)
            func decide(_ client: Client, _ action: String, _ more: [String: JSON] = [:]) async throws -> Reply {
                try await client.post("\(sitting.path)/review", JSON.object(["action": .string(action)]).with(more))
            }
            #expect(try await decide(reviewer, "verify").status == 409, "nothing is handed in")
            #expect(try await sitting.candidate.post("\(sitting.path)/submit").status == 200)
            #expect(try await decide(reviewer, "request_review").status >= 400, "why?")
            let asked = try await decide(reviewer, "request_review", ["reason": "suspicion"])
            #expect(asked.json["state"] == "second_review_required", "\(asked.text)")
            #expect(try await decide(reviewer, "verify", ["reason": "nothing_found"]).code == "second_person_needed")
            let second = try await service.colleague("second", .reviewer)
            #expect(try await decide(second.client, "annul", ["reason": "dishonesty"]).status >= 400)
            let verified = try await decide(second.client, "verify", ["reason": "nothing_found"])
            #expect(verified.json["state"] == "verified", "\(verified.text)")
            #expect(try await decide(reviewer, "reject", ["reason": "dishonesty"]).status == 409)
            #expect(try await decide(reviewer, "request_review", ["reason": "appeal"]).status == 200)
            let rejected = try await decide(second.client, "reject", ["reason": "dishonesty", "comment": "Подсказка"])
            #expect(rejected.json["state"] == "rejected")
            #expect(rejected.json["result"]["grade"] == "unsatisfactory", "S2 4.6")
            let log = try service.rawDatabase().column(
                "SELECT CAST(body AS TEXT) FROM log_entries WHERE kind = 'attempt_control'"
            )
            #expect(log.count == 4 && !log.joined().contains("Подсказка"))
        }
    }

    @Test("D7: the time that the service was down is given back on its restart, once, with the reason; the break too")
    func downtime() async throws {
        let folder = try TemporaryFolder()
        let clock = TestClock()
        let ids = Shared<(exam: String, attempt: String, done: String)>(("", "", ""))
        try await TestService.run(in: folder, clock: clock) { service in
            let sitting = try await Sitting.start(service)
            let other = try await service.candidate(1)
            let done = try await service.startedAttempt(sitting.exam, by: other)
            _ = try await other.post("/v1/attempts/\(done)/submit")
            ids.update { $0 = (sitting.exam, sitting.attempt, done) }
            clock.advance(minutes: 10)
            try await Downtime(service.services).noteSignOfLife()
            clock.advance(seconds: 1)
            #expect(try await sitting.save("64").status == 200, "an event is a sign of life too")
        }
        // The process is gone for two hours: longer than the exam.
        clock.advance(minutes: 120)
        try await TestService.run(in: folder, clock: clock, seed: 2) { service in
            let credited = try await Downtime(service.services).credit()
            #expect(credited.seconds == 7_200 && credited.attempts == 1)
            #expect(try await Downtime(service.services).credit().attempts == 0, "once")
            try await service.housekeeping.settleAttempts()
            let candidate = try await service.logIn(
                "candidate0@example.org",
                "correct horse battery 0",
                role: "candidate"
            )
            let attempt = try await candidate.get("/v1/attempts/\(ids.value.attempt)").json
            #expect(attempt["state"] == "started")
            #expect(attempt["remaining_seconds"].int == 3_600 - 601, "what was left is left")
            let ledger = try await candidate.get("/v1/attempts/\(ids.value.attempt)/time").json["entries"].array
            #expect(ledger.last?["kind"] == "outage" && ledger.last?["reason"] == "technical_failure")
            let types = try await service.eventTypes(of: ids.value.attempt, as: candidate)
            #expect(types.filter { $0 == "attempt.time_given" }.count == 1)
            let finished = try await service.again("examiner").get("/v1/attempts/\(ids.value.done)").json
            #expect(finished["state"] == "submitted", "what was over stays over")
        }
    }
}
