import Accounts
import Foundation
import TestSupport
import Testing
import Workflows

@Suite("D9 Schedule of exams")
struct ScheduleTests {
    private func form(_ service: TestService, days: Double, _ changes: [String: JSON] = [:]) -> JSON {
        func time(_ days: Double) -> JSON {
            .string(service.clock.now.addingTimeInterval(days * 86_400).formatted(.iso8601))
        }
        return JSON.object(["opens_at": time(days), "closes_at": time(days + 0.25), "groups": ["ИБ-21"]]).with(changes)
    }

    @Test(
        "D9: published a week before; within the week only with a reason; candidates are told of changes, and the window moves"
    )
    func week() async throws {
        try await TestService.run { service in
            let examiner = try await service.staff(.examiner)
            let exam = try await service.exam(by: examiner)
            let path = "/v1/exams/\(exam)/schedules"
            let candidate = try await service.candidate(0)
            #expect(try await examiner.post(path, form(service, days: 6.9)).code == "schedule_week")
            let first = try await examiner.post(path, form(service, days: 10, ["place": "https://vcs.example.org/ib"]))
            #expect(first.status == 201 && first.json["reason"] == .null, "\(first.text)")
            let attempt = try await service.attempt(exam, by: candidate)
            #expect(
                try await candidate.post("/v1/attempts/\(attempt)/start").code == "exam_not_open",
                "the window is the schedule's"
            )
            #expect(try await service.notices(of: candidate).isEmpty, "a first publication is no change")

            service.clock.advance(minutes: 4 * 24 * 60)
            let again = try await service.again("examiner")
            // In six days' time; moving it away is as late as moving it nearer.
            #expect(try await again.post(path, form(service, days: 20)).code == "schedule_week")
            let moved = try await again.post(path, form(service, days: 1, ["reason": "Болезнь преподавателя"]))
            #expect(moved.status == 201 && moved.json["number"] == 2, "\(moved.text)")
            let person = try await service.logIn("candidate0@example.org", "correct horse battery 0", role: "candidate")
            let notice = try #require(try await service.notices(of: person).first)
            #expect(notice["topic"] == "exam_schedule" && notice["about"].string == exam)
            #expect(notice["text"].string?.contains("Болезнь преподавателя") == true)
            #expect(try await service.notices(of: service.candidate(1)).isEmpty, "who does not sit it is not told")

            service.clock.advance(minutes: 24 * 60 + 1)
            let late = try await service.again("examiner").post(path, form(service, days: 30, ["reason": "Передумали"]))
            #expect(late.code == "exam_begun")
            let today = try await service.logIn("candidate0@example.org", "correct horse battery 0", role: "candidate")
            #expect(try await today.post("/v1/attempts/\(attempt)/start").json["state"] == "started")
            let history = try await service.again("examiner").get(path).json["schedules"].array
            #expect(history.map(\.["number"].int) == [1, 2], "what stood before stays")
            let entries = try service.rawDatabase().column(
                "SELECT CAST(body AS TEXT) FROM log_entries WHERE kind = 'exam_schedule'"
            )
            #expect(entries.count == 2 && entries[1].contains("\"late\":true"))
        }
    }

    @Test("D9: who waits is not expired by the old window, and is by the new one")
    func waiting() async throws {
        try await TestService.run { service in
            let examiner = try await service.staff(.examiner)
            let exam = try await service.exam(by: examiner)
            let candidate = try await service.candidate(0)
            let attempt = try await service.attempt(exam, by: candidate)
            #expect(try await examiner.post("/v1/exams/\(exam)/schedules", form(service, days: 40)).status == 201)
            service.clock.advance(minutes: 35 * 24 * 60)
            try await service.housekeeping.settleAttempts()
            func state() throws -> [String] {
                try service.rawDatabase().column("SELECT state FROM attempts WHERE id = '\(attempt)'")
            }
            #expect(try state() == ["ready_to_start"] || state() == ["created"])
            service.clock.advance(minutes: 6 * 24 * 60)
            try await service.housekeeping.settleAttempts()
            #expect(try state() == ["expired"])
        }
    }

    @Test("D9: the schedule is shown in UTC and in the candidate's time, by group, and knows its time zones")
    func localTime() async throws {
        try await TestService.run { service in
            let examiner = try await service.staff(.examiner)
            let exam = try await service.exam(by: examiner)
            let times: [String: JSON] = ["opens_at": "2026-03-20T09:00:00Z", "closes_at": "2026-03-20T12:00:00Z"]
            #expect(
                try await examiner.post("/v1/exams/\(exam)/schedules", form(service, days: 10, times)).status == 201
            )
            let candidate = try await service.candidate(0)
            func seen(_ query: String) async throws -> JSON {
                try await candidate.get("/v1/schedule\(query)").json["exams"]
            }
            let far = try await seen("?time_zone=Asia/Vladivostok")
            #expect(far[0]["opens_at"].string?.hasPrefix("2026-03-20T09:00:00") == true)
            #expect(
                far[0]["opens_at_local"] == "2026-03-20T19:00:00+10:00" && far[0]["time_zone"] == "Asia/Vladivostok"
            )
            #expect(try await seen("?time_zone=America/St_Johns")[0]["opens_at_local"] == "2026-03-20T06:30:00-02:30")
            #expect(try await seen("")[0]["opens_at_local"] == .null)
            #expect(try await candidate.get("/v1/schedule?time_zone=Mars/Olympus").code == "time_zone_unknown")
            let other = "%D0%98%D0%91-22"
            #expect(try await seen("?group=\(other)").array.isEmpty)
            #expect(try await seen("?group=%D0%98%D0%91-21").array.count == 1)
            service.clock.advance(minutes: 20 * 24 * 60)
            let later = try await service.logIn("candidate0@example.org", "correct horse battery 0", role: "candidate")
            #expect(try await later.get("/v1/schedule").json["exams"].array.isEmpty, "what is over is not shown")
        }
    }

    @Test("D12, D9: who is named as examiner in the schedule does not sit in the appeal's commission")
    func examiners() async throws {
        try await TestService.run { service in
            let examiner = try await service.staff(.examiner)
            let exam = try await service.exam(by: examiner)
            let named = try await service.colleague("named")
            let changes: [String: JSON] = [
                "opens_at": .string(service.clock.now.formatted(.iso8601)), "reason": "Срочно",
                "examiners": [.string(named.id)],
            ]
            let published = try await examiner.post("/v1/exams/\(exam)/schedules", form(service, days: 1, changes))
            #expect(published.status == 201, "\(published.text)")
            let candidate = try await service.candidate(0)
            let attempt = try await service.startedAttempt(exam, by: candidate)
            #expect(try await candidate.post("/v1/attempts/\(attempt)/submit").status == 200)
            let appeal = try await candidate.post(
                "/v1/appeals",
                ["attempt_id": .string(attempt), "grounds": "result", "text": "Не согласен с оценкой."]
            )
            let people = [try await service.colleague("one").id, try await service.colleague("two").id]
            let office = try await service.staff(.administrator)
            let reply = try await office.post(
                "/v1/appeals/\(appeal.json["id"].string ?? "")/commission",
                service.commission(named.id, people, more: ["examiner": [.string(people[0])]])
            )
            #expect(reply.code == "conflict_of_interest")
        }
    }

    @Test("D9: the own exams come as a calendar; a move is the same event with a greater number, others' are not in it")
    func calendar() async throws {
        try await TestService.run { service in
            let examiner = try await service.staff(.examiner)
            let exam = try await service.exam(by: examiner)
            let (own, other) = (try await service.candidate(0), try await service.candidate(1))
            _ = try await service.group("ИБ-21", kind: "study", people: [0])
            let times: [String: JSON] = [
                "opens_at": "2026-03-20T09:00:00Z", "closes_at": "2026-03-20T12:00:00Z", "place": "Ауд. 5; корп. 2",
            ]
            let path = "/v1/exams/\(exam)/schedules"
            #expect(try await examiner.post(path, form(service, days: 10, times)).status == 201)
            func lines(_ client: Client) async throws -> [String] {
                let reply = try await client.get("/v1/me/schedule")
                #expect(reply.status == 200 && reply.header("Content-Type") == "text/calendar; charset=utf-8")
                return reply.text.replacing("\r\n ", with: "").components(separatedBy: "\r\n")
            }
            let first = try await lines(own)
            #expect(first.contains("UID:\(exam)@attestd") && first.contains("SEQUENCE:0"), "\(first)")
            #expect(first.contains("DTSTART:20260320T090000Z") && first.contains("DTEND:20260320T120000Z"))
            #expect(first.contains("LOCATION:Ауд. 5\\; корп. 2"))
            #expect(first.contains { $0.contains("20.03.2026 12:00 (Europe/Moscow)") })
            #expect(try await !lines(other).contains("BEGIN:VEVENT"), "another group's exam")
            _ = try await service.attempt(exam, by: other)
            #expect(try await lines(other).contains("UID:\(exam)@attestd"), "who has an attempt sits it")
            let moved = times.merging(["opens_at": "2026-03-20T10:00:00Z"]) { $1 }
            #expect(try await examiner.post(path, form(service, days: 10, moved)).status == 201)
            let second = try await lines(own)
            #expect(second.contains("UID:\(exam)@attestd") && second.contains("SEQUENCE:1"))
            #expect(second.contains("DTSTART:20260320T100000Z") && second.filter { $0 == "BEGIN:VEVENT" }.count == 1)
            #expect(try await examiner.get("/v1/me/schedule").status == 403)
        }
    }
}
