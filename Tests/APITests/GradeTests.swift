import Accounts
import Foundation
import TestSupport
import Testing

@Suite("D4 Grades")
struct GradeTests {
    /// How many of the six closed questions are answered rightly, and what that earns.
    static let grades: [(right: Int, scale: String, grade: String, label: String, percent: Int)] = [
        (6, "five_point", "excellent", "отлично", 100),
        (5, "five_point", "good", "хорошо", 83),
        (3, "five_point", "satisfactory", "удовлетворительно", 50),
        (2, "five_point", "unsatisfactory", "неудовлетворительно", 33),
        (0, "five_point", "unsatisfactory", "неудовлетворительно", 0),
        (3, "pass_fail", "passed", "зачтено", 50),
        (2, "pass_fail", "failed", "не зачтено", 33),
    ]

    @Test("D4: the server grades closed questions at once", arguments: grades)
    func graded(right: Int, scale: String, grade: String, label: String, percent: Int) async throws {
        try await TestService.run { service in
            let exam = try await service.exam(
                by: service.staff(.examiner),
                changes: ["grading_scale": .string(scale)]
            )
            let candidate = try await service.candidate(0)
            let attempt = try await service.startedAttempt(exam, by: candidate)
            let items = try await candidate.get("/v1/attempts/\(attempt)/ticket").json["items"].array
            for (place, item) in items.enumerated() {
                let answer = place < right ? TestBank.rightAnswer(to: item) : TestBank.wrongAnswer(to: item)
                let reply = try await candidate.put("/v1/attempts/\(attempt)/answers/\(place + 1)", answer)
                #expect(reply.status == 200, "\(reply.text)")
                #expect(!reply.text.contains("points"), "nothing is said before the end")
            }
            #expect(try await candidate.get("/v1/attempts/\(attempt)").json["result"] == .null)
            let result = try await candidate.post("/v1/attempts/\(attempt)/submit").json["result"]
            #expect(result["grade"].string == grade)
            #expect(result["grade_text"].string == label)
            #expect(result["percent"].int == percent)
            #expect(result["points"].string == "\(right).00")
            #expect(result["maximum"] == "6.00")
            #expect(result["waits_for_person"] == false)

            let entries = try service.rawDatabase()
                .column("SELECT CAST(body AS TEXT) FROM log_entries WHERE kind = 'grade'")
            #expect(entries.count == 1)
            #expect(entries.first?.contains(#""grade":"\#(grade)""#) == true)
            #expect(try await service.eventTypes(of: attempt, as: candidate).last == "attempt.graded")
        }
    }

    @Test("A4: nothing that the device says about its result is looked at")
    func deviceClaims() async throws {
        try await TestService.run { service in
            let exam = try await service.exam(by: service.staff(.examiner))
            let candidate = try await service.candidate(0)
            let attempt = try await service.startedAttempt(exam, by: candidate)
            let items = try await candidate.get("/v1/attempts/\(attempt)/ticket").json["items"].array
            let claims: [String: JSON] = ["points": "100", "awarded": 100, "is_right": true, "grade": "excellent"]
            for item in items {
                let target = "/v1/attempts/\(attempt)/answers/\(item["number"].int ?? 0)"
                let reply = try await candidate.put(target, TestBank.wrongAnswer(to: item).with(claims))
                #expect(reply.status == 200)
                #expect(Set(reply.json["answer"].object.keys).isDisjoint(with: claims.keys))
            }
            let claimed = try await candidate.post("/v1/attempts/\(attempt)/submit", .object(claims))
            #expect(claimed.status == 413, "handing in takes no content")
            #expect(try await candidate.get("/v1/attempts/\(attempt)").json["state"] == "started")
            let result = try await candidate.post("/v1/attempts/\(attempt)/submit").json["result"]
            #expect(result["points"] == "0.00")
            #expect(result["grade"] == "unsatisfactory")
        }
    }

    @Test("D4: an open question waits for a person, and there is no grade before", arguments: [true, false])
    func essay(isAnswered: Bool) async throws {
        try await TestService.run { service in
            let sections: JSON = [["count": 1, "types": ["essay"]]]
            let exam = try await service.exam(by: service.staff(.examiner), changes: ["sections": sections])
            let candidate = try await service.candidate(0)
            let attempt = try await service.startedAttempt(exam, by: candidate)
            if isAnswered {
                let answer: JSON = ["type": "essay", "text": "Нарушитель бывает внутренним и внешним."]
                #expect(try await candidate.put("/v1/attempts/\(attempt)/answers/1", answer).status == 200)
            }
            let result = try await candidate.post("/v1/attempts/\(attempt)/submit").json["result"]
            #expect(result["waits_for_person"].bool == isAnswered)
            #expect(result["grade"].string == (isAnswered ? nil : "unsatisfactory"))
            let types = try await service.eventTypes(of: attempt, as: candidate)
            #expect(types.contains("attempt.graded") != isAnswered)
        }
    }

    @Test("D4: two requests to hand in at the same time make one grade")
    func submitRace() async throws {
        try await TestService.run { service in
            let exam = try await service.exam(by: service.staff(.examiner))
            let candidate = try await service.candidate(0)
            let attempt = try await service.startedAttempt(exam, by: candidate)
            let replies = try await withThrowingTaskGroup(of: Reply.self) { group in
                for _ in 0..<4 { group.addTask { try await candidate.post("/v1/attempts/\(attempt)/submit") } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(replies.allSatisfy { $0.status == 200 })
            #expect(Set(replies.map(\.json)).count == 1)
            let grades = try service.rawDatabase().column("SELECT 1 FROM log_entries WHERE kind = 'grade'")
            #expect(grades.count == 1)
        }
    }
}
