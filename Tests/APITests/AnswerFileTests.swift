import Accounts
import Foundation
import TestSupport
import Testing

@Suite("D1, D3 Files as answers")
struct AnswerFileTests {
    private static let gift = """
        ::Эссе::Опишите модель нарушителя. {}

        ::Верно::Пароль хранят открыто. {F}
        """
    private static let photograph = Data([0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3])

    private func exam(_ service: TestService) async throws -> String {
        let examiner = try await service.staff(.examiner)
        let target = "/v1/question-banks/files/imports"
        _ = try await examiner.post(target, type: "text/plain", Data(Self.gift.utf8))
        let form = service.examForm(discipline: "files").with(["sections": [["count": 2]], "shuffle_questions": false])
        return try #require(try await examiner.post("/v1/exams", form).json["id"].string)
    }

    @Test("D1: a photograph is uploaded, named by the answer and seen by nobody else's candidate")
    func photographs() async throws {
        try await TestService.run { service in
            let exam = try await exam(service)
            let candidate = try await service.candidate(0)
            let attempt = try await service.attempt(exam, by: candidate)
            let early = "/v1/attempts/\(attempt)/answers/1/files"
            #expect(try await candidate.post(early, type: "image/jpeg", Self.photograph).code == "attempt_not_started")
            _ = try await candidate.post("/v1/attempts/\(attempt)/start")
            let items = try await candidate.get("/v1/attempts/\(attempt)/ticket").json["items"].array
            let essay = try #require(items.first { $0["type"] == "essay" }?["number"].int)
            let closed = try #require(items.first { $0["type"] == "true_false" }?["number"].int)
            let target = "/v1/attempts/\(attempt)/answers/\(essay)"

            let file = try await candidate.post("\(target)/files", type: "image/jpeg", Self.photograph)
            #expect(file.status == 201, "\(file.text)")
            let again = try await candidate.post("\(target)/files", type: "image/jpeg", Self.photograph)
            #expect(again.status == 200 && again.json == file.json)
            let id = file.json["id"].string ?? ""
            let answer: JSON = ["type": "files", "files": [.string(id)], "text": "Лист 1"]
            #expect(try await candidate.put(target, answer).status == 200)
            let unknown: JSON = ["type": "files", "files": [.string(UUID().uuidString.lowercased())]]
            #expect(try await candidate.put(target, unknown).status == 422)
            #expect(try await candidate.get("/v1/attempts/\(attempt)/answers").json["answers"][0]["answer"] == answer)

            let other = "/v1/attempts/\(attempt)/answers/\(closed)/files"
            #expect(try await candidate.post(other, type: "image/jpeg", Self.photograph).code == "item_takes_no_files")
            #expect(try await candidate.post("\(target)/files", type: "text/html", Self.photograph).status == 415)

            let kept = try await candidate.get("/v1/attempts/\(attempt)/files/\(id)")
            #expect(kept.body == Self.photograph && kept.header("Content-Type") == "image/jpeg")
            let examiner = try await service.logIn("examiner@example.org", "staff pass phrase", role: "examiner")
            #expect(try await examiner.get("/v1/attempts/\(attempt)/files/\(id)").body == Self.photograph)
            let stranger = try await service.candidate(1)
            #expect(try await stranger.get("/v1/attempts/\(attempt)/files/\(id)").status == 403)
            #expect(try await stranger.post("\(target)/files", type: "image/jpeg", Self.photograph).status == 403)

            let done = try await candidate.post("/v1/attempts/\(attempt)/submit").json
            #expect(done["result"]["waits_for_person"] == true)
            let late = try await candidate.post("\(target)/files", type: "image/jpeg", Data([0xFF, 0xD8, 0xFF, 9]))
            #expect(late.code == "attempt_closed")
            #expect(try await candidate.get("/v1/attempts/\(attempt)/files").json["files"].array.count == 1)
        }
    }
}
