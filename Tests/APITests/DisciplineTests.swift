import Accounts
import Foundation
import TestSupport
import Testing
import Workflows

@Suite("F7 Disciplinary cases and expulsion")
struct DisciplineTests {
    /// A reported case, with its people.
    private struct Reported {
        let service: TestService
        let candidate: Client
        let candidateID: String
        let id: String

        var path: String { "/v1/disciplinary-cases/\(id)" }

        static func make(_ service: TestService) async throws -> Reported {
            let candidate = try await service.candidate(0)
            let examiner = try await service.staff(.examiner)
            _ = try await service.addStaff("office@example.org", .administrator)
            let account = try await service.id(of: candidate)
            let reply = try await examiner.post(
                "/v1/disciplinary-cases",
                ["candidate_id": .string(account), "day": "2026-03-01", "text": "Пытался сдать экзамен за другого."]
            )
            let id = try #require(reply.json["id"].string, "\(reply.text)")
            return Reported(service: service, candidate: candidate, candidateID: account, id: id)
        }

        func office() async throws -> Client { try await service.again("office", .administrator) }

        func step(_ step: String, _ body: JSON = [:]) async throws -> Reply {
            let office = try await office()
            return body == [:]
                ? try await office.post("\(path)/\(step)") : try await office.post("\(path)/\(step)", body)
        }

        /// The candidate, logged in anew.
        func person() async throws -> Client {
            try await service.logIn("candidate0@example.org", "correct horse battery 0", role: "candidate")
        }
    }

    private static let measure: JSON = [
        "measure": "reprimand", "text": "Грубое нарушение, ранее взысканий не было.", "protected": false,
    ]

    @Test("F7: explanation asked for, three study days, act, measure, order, and the order made known by reading it")
    func whole() async throws {
        try await TestService.run { service in
            let reported = try await Reported.make(service)
            #expect(try await reported.step("explanation-request").json["state"] == "explanation_requested")
            let asked = try #require(try await service.notices(of: reported.candidate).first)
            #expect(asked["text"].string?.contains("представить письменное объяснение") == true)
            let act: JSON = ["text": "Объяснение не представлено.", "act_number": "4"]
            #expect(try await reported.step("act", act).code == "case_term_runs")
            #expect(try await reported.step("measure", Self.measure).code == "case_step_not_now")
            // Monday 2 March, noon in Moscow; the term is over with Thursday.
            service.clock.advance(minutes: 3 * 24 * 60)
            #expect(try await reported.step("act", act).code == "case_term_runs")
            service.clock.advance(minutes: 13 * 60)
            try await service.housekeeping.turnCases()
            let overdue = try await reported.office().get("/v1/cases?overdue_at=2026-03-06T00:00:00Z").json["cases"]
            #expect(overdue.array.map(\.["id"].string) == [reported.id])
            #expect(overdue[0]["terms"][0]["is_over"] == true)
            #expect(try await reported.step("act", act).json["state"] == "act_drawn")

            let reporter = try await service.again("examiner")
            #expect(try await reporter.post("\(reported.path)/measure", Self.measure).status == 403)
            #expect(
                try await reported.step("measure", Self.measure.with(["protected": true])).code == "person_protected"
            )
            let expelled = Self.measure.with(["measure": "expulsion"])
            #expect(try await reported.step("measure", expelled).code == "expulsion_not_in_contract")
            #expect(try await reported.step("illness", ["since_day": "2026-03-05"]).status == 200)
            #expect(try await reported.step("measure", Self.measure).code == "case_person_ill")
            #expect(try await reported.step("recovery", ["until_day": "2026-03-06"]).status == 200)
            #expect(try await reported.step("measure", Self.measure).json["state"] == "measure_chosen")
            #expect(
                try await reported.step("measure", Self.measure).code == "case_step_not_now",
                "one measure for one act"
            )
            let order: JSON = ["order_number": "3-д", "order_day": "2026-03-06", "text": "Объявить выговор."]
            #expect(try await reported.step("order", order).json["state"] == "ordered")
            let person = try await reported.person()
            #expect(try await person.get("/v1/cases/\(reported.id)").json["state"] == "ordered", "a list is not read")
            try await service.read("order", by: person)
            try await service.read("order", by: person)
            let closed = try await person.get("/v1/cases/\(reported.id)").json
            #expect(closed["state"] == "made_known")
            #expect(closed["records"].array.filter { $0["step"] == "reading" }.count == 1)

            let database = try service.rawDatabase()
            #expect(throws: (any Error).self) { try database.execute("DELETE FROM case_records") }
            #expect(throws: (any Error).self) { try database.execute("UPDATE case_records SET at = 0") }
            let kept = try database.column("SELECT document FROM case_records").joined()
            for word in ["за другого", "выговор", "Грубое", "protected"] { #expect(!kept.contains(word), "\(word)") }
        }
    }

    @Test(
        "F7: a measure of expulsion begins an expulsion; it takes a notice, ten days from its receipt, an order; the contract ends"
    )
    func expulsion() async throws {
        try await TestService.run { service in
            let reported = try await Reported.make(service)
            _ = try await reported.step("explanation-request")
            let words: JSON = ["text": "Признаю, больше не повторится."]
            #expect(
                try await reported.candidate.post("\(reported.path)/explanation", words).json["state"] == "explained"
            )
            let expelled = Self.measure.with(["measure": "expulsion", "in_contract": true])
            #expect(try await reported.step("measure", expelled).status == 200)
            let seen = try await service.again("examiner").get("/v1/cases/\(reported.id)")
            #expect(seen.json["state"] == "measure_chosen" && seen.text.contains("за другого"), "the own words")
            for word in ["не повторится", "Грубое", "expulsion", "protected"] {
                #expect(!seen.text.contains(word), "who reported sees no explanation, measure or health: \(word)")
            }
            let order: JSON = ["order_number": "9-д", "order_day": "2026-03-02", "text": "Применить отчисление."]
            #expect(try await reported.step("order", order).status == 200)

            let office = try await reported.office()
            let begun = try await office.get("/v1/cases?kind=expulsion").json["cases"]
            let id = try #require(begun[0]["id"].string)
            #expect(begun[0]["parent_id"].string == reported.id && begun[0]["state"] == "prepared")
            let path = "/v1/expulsions/\(id)"
            let notice: JSON = ["text": "Уведомляем о возможности отчисления.", "customer": "two_party"]
            #expect(try await office.post("\(path)/notice", notice).json["state"] == "notified")
            let contract: JSON = [
                "order_number": "20-о", "order_day": "2026-03-20", "text": "Отчислить.", "contract": "17-0/2026",
            ]
            #expect(try await office.post("\(path)/order", contract).code == "case_term_runs")
            try await service.read("notice", by: reported.candidate)
            service.clock.advance(minutes: 10 * 24 * 60)
            let early = try await reported.office().post("\(path)/order", contract)
            #expect(early.code == "case_term_runs", "ten days from the receipt are not over before the day's end")
            service.clock.advance(minutes: 24 * 60)
            let foreign = try await reported.office().post("\(path)/order", contract.with(["contract": "17-1/2026"]))
            #expect(foreign.code == "contract_of_others")
            let done = try await reported.office().post("\(path)/order", contract)
            #expect(done.json["state"] == "ordered", "\(done.text)")
            #expect(done.json["terms"].array.map(\.["id"]) == ["certificate"])
            let exam = try await service.exam(by: service.again("examiner"))
            let person = try await reported.person()
            #expect(try await person.post("/v1/exams/\(exam)/attempts").code == "contracts_ended")
            let certificate = try await reported.office().post("\(path)/certificate", ["certificate_number": "5"])
            #expect(certificate.json["is_closed"] == true)
        }
    }

    @Test("F7: who leaves of their own will applies; a customer of the contract must consent")
    func ownWill() async throws {
        try await TestService.run { service in
            let candidate = try await service.candidate(0)
            let form: JSON = ["text": "Прошу отчислить по собственному желанию.", "customer": "three_party"]
            #expect(try await candidate.post("/v1/me/expulsions", form).code == "customer_consent_missing")
            let filed = try await candidate.post(
                "/v1/me/expulsions",
                form.with(["consent": "Письмо ООО от 01.03.2026"])
            )
            #expect(filed.json["state"] == "applied", "\(filed.text)")
            let office = try await service.staff(.administrator)
            let path = "/v1/expulsions/\(filed.json["id"].string ?? "")"
            let order: JSON = [
                "order_number": "1-о", "order_day": "2026-03-02", "text": "Отчислить.", "contract": "17-0/2026",
            ]
            #expect(try await office.post("\(path)/order", order).json["state"] == "ordered")
        }
    }

    @Test("F7: the kinds of case describe themselves, and whose key is destroyed is erased from their cases")
    func erased() async throws {
        try await TestService.run { service in
            let reported = try await Reported.make(service)
            let kinds = try await reported.candidate.get("/v1/case-kinds").json["kinds"].array
            #expect(Set(kinds.map(\.["kind"])) == ["appeal", "credit_transfer", "retake", "discipline", "expulsion"])
            try service.rawDatabase().execute("DELETE FROM person_keys WHERE account_id = '\(reported.candidateID)'")
            let sheet = try await reported.office().get("/v1/cases/\(reported.id)")
            #expect(sheet.json["is_erased"] == true && !sheet.text.contains("за другого"))
            #expect(sheet.json["records"][0]["values"] == ["day": "2026-03-01"])
        }
    }

    @Test("F7: terms count by the institution's calendar, and say where a year's days off are not decided")
    func calendar() async throws {
        try await TestService.run { service in
            // Friday 6 March 2026: the Monday after is free for 8 March.
            service.clock.advance(minutes: 4 * 24 * 60)
            let reported = try await Reported.make(service)
            let terms = try await reported.office().get("/v1/cases/\(reported.id)").json["terms"].array
            let request = try #require(terms.first { $0["id"] == "request" })
            #expect(request["ends_at"].string?.hasPrefix("2026-03-10T20:59:59") == true, "\(request)")
            #expect(request["is_provisional"] == false)
            // The last working day of a year for which the next one's days off are unknown.
            service.clock.advance(minutes: 664 * 24 * 60)
            let later = try await service.again("examiner").post(
                "/v1/disciplinary-cases",
                ["candidate_id": .string(reported.candidateID), "day": "2027-12-30", "text": "Шумел в библиотеке."]
            )
            let id = try #require(later.json["id"].string, "\(later.text)")
            let unsure = try await reported.office().get("/v1/cases/\(id)").json["terms"].array
            let term = try #require(unsure.first { $0["id"] == "request" })
            #expect(term["ends_at"].string?.hasPrefix("2028-01-10T20:59:59") == true, "\(term)")
            #expect(term["is_provisional"] == true)
        }
    }
}
