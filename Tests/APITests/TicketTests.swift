import Accounts
import Foundation
import TestSupport
import Testing
import Workflows

@Suite("D2 Tickets")
struct TicketTests {
    /// An exam over the sample bank, which is large enough for tickets of its candidates to differ.
    private func exam(_ service: TestService) async throws -> String {
        let examiner = try await service.staff(.examiner)
        let gift = try ProjectFiles.contents("Config/samples/question-bank.gift")
        _ = try await examiner.post("/v1/question-banks/sample/imports", type: "text/plain", gift)
        let form = service.examForm(discipline: "sample").with(["sections": [["count": 8]]])
        let reply = try await examiner.post("/v1/exams", form)
        return try #require(reply.json["id"].string, "\(reply.text)")
    }

    @Test("D2: a ticket is personal, and drawn again from the record it is the same")
    func personalAndReproducible() async throws {
        try await TestService.run { service in
            let exam = try await exam(service)
            var prompts: [[String]] = []
            for number in 0..<3 {
                let candidate = try await service.candidate(number)
                let attempt = try await service.startedAttempt(exam, by: candidate)
                let items = try await candidate.get("/v1/attempts/\(attempt)/ticket").json["items"].array
                #expect(items.map { $0["number"].int } == (1...8).map { $0 })
                prompts.append(items.compactMap { $0["prompt"]["text"].string })
                let id = try #require(UUID(uuidString: attempt))
                let rebuilt = try await ExamAdministration(service.services).rebuildTicket(attemptID: id)
                #expect(rebuilt.isIdentical)
                let again = try await candidate.get("/v1/attempts/\(attempt)/ticket").json["items"].array
                #expect(again == items)
            }
            #expect(Set(prompts).count == 3)
            #expect(prompts.allSatisfy { Set($0).count == 8 }, "no question comes twice")
        }
    }

    @Test("D2: questions that are added after the start change no ticket")
    func laterQuestions() async throws {
        try await TestService.run { service in
            let exam = try await exam(service)
            let candidate = try await service.candidate(0)
            let attempt = try await service.startedAttempt(exam, by: candidate)
            let before = try await candidate.get("/v1/attempts/\(attempt)/ticket").json
            let examiner = try await service.logIn("examiner@example.org", "staff pass phrase", role: "examiner")
            let gift = Data(TestBank.gift.utf8)
            _ = try await examiner.post("/v1/question-banks/sample/imports", type: "text/plain", gift)
            #expect(try await candidate.get("/v1/attempts/\(attempt)/ticket").json == before)
        }
    }

    @Test("D2: a ticket tells nothing of what is right")
    func noCorrectness() async throws {
        try await TestService.run { service in
            let examiner = try await service.staff(.examiner)
            let all: JSON = [["count": .number(Double(TestBank.count))]]
            let exam = try await service.exam(by: examiner, changes: ["sections": all])
            let candidate = try await service.candidate(0)
            let attempt = try await service.startedAttempt(exam, by: candidate)
            let reply = try await candidate.get("/v1/attempts/\(attempt)/ticket")
            let keys = Set(["number", "type", "prompt", "points", "options", "pair_prompts", "pair_choices"])
            for item in reply.json["items"].array {
                let more: [String: Set<String>] = ["single_choice": ["numbering"], "essay": ["response"]]
                #expect(Set(item.object.keys) == keys.union(more[item["type"].string ?? ""] ?? []))
                for option in item["options"].array { #expect(Set(option.object.keys) == ["format", "text"]) }
            }
            for word in TestBank.hidden { #expect(!reply.text.contains(word), "\(word)") }
            #expect(reply.json["items"].array.count == TestBank.count)
        }
    }

    @Test("D2: before the start there is no ticket, and staff cannot fetch one as its candidate")
    func notBefore() async throws {
        try await TestService.run { service in
            let examiner = try await service.staff(.examiner)
            let exam = try await service.exam(by: examiner)
            let candidate = try await service.candidate(0)
            let attempt = try await service.attempt(exam, by: candidate)
            let reply = try await candidate.get("/v1/attempts/\(attempt)/ticket")
            #expect(reply.status == 409)
            #expect(reply.code == "attempt_not_started")
            #expect(try await examiner.get("/v1/attempts/\(attempt)/ticket").status == 403)
        }
    }
}
