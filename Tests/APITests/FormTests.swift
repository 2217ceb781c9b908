import Accounts
import Foundation
import TestSupport
import Testing
import Workflows

@Suite("D3 Forms of attestation")
struct FormTests {
    /// An exam of an hour in a form, with a candidate.
    private struct Held {
        let service: TestService
        let exam: String
        let candidate: Client

        static func make(_ service: TestService, _ form: [String: JSON]) async throws -> Held {
            let examiner = try await service.staff(.examiner)
            let exam = try await service.exam(by: examiner)
            let set = try await examiner.put("/v1/exams/\(exam)/form", .object(form))
            try #require(set.status == 200, "\(set.text)")
            return Held(service: service, exam: exam, candidate: try await service.candidate(0))
        }

        func examiner() async throws -> Client { try await service.again("examiner") }

        func phase(_ attempt: String) async throws -> JSON {
            try await candidate.get("/v1/attempts/\(attempt)/phase").json
        }

        func send(_ attempt: String, item: Int = 1, _ name: String = "obama") async throws -> Reply {
            let picture = try ProjectFiles.photograph(name)
            return try await candidate.post("/v1/attempts/\(attempt)/items/\(item)/sheets", type: "image/jpeg", picture)
        }

        func grade(_ attempt: String, _ grade: String) async throws -> Reply {
            try await examiner().post(
                "/v1/attempts/\(attempt)/examination-grade",
                ["grade": .string(grade), "comment": "Спасибо, хороший ответ."]
            )
        }

        func slot(begins minutes: Double, link: String = "https://vcs.example.org/1") async throws -> Reply {
            let begins = service.clock.now.addingTimeInterval(minutes * 60).formatted(.iso8601)
            return try await examiner().put(
                "/v1/exams/\(exam)/slots/\(service.id(of: candidate))",
                ["begins_at": .string(begins), "minutes": 20, "link": .string(link)]
            )
        }

        /// The grades that people or rules decided, as «ground: grade».
        func decided(_ attempt: String) async throws -> [String] {
            let changes = try await candidate.get("/v1/attempts/\(attempt)/grade-changes").json["grade_changes"].array
            return changes.map { "\($0["ground"].string ?? ""): \($0["after"].string ?? "")" }
        }
    }

    @Test(
        "D3 written-oral: ten minutes for the sheets after the time, sealed and bound to the item; then a person's grade"
    )
    func writtenOral() async throws {
        try await TestService.run { service in
            let held = try await Held.make(service, ["form": "written_oral"])
            let attempt = try await service.startedAttempt(held.exam, by: held.candidate)
            #expect(try await held.phase(attempt)["phase"] == "answering")
            let early = try await held.send(attempt)
            #expect(early.status == 201, "who is done may send at once: \(early.text)")
            #expect(try await held.send(attempt).json["id"] == early.json["id"], "the same sheet twice is one")
            #expect(try await held.send(attempt, item: 99).code == "item_unknown")
            #expect(try await held.grade(attempt, "good").code == "answers_not_handed_in")

            service.clock.advance(minutes: 61)
            try await service.housekeeping.settleAttempts()
            let sending = try await held.phase(attempt)
            #expect(sending["phase"] == "sheets")
            let start = Date(timeIntervalSince1970: 1_772_442_000)
            #expect(sending["ends_at"].string?.hasPrefix((start + 70 * 60).formatted(.iso8601).prefix(19)) == true)
            service.clock.advance(minutes: 8.9)
            #expect(try await held.send(attempt, item: 2, "obama2").status == 201, "in the last seconds")
            #expect(try await held.grade(attempt, "good").code == "answers_not_handed_in")
            service.clock.advance(minutes: 0.2)
            let late = try await held.send(attempt, item: 3, "biden")
            #expect(late.status == 409 && late.code == "sheets_closed")
            #expect(try await held.phase(attempt)["phase"] == "examination")
            try await service.housekeeping.turnSendings()
            #expect(try await held.decided(attempt).isEmpty)

            let sheets = try await held.examiner().get("/v1/attempts/\(attempt)/sheets").json["sheets"].array
            #expect(sheets.map(\.["item"].int) == [1, 2])
            let file = try await held.examiner().get("/v1/attempts/\(attempt)/sheets/\(sheets[0]["id"].string ?? "")")
            #expect(file.body == (try ProjectFiles.photograph("obama")))
            let stranger = try await service.candidate(1)
            #expect(try await stranger.get("/v1/attempts/\(attempt)/sheets").code == "other_candidate")
            for name in try service.rawDatabase().column("SELECT evidence FROM answer_sheets") {
                let folder = service.folder.url.appending(path: "evidence/\(name.prefix(2))")
                let sealed = try Data(contentsOf: folder.appending(path: name))
                #expect(!sealed.starts(with: [0xFF, 0xD8]), "a sheet lies open on the disk")
            }

            let note: JSON = ["kind": "additional_question", "item": 2, "text": "Чем отличается режим CTR?"]
            #expect(try await held.examiner().post("/v1/attempts/\(attempt)/notes", note).status == 201)
            #expect(try await held.grade(attempt, "passed").code == "grade_not_of_scale")
            #expect(try await held.grade(attempt, "good").status == 201)
            #expect(try await held.grade(attempt, "excellent").code == "grade_decided")
            #expect(try await held.decided(attempt) == ["examination: good"])
            let told = try #require(try await service.notices(of: held.candidate).first)
            #expect(told["text"].string?.contains("хорошо") == true && told["text"].string?.contains("Спасибо") == true)
            #expect(try await held.phase(attempt)["phase"] == "decided")
            #expect(try await held.send(attempt, item: 3, "biden").code == "sheets_closed", "what is decided is closed")
            let types = try await service.eventTypes(of: attempt, as: held.examiner())
            #expect(types.filter { $0 == "sheet.received" }.count == 2)
            #expect(types.filter { $0 == "write.refused" }.count == 2)
        }
    }

    @Test("D3, D7 written-oral: no sheets in ten minutes is «неудовлетворительно», once, at the server's clock only")
    func nothingSent() async throws {
        try await TestService.run { service in
            let held = try await Held.make(service, ["form": "written_oral"])
            let attempt = try await service.startedAttempt(held.exam, by: held.candidate)
            service.clock.advance(minutes: 60)
            try await service.housekeeping.settleAttempts()
            service.clock.advance(minutes: 9)
            try await service.housekeeping.settleAttempts()
            try await service.housekeeping.turnSendings()
            #expect(try await held.decided(attempt).isEmpty, "a minute is left")
            service.clock.advance(minutes: 1)
            try await service.housekeeping.turnSendings()
            try await service.housekeeping.turnSendings()
            #expect(try await held.decided(attempt) == ["not_sent: unsatisfactory"])
            #expect(try await held.send(attempt).code == "sheets_closed")
            #expect(try await held.grade(attempt, "good").code == "grade_decided")
        }
    }

    @Test("D3 written: typed or sent as files until the deadline; nothing at all is not passed; early hand-in ends it")
    func written() async throws {
        try await TestService.run { service in
            let held = try await Held.make(service, ["form": "written"])
            let attempt = try await service.startedAttempt(held.exam, by: held.candidate)
            #expect(try await held.candidate.post("/v1/attempts/\(attempt)/submit").status == 200)
            #expect(try await held.send(attempt).code == "sheets_closed", "handed in is handed in")
            try await service.housekeeping.turnSendings()
            #expect(try await held.decided(attempt) == ["not_sent: unsatisfactory"])

            let other = try await service.candidate(1)
            let second = Held(service: service, exam: held.exam, candidate: other)
            let file = try await service.startedAttempt(held.exam, by: other)
            let scan = Data("%PDF-1.7 ответ".utf8)
            let sent = try await other.post("/v1/attempts/\(file)/items/1/sheets", type: "application/pdf", scan)
            #expect(sent.status == 201, "\(sent.text)")
            service.clock.advance(minutes: 61)
            try await service.housekeeping.settleAttempts()
            try await service.housekeeping.turnSendings()
            #expect(try await second.decided(file).isEmpty)
            #expect(try await second.send(file).code == "sheets_closed")
            service.clock.advance(minutes: 3)
            try await service.housekeeping.settleAttempts()
            #expect(try await second.grade(file, "satisfactory").status == 201)
        }
    }

    @Test(
        "D3 oral: a slot by candidate with a link, no start outside of it, notes and additional questions, a person's grade"
    )
    func oral() async throws {
        try await TestService.run { service in
            let held = try await Held.make(service, ["form": "oral"])
            let attempt = try await service.attempt(held.exam, by: held.candidate)
            func start() async throws -> Reply { try await held.candidate.post("/v1/attempts/\(attempt)/start") }
            #expect(try await start().faultCodes == ["slot"])
            #expect(try await held.slot(begins: 30).status == 200)
            let other = try await service.candidate(1)
            let begins = service.clock.now.addingTimeInterval(45 * 60).formatted(.iso8601)
            func otherSlot(_ link: String) async throws -> Reply {
                try await held.examiner().put(
                    "/v1/exams/\(held.exam)/slots/\(service.id(of: other))",
                    ["begins_at": .string(begins), "minutes": 20, "link": .string(link)]
                )
            }
            #expect(try await otherSlot("https://vcs.example.org/1").code == "slot_taken")
            #expect(try await otherSlot("https://vcs.example.org/2").status == 200)
            #expect(try await otherSlot("http://vcs.example.org/2").status == 422)
            #expect(try await held.slot(begins: -30).code == "slot_outside")
            let own = try await held.candidate.get("/v1/me/slots").json["slots"]
            #expect(own.array.count == 1 && own[0]["link"] == "https://vcs.example.org/1")
            let told = try await service.notices(of: held.candidate).first?["text"].string
            #expect(told?.contains("https://vcs.example.org/1") == true)
            #expect(try await start().faultCodes == ["slot"], "too early")
            service.clock.advance(minutes: 31)
            let admission = try await held.candidate.get("/v1/exams/\(held.exam)/admission").json
            #expect(admission["may_start"] == true)
            #expect(try await start().json["state"] == "started")

            let path = "/v1/attempts/\(attempt)/notes"
            let answer: JSON = ["kind": "answer", "item": 1, "text": "Ответ полный."]
            #expect(try await held.examiner().post(path, answer).status == 201)
            #expect(try await held.examiner().post(path, answer.with(["item": 40])).code == "item_unknown")
            let question: JSON = ["kind": "additional_question", "text": "Назовите порт SSH."]
            #expect(try await held.examiner().post(path, question).status == 201)
            #expect(try await held.candidate.get(path).status == 403)
            #expect(
                try await held.examiner().get(path).json["notes"].array.map(\.["kind"]) == [
                    "answer", "additional_question",
                ]
            )
            let kept = try service.rawDatabase().column("SELECT CAST(sealed AS TEXT) FROM talk_notes").joined()
            #expect(!kept.contains("порт SSH"))
            #expect(try await held.send(attempt).code == "form_takes_no_sheets")
            #expect(try await held.grade(attempt, "excellent").status == 201, "heard while the time runs")
            #expect(try await held.candidate.get("/v1/attempts/\(attempt)").json["state"] == "submitted")
            #expect(try await held.decided(attempt) == ["examination: excellent"])

            service.clock.advance(minutes: 60)
            let missed = try await service.attempt(held.exam, by: other)
            #expect(try await other.post("/v1/attempts/\(missed)/start").faultCodes == ["slot"], "the time is over")
        }
    }

    @Test(
        "D3 defence: materials before, by a day; without them no start and «неудовлетворительно»; then slot, talk, grade"
    )
    func defence() async throws {
        try await TestService.run { service in
            let due = service.clock.now.addingTimeInterval(3_600).formatted(.iso8601)
            let held = try await Held.make(service, ["form": "defence", "materials_due": .string(due)])
            let attempt = try await service.attempt(held.exam, by: held.candidate)
            let lazy = try await service.candidate(1)
            let without = try await service.attempt(held.exam, by: lazy)
            #expect(try await held.phase(attempt)["phase"] == "materials")
            #expect(try await held.slot(begins: 90).status == 200)
            #expect(try await held.candidate.post("/v1/attempts/\(attempt)/start").faultCodes == ["slot", "materials"])
            let note = Data("%PDF-1.7 пояснительная записка".utf8)
            let path = "/v1/attempts/\(attempt)/items/0/sheets"
            #expect(try await held.candidate.post(path, type: "application/pdf", note).status == 201)
            #expect(try await held.send(attempt, item: 1).code == "item_unknown", "materials belong to no item")
            service.clock.advance(minutes: 61)
            try await service.housekeeping.turnSendings()
            #expect(
                try await held.candidate.post(path, type: "application/pdf", Data("%PDF-1".utf8)).code
                    == "sheets_closed"
            )
            #expect(try await held.decided(attempt).isEmpty)
            let failed = Held(service: service, exam: held.exam, candidate: lazy)
            #expect(try await failed.decided(without) == ["not_sent: unsatisfactory"])
            #expect(try await lazy.post("/v1/attempts/\(without)/start").faultCodes == ["slot", "materials"])
            service.clock.advance(minutes: 30)
            #expect(try await held.candidate.post("/v1/attempts/\(attempt)/start").status == 200)
            #expect(try await held.grade(attempt, "good").status == 201)
        }
    }

    @Test("D3: a form is set before anybody has an attempt; a test is graded by the service, not by an examiner's word")
    func setting() async throws {
        try await TestService.run { service in
            let examiner = try await service.staff(.examiner)
            let exam = try await service.exam(by: examiner)
            let candidate = try await service.candidate(0)
            #expect(try await candidate.get("/v1/exams/\(exam)/form").json["form"] == "test")
            #expect(try await examiner.put("/v1/exams/\(exam)/form", ["form": "defence"]).code == "materials_due")
            let attempt = try await service.startedAttempt(exam, by: candidate)
            #expect(try await examiner.put("/v1/exams/\(exam)/form", ["form": "oral"]).code == "exam_has_attempts")
            _ = try await candidate.post("/v1/attempts/\(attempt)/submit")
            let grade: JSON = ["grade": "excellent"]
            let told = try await examiner.post("/v1/attempts/\(attempt)/examination-grade", grade)
            #expect(told.code == "form_has_no_talk")
            #expect(try await candidate.post("/v1/attempts/\(attempt)/examination-grade", grade).status == 403)
        }
    }
}
