import Accounts
import Foundation
import Retention
import Storage
import TestSupport
import Testing
import TransparencyLog
import Workflows

@Suite("B3, F3 Retention by kind of data")
struct RetentionTests {
    /// A candidate who has a portrait and a judged frame, and whose studies are over for 31 days.
    private func scene(_ service: TestService) async throws -> (candidate: UUID, attempt: String) {
        let exam = try await service.exam(by: service.staff(.examiner), biometric: true)
        let candidate = try await service.candidate(0)
        try await service.portrait("obama", of: candidate)
        let attempt = try await service.attempt(exam, by: candidate)
        service.clock.advance(seconds: 1)
        #expect(try await service.frame("obama2", attempt, by: candidate).json["outcome"] == "match")
        #expect(try await candidate.post("/v1/attempts/\(attempt)/start").status == 200)
        #expect(try await candidate.post("/v1/attempts/\(attempt)/submit").status == 200)
        let id = try await service.id(of: candidate)
        try service.endStudies(of: id)
        service.clock.advance(minutes: 31 * 24 * 60)
        return (try #require(UUID(uuidString: id)), attempt)
    }

    private func preview(_ service: TestService, _ officer: Client, kinds: [JSON] = []) async throws -> JSON {
        let reply = try await officer.post("/v1/retention/previews", ["kinds": .array(kinds)])
        try #require(reply.status == 202, "\(reply.text)")
        try await service.keepHouse()
        return try await officer.get("/v1/retention/runs/\(reply.json["id"].string ?? "")").json
    }

    private func line(_ run: JSON, _ kind: String) -> JSON {
        run["lines"].array.first { $0["kind"].string == kind } ?? .null
    }

    @Test("F3: the standard rules name their source, and nobody has approved them")
    func rules() async throws {
        try await TestService.run { service in
            let rules = try await service.officer(1).get("/v1/retention/rules").json["rules"].array
            #expect(Set(rules.compactMap { $0["kind"].string }) == Set(DataKind.allCases.map(\.rawValue)))
            for rule in rules {
                #expect(rule["source"].string?.isEmpty == false && rule["number"] == 0)
                #expect(rule["approved_by"] == .null && rule["runs_by_itself"] == false)
                #expect(rule["possible_starts"].array.contains(rule["start"]))
            }
        }
    }

    @Test("F3: a preview destroys nothing, its run destroys exactly that, and a second person lets it happen")
    func previewAndRun() async throws {
        try await TestService.run(comparesFaces: true) { service in
            let (_, attempt) = try await scene(service)
            let (first, second) = (try await service.officer(1), try await service.officer(2))
            let found = try await preview(service, first)
            #expect(found["state"] == "previewed" && found["digest"].string?.count == 64)
            #expect(line(found, "portrait")["due"] == 1 && line(found, "portrait")["people"] == 1)
            #expect(line(found, "measurement")["due"] == 1)
            #expect(line(found, "frame")["due"] == 0, "half a year is not over")
            #expect(service.folder.files(below: "evidence").count == 2, "a preview only looks")

            let id = found["id"]
            #expect(try await first.post("/v1/retention/runs", ["preview_id": id]).code == "second_look_needed")
            let run = try await second.post("/v1/retention/runs", ["preview_id": id])
            #expect(run.status == 202 && run.json["state"] == "running")
            try await service.keepHouse()
            let done = try await second.get("/v1/retention/runs/\(id.string ?? "")").json
            #expect(done["state"] == "completed" && done["done"] == done["due"])
            #expect(line(done, "portrait")["destroyed"] == 1 && line(done, "portrait")["files"] == 1)
            #expect(service.folder.files(below: "evidence").isEmpty)
            let raw = try service.rawDatabase()
            #expect(try raw.count("portraits") == 0 && raw.count("retention_items") == 0)
            let record = try await second.get("/v1/identifications?attempt=\(attempt)&method=biometric")
                .json["identifications"][0]
            #expect(record["outcome"] == "match" && record["comparison"] == .null, "what was decided stays")
            #expect(try raw.count("log_entries WHERE kind = 'retention'") == 1)
            #expect(
                try await second.post("/v1/retention/runs", ["preview_id": id]).code == "retention_run_not_previewed"
            )

            _ = try await service.housekeeping.publishCheckpoint()
            let verifier = service.signer.verifier
            #expect(try await service.services.database.read { try Log.fsck($0, verifiers: [verifier]) }.isSound)
            let certificate = try await second.get("/v1/retention/runs/\(id.string ?? "")/certificate")
            #expect(certificate.body.starts(with: Data("%PDF-".utf8)))
            #expect(try await preview(service, first)["due"] == 0, "nothing is destroyed twice")
        }
    }

    @Test("F3: what is held stays, and a hold placed after the look makes the preview outdated")
    func held() async throws {
        try await TestService.run(comparesFaces: true) { service in
            let (person, _) = try await scene(service)
            let (first, second) = (try await service.officer(1), try await service.officer(2))
            let found = try await preview(service, first)
            let hold = try await first.post(
                "/v1/retention/holds",
                ["account_id": .string(person.uuidString.lowercased()), "reason": "Запрос прокуратуры № 7"]
            )
            #expect(hold.status == 201 && hold.json["reason"] == "Запрос прокуратуры № 7")
            let refused = try await second.post("/v1/retention/runs", ["preview_id": found["id"]])
            #expect(refused.code == "retention_preview_outdated")
            let held = line(try await preview(service, first), "portrait")
            #expect(held["due"] == 0 && held["held"] == 1)
            #expect(held["holds"] == [["reason": "manual", "count": 1]])
            #expect(
                try service.rawDatabase().column("SELECT sealed_reason FROM retention_holds").allSatisfy {
                    !$0.contains("прокуратуры")
                }
            )

            // A hold that comes between the approval and the work keeps the data too.
            let lifting = "/v1/retention/holds/\(hold.json["id"].string ?? "")/lifting"
            #expect(try await first.post(lifting).status == 200)
            let again = try await preview(service, first)
            #expect(try await second.post("/v1/retention/runs", ["preview_id": again["id"]]).status == 202)
            _ = try await first.post(
                "/v1/retention/holds",
                ["account_id": .string(person.uuidString.lowercased()), "reason": "Иск"]
            )
            try await service.keepHouse()
            let done = try await second.get("/v1/retention/runs/\(again["id"].string ?? "")").json
            #expect(done["state"] == "completed" && line(done, "portrait")["kept"] == 1)
            #expect(service.folder.files(below: "evidence").count == 2)
        }
    }

    @Test("F3: a crash between the rows and the files is made good by the next round")
    func crash() async throws {
        try await TestService.run(comparesFaces: true) { service in
            _ = try await scene(service)
            let (first, second) = (try await service.officer(1), try await service.officer(2))
            let found = try await preview(service, first, kinds: ["portrait"])
            #expect(try await second.post("/v1/retention/runs", ["preview_id": found["id"]]).status == 202)
            let id = try #require(found["id"].string.flatMap { UUID(uuidString: $0) })
            let now = service.clock.now
            try await service.services.database.write { stores throws in
                let (kind, item) = try #require(try stores.waitingRunItems(of: id, limit: 10).first)
                #expect(try stores.destroyItem(item.id, kind: kind, for: id, at: now) == 1)
                try stores.deleteRunItem(item.id, of: id, kind: kind)
            }
            #expect(service.folder.files(below: "evidence").count == 2, "its file is still there")
            try await service.keepHouse()
            #expect(service.folder.files(below: "evidence").count == 1)
            let done = try await second.get("/v1/retention/runs/\(id.uuidString.lowercased())").json
            #expect(done["state"] == "completed")
        }
    }

    @Test("F3: the timer runs only what an approved rule says")
    func byItself() async throws {
        try await TestService.run(comparesFaces: true) { service in
            _ = try await scene(service)
            let (first, second) = (try await service.officer(1), try await service.officer(2))
            let runs = RetentionRuns(service.services)
            try await runs.beginAutomatic()
            #expect(try await first.get("/v1/retention/runs").json["runs"].array.isEmpty)
            let form: JSON = [
                "kind": "portrait", "months": 0, "days": 30, "start": "studies_end", "source": "Приказ № 5",
                "runs_by_itself": true,
            ]
            #expect(try await first.put("/v1/retention/rules", form).json["number"] == 1)
            try await runs.beginAutomatic()
            #expect(try await first.get("/v1/retention/runs").json["runs"].array.isEmpty, "nobody has approved it")
            let approval: JSON = ["kind": "portrait", "number": 1]
            #expect(try await first.post("/v1/retention/rules/approvals", approval).code == "second_look_needed")
            #expect(try await second.post("/v1/retention/rules/approvals", approval).status == 200)
            try await runs.beginAutomatic()
            try await runs.beginAutomatic()
            try await service.keepHouse()
            try await service.keepHouse()
            let done = try await first.get("/v1/retention/runs").json["runs"].array
            #expect(done.count == 1, "once a day")
            #expect(done.first?["automatic"] == true && done.first?["state"] == "completed")
            #expect(done.first?["lines"].array.map { $0["kind"].string } == ["portrait"])
            #expect(service.folder.files(below: "evidence").count == 1, "only what the rule is about")
            #expect(
                try await first.put("/v1/retention/rules", form.with(["kind": "answer", "start": "taken"])).code
                    == "retention_start_unfit"
            )
        }
    }
}
