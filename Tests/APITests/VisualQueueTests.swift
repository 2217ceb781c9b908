import Accounts
import Foundation
import TestSupport
import Testing
import Workflows

@Suite("C4, C5 The verifiers' queue")
struct VisualQueueTests {
    private typealias Person = TestService.Person

    private func exam(_ service: TestService) async throws -> String {
        try await service.exam(by: service.staff(.examiner), policy: ["any_of": [["visual"]]])
    }

    @Test("C5: candidates see number, place and waiting time, and move up as cases are taken")
    func places() async throws {
        try await TestService.run { service in
            let exam = try await exam(service)
            var waiting: [(client: Client, path: String)] = []
            for number in 0..<3 {
                let candidate = try await service.candidate(number)
                let caseID = try await service.joinQueue(service.attempt(exam, by: candidate), by: candidate)
                waiting.append((candidate, "/v1/me/visual-identifications/\(caseID)"))
            }
            var places: [Int] = []
            for one in waiting { places.append(try await one.client.get(one.path).json["position"].int ?? 0) }
            #expect(places == [1, 2, 3])
            let last = try await waiting[2].client.get(waiting[2].path).json
            #expect(last["number"] == 3 && last["expected_wait_seconds"] == 540)
            #expect(last["text"].string?.contains("3-й в очереди") == true)

            let verifier = try await service.verifier()
            let first = try await verifier.get("/v1/visual-identifications").json["cases"][0]["id"].string ?? ""
            _ = try await verifier.post("/v1/visual-identifications/\(first)/taking")
            #expect(try await waiting[2].client.get(waiting[2].path).json["position"] == 2)
            #expect(try await waiting[0].client.get(waiting[0].path).json["position"] == .null)
            let left = try await waiting[1].client.post("\(waiting[1].path)/cancellation")
            #expect(left.json["state"] == "cancelled")
            #expect(try await waiting[2].client.get(waiting[2].path).json["position"] == 1)
            let foreign = try await waiting[0].client.get(waiting[1].path)
            #expect(foreign.status == 404 && foreign.code == "case_unknown")
        }
    }

    @Test("C5: a case goes back when it is returned, or when its verifier is gone for ten minutes, and keeps its place")
    func handBack() async throws {
        let clock = TestClock()
        try await TestService.run(clock: clock) { service in
            let candidate = try await service.candidate(0)
            let caseID = try await service.joinQueue(service.attempt(exam(service), by: candidate), by: candidate)
            let path = "/v1/visual-identifications/\(caseID)"
            let own = "/v1/me/visual-identifications/\(caseID)"
            let first = try await service.verifier(0)
            let second = try await service.verifier(1)
            #expect(try await first.post("\(path)/taking").status == 200)
            #expect(try await first.post("\(path)/return").json["state"] == "waiting")
            #expect(try await first.get(path).code == "case_not_held")

            #expect(try await first.post("\(path)/taking").status == 200)
            clock.advance(minutes: 9)
            #expect(try await first.get(path).status == 200, "looking prolongs the lock")
            #expect(try await second.get(path).code == "case_not_held")
            clock.advance(minutes: 9)
            #expect(try await second.post("\(path)/taking").code == "case_taken")
            clock.advance(minutes: 2)
            #expect(try await service.visualDesk.releaseExpired() == 1)
            #expect(try await service.visualDesk.releaseExpired() == 0)
            #expect(try await candidate.get(own).json["position"] == 1)
            #expect(try await second.post("\(path)/taking").status == 200)
        }
    }

    @Test("C4: nobody is said to be identified before everything on the list was looked at")
    func checklist() async throws {
        try await TestService.run { service in
            let candidate = try await service.candidate(0)
            let caseID = try await service.joinQueue(service.attempt(exam(service), by: candidate), by: candidate)
            let path = "/v1/visual-identifications/\(caseID)"
            let verifier = try await service.verifier()
            let bare = try await verifier.post("\(path)/taking").json
            let early = try await verifier.post("\(path)/decision", service.decision(bare))
            #expect(early.code == "document_needed")
            let filled = try await verifier.put("\(path)/document", service.passport(of: Person(0)))
            let all = filled.json["checklist"].array.compactMap { $0["check"].string }
            #expect(Set(all) == ["face_matches_document", "names_match", "document_valid", "document_unaltered"])
            for missing in all {
                let ticked = all.filter { $0 != missing }.map { JSON.string($0) }
                let reply = try await verifier.post(
                    "\(path)/decision",
                    service.decision(filled.json, ["checklist": .array(ticked)])
                )
                #expect(reply.status == 422 && reply.code == "checklist_incomplete")
                #expect(reply.faultCodes == [missing])
            }
            let somewhere = try await verifier.post(
                "\(path)/decision",
                service.decision(filled.json, ["route": "in_person"])
            )
            #expect(somewhere.code == "access_point_needed")
            let done = try await verifier.post(
                "\(path)/decision",
                service.decision(filled.json, ["route": "in_person", "access_point": "Тула, ул. Мира, 5"])
            )
            #expect(done.json["outcome"] == "match", "\(done.text)")
        }
    }

    static let documents: [(changes: [String: JSON], finding: String)] = [
        (["issue_date": "2005-06-10", "birth_date": "1980-05-20"], "exchange_overdue"),
        (["surname": "Петрова"], "name_differs"),
        (["series": "12"], "number_form"),
        (["issue_date": "2026-03-05"], "not_yet_issued"),
        (
            ["zone": "PNRUSS2LOVXEVA<<AL3NA<IGOREVI3<<<<<<<<<<<<<<\n4511234567RUS9505201F<<<<<<<5150610710001<00"],
            "zone_fault"
        ),
    ]

    @Test("C3: a document that software finds at fault identifies nobody", arguments: documents)
    func documentFaults(_ changes: [String: JSON], _ finding: String) async throws {
        try await TestService.run { service in
            let candidate = try await service.candidate(0)
            let caseID = try await service.joinQueue(service.attempt(exam(service), by: candidate), by: candidate)
            let verifier = try await service.verifier()
            let refused = try await service.verify(
                caseID,
                by: verifier,
                document: service.passport(of: Person(0), changes)
            )
            #expect(refused.status == 422 && refused.code == "document_not_accepted", "\(refused.text)")
            #expect(refused.faultCodes.contains(finding), "\(refused.text)")
            let details = try await verifier.get("/v1/visual-identifications/\(caseID)").json
            #expect(details["findings"].array.contains { $0["code"].string == finding && $0["severity"] == "error" })
        }
    }

    @Test("C4: two verifiers decide about a doubtful case; where they differ nobody is identified")
    func secondVerifier() async throws {
        try await TestService.run { service in
            let examID = try await exam(service)
            let verifiers = [try await service.verifier(0), try await service.verifier(1)]
            for (number, second) in ["document_matches", "face_not_visible"].enumerated() {
                let candidate = try await service.candidate(number)
                let attempt = try await service.attempt(examID, by: candidate)
                let caseID = try await service.joinQueue(attempt, by: candidate)
                let document = service.passport(of: Person(number))
                let first = try await service.verify(
                    caseID,
                    by: verifiers[0],
                    document: document,
                    ["doubtful": true, "comment": "Фотография очень старая."]
                )
                #expect(first.json["state"] == "waiting_for_second", "\(first.text)")
                #expect(first.json["outcome"] == .null)
                #expect(try await candidate.post("/v1/attempts/\(attempt)/start").status == 409)
                let same = try await verifiers[0].post("/v1/visual-identifications/\(caseID)/taking")
                #expect(same.code == "second_verifier_needed")
                let outcome = try await service.verify(
                    caseID,
                    by: verifiers[1],
                    document: document,
                    reason: second,
                    ["comment": "Посмотрела ещё раз."]
                )
                let agree = second == "document_matches"
                #expect(outcome.json["outcome"].string == (agree ? "match" : "inconclusive"), "\(outcome.text)")
                #expect(outcome.json["reason"].string == (agree ? "document_matches" : "verifiers_disagree"))
                let start = try await candidate.post("/v1/attempts/\(attempt)/start")
                #expect(start.status == (agree ? 200 : 409))
            }
        }
    }

    @Test("C4: nobody verifies themself, by an account of the same name neither")
    func ownCase() async throws {
        try await TestService.run { service in
            let candidate = try await service.candidate(0)
            let caseID = try await service.joinQueue(service.attempt(exam(service), by: candidate), by: candidate)
            let person = Person(0)
            _ = try await Registration(service.services).addStaff(
                email: "other@example.org",
                password: "staff pass phrase",
                name: PersonName(surname: "Соловьева", givenName: "Алена", patronymic: person.patronymic),
                roles: [.verifier]
            )
            let same = try await service.logIn("other@example.org", "staff pass phrase", role: "verifier")
            try await service.authorize(same)
            #expect(try await same.post("/v1/visual-identifications/\(caseID)/taking").code == "own_case")
        }
    }

    @Test("C4: with consent the faces of portrait, live picture and document stand beside each other with their scores")
    func scores() async throws {
        try await TestService.run(comparesFaces: true) { service in
            let candidate = try await service.candidate(0)
            try await service.portrait("obama", of: candidate)
            let caseID = try await service.joinQueue(service.attempt(exam(service), by: candidate), by: candidate)
            let own = "/v1/me/visual-identifications/\(caseID)/pictures"
            for (kind, name) in [("live", "obama2"), ("document", "biden")] {
                let file = try ProjectFiles.photograph(name)
                let reply = try await candidate.put("\(own)/\(kind)", type: "image/jpeg", file)
                #expect(reply.status == 200, "\(reply.text)")
            }
            let verifier = try await service.verifier()
            let details = try await verifier.post("/v1/visual-identifications/\(caseID)/taking").json
            #expect(details["pictures"] == ["document", "live", "portrait"])
            let pairs = details["scores"]["pairs"].array
            func distance(_ first: String, _ second: String) -> Double {
                pairs.first { Set([$0["first"].string, $0["second"].string]) == [first, second] }?["distance"].double
                    ?? -1
            }
            #expect(pairs.count == 3)
            #expect(distance("live", "portrait") < 0.5 && distance("live", "portrait") > 0)
            #expect(distance("document", "portrait") > 0.5 && distance("document", "live") > 0.5)
            #expect(!details["scores"]["quality"].array.isEmpty)
            let portrait = try await verifier.get("/v1/visual-identifications/\(caseID)/pictures/portrait")
            #expect(portrait.body == (try ProjectFiles.photograph("obama")))
            let looks = try service.rawDatabase().column(
                "SELECT what FROM biometric_accesses WHERE actor NOT NULL ORDER BY number"
            )
            #expect(looks == ["scores", "portrait"], "each look is recorded")
            // What is said of the face must name the portrait too.
            #expect(details["checklist"].array.contains { $0["check"] == "face_matches_portrait" })
        }
    }

    @Test(
        "C4: what is no picture is refused and kept nowhere",
        arguments: [Data(), Data("not a picture".utf8), Data([0xFF, 0xD8, 0xFF, 0xE0, 0, 16])]
    )
    func noPicture(_ file: Data) async throws {
        try await TestService.run { service in
            let candidate = try await service.candidate(0)
            let caseID = try await service.joinQueue(service.attempt(exam(service), by: candidate), by: candidate)
            let path = "/v1/me/visual-identifications/\(caseID)/pictures"
            let reply = try await candidate.put("\(path)/document", type: "image/jpeg", file)
            #expect([415, 422].contains(reply.status), "\(reply.text)")
            #expect(service.folder.files(below: "evidence").isEmpty)
            let unknown = try await candidate.put("\(path)/passport", type: "image/jpeg", file)
            #expect(unknown.status == 404)
        }
    }

    @Test("A video link is https and holds no password; the candidate sees it")
    func conference() async throws {
        try await TestService.run { service in
            let candidate = try await service.candidate(0)
            let caseID = try await service.joinQueue(service.attempt(exam(service), by: candidate), by: candidate)
            let verifier = try await service.verifier()
            let path = "/v1/visual-identifications/\(caseID)"
            _ = try await verifier.post("\(path)/taking")
            for url in ["http://meet.example.org/1", "javascript:alert(1)", "https://a:b@meet.example.org/", "1"] {
                let reply = try await verifier.put("\(path)/conference", ["url": .string(url)])
                #expect(reply.code == "conference_url_unusable", "\(url)")
            }
            let link = "https://meet.example.org/room-1"
            #expect(try await verifier.put("\(path)/conference", ["url": .string(link)]).status == 200)
            let own = try await candidate.get("/v1/me/visual-identifications/\(caseID)").json
            #expect(own["conference_url"].string == link)
        }
    }

    @Test("Outside of attempts: the admission of documents is a visual identification of its own")
    func admission() async throws {
        try await TestService.run { service in
            let candidate = try await service.candidate(0)
            let joined = try await candidate.post(
                "/v1/me/visual-identifications",
                ["procedure": "admission_of_documents"]
            )
            #expect(joined.status == 201, "\(joined.text)")
            let decided = try await service.verify(
                joined.json["id"].string ?? "",
                by: service.verifier(),
                document: service.passport(of: Person(0))
            )
            let id = try #require(decided.json["identification_id"].string, "\(decided.text)")
            let record = try await service.keeper().get("/v1/identifications/\(id)").json
            #expect(record["procedure"] == "admission_of_documents" && record["moment"] == "apart")
            #expect(record["attempt_id"] == .null)
        }
    }
}
