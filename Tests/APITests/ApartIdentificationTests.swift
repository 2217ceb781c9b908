import Accounts
import Foundation
import TestSupport
import Testing
import Workflows

@Suite("S1 6.2 Identification by the face for a procedure apart from any attempt")
struct ApartIdentificationTests {
    private static let path = "/v1/me/procedures/admission_of_documents"

    /// A candidate with a portrait, and the policy of the admission of documents.
    private func scene(
        _ service: TestService,
        _ policy: [String: JSON] = ["liveness": false],
        consents: [String] = ["personal_data", "biometric"]
    ) async throws -> (candidate: Client, administrator: Client) {
        let administrator = try await service.staff(.administrator)
        let form: JSON = ["any_of": [["electronic", "biometric"]]]
        let set = try await administrator.put(
            "/v1/identification-policies/admission_of_documents",
            form.with(policy)
        )
        try #require(set.status == 200, "\(set.text)")
        let candidate = try await service.candidate(0, consents: consents)
        if consents.contains("biometric") { try await service.portrait("obama", of: candidate) }
        return (candidate, administrator)
    }

    private func show(
        _ names: [String],
        by candidate: Client,
        path: String = path,
        key: String? = nil
    ) async throws -> Reply {
        let pictures = try names.map { JSON.string(try ProjectFiles.photograph($0).base64EncodedString()) }
        return try await candidate.post("\(path)/frames", ["pictures": .array(pictures)], key: key)
    }

    @Test("S1 6.2: the face identifies for this procedure, for as long as its policy says, and for no other")
    func identified() async throws {
        try await TestService.run(comparesFaces: true) { service in
            let (candidate, _) = try await scene(service, ["liveness": false, "valid_for_seconds": 600])
            let before = try await candidate.get("\(Self.path)/identification").json
            #expect(before["suffices"] == false && before["steps"][0]["method"] == "biometric")
            #expect(before["procedure"] == "admission_of_documents")

            let other = try await show(["biden"], by: candidate)
            #expect(other.status == 201 && other.json["outcome"] == "non_match", "\(other.text)")
            #expect(other.json["standing"]["suffices"] == false)
            // Of two verdicts of one moment the worse one would count.
            service.clock.advance(seconds: 1)
            let reply = try await show(["obama2", "obama3"], by: candidate, key: "frames-0001")
            #expect(reply.status == 201 && reply.json["outcome"] == "match", "\(reply.text)")
            #expect(reply.json["standing"]["suffices"] == true && reply.json["standing"]["steps"].array.isEmpty)
            let keys = Set(["identification_id", "outcome", "reason", "advice", "standing"])
            #expect(Set(reply.json.object.keys) == keys, "the candidate sees no score")
            let again = try await show(["obama2", "obama3"], by: candidate, key: "frames-0001")
            #expect(again.json["identification_id"] == reply.json["identification_id"])

            let query = "/v1/identifications?method=biometric"
            let records = try await service.keeper().get(query).json["identifications"].array
            #expect(records.count == 2)
            for record in records {
                #expect(record["procedure"] == "admission_of_documents" && record["moment"] == "apart")
                #expect(record["attempt_id"] == .null && record["comparison"]["distance"] != .null)
            }
            #expect(try service.rawDatabase().count("log_entries WHERE kind = 'identification'") >= 2)
            #expect(service.folder.files(below: "evidence").count == 3, "the portrait and two records' frames")

            let elsewhere = "/v1/me/procedures/teaching_help/identification"
            #expect(try await candidate.get(elsewhere).json["suffices"] == false)
            let examiner = try await service.staff(.examiner)
            let exam = try await service.exam(by: examiner, biometric: true)
            let attempt = try await service.attempt(exam, by: candidate)
            #expect(try await candidate.get("/v1/attempts/\(attempt)").json["identification_missing"] == ["biometric"])
            service.clock.advance(seconds: 601)
            let late = try await candidate.get("\(Self.path)/identification").json
            #expect(late["suffices"] == false && late["steps"][0]["method"] == "biometric")
        }
    }

    @Test("B5: without consent, portrait or a policy that asks for faces, no frame is looked at or kept")
    func refused() async throws {
        try await TestService.run(comparesFaces: true) { service in
            let (candidate, administrator) = try await scene(service, consents: ["personal_data"])
            let bare = try await show(["obama2"], by: candidate)
            #expect(bare.code == "consent_needed" && bare.faultCodes == ["biometric", "visual"])
            #expect(try await candidate.post("\(Self.path)/liveness").code == "consent_needed")
            try await service.consent(to: "biometric", by: candidate)
            #expect(try await show(["obama2"], by: candidate).code == "portrait_missing")
            let path = "/v1/identification-policies/admission_of_documents"
            _ = try await administrator.put(path, ["any_of": [["electronic", "visual"]]])
            #expect(try await show(["obama2"], by: candidate).code == "biometric_not_asked")
            #expect(try await candidate.post("\(Self.path)/liveness").code == "biometric_not_asked")
            let nothing = "/v1/me/procedures/nothing"
            #expect(try await show(["obama2"], by: candidate, path: nothing).code == "procedure_unknown")
            #expect(try await candidate.get("\(nothing)/identification").code == "procedure_unknown")
            #expect(try service.rawDatabase().count("identifications WHERE method = 'biometric'") == 0)
            #expect(service.folder.files(below: "evidence").isEmpty)
        }
    }

    @Test("NIST SP 800-63B 5.2.3: tries are limited by procedure, also when they come at one moment")
    func tries() async throws {
        try await TestService.run(comparesFaces: true) { service in
            let (candidate, _) = try await scene(service)
            for _ in 0..<4 { #expect(try await show(["biden"], by: candidate).json["outcome"] == "non_match") }
            let replies = try await withThrowingTaskGroup(of: Reply.self) { group in
                for _ in 0..<4 { group.addTask { try await show(["biden"], by: candidate) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(replies.map(\.status).sorted() == [201, 429, 429, 429], "\(replies.map(\.text))")
            #expect(try await show(["obama2"], by: candidate).code == "biometric_wait")
            #expect(try service.rawDatabase().count("identifications WHERE method = 'biometric'") == 5)
            #expect(service.folder.files(below: "evidence").count == 6, "what was refused is not kept")
            service.clock.advance(seconds: 31)
            #expect(try await show(["obama2"], by: candidate).json["standing"]["suffices"] == true)
        }
    }

    @Test(
        "B4: where the policy asks for liveness, photographs do not suffice, and a challenge counts where it was issued"
    )
    func liveness() async throws {
        try await TestService.run(comparesFaces: true) { service in
            let (candidate, _) = try await scene(service, ["liveness": true])
            let match = try await show(["obama2"], by: candidate)
            #expect(match.json["outcome"] == "match" && match.json["standing"]["suffices"] == false, "\(match.text)")
            #expect(match.json["standing"]["steps"][0]["method"] == "biometric")

            let issued = try await candidate.post("\(Self.path)/liveness")
            try #require(issued.status == 201, "\(issued.text)")
            let id = issued.json["id"].string ?? ""
            let still = JSON.string(try ProjectFiles.photograph("obama3").base64EncodedString())
            func answer(_ nonce: JSON) -> JSON {
                [
                    "nonce": nonce,
                    "frames": .array((0..<12).map { ["captured_at_ms": .number(Double($0) * 110), "picture": still] }),
                ]
            }
            let right = answer(issued.json["nonce"])
            let wrong = answer(.string(String(repeating: "0", count: 64)))
            #expect(try await candidate.post("\(Self.path)/liveness/\(id)", wrong).code == "challenge_unknown")
            let elsewhere = "/v1/me/procedures/teaching_help/liveness/\(id)"
            #expect(try await candidate.post(elsewhere, right).code == "challenge_unknown")
            let examiner = try await service.staff(.examiner)
            let exam = try await service.exam(by: examiner, biometric: true, changes: ["liveness": true])
            let attempt = try await service.attempt(exam, by: candidate)
            #expect(
                try await candidate.post("/v1/attempts/\(attempt)/liveness/\(id)", right).code == "challenge_unknown"
            )
            let ofAttempt = try await candidate.post("/v1/attempts/\(attempt)/liveness").json["id"].string ?? ""
            #expect(try await candidate.post("\(Self.path)/liveness/\(ofAttempt)", right).code == "challenge_unknown")

            service.clock.advance(seconds: 5)
            let stills = try await candidate.post("\(Self.path)/liveness/\(id)", right)
            #expect(stills.status == 201 && stills.json["outcome"] != "match", "\(stills.text)")
            #expect(stills.json["standing"]["suffices"] == false)
            #expect(try await candidate.post("\(Self.path)/liveness/\(id)", right).code == "challenge_used")
            service.clock.advance(seconds: 31)
            let second = try await candidate.post("\(Self.path)/liveness").json
            service.clock.advance(seconds: 181)
            let late = try await candidate.post(
                "\(Self.path)/liveness/\(second["id"].string ?? "")",
                answer(second["nonce"])
            )
            #expect(late.code == "challenge_expired", "\(late.text)")
        }
    }

    @Test("S1 6.4, 6.7: who does not consent is identified by a document, and the procedure's policy knows it")
    func visual() async throws {
        try await TestService.run { service in
            let (candidate, _) = try await scene(
                service,
                ["any_of": [["electronic", "biometric", "visual"]], "visual_replaces_biometric": true],
                consents: ["personal_data"]
            )
            let before = try await candidate.get("\(Self.path)/identification").json
            #expect(before["suffices"] == false && before["steps"].array.map { $0["method"].string } == ["visual"])
            let joined = try await candidate.post(
                "/v1/me/visual-identifications",
                ["procedure": "admission_of_documents"]
            )
            let caseID = try #require(joined.json["id"].string, "\(joined.text)")
            #expect(try await candidate.get("\(Self.path)/identification").json["visual_case_id"].string == caseID)
            let other = try await candidate.get("/v1/me/procedures/teaching_help/identification").json
            #expect(other["visual_case_id"] == .null)
            let verifier = try await service.verifier()
            let decided = try await service.verify(
                caseID,
                by: verifier,
                document: service.passport(of: TestService.Person(0))
            )
            #expect(decided.json["outcome"] == "match", "\(decided.text)")
            #expect(try await candidate.get("\(Self.path)/identification").json["suffices"] == true)
        }
    }
}
