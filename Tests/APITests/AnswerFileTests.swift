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

    private static let moodle = """
        <?xml version="1.0" encoding="UTF-8"?>
        <quiz>
          <question type="essay">
            <name><text>Сочинение</text></name>
            <questiontext format="html"><text>Опишите угрозы и приложите схему.</text></questiontext>
            <defaultgrade>2</defaultgrade>
            <responseformat>plain</responseformat>
            <responserequired>1</responserequired>
            <minwordlimit>3</minwordlimit>
            <maxwordlimit>5</maxwordlimit>
            <attachments>1</attachments>
            <attachmentsrequired>1</attachmentsrequired>
            <filetypeslist>.pdf,image</filetypeslist>
            <maxbytes>64</maxbytes>
          </question>
        </quiz>
        """

    @Test("D1, D14: word limits and file types of a question hold; graders get the files, and not whose they are")
    func limits() async throws {
        try await TestService.run { service in
            let examiner = try await service.staff(.examiner)
            let target = "/v1/question-banks/limits/imports"
            let read = try await examiner.post(target, type: "application/xml", Data(Self.moodle.utf8))
            try #require(read.json["added"] == 1, "\(read.text)")
            let form = service.examForm(discipline: "limits").with(["sections": [["count": 1]]])
            let exam = try #require(try await examiner.post("/v1/exams", form).json["id"].string)
            let candidate = try await service.candidate(0)
            let attempt = try await service.startedAttempt(exam, by: candidate)
            let answer = "/v1/attempts/\(attempt)/answers/1"
            func essay(_ text: String) async throws -> Reply {
                try await candidate.put(answer, ["type": "essay", "text": .string(text)])
            }
            func upload(_ type: String, _ bytes: Data) async throws -> Reply {
                try await candidate.post("\(answer)/files", type: type, bytes)
            }
            let long = try await essay("Угрозы бывают внешние, внутренние, смешанные и прочие")
            #expect(long.status == 422 && long.faultCodes == ["too_many_words"], "\(long.text)")
            let short = try await essay("Кое-какие угрозы")
            #expect(short.status == 200, "\(short.text)")
            #expect(short.json["missing"].array.map { $0["code"] } == ["too_few_words", "files_missing"])
            let text = Data("просто текст".utf8)
            #expect(try await upload("application/octet-stream", text).code == "file_type")
            #expect(
                try await upload("application/pdf", Data([0x50, 0x4B, 3, 4])).code == "file_type",
                "the bytes decide"
            )
            #expect(try await upload("image/jpeg", Self.photograph + Data(count: 64)).code == "file_too_large")
            let file = try await upload("image/jpeg", Self.photograph)
            let scheme = try await upload("application/pdf", Data("%PDF-1.7".utf8))
            #expect(file.status == 201 && scheme.status == 201, "\(scheme.text)")
            let id = file.json["id"].string ?? ""
            let both: JSON = ["type": "files", "files": [.string(id), .string(scheme.json["id"].string ?? "")]]
            #expect(try await candidate.put(answer, both).faultCodes == ["files"])
            let good: JSON = ["type": "files", "files": [.string(id)], "text": "Угрозы бывают внешние"]
            let saved = try await candidate.put(answer, good)
            #expect(saved.status == 200 && saved.json["missing"] == .null, "\(saved.text)")
            #expect(try await candidate.post("/v1/attempts/\(attempt)/submit").status == 200)

            let work = try #require(try await examiner.get("/v1/open-works").json["works"][0]["id"].string)
            let path = "/v1/open-works/\(work)/files/\(id)"
            #expect(try await examiner.get(path).status == 409)
            let desk = try await examiner.post("/v1/open-works/\(work)/taking")
            #expect(desk.json["files"].array.map { $0["id"].string } == [id], "\(desk.text)")
            let owner = try await service.id(of: candidate)
            #expect(!desk.text.contains(owner) && !desk.text.contains(attempt))
            let bytes = try await examiner.get(path)
            #expect(bytes.body == Self.photograph && bytes.header("Content-Type") == "image/jpeg")
            #expect(bytes.header("Content-Disposition") == "inline")
            let unused = scheme.json["id"].string ?? ""
            #expect(try await examiner.get("/v1/open-works/\(work)/files/\(unused)").code == "file_unknown")
            #expect(try await candidate.get(path).status == 403)
            let other = try await service.colleague("another").client
            #expect(try await other.get(path).status == 409, "not who has not taken it")
        }
    }
}
