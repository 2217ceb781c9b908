import Accounts
import Foundation
import TestSupport
import Testing

@Suite("A3, C1–C8: the three ways of identification, alone and together")
struct VisualPlayTests {
    private typealias Person = TestService.Person

    /// The records of an attempt as compliance staff read them, oldest first.
    private func records(of attempt: String, _ service: TestService) async throws -> [JSON] {
        let reply = try await service.keeper().get("/v1/identifications?attempt=\(attempt)")
        return reply.json["identifications"].array.reversed()
    }

    @Test("Electronic only: a login opens the exam, and is the only identification")
    func electronicOnly() async throws {
        try await TestService.run { service in
            let exam = try await service.exam(by: service.staff(.examiner), policy: ["any_of": [["electronic"]]])
            let candidate = try await service.candidate(0, consents: ["personal_data"])
            let attempt = try await service.attempt(exam, by: candidate)
            let standing = try await candidate.get("/v1/attempts/\(attempt)/identification").json
            #expect(standing["suffices"] == true && standing["steps"] == [])
            #expect(try await candidate.post("/v1/attempts/\(attempt)/start").json["state"] == "started")
            #expect(try await records(of: attempt, service).isEmpty)
            let own = try await service.keeper()
                .get("/v1/identifications?subject=\(service.id(of: candidate))&method=electronic")
            #expect(own.json["identifications"].array.map { $0["reason"].string } == ["password_valid"])
        }
    }

    @Test("Biometric with fall-back: who is not recognised waits for a verifier, who lets them in")
    func fallBack() async throws {
        try await TestService.run(comparesFaces: true) { service in
            let exam = try await service.exam(
                by: service.staff(.examiner),
                policy: ["any_of": [["electronic", "biometric"]], "most_failures": 2]
            )
            let candidate = try await service.candidate(0)
            try await service.portrait("obama", of: candidate)
            let attempt = try await service.attempt(exam, by: candidate)
            for _ in 0..<2 {
                #expect(try await service.frame("biden", attempt, by: candidate).json["outcome"] == "non_match")
            }
            #expect(try await service.frame("obama2", attempt, by: candidate).code == "verifier_needed")
            let standing = try await candidate.get("/v1/attempts/\(attempt)/identification").json
            #expect(standing["suffices"] == false)
            #expect(standing["steps"][0]["method"] == "visual")
            #expect(standing["text"].string?.contains("очередь") == true)

            let caseID = try await service.joinQueue(attempt, by: candidate)
            let again = try await candidate.post("/v1/attempts/\(attempt)/visual-identification")
            #expect(again.status == 200 && again.json["id"].string == caseID, "there is one place for each attempt")
            let verifier = try await service.verifier()
            let line = try await verifier.get("/v1/visual-identifications").json["cases"][0]
            #expect(line["cause"] == "tries_used_up" && line["subject_name"].string?.contains("Соловьёва") == true)
            let decided = try await service.verify(caseID, by: verifier, document: service.passport(of: Person(0)))
            #expect(decided.json["outcome"] == "match", "\(decided.text)")
            #expect(try await candidate.post("/v1/attempts/\(attempt)/start").json["state"] == "started")

            let all = try await records(of: attempt, service)
            #expect(all.map { $0["method"].string } == ["biometric", "biometric", "visual"])
            let visual = try #require(all.last)
            #expect(visual["reason"] == "document_matches" && visual["moment"] == "before_start")
            #expect(visual["procedure"] == "intermediate_attestation" && visual["document_kind"] == "russian_passport")
            #expect(visual["operator_id"].string == (try await service.id(of: verifier)))
            #expect(visual["authority_id"] != .null)
            #expect(visual["masked_document_number"] == "45** ****56", "the list never shows the whole number")
            #expect(visual["document_number"] == .null)
            let one = try await service.keeper().get(
                "/v1/identifications/\(visual["id"].string ?? "")?purpose=inspection"
            )
            .json
            #expect(one["document_number"] == "4515 123456")
            let looks = try service.rawDatabase().column(
                "SELECT what FROM biometric_accesses WHERE actor NOT NULL AND what = 'document_number'"
            )
            #expect(looks.count == 1, "looking at the number is recorded")
        }
    }

    @Test("Visual only, without consent: no picture is compared, and the exam opens")
    func withoutConsent() async throws {
        try await TestService.run(comparesFaces: true) { service in
            let exam = try await service.exam(
                by: service.staff(.examiner),
                policy: ["any_of": [["electronic", "biometric"]]]
            )
            let candidate = try await service.candidate(0, consents: ["personal_data"])
            let attempt = try await service.attempt(exam, by: candidate)
            let standing = try await candidate.get("/v1/attempts/\(attempt)/identification").json
            #expect(standing["steps"][0]["method"] == "visual", "the visual route is open")
            let caseID = try await service.joinQueue(attempt, by: candidate)
            let own = "/v1/me/visual-identifications/\(caseID)"
            #expect(try await candidate.put("\(own)/document", service.passport(of: Person(0))).status == 200)
            let still = try ProjectFiles.photograph("obama")
            let sent = try await candidate.put("\(own)/pictures/live", type: "image/jpeg", still)
            #expect(sent.status == 200, "\(sent.text)")

            let verifier = try await service.verifier()
            let details = try await verifier.post("/v1/visual-identifications/\(caseID)/taking").json
            #expect(details["case"]["cause"] == "no_consent")
            #expect(details["document"]["number"] == "123456" && details["findings"] == [])
            #expect(details["scores"] == .null, "nothing was compared")
            let shown = try await verifier.get("/v1/visual-identifications/\(caseID)/pictures/live")
            #expect(shown.body == still && shown.header("Content-Type") == "image/jpeg")
            let decided = try await verifier.post(
                "/v1/visual-identifications/\(caseID)/decision",
                service.decision(details)
            )
            #expect(decided.json["outcome"] == "match", "\(decided.text)")
            #expect(try await candidate.post("/v1/attempts/\(attempt)/start").json["state"] == "started")
            let raw = try service.rawDatabase()
            #expect(try raw.count("biometric_keys") == 0 && raw.count("portraits") == 0)
            #expect(try raw.column("SELECT what FROM biometric_accesses WHERE what = 'template'").isEmpty)
            #expect(!service.folder.files(below: "evidence").isEmpty)
        }
    }

    @Test("C8: a partner verifies those who consented to it, and does not even see the others")
    func partner() async throws {
        try await TestService.run { service in
            let exam = try await service.exam(by: service.staff(.examiner), policy: ["any_of": [["visual"]]])
            let partner = try await service.verifier(
                role: .partner,
                authority: ["partner_organisation": "Колледж связи"]
            )
            let candidates = [
                try await service.candidate(0, consents: ["personal_data"]),
                try await service.candidate(1, consents: ["personal_data"]),
            ]
            let form = try await service.consentForm("partner_transfer").with(["partners": ["Колледж связи"]])
            let consented = try await candidates[1].post("/v1/me/consents", form)
            #expect(consented.status == 200, "\(consented.text)")
            var cases: [String] = []
            for candidate in candidates {
                cases.append(try await service.joinQueue(service.attempt(exam, by: candidate), by: candidate))
            }
            let seen = try await partner.get("/v1/visual-identifications").json["cases"].array
            #expect(seen.map { $0["id"].string } == [cases[1]])
            #expect(try await partner.post("/v1/visual-identifications/\(cases[0])/taking").code == "case_unknown")
            let decided = try await service.verify(cases[1], by: partner, document: service.passport(of: Person(1)))
            #expect(decided.json["outcome"] == "match", "\(decided.text)")

            let withdrawn = try await candidates[1].post("/v1/me/consents/partner_transfer/withdrawal")
            #expect(withdrawn.status == 200, "\(withdrawn.text)")
            #expect(try await partner.get("/v1/visual-identifications?scope=all").json["cases"] == [])
        }
    }

    @Test(
        "C6: another person at the camera ends the attempt with the lowest grade of the scale",
        arguments: [("five_point", "unsatisfactory", "неудовлетворительно"), ("pass_fail", "failed", "не зачтено")]
    )
    func impostor(scale: String, grade: String, label: String) async throws {
        try await TestService.run { service in
            let examiner = try await service.staff(.examiner)
            let exam = try await service.exam(
                by: examiner,
                changes: [
                    "grading_scale": .string(scale), "identification_policy": ["any_of": [["visual"]]],
                ]
            )
            let candidate = try await service.candidate(0)
            let attempt = try await service.attempt(exam, by: candidate)
            let caseID = try await service.joinQueue(attempt, by: candidate)
            let verifier = try await service.verifier()
            let silent = try await service.verify(
                caseID,
                by: verifier,
                document: service.passport(of: Person(0)),
                reason: "other_person"
            )
            #expect(silent.code == "comment_needed", "such a decision says what was seen")
            let decided = try await service.verify(
                caseID,
                by: verifier,
                document: service.passport(of: Person(0)),
                reason: "other_person",
                ["comment": "На связь вышел другой человек."]
            )
            #expect(decided.json["outcome"] == "non_match", "\(decided.text)")
            let ended = try await candidate.get("/v1/attempts/\(attempt)").json
            #expect(ended["state"] == "rejected")
            #expect(ended["result"]["grade"].string == grade && ended["result"]["grade_text"].string == label)
            #expect(try await candidate.post("/v1/attempts/\(attempt)/start").code == "attempt_closed")
            let types = try await service.eventTypes(of: attempt, as: examiner)
            #expect(types.suffix(3) == ["verification.decided", "attempt.rejected", "attempt.graded"])
            let bodies = try service.rawDatabase().column(
                "SELECT CAST(body AS TEXT) FROM log_entries WHERE kind = 'grade'"
            )
            #expect(bodies.count == 1 && bodies[0].contains("other_person"))
            #expect(!bodies[0].contains("другой человек"), "the comment is personal")
        }
    }

    @Test("F4: a minor's parent consents on paper, and the camera opens; the minor's own click does not do")
    func minor() async throws {
        try await TestService.run(comparesFaces: true) { service in
            let exam = try await service.exam(
                by: service.staff(.examiner),
                policy: ["any_of": [["electronic", "biometric"]]]
            )
            let person = Person(0)
            try await service.importContract(of: person, born: "2010-05-01")
            #expect(try await service.anybody.post("/v1/accounts", person.form).status == 201)
            let candidate = try await service.logIn(person.email, person.password, role: "candidate")
            let clicked = try await candidate.post("/v1/me/consents", service.consentForm("biometric"))
            #expect(clicked.code == "representative_needed", "\(clicked.text)")
            let portrait = try ProjectFiles.photograph("obama")
            #expect(try await candidate.put("/v1/me/portrait", type: "image/jpeg", portrait).code == "consent_needed")

            let paper = try await service.parentsConsent("biometric", for: candidate)
            #expect((200...201).contains(paper.status), "\(paper.text)")
            #expect(try await candidate.put("/v1/me/portrait", type: "image/jpeg", portrait).status == 201)
            let attempt = try await service.attempt(exam, by: candidate)
            #expect(try await service.frame("obama2", attempt, by: candidate).json["outcome"] == "match")
            #expect(try await candidate.post("/v1/attempts/\(attempt)/start").json["state"] == "started")
        }
    }

    @Test(
        "C2: without a power of attorney that is valid today a verifier takes and decides nothing",
        arguments: [
            nil, ["valid_until": "2026-03-01"], ["valid_from": "2026-03-03", "valid_until": "2026-06-30"],
            ["scopes": ["technical_support"]],
        ] as [[String: JSON]?]
    )
    func authority(_ authority: [String: JSON]?) async throws {
        try await TestService.run { service in
            let exam = try await service.exam(by: service.staff(.examiner), policy: ["any_of": [["visual"]]])
            let candidate = try await service.candidate(0)
            let caseID = try await service.joinQueue(service.attempt(exam, by: candidate), by: candidate)
            let verifier = try await service.verifier(authority: authority)
            let path = "/v1/visual-identifications/\(caseID)"
            #expect(try await verifier.post("\(path)/taking").code == "authority_missing")
            #expect(try await verifier.get(path).code == "case_not_held")
            #expect(try await verifier.get("\(path)/pictures/document").code == "case_not_held")
            #expect(try service.rawDatabase().count("identifications WHERE method = 'visual'") == 0)
        }
    }

    @Test("C2: a power of attorney that runs out at midnight cannot decide in the morning")
    func authorityRunsOut() async throws {
        let clock = TestClock()
        try await TestService.run(clock: clock) { service in
            let exam = try await service.exam(by: service.staff(.examiner), policy: ["any_of": [["visual"]]])
            let candidate = try await service.candidate(0)
            // 2026-03-02 23:50 in Moscow.
            clock.advance(minutes: 11 * 60 + 50)
            let login = try await service.logIn("candidate0@example.org", "correct horse battery 0", role: "candidate")
            let caseID = try await service.joinQueue(service.attempt(exam, by: login), by: login)
            let verifier = try await service.verifier(authority: ["valid_until": "2026-03-02"])
            let path = "/v1/visual-identifications/\(caseID)"
            let taken = try await verifier.post("\(path)/taking")
            #expect(taken.status == 200, "\(taken.text)")
            clock.advance(minutes: 9)
            let filled = try await verifier.put("\(path)/document", service.passport(of: Person(0)))
            clock.advance(minutes: 2)
            let decided = try await verifier.post("\(path)/decision", service.decision(filled.json))
            #expect(decided.code == "authority_missing", "\(decided.text)")
            _ = candidate
        }
    }

    @Test("C3: a foreign passport without Russian and without translation identifies nobody; with one it does")
    func translation() async throws {
        try await TestService.run { service in
            let exam = try await service.exam(by: service.staff(.examiner), policy: ["any_of": [["visual"]]])
            let candidate = try await service.candidate(0)
            let attempt = try await service.attempt(exam, by: candidate)
            let caseID = try await service.joinQueue(attempt, by: candidate)
            let verifier = try await service.verifier()
            let foreign: JSON = [
                "kind": "foreign_passport", "number": "AB1234567", "country": "DEU", "issue_date": "2020-01-10",
                "expiry_date": "2030-01-09", "birth_date": "1995-05-20", "surname": "Soloveva", "given_name": "Alena",
                "languages": ["de", "en"],
            ]
            let refused = try await service.verify(caseID, by: verifier, document: foreign)
            #expect(refused.status == 422 && refused.code == "document_not_accepted", "\(refused.text)")
            #expect(refused.faultCodes.contains("translation_missing"))
            #expect(try await candidate.post("/v1/attempts/\(attempt)/start").code == "identification_required")

            let inconclusive = try await service.verify(
                caseID,
                by: verifier,
                document: foreign,
                reason: "translation_missing",
                ["comment": "Перевода нет."]
            )
            #expect(inconclusive.json["outcome"] == "inconclusive", "\(inconclusive.text)")
            let told = try await candidate.get("/v1/me/visual-identifications/\(caseID)").json
            #expect(told["text"].string?.contains("перевод") == true)

            let next = try await service.joinQueue(attempt, by: candidate)
            #expect(next != caseID, "a new place in the queue")
            let translated = foreign.with([
                "translation": ["certified_by": "Нотариус Лис", "register_number": "7", "date": "2026-02-01"]
            ])
            let accepted = try await service.verify(next, by: verifier, document: translated)
            #expect(accepted.json["outcome"] == "match", "\(accepted.text)")
            #expect(try await candidate.post("/v1/attempts/\(attempt)/start").json["state"] == "started")
        }
    }

    @Test("C5: of two verifiers who take one case at the same moment one gets it")
    func race() async throws {
        try await TestService.run { service in
            let exam = try await service.exam(by: service.staff(.examiner), policy: ["any_of": [["visual"]]])
            let candidate = try await service.candidate(0)
            let caseID = try await service.joinQueue(service.attempt(exam, by: candidate), by: candidate)
            let path = "/v1/visual-identifications/\(caseID)"
            let verifiers = [try await service.verifier(0), try await service.verifier(1)]
            let replies = try await withThrowingTaskGroup(of: (Int, Reply).self) { group in
                for (place, verifier) in verifiers.enumerated() {
                    group.addTask { (place, try await verifier.post("\(path)/taking")) }
                }
                return try await group.reduce(into: [Int: Reply]()) { $0[$1.0] = $1.1 }
            }
            #expect(replies.values.filter { $0.status == 200 }.count == 1)
            #expect(replies.values.filter { $0.code == "case_taken" }.count == 1)
            let winner = try #require(replies.first { $0.value.status == 200 }?.key)
            let loser = verifiers[1 - winner]
            #expect(try await loser.get(path).code == "case_not_held", "the other one sees nothing of it")
            let passport = service.passport(of: Person(0))
            #expect(try await loser.put("\(path)/document", passport).code == "case_not_held")
            let filled = try await verifiers[winner].put("\(path)/document", passport)
            let early = try await loser.post("\(path)/decision", service.decision(filled.json))
            #expect(early.code == "case_not_held")
            let decided = try await verifiers[winner].post("\(path)/decision", service.decision(filled.json))
            #expect(decided.json["outcome"] == "match", "\(decided.text)")
            let late = try await verifiers[winner].post("\(path)/decision", service.decision(filled.json))
            #expect(late.code == "case_closed", "a decision stands")
            #expect(try service.rawDatabase().count("identifications WHERE method = 'visual'") == 1)
        }
    }

    @Test("B5: who takes the consent back in the middle goes on by a verifier, and what was taken is erased")
    func withdrawal() async throws {
        try await TestService.run(comparesFaces: true) { service in
            let exam = try await service.exam(
                by: service.staff(.examiner),
                policy: ["any_of": [["electronic", "biometric"]]]
            )
            let candidate = try await service.candidate(0)
            try await service.portrait("obama", of: candidate)
            let attempt = try await service.attempt(exam, by: candidate)
            #expect(try await service.frame("obama2", attempt, by: candidate).json["attempt_state"] == "ready_to_start")
            let withdrawn = try await candidate.post("/v1/me/consents/biometric/withdrawal")
            #expect(withdrawn.status == 200, "\(withdrawn.text)")
            let start = try await candidate.post("/v1/attempts/\(attempt)/start")
            #expect(start.code == "identification_required", "\(start.text)")
            #expect(start.faultCodes == ["visual"])
            #expect(try await service.frame("obama2", attempt, by: candidate).code == "consent_needed")

            let caseID = try await service.joinQueue(attempt, by: candidate)
            let verifier = try await service.verifier()
            let decided = try await service.verify(caseID, by: verifier, document: service.passport(of: Person(0)))
            #expect(decided.json["outcome"] == "match", "\(decided.text)")
            #expect(try await candidate.post("/v1/attempts/\(attempt)/start").json["state"] == "started")
            let all = try await records(of: attempt, service)
            #expect(all.map { $0["method"].string } == ["biometric", "visual"])
            let erasures = try await service.keeper().get("/v1/erasures").json["erasures"].array
            #expect(erasures.count == 1)
        }
    }
}
