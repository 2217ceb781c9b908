import Accounts
import Foundation
import Surveys
import TestSupport
import Testing
import Workflows

@Suite("F6 The yearly survey")
struct SurveyTests {
    private func open(_ service: TestService, by officer: Client) async throws -> String {
        let form: JSON = [
            "year": 2026, "title": ["ru": "Качество служб", "en": "Quality of the services"],
            "opens_at": .string(service.clock.now.formatted(.iso8601)),
            "closes_at": .string(service.clock.now.addingTimeInterval(7 * 86_400).formatted(.iso8601)),
        ]
        let reply = try await officer.post("/v1/surveys", form)
        return try #require(reply.status == 201 ? reply.json["id"].string : nil, "\(reply.text)")
    }

    private func answers(_ token: String, _ point: Double, _ text: String? = nil) -> JSON {
        var given: [JSON] = [["question": "help", "number": .number(point)]]
        if let text { given.append(["question": "improve", "text": .string(text)]) }
        return ["token": .string(token), "answers": .array(given)]
    }

    @Test("F6: each person answers once, nothing leads from answers to people, and small groups are not shown")
    func wholeWay() async throws {
        try await TestService.run { service in
            let officer = try await service.officer(1)
            let survey = try await open(service, by: officer)
            let path = "/v1/surveys/\(survey)"
            var people: [Client] = []
            for number in 0..<5 { people.append(try await service.candidate(number)) }
            for (number, person) in people.enumerated() {
                let token = try await person.post("\(path)/token").json["token"].string ?? ""
                #expect(try await person.post("\(path)/token").code == "survey_token_given")
                let form = answers(token, Double(number + 1), number == 0 ? "Больше света" : nil)
                #expect(try await service.anybody.post("\(path)/answers", form).status == 204)
                #expect(try await service.anybody.post("\(path)/answers", form).code == "survey_token_unknown")
            }
            let staff = try await officer.post("\(path)/token").json["token"].string ?? ""
            #expect(try await service.anybody.post("\(path)/answers", answers(staff, 9)).code == "survey_answers_unfit")
            #expect(try await service.anybody.post("\(path)/answers", answers(staff, 1)).status == 204)

            let raw = try service.rawDatabase()
            let ids = try await people.asyncMap { try await service.id(of: $0) }
            for table in ["survey_answers", "survey_tokens"] {
                let columns = try raw.column("SELECT name FROM pragma_table_info('\(table)')")
                #expect(Set(columns).isDisjoint(with: ["account_id", "at", "created_at"]))
                let text = try raw.column("SELECT quote(survey_id) || quote(audience) FROM \(table)").joined()
                for id in ids { #expect(!text.contains(id)) }
            }
            #expect(try raw.count("survey_tokens") == 0, "a used token leaves nothing")
            #expect(
                try raw.column("SELECT id FROM survey_answers").allSatisfy { $0.dropFirst(14).first == "4" },
                "identifiers that rise would tell the order"
            )

            #expect(try await officer.get("\(path)/results").code == "survey_open")
            service.clock.advance(minutes: 8 * 24 * 60)
            let late = try await service.officer(1)
            #expect(try await service.anybody.post("\(path)/answers", answers("x", 1)).code == "survey_closed")
            let groups = try await late.get("\(path)/results").json["groups"].array
            let candidates = try #require(groups.first { $0["audience"] == "candidates" })
            #expect(candidates["answered"] == 5)
            let help = try #require(candidates["questions"].array.first { $0["question"] == "help" })
            #expect(help["mean"] == 3 && help["counts"] == [1, 1, 1, 1, 1])
            let improve = try #require(candidates["questions"].array.first { $0["question"] == "improve" })
            #expect(improve["texts"] == [] && improve["answered"] == .null, "one text would tell who wrote it")
            let few = try #require(groups.first { $0["audience"] == "staff" })
            #expect(few["answered"] == .null && few["questions"] == [])

            let csv = try await late.get("\(path)/results/file?format=csv")
            #expect(
                csv.text.contains("3,00") && csv.text.contains("ответов мало") && !csv.text.contains("Больше света")
            )
            let pdf = try await late.get("\(path)/results/file")
            #expect(try PDFText.read(pdf.body).contains("Качество служб"))
        }
    }

    @Test(
        "F6: a lost token is replaced while nobody has answered by it, the lost one is void, and nobody answers twice"
    )
    func lostToken() async throws {
        try await TestService.run { service in
            let officer = try await service.officer(1)
            let survey = try await open(service, by: officer)
            let path = "/v1/surveys/\(survey)"
            let (person, other) = (try await service.candidate(0), try await service.candidate(1))
            #expect(try await person.post("\(path)/token/replacement").code == "survey_token_not_given")
            let lost = try await person.post("\(path)/token").json["token"].string ?? ""
            let kept = try await other.post("\(path)/token").json["token"].string ?? ""
            let raw = try service.rawDatabase()
            let sealed = try raw.column("SELECT hex(sealed_token) FROM survey_participants")
            let hashes = try raw.column("SELECT hex(hash) FROM survey_tokens")
            #expect(sealed.count == 2 && hashes.count == 2)
            for text in sealed { #expect(!hashes.contains { text.contains($0) }, "only sealed") }

            let reply = try await person.post("\(path)/token/replacement")
            #expect(reply.status == 201, "\(reply.text)")
            let token = reply.json["token"].string ?? ""
            #expect(token != lost && !token.isEmpty)
            #expect(try await service.anybody.post("\(path)/answers", answers(lost, 1)).code == "survey_token_unknown")
            #expect(
                try await service.anybody.post("\(path)/answers", answers(kept, 2)).status == 204,
                "another's stays"
            )
            #expect(try await service.anybody.post("\(path)/answers", answers(token, 3)).status == 204)
            #expect(try await person.post("\(path)/token/replacement").code == "survey_answered")
            #expect(try raw.count("survey_tokens") == 0 && raw.count("survey_answers") == 2)
            let columns = try raw.column("SELECT name FROM pragma_table_info('survey_answers')")
            #expect(Set(columns) == ["id", "survey_id", "audience", "document"], "nothing of the token")
            try raw.execute("UPDATE survey_participants SET sealed_token = NULL")
            #expect(try await person.post("\(path)/token/replacement").code == "survey_token_not_given")
            service.clock.advance(minutes: 8 * 24 * 60)
            let late = try await service.candidate(2)
            #expect(try await late.post("\(path)/token/replacement").code == "survey_closed")
        }
    }

    @Test("F6: staff are reminded from October on that the year has no survey, once a month")
    func reminder() async throws {
        try await TestService.run { service in
            let desk = SurveyDesk(service.services)
            _ = try await service.officer(1)
            func told() async throws -> Int {
                try await service.notices(of: service.officer(1)).filter { $0["topic"] == "survey" }.count
            }
            try await desk.remind()
            #expect(try await told() == 0, "in March there is time")
            service.clock.advance(minutes: 220 * 24 * 60)
            try await desk.remind()
            try await desk.remind()
            #expect(try await told() == 1)
            service.clock.advance(minutes: 31 * 24 * 60)
            try await desk.remind()
            #expect(try await told() == 2)
            _ = try await open(service, by: service.officer(1))
            service.clock.advance(minutes: 31 * 24 * 60)
            try await desk.remind()
            #expect(try await told() == 2, "there is one now")
        }
    }
}

extension Array {
    fileprivate func asyncMap<Value>(_ transform: (Element) async throws -> Value) async rethrows -> [Value] {
        var values: [Value] = []
        for element in self { values.append(try await transform(element)) }
        return values
    }
}
