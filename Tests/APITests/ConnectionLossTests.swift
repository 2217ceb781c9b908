import Accounts
import Foundation
import TestSupport
import Testing
import Workflows

@Suite("D7 Connection lost: clock, answers, decision, the dean's office")
struct ConnectionLossTests {
    private func office(_ service: TestService) async throws -> Client { try await service.sheetKeeper() }

    private func open(_ client: Client) async throws -> [JSON] {
        try await client.get("/v1/interruptions").json["interruptions"].array
    }

    private func reports(_ client: Client, _ query: String = "") async throws -> [JSON] {
        try await client.get("/v1/dean-reports\(query)").json["reports"].array
    }

    @Test("D7: clock and answers survive, and the examiner decides to go on: nothing is reported, nothing is lost")
    func goesOn() async throws {
        try await TestService.run { service in
            let sitting = try await Sitting.start(service)
            service.clock.advance(minutes: 10)
            #expect(try await sitting.save("128").status == 200)
            let stopped = try await sitting.control("pause", "connection_interrupted")
            #expect(stopped.json["attempt"]["remaining_seconds"].int == 3_000, "\(stopped.text)")
            let waiting = try #require(try await open(try await office(service)).first)
            #expect(waiting["attempt_id"].string == sitting.attempt)
            #expect(waiting["decide_on"] == "2026-03-02" && waiting["is_overdue"] == false)
            #expect(waiting["reason"] == "connection_interrupted" && waiting["reason_text"] == "перерыв связи")
            service.clock.advance(minutes: 9)
            try await service.housekeeping.settleAttempts()
            #expect(try await sitting.look()["remaining_seconds"].int == 3_000)
            #expect(try await sitting.control("resume").json["attempt"]["remaining_seconds"].int == 3_000)
            #expect(try await sitting.counted() == ["128"])
            #expect(try await sitting.save("256").status == 200)
            let submitted = try await sitting.candidate.post("\(sitting.path)/submit").json
            #expect(submitted["result"]["points"] == "1.00")
            let keeper = try await office(service)
            #expect(try await open(keeper).isEmpty)
            #expect(try await reports(keeper).isEmpty)
        }
    }

    @Test(
        "D7: decided on the same day that it has not taken place: the debt is excused, the dean's office has it at once"
    )
    func notTakenPlace() async throws {
        try await TestService.run { service in
            let sitting = try await Sitting.start(service)
            _ = try await sitting.control("pause", "connection_interrupted")
            service.clock.advance(minutes: 30)
            #expect(try await sitting.control("terminate", "connection_lost").status == 200)
            let keeper = try await office(service)
            let report = try #require(try await reports(keeper, "?from=2026-03-02&through=2026-03-02").first)
            let examiner = try await service.id(of: sitting.examiner())
            #expect(report["attempt_id"].string == sitting.attempt && report["exam_id"].string == sitting.exam)
            #expect(report["candidate"].string?.isEmpty == false)
            #expect(report["mark"] == "not_taken_place" && report["debt"] == "excused")
            #expect(report["basis"] == "connection_lost" && report["decided_by"].string == examiner)
            #expect(report["decided_on"] == "2026-03-02" && report["interrupted_on"] == "2026-03-02")
            #expect(report["is_late"] == false)
            #expect(try await open(keeper).isEmpty)
            #expect(try await reports(keeper, "?from=2026-03-03").isEmpty)
            #expect(try await reports(keeper, "?through=2026-03-01").isEmpty)
            #expect(try await reports(keeper, "?exam_id=\(sitting.attempt)").isEmpty, "another exam's")
            #expect(try await sitting.candidate.get("/v1/dean-reports").status == 403)
            service.clock.advance(minutes: 24 * 60)
            try await service.housekeeping.remindOfInterruptions()
            #expect(try await service.notices(of: sitting.examiner()).isEmpty, "who has decided is not reminded")
        }
    }

    @Test("D7: past the day the examiner is reminded once, the office sees it, and a late decision is called late")
    func late() async throws {
        try await TestService.run { service in
            let sitting = try await Sitting.start(service)
            _ = try await sitting.control("pause", "connection_interrupted")
            try await service.housekeeping.remindOfInterruptions()
            #expect(try await service.notices(of: sitting.examiner()).isEmpty, "not on the same day")
            // From noon of 2 March in Moscow to the first minute of 3 March.
            service.clock.advance(minutes: 12 * 60 + 1)
            for _ in 0..<2 { try await service.housekeeping.remindOfInterruptions() }
            let notices = try await service.notices(of: sitting.examiner())
            #expect(notices.count == 1)
            #expect(notices[0]["topic"] == "interruption" && notices[0]["about"].string == sitting.attempt)
            #expect(notices[0]["text"].string?.contains("прерванной 02.03.2026 аттестации решения ещё нет") == true)
            #expect(try await open(try await office(service))[0]["is_overdue"] == true)
            #expect(try await sitting.control("terminate", "connection_lost").status == 200)
            let report = try #require(try await reports(try await office(service)).first)
            #expect(report["decided_on"] == "2026-03-03" && report["interrupted_on"] == "2026-03-02")
            #expect(report["is_late"] == true && report["debt"] == "excused")
        }
    }

    @Test(
        "D7: an announced absence is reported, dishonesty and nothing sent in time are not: they are marks, no failures"
    )
    func others() async throws {
        try await TestService.run { service in
            let day = try await ExamDay.begin(service, candidates: 3)
            let absent = try await service.attempt(day.exam, by: day.candidates[0])
            let declined = try await day.candidates[0].post(
                "/v1/attempts/\(absent)/declining",
                ["reason": "unable_to_attend"]
            )
            #expect(declined.status == 200)
            let copied = try await service.startedAttempt(day.exam, by: day.candidates[1])
            let stop: JSON = ["action": "terminate", "reason": "dishonesty", "comment": "Подсказка из-за кадра."]
            let stopped = try await day.examiner().post("/v1/attempts/\(copied)/control", stop)
            #expect(stopped.json["attempt"]["result"]["grade"] == "unsatisfactory", "\(stopped.text)")
            _ = try await service.startedAttempt(day.exam, by: day.candidates[2])
            service.clock.advance(minutes: 70)
            try await service.housekeeping.settleAttempts()
            let listed = try await reports(try await office(service))
            #expect(listed.map { $0["attempt_id"].string } == [absent])
            #expect(listed[0]["mark"] == "not_appeared_excused" && listed[0]["debt"] == "excused")
            #expect(listed[0]["decided_by"] == .null && listed[0]["interrupted_on"] == .null)
            #expect(!"\(listed[0])".contains("Подсказка"))
        }
    }

    @Test("A pause for a check of the workplace, and a break, are no interruption that waits for a decision")
    func otherPauses() async throws {
        try await TestService.run { service in
            let sitting = try await Sitting.start(service)
            _ = try await sitting.control("pause", "check_needed")
            #expect(try await open(try await office(service)).isEmpty)
            service.clock.advance(minutes: 24 * 60)
            try await service.housekeeping.remindOfInterruptions()
            #expect(try await service.notices(of: sitting.examiner()).isEmpty)
        }
    }
}
