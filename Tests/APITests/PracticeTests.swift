import Accounts
import Foundation
import TestSupport
import Testing

@Suite("D10 Sample tasks and adaptive practice")
struct PracticeTests {
    private static let gift =
        (1...25).map { number in
            "// [tag:difficulty=\(1 + number % 5)] [tag:pool=practice]\n::П\(number)::Утверждение \(number). {T####Потому}"
        }.joined(separator: "\n\n") + "\n\n::Э::Экзаменационный вопрос. {T}\n"

    @Test("D10: before the attestation candidates see sample tasks and practise; no exam draws these questions")
    func practice() async throws {
        try await TestService.run { service in
            let examiner = try await service.staff(.examiner)
            let target = "/v1/question-banks/practice/imports"
            let read = try await examiner.post(target, type: "text/plain", Data(Self.gift.utf8))
            #expect(read.json["added"] == 26, "\(read.text)")
            let exam = service.examForm(discipline: "practice")
            #expect(try await examiner.post("/v1/exams", exam.with(["sections": [["count": 2]]])).status == 422)
            #expect(try await examiner.post("/v1/exams", exam.with(["sections": [["count": 1]]])).status == 201)

            let candidate = try await service.candidate(0)
            let samples = try await candidate.get("/v1/disciplines/practice/sample-tasks")
            #expect(samples.json["tasks"].array.count == 25)
            for hidden in ["Экзаменационный", "Потому", "П1\"", "is_true"] { #expect(!samples.text.contains(hidden)) }

            #expect(try await candidate.post("/v1/disciplines/other/practice-tests").code == "nothing_to_practise")
            var test = try await candidate.post("/v1/disciplines/practice/practice-tests").json
            let id = test["id"].string ?? ""
            var levels: [Int] = []
            while test["is_finished"] == false, let number = test["question"]["number"].int {
                let answer: JSON = ["type": "truth", "value": true]
                let reply = try await candidate.put("/v1/practice-tests/\(id)/answers/\(number)", answer)
                try #require(reply.status == 200, "\(reply.text)")
                let again = try await candidate.put("/v1/practice-tests/\(id)/answers/\(number)", answer)
                #expect(again.json == reply.json, "the same answer again changes nothing")
                test = reply.json
                #expect(test["last"]["percent"] == 100 && test["last"]["explanation"]["text"] == "Потому")
                levels.append(test["level"].int ?? 0)
            }
            #expect(test["answered"].int ?? 0 >= 5 && test["answered"].int ?? 99 <= 20)
            #expect(levels == levels.sorted() && levels.last == 5, "all right: \(levels)")
            #expect(try await candidate.get("/v1/practice-tests/\(id)").json == test)
            #expect(try await service.candidate(1).get("/v1/practice-tests/\(id)").status == 403)
            #expect(try await examiner.get("/v1/practice-tests/\(id)").status == 403)
        }
    }
}
