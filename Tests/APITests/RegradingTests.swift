import Accounts
import Foundation
import TestSupport
import Testing

@Suite("D4 Regrading after a faulty question")
struct RegradingTests {
    /// Two candidates, of whom one has answered «256» rightly and everything else too, the other nothing rightly.
    private static func begin(_ service: TestService) async throws -> (
        day: ExamDay, attempts: [String], question: String
    ) {
        let day = try await ExamDay.begin(service, candidates: 2)
        let attempts = [try await day.handIn(0, right: 6), try await day.handIn(1, right: 3)]
        let ids = try service.rawDatabase().column("SELECT id FROM questions WHERE document LIKE '%SHA-256%'")
        return (day, attempts, try #require(ids.first))
    }

    private static func ruling(_ question: String, _ effect: String, more: [String: JSON] = [:]) -> JSON {
        (["question_id": .string(question), "question_version": 1, "effect": .string(effect)] as JSON).with(more)
    }

    private static func result(_ day: ExamDay, _ attempts: [String], _ number: Int) async throws -> JSON {
        try await day.candidates[number].get("/v1/attempts/\(attempts[number])").json["result"]
    }

    @Test("D4: full marks for all: a preview that changes nothing, then the same list applied, told and logged")
    func fullMarks() async throws {
        try await TestService.run { service in
            let (day, attempts, question) = try await Self.begin(service)
            let path = "/v1/exams/\(day.exam)/regrading"
            let examiner = try await day.examiner()
            let before = try await Self.result(day, attempts, 1)
            let preview = try await examiner.post("\(path)/preview", Self.ruling(question, "full_marks"))
            try #require(preview.status == 200, "\(preview.text)")
            #expect(preview.json["attempts"] == 2)
            #expect(try await Self.result(day, attempts, 1) == before, "a preview changes nothing")
            #expect(try await examiner.get(path).json["rulings"].array.isEmpty)

            let digest = try #require(preview.json["preview_sha256"].string)
            let unread = Self.ruling(
                question,
                "dropped",
                more: ["reason": "Ошибка в ключе.", "preview_sha256": .string(digest)]
            )
            #expect(try await examiner.post(path, unread).code == "preview_outdated")
            let body = Self.ruling(
                question,
                "full_marks",
                more: ["reason": "Ошибка в ключе.", "preview_sha256": .string(digest)]
            )
            let applied = try await examiner.post(path, body)
            try #require(applied.status == 200, "\(applied.text)")
            #expect(applied.json["lines"] == preview.json["lines"], "what was seen is what was done")
            #expect(try await Self.result(day, attempts, 0)["points"] == "6.00")
            for line in applied.json["lines"].array {
                let number = try #require(attempts.firstIndex(of: line["attempt_id"].string ?? ""))
                let after = try await Self.result(day, attempts, number)
                #expect(after["points"] == line["points_after"])
                #expect(after["grade"] == line["grade_after"])
                let notices = try await service.notices(of: day.candidates[number])
                #expect(notices.map { $0["topic"].string } == ["grade_changed"])
                #expect(notices[0]["text"].string?.contains(line["points_after"].string ?? "?") == true)
            }
            #expect(try await examiner.post(path, body).code == "preview_outdated", "nothing is applied twice unseen")
            #expect(try await examiner.get(path).json["rulings"][0]["reason"] == "Ошибка в ключе.")
            let entries = try service.rawDatabase()
                .column("SELECT CAST(body AS TEXT) FROM log_entries WHERE kind = 'regrading'")
            #expect(entries.count == 1)
            let history = try service.rawDatabase().column(
                "SELECT count(*) FROM attempt_records WHERE document LIKE '%awarded%' GROUP BY attempt_id ORDER BY 1"
            )
            #expect(Int(history.last ?? "") == 1 + (applied.json["lines"].array.isEmpty ? 0 : 1), "results are kept")
        }
    }

    @Test("D4: a dropped question counts no more, and nobody gets worse by it unless that is asked for")
    func dropped() async throws {
        try await TestService.run { service in
            let (day, attempts, question) = try await Self.begin(service)
            let path = "/v1/exams/\(day.exam)/regrading"
            let examiner = try await day.examiner()
            func points(_ keepsBetter: Bool) async throws -> [String: JSON] {
                let reply = try await examiner.post(
                    "\(path)/preview",
                    Self.ruling(question, "dropped", more: ["keeps_better": .bool(keepsBetter)])
                )
                return Dictionary(
                    uniqueKeysWithValues: reply.json["lines"].array.map { ($0["attempt_id"].string ?? "", $0) }
                )
            }
            let strict = try await points(false)
            #expect(strict[attempts[0]]?["points_after"] == "5.00")
            #expect(strict[attempts[0]]?["percent_after"] == 100)
            let kind = try await points(true)
            for (attempt, line) in kind {
                let (before, after) = (line["percent_before"].int ?? 0, line["percent_after"].int ?? 0)
                #expect(after >= before, "\(attempt)")
            }
            let missing = try await examiner.post(
                "\(path)/preview",
                Self.ruling(question, "other_key", more: ["by_version": 7])
            )
            #expect(missing.status == 422)
            #expect(missing.code == "replacement_wrong")
            let unknown = Self.ruling(UUID().uuidString.lowercased(), "dropped")
            #expect(try await examiner.post("\(path)/preview", unknown).code == "question_unknown")
        }
    }

    @Test("D4: another key counts, for those who were right by the old one too unless that is asked for")
    func otherKey() async throws {
        try await TestService.run { service in
            let (day, attempts, question) = try await Self.begin(service)
            // A second version of the question, by which 128 is right; wrong answers in these tests are 128.
            try service.rawDatabase().execute(
                """
                INSERT INTO questions (id, version, discipline, topic, document)
                SELECT id, 2, discipline, topic, replace(replace(document, '"256"', '"128"'), '"version":1', '"version":2')
                FROM questions WHERE id = '\(question)' AND version = 1
                """
            )
            let path = "/v1/exams/\(day.exam)/regrading"
            let examiner = try await day.examiner()
            func lines(_ keepsBetter: Bool) async throws -> [String: JSON] {
                let reply = try await examiner.post(
                    "\(path)/preview",
                    Self.ruling(
                        question,
                        "other_key",
                        more: ["by_version": 2, "keeps_better": .bool(keepsBetter)]
                    )
                )
                try #require(reply.status == 200, "\(reply.text)")
                return Dictionary(
                    uniqueKeysWithValues: reply.json["lines"].array.map { ($0["attempt_id"].string ?? "", $0) }
                )
            }
            let strict = try await lines(false)
            #expect(strict[attempts[0]]?["points_before"] == "6.00")
            #expect(strict[attempts[0]]?["points_after"] == "5.00", "256 is wrong by the new key")
            let kind = try await lines(true)
            #expect(kind[attempts[0]] == nil, "who was right stays right")
            #expect(kind[attempts[1]] == strict[attempts[1]] || strict[attempts[1]]?["points_after"] == "2.00")
        }
    }

    @Test("D4, D8: a grade in a closed sheet stays until the sheet is opened again, and the preview says so")
    func closedSheet() async throws {
        try await TestService.run { service in
            let (day, _, question) = try await Self.begin(service)
            let sheet = "/v1/grade-sheets/\(try await day.sheet())"
            let examiner = try await day.examiner()
            _ = try await examiner.post("\(sheet)/filling")
            #expect(try await examiner.post("\(sheet)/closing").status == 200)
            let marks = ExamDay.marks(try await examiner.get(sheet).json)
            let path = "/v1/exams/\(day.exam)/regrading"
            let preview = try await examiner.post(
                "\(path)/preview",
                Self.ruling(question, "dropped", more: ["keeps_better": false])
            )
            #expect(preview.json["lines"].array.allSatisfy { $0["is_in_closed_sheet"] == true })
            let body = Self.ruling(
                question,
                "dropped",
                more: [
                    "keeps_better": false, "reason": "Вопрос вне программы.",
                    "preview_sha256": preview.json["preview_sha256"],
                ]
            )
            #expect(try await examiner.post(path, body).status == 200)
            #expect(ExamDay.marks(try await examiner.get(sheet).json) == marks)
        }
    }
}
