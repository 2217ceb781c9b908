import Accounts
import Foundation
import TestSupport
import Testing
import Workflows

@Suite("A4 Answers")
struct AnswerTests {
    /// A started attempt and its items.
    private func scene(_ service: TestService) async throws -> (candidate: Client, attempt: String, items: [JSON]) {
        let exam = try await service.exam(by: service.staff(.examiner))
        let candidate = try await service.candidate(0)
        let attempt = try await service.startedAttempt(exam, by: candidate)
        let items = try await candidate.get("/v1/attempts/\(attempt)/ticket").json["items"].array
        return (candidate, attempt, items)
    }

    private func number(of type: String, in items: [JSON]) throws -> Int {
        try #require(items.first { $0["type"].string == type }?["number"].int)
    }

    @Test("A4: every change of an answer is a version, and the same answer again is the same one")
    func versions() async throws {
        try await TestService.run { service in
            let (candidate, attempt, items) = try await scene(service)
            let number = try number(of: "numeric", in: items)
            let target = "/v1/attempts/\(attempt)/answers/\(number)"
            var seen: [Int?] = []
            for value in ["1", "1", "2", "1", "1"] {
                service.clock.advance(seconds: 1)
                let reply = try await candidate.put(target, ["type": "number", "value": .string(value)])
                #expect(reply.status == 200)
                #expect(reply.json["answer"]["value"].string == value)
                seen.append(reply.json["version"].int)
            }
            #expect(seen == [1, 1, 2, 3, 3])
            let saved = try await candidate.get("/v1/attempts/\(attempt)/answers").json["answers"].array
            #expect(saved.count == 1)
            #expect(saved[0]["version"].int == 3)
            let types = try await service.eventTypes(of: attempt, as: candidate)
            #expect(types.filter { $0 == "answer.saved" }.count == 3)
            #expect(!types.contains("write.refused"))
        }
    }

    static let unfit: [(type: String, answer: JSON, code: String)] = [
        ("numeric", ["type": "text", "text": "256"], "wrong_type"),
        ("numeric", ["type": "number", "value": "very many"], "not_a_number"),
        ("true_false", ["type": "choice", "index": 0], "wrong_type"),
        ("single_choice", ["type": "choice", "index": 3], "index_out_of_range"),
        ("single_choice", ["type": "choices", "indexes": [0]], "wrong_type"),
        ("matching", ["type": "matches", "indexes": [0]], "wrong_count"),
        ("matching", ["type": "matches", "indexes": [0, 1, 9]], "index_out_of_range"),
        ("short_text", ["type": "essay", "text": "фишинг"], "wrong_type"),
        ("short_text", ["type": "text", "text": .string(String(repeating: "ж", count: 1_001))], "too_long"),
    ]

    @Test("A4: an answer that does not fit its question is refused and not stored", arguments: unfit)
    func refusesUnfit(type: String, answer: JSON, code: String) async throws {
        try await TestService.run { service in
            let (candidate, attempt, items) = try await scene(service)
            let number = try number(of: type, in: items)
            let reply = try await candidate.put("/v1/attempts/\(attempt)/answers/\(number)", answer)
            #expect(reply.status == 422)
            #expect(reply.code == "answer_refused")
            #expect(reply.faultCodes.contains(code))
            #expect(reply.json["detail"].string?.contains(/[а-яё]/) == true)
            #expect(try await candidate.get("/v1/attempts/\(attempt)/answers").json["answers"] == [])
            #expect(!(try await service.eventTypes(of: attempt, as: candidate)).contains("answer.saved"))
        }
    }

    @Test(
        "A4: an item that the ticket does not have is not found",
        arguments: ["0", "7", "1000", "-1", "one", "1.5", "99999999999999999999", "%00", "1%2F2"]
    )
    func unknownItem(_ number: String) async throws {
        try await TestService.run { service in
            let (candidate, attempt, _) = try await scene(service)
            let answer: JSON = ["type": "truth", "value": true]
            let reply = try await candidate.put("/v1/attempts/\(attempt)/answers/\(number)", answer)
            #expect([404, 400].contains(reply.status))
            #expect(try service.rawDatabase().count("answers") == 0)
        }
    }

    @Test("A4: before the start nothing is saved, and the try is recorded")
    func beforeStart() async throws {
        try await TestService.run { service in
            let exam = try await service.exam(by: service.staff(.examiner))
            let candidate = try await service.candidate(0)
            let attempt = try await service.attempt(exam, by: candidate)
            let answer: JSON = ["type": "truth", "value": true]
            let reply = try await candidate.put("/v1/attempts/\(attempt)/answers/1", answer)
            #expect(reply.status == 409)
            #expect(reply.code == "attempt_not_started")
            #expect(try await service.eventTypes(of: attempt, as: candidate).last == "write.refused")
            #expect(try service.rawDatabase().count("answers") == 0)
        }
    }

    @Test("A4: after the deadline nothing is saved; the attempt is handed in with what was saved in time")
    func afterDeadline() async throws {
        try await TestService.run { service in
            let (candidate, attempt, items) = try await scene(service)
            let number = try number(of: "numeric", in: items)
            let target = "/v1/attempts/\(attempt)/answers/\(number)"
            #expect(try await candidate.put(target, ["type": "number", "value": "256"]).status == 200)
            service.clock.advance(minutes: 59, seconds: 59)
            try await service.housekeeping.settleAttempts()
            #expect(try await candidate.get("/v1/attempts/\(attempt)").json["state"] == "started")
            service.clock.advance(seconds: 1)
            #expect(try await candidate.get("/v1/attempts/\(attempt)").json["state"] == "timed_out", "noted or not")
            let late = try await candidate.put(target, ["type": "number", "value": "1"])
            #expect(late.status == 409)
            #expect(late.code == "answer_after_deadline")

            service.clock.advance(minutes: 1, seconds: 59)
            try await service.housekeeping.settleAttempts()
            #expect(try await candidate.get("/v1/attempts/\(attempt)").json["state"] == "timed_out")
            service.clock.advance(seconds: 1)
            try await service.housekeeping.settleAttempts()
            let standing = try await candidate.get("/v1/attempts/\(attempt)").json
            #expect(standing["state"] == "submitted")
            #expect(standing["result"]["points"] == "1.00")
            let saved = try await candidate.get("/v1/attempts/\(attempt)/answers").json["answers"].array
            #expect(saved.compactMap { $0["answer"]["value"].string } == ["256"])
            let types = try await service.eventTypes(of: attempt, as: candidate)
            #expect(
                types.suffix(4) == ["attempt.timed_out", "write.refused", "attempt.submitted", "attempt.graded"]
            )
            try await service.housekeeping.settleAttempts()
            #expect(try await service.eventTypes(of: attempt, as: candidate) == types, "handed in once")
        }
    }

    @Test("A4: handing in late counts what was saved in time")
    func lateSubmission() async throws {
        try await TestService.run { service in
            let (candidate, attempt, _) = try await scene(service)
            service.clock.advance(minutes: 61)
            let reply = try await candidate.post("/v1/attempts/\(attempt)/submit")
            #expect(reply.status == 200)
            #expect(reply.json["result"]["points"] == "0.00")
            #expect(reply.json["result"]["grade"] == "unsatisfactory")
        }
    }

    @Test("A4: a closed attempt is read-only, and every try to write is recorded")
    func closed() async throws {
        try await TestService.run(comparesFaces: true) { service in
            let (candidate, attempt, items) = try await scene(service)
            let submitted = try await candidate.post("/v1/attempts/\(attempt)/submit")
            #expect(submitted.json["state"] == "submitted")
            for item in items {
                let target = "/v1/attempts/\(attempt)/answers/\(item["number"].int ?? 0)"
                let reply = try await candidate.put(target, TestBank.rightAnswer(to: item))
                #expect(reply.status == 409)
                #expect(reply.code == "attempt_closed")
            }
            #expect(try await candidate.post("/v1/attempts/\(attempt)/start").code == "attempt_closed")
            let report = try await candidate.post("/v1/attempts/\(attempt)/events", ["type": "client.pasted"])
            #expect(report.code == "attempt_closed")
            let frame = DrawnPNG.ramp()
            let late = try await candidate.post("/v1/attempts/\(attempt)/frames", type: "image/png", frame)
            #expect(late.code == "attempt_closed")
            let types = try await service.eventTypes(of: attempt, as: candidate)
            #expect(types.filter { $0 == "write.refused" }.count == items.count + 2)
            #expect(try await candidate.get("/v1/attempts/\(attempt)").json == submitted.json)
            #expect(try service.rawDatabase().count("answers") == 0)
            #expect(try await candidate.post("/v1/attempts/\(attempt)/submit").json == submitted.json)
        }
    }
}
