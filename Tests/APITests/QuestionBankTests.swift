import Accounts
import Foundation
import QuestionBank
import QuestionFormats
import TestSupport
import Testing

@Suite("D1 Question banks: formats, versions, files")
struct QuestionBankTests {
    private static func temporaryFile(_ suffix: String) -> URL {
        FileManager.default.temporaryDirectory.appending(path: "attestd-\(UUID().uuidString).\(suffix)")
    }

    /// A file of `questions` in a format.
    static func file(_ questions: [BankQuestion], _ format: QuestionFormat) throws -> Data {
        let path = temporaryFile("questions")
        defer { try? FileManager.default.removeItem(at: path) }
        let writer = try QuestionFileWriter(file: path, format: format)
        for question in questions { _ = try writer.add(question) }
        try writer.finish()
        return try Data(contentsOf: path)
    }

    /// One question that every format can carry, and its newer wording.
    static func simple(_ text: String = "Какой порт у HTTPS?") -> BankQuestion {
        let options = [("443", 100), ("80", 0), ("22", 0)].map {
            Choice.Option(text: RichText($0.0), fraction: Fraction(percent: $0.1))
        }
        return BankQuestion(
            title: "Порт",
            prompt: RichText(text),
            interaction: .choice(Choice(isSingle: true, options: options))
        )
    }

    static let picture = Data([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3])
    static let secretPicture = Data([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 9, 9, 9])

    /// A question with a picture for the candidate and one in its explanation.
    static func illustrated() -> BankQuestion {
        let shown = MediaFile(name: "схема.png", data: picture)
        let hidden = MediaFile(name: "answer.png", data: secretPicture)
        var question = simple("Что на схеме?")
        question.externalID = "illustrated-1"
        question.prompt = RichText(
            "<p>Что на схеме? <img src=\"\(shown.reference)\"/></p>",
            format: .html,
            files: [shown]
        )
        question.explanation = RichText("<img src=\"\(hidden.reference)\"/>", format: .html, files: [hidden])
        return question
    }

    static let formats: [(QuestionFormat, String)] = [
        (.gift, "text/plain"), (.aiken, "text/plain"), (.moodleXML, "application/xml"), (.qti21, "application/zip"),
        (.qti22, "application/zip"), (.qti30, "application/octet-stream"),
    ]

    @Test("D1: every format is imported and exported, and its own export changes nothing", arguments: formats)
    func everyFormat(_ format: QuestionFormat, _ type: String) async throws {
        try await TestService.run { service in
            let examiner = try await service.staff(.examiner)
            let target = "/v1/question-banks/IB/imports"
            let first = try await examiner.post(target, type: type, Self.file([Self.simple()], format))
            #expect(first.status == 200, "\(first.text)")
            #expect(first.json["format"].string == format.rawValue)
            #expect(first.json["added"] == 1 && first.json["not_read"] == 0)
            let export = try await examiner.get("/v1/question-banks/IB/exports/\(format.rawValue)")
            #expect(export.status == 200)
            let again = try await examiner.post(target, type: type, export.body)
            #expect(again.json["unchanged"] == 1, "\(again.text)")
            #expect(again.json["added"] == 0 && again.json["new_versions"] == 0)
            #expect(try await examiner.get("/v1/question-banks/IB").json["questions"] == 1)
        }
    }

    @Test("D1: an edited question is a new version under the same identifier, and tickets keep theirs")
    func versions() async throws {
        try await TestService.run { service in
            let examiner = try await service.staff(.examiner)
            let target = "/v1/question-banks/IB/imports"
            _ = try await examiner.post(target, type: "text/plain", Self.file([Self.simple()], .gift))
            let exam = try await service.exam(by: examiner, changes: ["sections": [["count": 1]]])
            let candidate = try await service.candidate(0)
            let attempt = try await service.startedAttempt(exam, by: candidate)
            let ticket = try await candidate.get("/v1/attempts/\(attempt)/ticket").json

            let edited = Self.simple("Какой порт у HTTPS по умолчанию?")
            let reply = try await examiner.post(target, type: "text/plain", Self.file([edited], .gift))
            #expect(reply.json["new_versions"] == 1 && reply.json["added"] == 0)
            let questions = try await examiner.get("/v1/question-banks/IB/questions").json["questions"]
            #expect(questions.array.count == 1 && questions[0]["version"] == 2)
            let id = questions[0]["id"].string ?? ""
            let newer = Self.simple("Какой порт TCP у HTTPS?")
            let third = try await examiner.post(
                "/v1/questions/\(id)/versions",
                type: "application/xml",
                Self.file([newer], .moodleXML)
            )
            #expect(third.status == 201 && third.json["version"] == 3, "\(third.text)")
            let same = try await examiner.post(
                "/v1/questions/\(id)/versions",
                type: "application/xml",
                Self.file([newer], .moodleXML)
            )
            #expect(same.status == 200 && same.json["version"] == 3)
            let versions = try await examiner.get("/v1/questions/\(id)").json["versions"].array
            #expect(versions.map { $0["version"] } == [3, 2, 1])

            #expect(try await candidate.get("/v1/attempts/\(attempt)/ticket").json == ticket)
            #expect(ticket["items"][0]["prompt"]["text"] == "Какой порт у HTTPS?")
            let two = try Self.file([edited, Self.illustrated()], .moodleXML)
            let refused = try await examiner.post("/v1/questions/\(id)/versions", type: "application/xml", two)
            #expect(refused.status == 422 && refused.code == "not_one_question")
        }
    }

    @Test("D1: pictures come with a package and reach the candidate of that ticket only, those of the key nobody")
    func files() async throws {
        try await TestService.run { service in
            let examiner = try await service.staff(.examiner)
            let package = try Self.file([Self.illustrated()], .qti30)
            let reply = try await examiner.post("/v1/question-banks/IB/imports", type: "application/zip", package)
            #expect(reply.json["added"] == 1 && reply.json["package"] == true, "\(reply.text)")
            let exam = try await service.exam(by: examiner, changes: ["sections": [["count": 1]]])
            let candidate = try await service.candidate(0)
            let attempt = try await service.attempt(exam, by: candidate)
            let shown = MediaFile(name: "", data: Self.picture).sha256
            let hidden = MediaFile(name: "", data: Self.secretPicture).sha256
            let target = "/v1/attempts/\(attempt)/ticket/files"
            #expect(try await candidate.get("\(target)/\(shown)").status == 404, "not before the start")
            _ = try await candidate.post("/v1/attempts/\(attempt)/start")
            let item = try await candidate.get("/v1/attempts/\(attempt)/ticket").json["items"][0]
            #expect(item["prompt"]["files"].array.map { $0["sha256"].string } == [shown])
            let file = try await candidate.get("\(target)/\(shown)")
            #expect(file.status == 200 && file.body == Self.picture)
            #expect(file.header("Content-Type") == "image/png")
            #expect(file.header("X-Content-Type-Options") == "nosniff")
            #expect(try await candidate.get("\(target)/\(hidden)").status == 404)
            #expect(try await service.candidate(1).get("\(target)/\(shown)").status == 403)
            #expect(try await examiner.get("\(target)/\(shown)").status == 403)
            let export = try await examiner.get("/v1/question-banks/IB/exports/moodle_xml")
            #expect(export.text.contains(Self.secretPicture.base64EncodedString()))
        }
    }

    @Test("D1: what a format has no place for is said beforehand")
    func losses() async throws {
        try await TestService.run { service in
            let examiner = try await service.staff(.examiner)
            let package = try Self.file([Self.illustrated()], .qti21)
            _ = try await examiner.post("/v1/question-banks/IB/imports", type: "application/zip", package)
            let losses = try await examiner.get("/v1/question-banks/IB/exports/aiken/losses").json
            #expect(losses["count"].int ?? 0 > 0)
            #expect(losses["losses"][0]["detail"].string?.contains(/[а-яё]/) == true)
            #expect(try await examiner.get("/v1/question-banks/IB/exports/qti_2.1/losses").json["count"] == 0)
            #expect(try await examiner.get("/v1/question-banks/IB/exports/docx").status == 404)
        }
    }

    @Test(
        "D1: a file that is unsafe or of no format is refused whole, in words, and nothing of it is stored",
        arguments: [
            ("<!DOCTYPE quiz [<!ENTITY a \"b\">]><quiz/>", "document_type"), ("", "unknown_format"),
            ("просто текст", "unknown_format"), ("PK\u{03}\u{04}повреждено", "damaged_archive"),
        ]
    )
    func refused(_ text: String, _ code: String) async throws {
        try await TestService.run { service in
            let examiner = try await service.staff(.examiner)
            let target = "/v1/question-banks/IB/imports"
            let reply = try await examiner.post(target, type: "application/octet-stream", Data(text.utf8))
            #expect(reply.status == 422 && reply.code == "question_file_refused", "\(reply.text)")
            #expect(reply.json["faults"][0]["code"].string == code)
            #expect(reply.json["detail"].string?.contains(/[а-яё]/) == true)
            #expect(try service.rawDatabase().count("questions") == 0)
        }
    }
}
