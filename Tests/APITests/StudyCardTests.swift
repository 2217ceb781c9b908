import Accounts
import Cryptography
import Foundation
import Grading
import TestSupport
import Testing
import TransparencyLog
import Workflows

@Suite("D11 The study card and its extract")
struct StudyCardTests {
    /// One candidate's closed sheet with «отлично».
    private static func closed(_ service: TestService) async throws -> (day: ExamDay, path: String) {
        let day = try await ExamDay.begin(service, candidates: 2)
        try await day.handIn(0, right: 6)
        try await day.handIn(1, right: 1)
        let path = "/v1/grade-sheets/\(try await day.sheet())"
        let examiner = try await day.examiner()
        _ = try await examiner.post("\(path)/filling")
        try #require(try await examiner.post("\(path)/closing").status == 200)
        return (day, path)
    }

    @Test("D11: a closed sheet stands in the candidate's study card at once, and the card can be printed")
    func card() async throws {
        try await TestService.run { service in
            let day = try await ExamDay.begin(service, candidates: 1)
            let candidate = day.candidates[0]
            #expect(try await candidate.get("/v1/me/study-card").json["lines"].array.isEmpty)
            try await day.handIn(0, right: 6)
            let path = "/v1/grade-sheets/\(try await day.sheet())"
            _ = try await day.examiner().post("\(path)/filling")
            #expect(try await candidate.get("/v1/me/study-card").json["lines"].array.isEmpty, "not before the closing")
            #expect(try await day.examiner().post("\(path)/closing").status == 200)

            let card = try await candidate.get("/v1/me/study-card").json
            let line = card["lines"][0]
            #expect(line["discipline"] == "Основы информационной безопасности")
            #expect(line["mark_text"] == "отлично")
            #expect(line["number"] == 5)
            #expect(line["credit_units"] == "3.00")
            #expect(card["credit_units_passed"] == "3.00")
            #expect(try await service.notices(of: candidate).contains { $0["topic"] == "sheet_closed" })

            let pdf = try await candidate.get("/v1/me/study-card/file")
            #expect(pdf.header("Content-Type") == "application/pdf")
            let text = try PDFText.read(pdf.body)
            for expected in ["УЧЕБНАЯ КАРТОЧКА", "Соловьёва Алёна", "21-100", "отлично (5)", "02.03.2026"] {
                #expect(text.contains(expected), "\(expected) in \(text)")
            }
        }
    }

    @Test("D11: an extract verifies offline with the log's public key, and nobody else's grade is in it")
    func extract() async throws {
        try await TestService.run { service in
            let (day, _) = try await Self.closed(service)
            let early = try await day.candidates[0].get("/v1/me/study-card/extract")
            #expect(early.code == "checkpoint_missing")
            try await service.housekeeping.publishCheckpoint()
            let reply = try await day.candidates[0].get("/v1/me/study-card/extract")
            #expect(reply.status == 200)
            for secret in ["Журавлёв", "21-101"] { #expect(!reply.text.contains(secret)) }
            let extract = try GradeExtract(file: reply.body)
            let verdicts = try #require(extract.verdicts(with: service.signer.verifier))
            guard case .verified(let statement)? = verdicts.first, verdicts.count == 1 else {
                Issue.record("\(verdicts)")
                return
            }
            #expect(statement.name == "Соловьёва Алёна Игоревич")
            #expect(statement.mark == .excellent)
            #expect(statement.version == 1)
        }
    }

    @Test("D11: an extract that people hold still verifies")
    func kept() throws {
        let extract = try GradeExtract(file: Data(SampleExtract.file.utf8))
        let verdicts = try #require(extract.verdicts(with: NoteVerifier(text: SampleExtract.key)))
        guard case .verified(let statement)? = verdicts.first else {
            Issue.record("\(verdicts)")
            return
        }
        #expect(statement.mark == .excellent)
    }

    @Test("D11: whatever is changed in an extract is found out")
    func forged() async throws {
        try await TestService.run { service in
            let (day, _) = try await Self.closed(service)
            try await service.housekeeping.publishCheckpoint()
            let good = try await day.candidates[1].get("/v1/me/study-card/extract").text
            let verifier = service.signer.verifier
            func verdict(_ text: String) throws -> String {
                guard let verdicts = try GradeExtract(file: Data(text.utf8)).verdicts(with: verifier) else {
                    return "unsigned"
                }
                guard case .broken(let reason)? = verdicts.first else { return "verified" }
                return reason
            }
            #expect(try verdict(good) == "verified")
            #expect(good.contains("unsatisfactory"))
            let better = good.replacing("unsatisfactory", with: "excellent")
            #expect(try verdict(better) == "the closed sheet does not say so")
            let renamed = good.replacing("Журавлёв", with: "Соловьёва")
            #expect(try verdict(renamed) == "the closed sheet does not say so")
            let entry = good.replacing(#"\"action\":\"closed\""#, with: #"\"action\":\"opened\""#)
            #expect(try verdict(entry) == "the entry does not stand in the signed log")
            let moved = good.replacing(#"\"version\":1"#, with: #"\"version\":2"#)
            #expect(try verdict(moved) != "verified")
            let other = try NoteSigner(
                name: verifier.name,
                key: SigningKey(seed: SecretBytes(copying: Array(repeating: 9, count: 32)))
            )
            #expect(try GradeExtract(file: Data(good.utf8)).verdicts(with: other.verifier) == nil)
        }
    }
}
