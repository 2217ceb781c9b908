import Accounts
import Foundation
import Storage
import TestSupport
import Testing
import TransparencyLog
import Workflows

@Suite("D2 Groups, what was shown before, and the secret that is opened")
struct ExamGroupTests {
    /// Twenty statements, and two that are hard.
    private static let gift =
        (1...20).map { "::В\($0)::Утверждение \($0). {T}" }.joined(separator: "\n\n")
        + "\n\n// [tag:difficulty=5] [tag:pool=трудные]\n::Т1::Трудное 1. {T}"
        + "\n\n// [tag:difficulty=5] [tag:pool=трудные]\n::Т2::Трудное 2. {F}\n"

    private func examiner(_ service: TestService) async throws -> Client {
        let examiner = try await service.staff(.examiner)
        let target = "/v1/question-banks/groups/imports"
        let reply = try await examiner.post(target, type: "text/plain", Data(Self.gift.utf8))
        try #require(reply.json["added"] == 22, "\(reply.text)")
        return examiner
    }

    private func group(_ name: String, _ members: [Client], _ service: TestService) async throws -> JSON {
        var ids: [JSON] = []
        for member in members { ids.append(.string(try await service.id(of: member))) }
        return ["name": .string(name), "members": .array(ids)]
    }

    private func questions(of attempt: String, _ client: Client) async throws -> Set<String> {
        let items = try await client.get("/v1/attempts/\(attempt)/ticket").json["items"].array
        return Set(items.compactMap { $0["prompt"]["text"].string })
    }

    @Test("D2: two groups get no question in common, and who is in no group is told so")
    func groups() async throws {
        try await TestService.run { service in
            let examiner = try await examiner(service)
            var candidates: [Client] = []
            for number in 0..<5 { candidates.append(try await service.candidate(number)) }
            let groups: JSON = [
                try await group("А", Array(candidates[0..<2]), service),
                try await group("Б", Array(candidates[2..<4]), service),
            ]
            let form = service.examForm(discipline: "groups").with(["sections": [["count": 5]], "groups": groups])
            let exam = try await examiner.post("/v1/exams", form)
            #expect(exam.status == 201, "\(exam.text)")
            #expect(exam.json["plan_sha256"].string?.count == 64)
            let id = exam.json["id"].string ?? ""
            var seen: [Set<String>] = []
            for candidate in candidates[0..<4] {
                let attempt = try await service.startedAttempt(id, by: candidate)
                seen.append(try await questions(of: attempt, candidate))
                let uuid = try #require(UUID(uuidString: attempt))
                #expect(try await ExamAdministration(service.services).rebuildTicket(attemptID: uuid).isIdentical)
            }
            #expect(seen.allSatisfy { $0.count == 5 })
            #expect(seen[0].union(seen[1]).isDisjoint(with: seen[2].union(seen[3])))
            #expect(seen[0].isDisjoint(with: seen[1]), "neighbours in the queue differ")
            let stranger = try await candidates[4].post("/v1/exams/\(id)/attempts")
            #expect(stranger.status == 403 && stranger.code == "not_in_exam_groups")
            let other = try await service.id(of: candidates[2])
            let shown = try await candidates[0].get("/v1/exams/\(id)")
            #expect(shown.json["groups"].array.map { $0["name"] } == ["А", "Б"])
            #expect(!shown.text.contains(other), "who else sits it is not told")
        }
    }

    @Test("D2: groups are those of the register that grade sheets are made for; who joins one later sits the exam too")
    func register() async throws {
        try await TestService.run { service in
            let examiner = try await examiner(service)
            var candidates: [Client] = []
            for number in 0..<4 { candidates.append(try await service.candidate(number)) }
            let first = try await service.group("ИБ-21", kind: "study", people: [0, 1])
            _ = try await service.group("ИБ-22", kind: "study", people: [2])
            let groups: JSON = [["group_id": .string(first)], ["name": "ИБ-22"]]
            let form = service.examForm(discipline: "groups").with(["sections": [["count": 5]], "groups": groups])
            let exam = try await examiner.post("/v1/exams", form)
            #expect(exam.status == 201, "\(exam.text)")
            #expect(exam.json["groups"].array.map { $0["name"] } == ["ИБ-21", "ИБ-22"])
            #expect(exam.json["groups"][0]["group_id"].string == first)
            let id = exam.json["id"].string ?? ""
            var seen: [Set<String>] = []
            for candidate in candidates[0..<3] {
                let attempt = try await service.startedAttempt(id, by: candidate)
                seen.append(try await questions(of: attempt, candidate))
            }
            #expect(seen[0].union(seen[1]).isDisjoint(with: seen[2]))
            let stranger = try await candidates[3].post("/v1/exams/\(id)/attempts")
            #expect(stranger.code == "not_in_exam_groups")
            _ = try await service.group("ИБ-22", kind: "study", people: [3])
            let joined = try await service.startedAttempt(id, by: candidates[3])
            #expect(try await questions(of: joined, candidates[3]).isDisjoint(with: seen[0].union(seen[1])))
            let wrong: [JSON] = [
                [["name": "ИБ-99"]], [["group_id": .string(first), "name": "ИБ-21"]], [[:]],
                [
                    ["group_id": .string(first)],
                    ["name": "А", "members": [.string(try await service.id(of: candidates[0]))]],
                ],
            ]
            for groups in wrong {
                let reply = try await examiner.post("/v1/exams", form.with(["groups": groups]))
                #expect(reply.status == 422 && reply.code == "groups_refused", "\(reply.text)")
            }
        }
    }

    @Test("D2: what the groups would have to share is said before the exam, and only then allowed")
    func sharing() async throws {
        try await TestService.run { service in
            let examiner = try await examiner(service)
            let groups: JSON = [["name": "А", "members": []], ["name": "Б", "members": []]]
            let form = service.examForm(discipline: "groups")
                .with(["sections": [["count": 2, "pool": "трудные"]], "groups": groups])
            let check = try await examiner.post("/v1/exams/checks", form)
            #expect(check.json["can_be_published"] == false)
            #expect(
                check.json["findings"][0]["detail"].string
                    == "Раздел 1 (набор «трудные»): в банке 2 из 4 вопросов, нужных на 2 комплекта билетов: "
                    + "группам «А» и «Б» пришлось бы делить 2."
            )
            let refused = try await examiner.post("/v1/exams", form)
            #expect(refused.status == 422 && refused.code == "blueprint_not_met")
            #expect(try service.rawDatabase().count("exams") == 0)
            let allowed = try await examiner.post("/v1/exams", form.with(["may_share": true]))
            #expect(allowed.status == 201)
            #expect(allowed.json["warnings"][0]["code"] == "groups_would_share")
        }
    }

    @Test("D2: a retaker gets nothing that an earlier exam of the discipline has shown, as far as the bank allows")
    func retake() async throws {
        let clock = TestClock()
        try await TestService.run(clock: clock) { service in
            let examiner = try await examiner(service)
            let candidate = try await service.candidate(0)
            let group = try await group("А", [candidate], service)
            func form(_ count: Int) -> JSON {
                service.examForm(discipline: "groups")
                    .with(["sections": [["count": .number(Double(count))]], "groups": [group]])
            }
            let first = try await examiner.post("/v1/exams", form(9)).json["id"].string ?? ""
            let seen = try await questions(of: service.startedAttempt(first, by: candidate), candidate)
            // While the first exam runs, all of its plan is set aside for it.
            let early = try await examiner.post("/v1/exams/checks", form(9)).json
            #expect(early["can_be_published"] == false)
            #expect(early["findings"][0]["detail"].string?.contains("уже выдавались") == true)

            clock.advance(seconds: 31 * 86_400)
            let again = try await service.logIn("examiner@example.org", "staff pass phrase", role: "examiner")
            let person = TestService.Person(0)
            let retake = try await again.post("/v1/exams", form(9))
            #expect(retake.status == 201, "\(retake.text)")
            let back = try await service.logIn(person.email, person.password, role: "candidate")
            let attempt = try await service.startedAttempt(retake.json["id"].string ?? "", by: back)
            #expect(try await questions(of: attempt, back).isDisjoint(with: seen))

            let third = try await again.post("/v1/exams/checks", form(9)).json
            #expect(third["can_be_published"] == false)
            let repeated = try await again.post("/v1/exams/checks", form(9).with(["may_repeat": true])).json
            #expect(repeated["can_be_published"] == true)
            #expect(repeated["findings"].array.contains { $0["code"] == "repeated" })
            let forgotten = try await again.post("/v1/exams/checks", form(9).with(["fresh_days": 0])).json
            #expect(forgotten["can_be_published"] == true && forgotten["findings"].array.isEmpty)
        }
    }

    @Test("D2: fixed questions, points and aids stand as the examiner set them")
    func blueprint() async throws {
        try await TestService.run { service in
            let examiner = try await examiner(service)
            let page = try await examiner.get("/v1/question-banks/groups/questions?limit=1").json["questions"]
            let fixed = page[0]["id"]
            let sections: JSON = [
                ["fixed": [fixed], "points_each": "2.50"], ["count": 1, "pool": "трудные"], ["count": 3],
            ]
            let form = service.examForm(discipline: "groups")
                .with(["sections": sections, "calculator": "basic", "aids": ["Таблица портов"]])
            let exam = try await examiner.post("/v1/exams", form).json
            #expect(exam["calculator"] == "basic" && exam["aids"] == ["Таблица портов"])
            let candidate = try await service.candidate(0)
            let attempt = try await service.startedAttempt(exam["id"].string ?? "", by: candidate)
            let items = try await candidate.get("/v1/attempts/\(attempt)/ticket").json["items"].array
            #expect(items.count == 5)
            #expect(items.filter { $0["points"] == "2.50" }.map { $0["prompt"]["text"] } == ["Утверждение 1."])
            #expect(items.contains { $0["prompt"]["text"].string?.hasPrefix("Трудное") == true })
            let wrong = form.with(["sections": [["fixed": [.string(UUID().uuidString.lowercased())]]]])
            #expect(try await examiner.post("/v1/exams", wrong).status == 422)
        }
    }

    @Test("D2: groups that are not in order are refused in words")
    func disorder() async throws {
        try await TestService.run { service in
            let examiner = try await examiner(service)
            let id = try await service.id(of: service.candidate(0))
            let cases: [JSON] = [
                [["name": "А", "members": []], ["name": "А", "members": []]],
                [["name": "А", "members": [.string(id)]], ["name": "Б", "members": [.string(id)]]],
                [["name": "А", "set": 2, "members": []]],
                [["name": "А", "members": [.string(UUID().uuidString.lowercased())]]],
            ]
            for groups in cases {
                let form = service.examForm(discipline: "groups").with(["sections": [["count": 1]], "groups": groups])
                let reply = try await examiner.post("/v1/exams", form)
                #expect(reply.status == 422 && reply.code == "groups_refused", "\(reply.text)")
            }
        }
    }

    @Test("D2: the secret is opened in the log once the exam is over, and a secret that was not committed to is found")
    func opening() async throws {
        let clock = TestClock()
        try await TestService.run(clock: clock) { service in
            let examiner = try await examiner(service)
            let form = service.examForm(discipline: "groups").with(["sections": [["count": 2]]])
            let id = try await examiner.post("/v1/exams", form).json["id"].string ?? ""
            let candidate = try await service.candidate(0)
            _ = try await service.startedAttempt(id, by: candidate)
            let opening = SecretOpening(service.services)
            #expect(try await opening.openDue() == 0)
            clock.advance(seconds: 31 * 86_400)
            #expect(try await opening.openDue() == 0, "an attempt goes on")
            try await service.housekeeping.settleAttempts()
            clock.advance(seconds: 600)
            try await service.housekeeping.settleAttempts()
            #expect(try await opening.openDue() == 1)
            #expect(try await opening.openDue() == 0, "once")
            let verdict = try await service.services.database.read { try SecretOpening.verify($0) }
            #expect(verdict.opened == 1 && verdict.wrong == nil)
            let raw = try service.rawDatabase()
            let plan = try #require(try raw.column("SELECT hex(document) FROM ticket_plans").first)
            try raw.execute("DROP TRIGGER ticket_plans_unchanged; UPDATE ticket_plans SET document = x'7b7d'")
            #expect(try await service.services.database.read { try SecretOpening.verify($0) }.wrong == id, "the plan")
            try raw.execute("UPDATE ticket_plans SET document = x'\(plan)'")
            #expect(try await service.services.database.read { try SecretOpening.verify($0) }.wrong == nil)
            let forged = SealedRecord(
                kind: "exam_secret",
                timestamp: clock.now,
                facts: ["record": .string(id), "secret": .string(String(repeating: "00", count: 32))]
            )
            try await service.services.database.write { _ = try Log.append([forged.body()], to: $0) }
            let found = try await service.services.database.read { try SecretOpening.verify($0) }
            #expect(found.wrong == id)
        }
    }
}
