import Accounts
import Foundation
import TestSupport
import Testing
import Workflows

@Suite("D4, D14 Grading of open answers by people")
struct OpenGradingTests {
    /// An exam of one essay, handed in by candidates.
    struct EssayDay {
        let service: TestService
        let exam: String
        let candidates: [Client]
        let attempts: [String]

        static let texts = ["Нарушитель бывает внутренним.", "Нарушитель бывает внешним."]

        static func begin(_ service: TestService, candidates count: Int = 1, panel: JSON? = nil) async throws
            -> EssayDay
        {
            let examiner = try await service.staff(.examiner)
            let exam = try await service.exam(
                by: examiner,
                changes: ["sections": [["count": 1, "types": ["essay"]]]]
            )
            if let panel {
                let reply = try await examiner.put("/v1/exams/\(exam)/grading-panel", panel)
                try #require(reply.status == 200, "\(reply.text)")
            }
            var candidates: [Client] = []
            var attempts: [String] = []
            for number in 0..<count {
                let candidate = try await service.candidate(number)
                let attempt = try await service.startedAttempt(exam, by: candidate)
                let answer: JSON = ["type": "essay", "text": .string(texts[number])]
                try #require(
                    try await candidate.put("/v1/attempts/\(attempt)/answers/1", answer).status == 200
                )
                let reply = try await candidate.post("/v1/attempts/\(attempt)/submit")
                try #require(reply.json["result"]["waits_for_person"] == true, "\(reply.text)")
                candidates.append(candidate)
                attempts.append(attempt)
            }
            return EssayDay(service: service, exam: exam, candidates: candidates, attempts: attempts)
        }

        func examiner() async throws -> Client {
            try await service.logIn("examiner@example.org", TestService.staffPassword, role: "examiner")
        }

        func result(_ number: Int = 0) async throws -> JSON {
            try await candidates[number].get("/v1/attempts/\(attempts[number])").json["result"]
        }
    }

    @Test("D4: an open answer is graded without the grader learning whose it is; then the candidate has the grade")
    func anonymous() async throws {
        try await TestService.run { service in
            let day = try await EssayDay.begin(service)
            let grader = try await day.examiner()
            let queue = try await grader.get("/v1/open-works")
            let work = try #require(queue.json["works"].array.first, "\(queue.text)")
            let path = "/v1/open-works/\(work["id"].string ?? "")"
            // Monday, 2 March 2026: fifteen working days over the holiday of 9 March.
            #expect(work["due_on"] == "2026-03-24")
            #expect(work["working_days_left"] == 15)

            #expect(try await grader.get(path).code == "work_not_taken")
            let grade: JSON = ["points": "0.75", "comment": "Не сказано о внешнем нарушителе."]
            #expect(try await grader.post("\(path)/grading", grade).code == "work_not_taken")
            let desk = try await grader.post("\(path)/taking")
            #expect(desk.json["answer"]["text"].string == EssayDay.texts[0])
            #expect(desk.json["item"]["prompt"]["text"].string?.contains("модель нарушителя") == true)
            let candidateID = try await service.id(of: day.candidates[0])
            for secret in [candidateID, day.attempts[0], "Соловьёва", "Алёна", "candidate0"] {
                #expect(!desk.text.contains(secret) && !queue.text.contains(secret), "\(secret) is shown to graders")
            }

            #expect(try await grader.post("\(path)/grading", ["points": "1.25"]).code == "points_out_of_range")
            #expect(try await grader.post("\(path)/grading", ["comment": "x"]).code == "points_missing")
            let graded = try await grader.post("\(path)/grading", grade)
            #expect(graded.json["awarded"] == "0.75", "\(graded.text)")
            #expect(try await grader.get("/v1/open-works").json["works"].array.isEmpty)
            #expect(try await grader.post("\(path)/taking").code == "work_not_waiting")

            let result = try await day.result()
            #expect(result["grade"] == "good")
            #expect(result["points"] == "0.75")
            #expect(result["waits_for_person"] == false)
            let feedback = try await day.candidates[0].get("/v1/attempts/\(day.attempts[0])/grading")
            #expect(feedback.json["works"][0]["comments"][0] == "Не сказано о внешнем нарушителе.")
            #expect(!feedback.text.contains("grader"))
            let notices = try await service.notices(of: day.candidates[0])
            #expect(notices.map { $0["topic"].string } == ["work_graded"])
            #expect(notices[0]["about"].string == day.attempts[0], "D14: the candidate is told")
            #expect(notices[0]["text"].string?.contains("ваша работа проверена") == true)
            let told = try #require(notices.first?["id"].string)
            #expect(try await day.candidates[0].post("/v1/me/notices/\(told)/reading").status == 200)
            #expect(try await service.notices(of: day.candidates[0])[0]["read_at"] != .null)
            let kinds = try service.rawDatabase().column(
                "SELECT kind FROM log_entries WHERE kind IN ('grade', 'open_grading') ORDER BY entry_index"
            )
            #expect(kinds == ["grade", "open_grading", "grade"])
        }
    }

    @Test("D4: criteria earn their share, and each takes one of its levels")
    func rubric() async throws {
        try await TestService.run { service in
            let day = try await EssayDay.begin(service)
            let grader = try await day.examiner()
            let work = try await grader.get("/v1/open-works").json["works"][0]
            let path = "/v1/open-works/\(work["id"].string ?? "")"
            let question = "/v1/questions/\(work["question_id"].string ?? "")/rubric"
            func criterion(_ key: String, _ levels: [String]) -> JSON {
                [
                    "key": .string(key), "title": "Что оценивается",
                    "levels": .array(levels.map { ["points": .string($0), "descriptor": "Так"] }),
                ]
            }
            let same = try await grader.put(question, ["criteria": [criterion("content", ["1", "1.00"])]])
            #expect(same.code == "rubric_wrong")
            let set = try await grader.put(
                question,
                ["criteria": [criterion("content", ["0", "1", "2"]), criterion("form", ["0", "1"])]]
            )
            #expect(set.json["maximum"] == "3.00", "\(set.text)")
            let desk = try await grader.post("\(path)/taking")
            #expect(desk.json["rubric"]["criteria"].array.count == 2)
            #expect(try await grader.post("\(path)/grading", ["points": "1"]).code == "criteria_wrong")
            let half: JSON = ["criteria": [["key": "content", "points": "1.5"], ["key": "form", "points": "1"]]]
            #expect(try await grader.post("\(path)/grading", half).code == "criteria_wrong")
            let chosen: JSON = ["criteria": [["key": "content", "points": "2"], ["key": "form", "points": "0"]]]
            #expect(try await grader.post("\(path)/grading", chosen).json["awarded"] == "0.67")
            #expect(try await day.result()["grade"] == "satisfactory")
        }
    }

    @Test("D4: two who disagree heavily call for a third, who sees neither and decides")
    func disagreement() async throws {
        try await TestService.run { service in
            let panel: JSON = ["graders": [], "second_share_percent": 100, "disagreement_percent": 20]
            let day = try await EssayDay.begin(service, panel: panel)
            let first = try await day.examiner()
            let id = try #require(try await first.get("/v1/open-works").json["works"][0]["id"].string)
            let path = "/v1/open-works/\(id)"
            func grade(_ client: Client, _ points: String) async throws -> JSON {
                _ = try await client.post("\(path)/taking")
                return try await client.post("\(path)/grading", ["points": .string(points)]).json
            }
            #expect(try await grade(first, "1")["work"]["state"] == "waiting")
            #expect(try await first.get("/v1/open-works").json["works"].array.isEmpty, "nobody grades twice")
            #expect(try await first.post("\(path)/taking").code == "work_graded_before")
            #expect(try await day.result()["waits_for_person"] == true)

            try await service.addExaminer("second@example.org")
            try await service.addExaminer("third@example.org")
            let password = TestService.staffPassword
            let second = try await service.logIn("second@example.org", password, role: "examiner")
            let desk = try await second.post("\(path)/taking").json
            #expect(desk["gradings"].array.isEmpty, "the first grading is not shown")
            #expect(try await grade(second, "0.5")["work"]["state"] == "waiting")
            let third = try await service.logIn("third@example.org", password, role: "examiner")
            let decided = try await grade(third, "0.6")
            #expect(decided["awarded"] == "0.60")
            #expect(decided["gradings"].array.count == 3)
            #expect(try await day.result()["points"] == "0.60")
        }
    }

    @Test("D4: a work is one grader's at a time, goes back by hand or after an hour, and only to the panel")
    func leases() async throws {
        try await TestService.run { service in
            let day = try await EssayDay.begin(service)
            let first = try await day.examiner()
            let id = try #require(try await first.get("/v1/open-works").json["works"][0]["id"].string)
            let path = "/v1/open-works/\(id)"
            try await service.addExaminer("second@example.org")
            let password = TestService.staffPassword
            let second = try await service.logIn("second@example.org", password, role: "examiner")
            #expect(try await first.post("\(path)/taking").status == 200)
            #expect(try await second.post("\(path)/taking").code == "work_taken")
            #expect(try await second.get("/v1/open-works").json["works"][0]["is_taken"] == true)
            #expect(try await second.post("\(path)/return").code == "work_not_taken")
            #expect(try await first.post("\(path)/return").status == 204)
            #expect(try await second.post("\(path)/taking").status == 200)
            service.clock.advance(minutes: 61)
            let later = try await day.examiner()
            #expect(try await later.post("\(path)/taking").status == 200)
            let again = try await service.logIn("second@example.org", password, role: "examiner")
            #expect(try await again.post("\(path)/grading", ["points": "1"]).code == "work_not_taken")

            let own = try await service.id(of: again)
            let panel: JSON = ["graders": [.string(own)], "second_share_percent": 0, "disagreement_percent": 20]
            #expect(try await later.put("/v1/exams/\(day.exam)/grading-panel", panel).status == 200)
            #expect(try await later.get("/v1/open-works").json["works"].array.isEmpty)
            service.clock.advance(minutes: 61)
            let outside = try await day.examiner()
            #expect(try await outside.post("\(path)/taking").code == "not_on_panel")
            let stranger: JSON = [
                "graders": [.string(try await service.id(of: day.candidates[0]))], "second_share_percent": 0,
                "disagreement_percent": 20,
            ]
            #expect(try await outside.put("/v1/exams/\(day.exam)/grading-panel", stranger).code == "grader_wrong")
        }
    }

    @Test("D14: graders are reminded five working days before the end, one before, and on the last day, each once")
    func reminders() async throws {
        try await TestService.run { service in
            let day = try await EssayDay.begin(service)
            let examiner = try await day.examiner()
            let panel: JSON = [
                "graders": [.string(try await service.id(of: examiner))], "second_share_percent": 0,
                "disagreement_percent": 20,
            ]
            _ = try await examiner.put("/v1/exams/\(day.exam)/grading-panel", panel)
            let reminders = OpenWorkReminders(service.services)
            var sent: [Int] = []
            // From Monday, 2 March, to Wednesday, 25 March: the last day is the 24th.
            for elapsed in 0...23 {
                for _ in 0..<2 { if try await reminders.send() > 0 { sent.append(2 + elapsed) } }
                service.clock.advance(minutes: 24 * 60)
            }
            #expect(sent == [17, 23, 24])
            let notices = try await service.notices(of: day.examiner())
            #expect(notices.allSatisfy { $0["topic"] == "grading_due" })
            let texts = notices.compactMap { $0["text"].string?.split(separator: " ").last }
            #expect(texts == ["0.", "1.", "5."])
            #expect(notices[0]["text"].string?.contains("проверьте до 24.03.2026 включительно") == true)
            #expect(try await day.examiner().get("/v1/open-works").json["works"][0]["working_days_left"].int == -2)
        }
    }

    @Test("an attempt that is rejected or goes on leaves the queue")
    func withdrawn() async throws {
        try await TestService.run { service in
            let day = try await EssayDay.begin(service, candidates: 2)
            let examiner = try await day.examiner()
            #expect(try await examiner.get("/v1/open-works").json["works"].array.count == 2)
            let rejected = try await examiner.post(
                "/v1/attempts/\(day.attempts[0])/control",
                ["action": "terminate", "reason": "dishonesty"]
            )
            try #require(rejected.status == 200, "\(rejected.text)")
            #expect(try await examiner.get("/v1/open-works").json["works"].array.count == 1)
            let reopened = try await examiner.post(
                "/v1/attempts/\(day.attempts[1])/control",
                ["action": "update", "reason": "submitted_by_mistake", "extra_seconds": 600]
            )
            try #require(reopened.json["attempt"]["state"] == "started", "\(reopened.text)")
            #expect(try await examiner.get("/v1/open-works").json["works"].array.isEmpty)
            _ = try await day.candidates[1].post("/v1/attempts/\(day.attempts[1])/submit")
            #expect(try await examiner.get("/v1/open-works").json["works"].array.count == 1, "and comes back")
        }
    }
}
