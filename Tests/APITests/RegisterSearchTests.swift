import Accounts
import Foundation
import TestSupport
import Testing
import Workflows

@Suite("F2 Search in the identification log")
struct RegisterSearchTests {
    /// Two candidates with logins and an attempt each, the second one's marked; the first one is in a group.
    private func history(_ service: TestService) async throws -> (officer: Client, group: String, attempts: [String]) {
        let examiner = try await service.staff(.examiner)
        let exam = try await service.exam(by: examiner, biometric: true)
        var attempts: [String] = []
        var candidates: [Client] = []
        for number in 0..<2 {
            let candidate = try await service.candidate(number)
            try await service.portrait(number == 0 ? "obama" : "biden", of: candidate)
            let attempt = try await service.attempt(exam, by: candidate)
            _ = try await service.frame(number == 0 ? "obama2" : "obama", attempt, by: candidate)
            service.clock.advance(seconds: 1)
            attempts.append(attempt)
            candidates.append(candidate)
        }
        let started = try await candidates[0].post("/v1/attempts/\(attempts[0])/start")
        try #require(started.status == 200, "\(started.text)")
        let marked = try await examiner.post(
            "/v1/attempts/\(attempts[0])/control",
            ["action": "flag", "reason": "suspicion", "severity": 0.4]
        )
        try #require(marked.status == 200, "\(marked.text)")
        let group = try await service.group("ИБ-21", kind: "study", people: [0])
        return (try await service.sheetKeeper(), group, attempts)
    }

    @Test("F2: a search by group, discipline or mark finds its records, with names and places in the log")
    func conditions() async throws {
        try await TestService.run(comparesFaces: true) { service in
            let (officer, group, attempts) = try await history(service)
            func found(_ query: String) async throws -> [JSON] {
                try await officer.get("/v1/identifications?\(query)").json["identifications"].array
            }
            let ofGroup = try await found("group=\(group)&method=biometric")
            #expect(ofGroup.map { $0["attempt_id"].string } == [attempts[0]])
            #expect(ofGroup[0]["subject_name"].string?.contains(" ") == true)
            let flagged = try await found("flagged=true")
            #expect(flagged.map { $0["attempt_id"].string } == [attempts[0]])
            #expect(try await found("flagged=false").allSatisfy { $0["attempt_id"].string != attempts[0] })
            let ofDiscipline = try await found("discipline=IB")
            #expect(Set(ofDiscipline.map { $0["attempt_id"].string }) == Set(attempts))
            #expect(try await found("discipline=none").isEmpty)
            #expect(try await found("procedure=intermediate_attestation&outcome=non_match").count == 1)
            let index = try #require(ofGroup[0]["log_index"].int)
            let entry = try await officer.get("/v1/log/entries?from=\(index)&limit=1").json["entries"][0]
            #expect(entry["body"].string?.contains(ofGroup[0]["id"].string ?? "-") == true)
            #expect(try await officer.get("/v1/identifications?flagged=maybe").status == 400)
        }
    }

    @Test("F2: counts tell what each choice would find, under the other conditions")
    func counts() async throws {
        try await TestService.run(comparesFaces: true) { service in
            let (officer, _, _) = try await history(service)
            func counts(_ query: String) async throws -> JSON {
                try await officer.get("/v1/identification-counts?\(query)").json
            }
            func count(_ answer: JSON, _ kind: String, _ value: String) -> Int? {
                answer[kind].array.first { $0["value"].string == value }?["count"].int
            }
            let all = try await counts("")
            let records = try await officer.get("/v1/identifications?limit=500").json["identifications"].array
            #expect(all["total"].int == records.count && all["complete"].bool == true)
            for method in ["electronic", "biometric"] {
                #expect(count(all, "methods", method) == records.count { $0["method"].string == method })
            }
            let matches = try await counts("method=biometric&outcome=match")
            #expect(matches["total"].int == 1)
            #expect(count(matches, "outcomes", "non_match") == 1, "what another outcome would find")
            #expect(
                count(matches, "methods", "electronic")
                    == records.count { $0["method"].string == "electronic" && $0["outcome"].string == "match" }
            )
            #expect(count(all, "disciplines", "IB") == 2)
        }
    }

    @Test("F2: saved views say how many records they find now, where that is asked for")
    func countedViews() async throws {
        try await TestService.run { service in
            let officer = try await service.staff(.complianceOfficer)
            _ = try await service.candidate(0)
            for (name, filter) in [
                ("а", ["method": "electronic"]), ("б", ["method": "visual"]), ("в", [:]),
            ] as [(String, JSON)] {
                _ = try await officer.post("/v1/saved-views", ["name": .string(name), "filter": filter])
            }
            let plain = try await officer.get("/v1/saved-views").json["views"].array
            #expect(plain.count == 3 && plain.allSatisfy { $0["count"] == .null })
            let counted = try await officer.get("/v1/saved-views?counts=true").json["views"].array
            let logins = try service.rawDatabase().count("identifications WHERE method = 'electronic'")
            #expect(logins > 0 && counted.map { $0["count"].int } == [logins, 0, logins])
            #expect(counted.allSatisfy { $0["is_count_complete"] == true })
            let second = try await service.candidate(1)
            _ = second
            let more = try await officer.get("/v1/saved-views?counts=true").json["views"].array
            #expect((more[0]["count"].int ?? 0) > logins, "counted anew")
        }
    }

    @Test("F2: saved views are the owner's, and shared only where the owner says so")
    func views() async throws {
        try await TestService.run { service in
            let officer = try await service.staff(.complianceOfficer)
            let administrator = try await service.staff(.administrator)
            let filter: JSON = [
                "from": "2026-03-01T00:00:00.000Z", "method": "visual", "flagged": true, "discipline": "IB",
                "subject": .string(UUID().uuidString.lowercased()),
            ]
            let made = try await officer.post("/v1/saved-views", ["name": "Визуальные за март", "filter": filter])
            #expect(made.status == 201 && made.json["filter"] == filter && made.json["shared"].bool == false)
            let path = "/v1/saved-views/\(made.json["id"].string ?? "")"
            #expect(try await administrator.get("/v1/saved-views").json["views"].array.isEmpty)
            #expect(try await administrator.send(administrator.request("DELETE", path)).code == "view_unknown")
            let shared: JSON = ["name": "Визуальные", "filter": filter, "shared": true]
            #expect(try await officer.put(path, shared).json["shared"].bool == true)
            let seen = try await administrator.get("/v1/saved-views").json["views"].array
            #expect(seen.map { $0["name"].string } == ["Визуальные"] && seen[0]["own"].bool == false)
            #expect(try await administrator.put(path, shared).code == "view_of_another")
            #expect(try await administrator.send(administrator.request("DELETE", path)).code == "view_of_another")
            #expect(try await officer.send(officer.request("DELETE", path)).status == 204)
            #expect(try await officer.get("/v1/saved-views").json["views"].array.isEmpty)
            #expect(try await officer.put(path, shared).code == "view_unknown")
            #expect(try await officer.post("/v1/saved-views", ["name": "", "filter": filter]).status == 422)
        }
    }
}
