import Accounts
import Foundation
import TestSupport
import Testing

@Suite("D2 Question banks and exams")
struct ExamTests {
    @Test("D1: an import says what was read and what was not, with lines")
    func importReport() async throws {
        try await TestService.run { service in
            let examiner = try await service.staff(.examiner)
            let gift = "::Хороший::Дважды два? {=четыре ~пять}\n\n::Плохой::Без конца {=a\n\n::Ещё::Верно? {T}\n"
            let target = "/v1/question-banks/IB/imports"
            let reply = try await examiner.post(target, type: "text/plain; charset=utf-8", Data(gift.utf8))
            #expect(reply.status == 200)
            #expect(reply.json["not_read"].int ?? 0 >= 1)
            let problem = reply.json["problems"][0]
            #expect(problem["line"].int == 3)
            #expect(problem["detail"].string?.contains(/[а-яё]/) == true)
            let bank = try await examiner.get("/v1/question-banks/IB").json
            #expect(bank["questions"] == reply.json["read"])
            #expect(try await examiner.get("/v1/question-banks/other").json["questions"] == 0)
        }
    }

    @Test("D1: a discipline's name may be Russian, and an import must say its type")
    func disciplineNames() async throws {
        try await TestService.run { service in
            let examiner = try await service.staff(.examiner)
            let name = "%D0%A1%D0%B5%D1%82%D0%B8%20%26%20%D0%BF%D1%80%D0%B0%D0%B2%D0%BE"
            let gift = Data(TestBank.gift.utf8)
            let reply = try await examiner.post("/v1/question-banks/\(name)/imports", type: "text/plain", gift)
            #expect(reply.json["read"].int == TestBank.count)
            #expect(try await examiner.get("/v1/question-banks/\(name)").json["discipline"] == "Сети & право")
            let untyped = try await examiner.post("/v1/question-banks/\(name)/imports", type: "application/json", gift)
            #expect(untyped.status == 415)
            let long = String(repeating: "x", count: 101)
            #expect(try await examiner.get("/v1/question-banks/\(long)").status == 404)
        }
    }

    @Test("D2: an exam is published with a commitment to its secret, and candidates see it")
    func publish() async throws {
        try await TestService.run { service in
            let examiner = try await service.staff(.examiner)
            let id = try await service.exam(by: examiner)
            let candidate = try await service.candidate(0)
            let exam = try await candidate.get("/v1/exams/\(id)").json
            #expect(exam["items"].int == TestBank.closedCount)
            #expect(exam["secret_sha256"].string?.count == 64)
            #expect(try await candidate.get("/v1/exams").json["exams"].array == [exam])
            let entry = try #require(
                try service.rawDatabase().column("SELECT CAST(body AS TEXT) FROM log_entries WHERE kind = 'exam'").first
            )
            #expect(entry.contains(exam["secret_sha256"].string ?? "-"))
        }
    }

    static let insufficient: [(sections: JSON, word: String)] = [
        ([["count": 50]], "50"),
        ([["count": 1, "topic": "Философия"]], "Философия"),
        ([["count": 2, "difficulty": 5]], "2"),
        ([["count": 1, "credit_unit": 7]], "1"),
        ([["count": 7], ["count": 1, "types": ["essay"]]], "8"),
    ]

    @Test("D2: where the bank does not suffice the exam is refused in words", arguments: insufficient)
    func insufficientBank(sections: JSON, word: String) async throws {
        try await TestService.run { service in
            let examiner = try await service.staff(.examiner)
            _ = try await service.exam(by: examiner)
            let reply = try await examiner.post("/v1/exams", service.examForm().with(["sections": sections]))
            #expect(reply.status == 422)
            #expect(reply.code == "blueprint_not_met")
            let reasons = reply.json["faults"].array.compactMap { $0["detail"].string }
            #expect(!reasons.isEmpty)
            #expect(reasons.allSatisfy { $0.contains(/[а-яё]/) })
            #expect(reasons.contains { $0.contains(word) }, "\(reasons)")
            #expect(try service.rawDatabase().count("exams") == 1)
        }
    }

    @Test("D2: an exam over an empty bank is refused")
    func emptyBank() async throws {
        try await TestService.run { service in
            let examiner = try await service.staff(.examiner)
            let reply = try await examiner.post("/v1/exams", service.examForm(discipline: "nothing"))
            #expect(reply.status == 422)
            #expect(reply.code == "blueprint_not_met")
        }
    }

    @Test(
        "D2: times come back as the moments that were sent, from the first year to the last",
        arguments: [
            ("0468-07-30T19:50:37.1Z", "0468-07-30T19:50:37.100Z"),
            ("1582-10-10T00:00:00Z", "1582-10-10T00:00:00.000Z"),
            ("1900-02-28T23:59:59+14:00", "1900-02-28T09:59:59.000Z"),
            ("2024-02-29T12:00:00.999-11:30", "2024-02-29T23:30:00.999Z"),
        ]
    )
    func times(sent: String, told: String) async throws {
        try await TestService.run { service in
            let examiner = try await service.staff(.examiner)
            let exam = try await service.exam(by: examiner, changes: ["opens_at": .string(sent)])
            let reply = try await examiner.get("/v1/exams/\(exam)")
            #expect(reply.json["opens_at"].string == told)
        }
    }

    @Test("D2: no millisecond of a time is lost on its way through the database, however often it is rewritten")
    func milliseconds() async throws {
        let clock = TestClock()
        try await TestService.run(clock: clock) { service in
            let exam = try await service.exam(by: service.staff(.examiner))
            for number in 0..<8 {
                clock.advance(seconds: 1.001)
                let candidate = try await service.candidate(number)
                let attempt = try await service.attempt(exam, by: candidate)
                let started = try await candidate.post("/v1/attempts/\(attempt)/start")
                #expect(started.json["started_at"].string?.hasSuffix(".00\(number + 1)Z") == true, "\(started.text)")
                let read = try await candidate.get("/v1/attempts/\(attempt)").json
                #expect(read["started_at"] == started.json["started_at"])
                #expect(read["deadline"] == started.json["deadline"])
                let submitted = try await candidate.post("/v1/attempts/\(attempt)/submit").json
                #expect(submitted["started_at"] == started.json["started_at"])
                #expect(try await candidate.get("/v1/attempts/\(attempt)").json == submitted)
            }
        }
    }

    @Test("D2: an exam that closes before it opens is refused")
    func emptyWindow() async throws {
        try await TestService.run { service in
            let examiner = try await service.staff(.examiner)
            _ = try await service.exam(by: examiner)
            let window: [String: JSON] = ["opens_at": "2026-05-02T09:00:00Z", "closes_at": "2026-05-02T12:00:00+03:00"]
            let reply = try await examiner.post("/v1/exams", service.examForm().with(window))
            #expect(reply.status == 422)
            #expect(reply.code == "window_empty")
        }
    }

    @Test("D2: publishing again with the same Idempotency-Key makes no second exam")
    func idempotency() async throws {
        try await TestService.run { service in
            let examiner = try await service.staff(.examiner)
            _ = try await service.exam(by: examiner)
            let form = service.examForm()
            let first = try await examiner.post("/v1/exams", form, key: "publish-1")
            let again = try await examiner.post("/v1/exams", form, key: "publish-1")
            #expect(first.status == 201)
            #expect(again.json == first.json)
            let other = try await examiner.post("/v1/exams", form.with(["title": "Другой"]), key: "publish-1")
            #expect(other.code == "idempotency_key_reused")
            #expect(try service.rawDatabase().count("exams") == 2)
        }
    }

    @Test("D2: exams are listed newest first, a page at a time")
    func paging() async throws {
        try await TestService.run { service in
            let examiner = try await service.staff(.examiner)
            var made: [String] = []
            for _ in 0..<5 { made.append(try await service.exam(by: examiner)) }
            var seen: [String] = []
            var target = "/v1/exams?limit=2"
            while true {
                let page = try await examiner.get(target).json["exams"].array.compactMap { $0["id"].string }
                guard let last = page.last else { break }
                #expect(page.count <= 2)
                seen += page
                target = "/v1/exams?limit=2&before=\(last)"
            }
            #expect(seen == made.reversed())
        }
    }
}
