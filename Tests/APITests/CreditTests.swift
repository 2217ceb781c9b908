import Accounts
import Foundation
import TestSupport
import Testing

@Suite("D13 Credit for earlier study, and retakes")
struct CreditTests {
    private static let earlier: JSON = [
        "discipline": "Основы ИБ", "earlier_discipline": "Информационная безопасность", "earlier_units": 400,
        "earlier_form": "exam", "earlier_grade": "good",
    ]

    @Test("D13: application with the paper, comparison by hours and form, minutes, order; the regulation's way only")
    func credited() async throws {
        try await TestService.run { service in
            let candidate = try await service.candidate(0)
            let office = try await service.staff(.administrator)
            let filed = try await candidate.post(
                "/v1/credit-transfers",
                ["items": [Self.earlier], "paper": "Диплом бакалавра 107704 0012345"]
            )
            let id = try #require(filed.json["id"].string, "\(filed.text)")
            let path = "/v1/credit-transfers/\(id)"
            func compare(_ more: [String: JSON]) async throws -> Reply {
                let row = Self.earlier.with(["units": 300, "form": "pass", "similar": true, "way": "transfer"]).with(
                    more
                )
                return try await office.post("\(path)/comparison", ["items": [row]])
            }
            #expect(try await compare([:]).code == "case_documents_missing")
            let nonsense = try await candidate.post(
                "/v1/cases/\(id)/documents",
                type: "application/pdf",
                Data("да".utf8)
            )
            #expect(nonsense.status >= 400)
            let paper = Data("%PDF-1.4\nдиплом".utf8)
            let attached = try await candidate.post("/v1/cases/\(id)/documents", type: "application/pdf", paper)
            #expect(attached.status == 201, "\(attached.text)")
            let number = attached.json["records"].array.last?["number"].int ?? 0
            let back = try await office.get("/v1/cases/\(id)/documents/\(number)")
            #expect(back.body == paper && back.header("Content-Disposition")?.hasPrefix("attachment") == true)
            let stranger = try await service.candidate(1)
            #expect(try await stranger.get("/v1/cases/\(id)/documents/\(number)").status == 403)

            // S1 6.15: an exam of 4 units stands for a pass of 3, not for an exam of 5, nor for other content.
            #expect(try await compare(["way": "reattestation"]).code == "credit_way")
            #expect(try await compare(["units": 500]).code == "credit_way")
            #expect(try await compare(["similar": false]).code == "credit_way")
            #expect(try await compare([:]).json["state"] == "compared")

            let chair = try await service.colleague("chair")
            let members = [try await service.colleague("first").id, try await service.colleague("second").id]
            let appointed = try await office.post("\(path)/commission", service.commission(chair.id, members))
            #expect(appointed.json["state"] == "commission_appointed", "\(appointed.text)")
            func decide(_ more: [String: JSON]) async throws -> Reply {
                try await chair.client.post(
                    "\(path)/minutes",
                    service.minutes([chair.id] + members, more: ["outcome": "credited"].merging(more) { $1 })
                )
            }
            #expect(try await decide([:]).code == "credit_items")
            let credited: JSON = ["discipline": "Основы ИБ", "units": 300, "grade": "passed", "way": "transfer"]
            #expect(try await decide(["items": [credited]]).json["state"] == "decided")
            let order = try await office.post("\(path)/order", ["order_number": "12-з", "order_day": "2026-03-03"])
            #expect(order.json["state"] == "ordered" && order.json["is_closed"] == true)
            let seen = try await candidate.get("/v1/cases/\(id)").json
            let minutes = seen["records"].array.first { $0["step"] == "minutes" }
            #expect(minutes?["values"]["items"][0] == credited)
            let letters = try await service.notices(of: candidate)
            #expect(letters.first?["text"].string?.contains("12-з") == true)
        }
    }

    @Test("D13: re-attestation names where the programmes can be read, and a refusal lists nothing")
    func refused() async throws {
        try await TestService.run { service in
            let candidate = try await service.candidate(0)
            let office = try await service.staff(.administrator)
            let filed = try await candidate.post("/v1/credit-transfers", ["items": [Self.earlier], "paper": "Справка"])
            let path = "/v1/credit-transfers/\(filed.json["id"].string ?? "")"
            let papers = "/v1/cases/\(filed.json["id"].string ?? "")/documents"
            _ = try await candidate.post(papers, type: "application/pdf", Data("%PDF-1.7".utf8))
            let row = Self.earlier.with(["units": 500, "form": "exam", "similar": true, "way": "reattestation"])
            #expect(try await office.post("\(path)/comparison", ["items": [row]]).status == 200)
            let chair = try await service.colleague("chair")
            let members = [try await service.colleague("first").id, try await service.colleague("second").id]
            _ = try await office.post("\(path)/commission", service.commission(chair.id, members))
            let meeting: JSON = ["meeting_at": "2026-03-10T09:00:00Z", "place": "ауд. 14"]
            #expect(try await office.post("\(path)/reattestation", meeting).status == 422)
            let set = try await office.post(
                "\(path)/reattestation",
                meeting.with(["programmes": "https://lk.example.org/rpd/ib; консультация 9 марта"])
            )
            #expect(set.json["state"] == "reattestation_set", "\(set.text)")
            #expect(try await service.notices(of: candidate).first?["text"].string?.contains("rpd/ib") == true)
            let refused = try await chair.client.post(
                "\(path)/minutes",
                service.minutes([chair.id] + members, more: ["outcome": "refused"])
            )
            #expect(refused.json["state"] == "refused", "\(refused.text)")
            #expect(
                try await office.post("\(path)/order", ["order_number": "1", "order_day": "2026-03-03"]).status == 409
            )
        }
    }

    @Test("Retakes: another exam of the discipline, two at most, the second before a commission, none without a debt")
    func retakes() async throws {
        try await TestService.run { service in
            let failed = try await FailedSitting.make(service)
            let candidate = failed.sitting.candidate
            let office = try await service.staff(.administrator)
            let examiner = try await failed.sitting.examiner()
            let second = try await service.exam(by: examiner)
            let foreign = try await service.exam(by: examiner, discipline: "OS")
            func ask() async throws -> String {
                let reply = try await candidate.post("/v1/retakes", ["attempt_id": .string(failed.sitting.attempt)])
                return try #require(reply.json["id"].string, "\(reply.text)")
            }
            func grant(_ id: String, _ exam: String, _ number: Int, more: [String: JSON] = [:]) async throws -> Reply {
                try await office.post(
                    "/v1/retakes/\(id)/grant",
                    JSON.object(["exam_id": .string(exam), "number": .number(Double(number))]).with(more)
                )
            }
            let first = try await ask()
            #expect(try await grant(first, foreign, 1).code == "retake_exam")
            #expect(try await grant(first, failed.sitting.exam, 1).code == "retake_exam")
            #expect(try await grant(first, second, 2).code == "retake_number")
            let granted = try await grant(first, second, 1)
            #expect(granted.json["state"] == "granted", "\(granted.text)")
            #expect(try await office.post("/v1/retakes/\(first)/complete", ["outcome": "failed"]).status == 200)

            let another = try await ask()
            #expect(try await grant(another, second, 1).code == "retake_number")
            #expect(try await grant(another, second, 2).code == "retake_commission")
            let chair = try await service.colleague("chair").id
            let members: JSON = [
                .string(try await service.colleague("one").id), .string(try await service.colleague("two").id),
            ]
            let commission: [String: JSON] = ["chair": [.string(chair)], "members": members]
            #expect(try await grant(another, second, 2, more: commission).status == 200)
            #expect(try await office.post("/v1/retakes/\(another)/complete", ["outcome": "absent"]).status == 200)
            let third = try await ask()
            #expect(try await grant(third, second, 2, more: commission).code == "retake_number")
            let passed = try await service.candidate(1)
            let attempt = try await service.startedAttempt(failed.sitting.exam, by: passed)
            for item in try await passed.get("/v1/attempts/\(attempt)/ticket").json["items"].array {
                let number = item["number"].int ?? 0
                _ = try await passed.put("/v1/attempts/\(attempt)/answers/\(number)", TestBank.rightAnswer(to: item))
            }
            _ = try await passed.post("/v1/attempts/\(attempt)/submit")
            #expect(try await passed.post("/v1/retakes", ["attempt_id": .string(attempt)]).code == "no_debt")
        }
    }
}
