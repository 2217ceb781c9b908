import Accounts
import Foundation
import TestSupport
import Testing

@Suite("A3 Identification policies as data")
struct PolicyTests {
    @Test("A3: a kind of procedure has its policy, exams take it over and keep it")
    func procedures() async throws {
        try await TestService.run { service in
            let officer = try await service.keeper()
            let strict: JSON = [
                "any_of": [["electronic", "visual"], ["electronic", "biometric"]], "every_minutes": 20,
                "jitter_minutes": 5, "on_failure": "refuse", "overriders": ["administrator"],
            ]
            let path = "/v1/identification-policies/final_attestation"
            let set = try await officer.put(path, strict)
            #expect(set.status == 200, "\(set.text)")
            #expect(set.json["policy"]["on_failure"] == "refuse" && set.json["policy"]["liveness"] == true)
            let all = try await officer.get("/v1/identification-policies").json["policies"].array
            #expect(all.count == 6)
            #expect(all.filter { $0["policy"] == set.json["policy"] }.map { $0["procedure"] } == ["final_attestation"])

            let examiner = try await service.staff(.examiner)
            _ = try await service.exam(by: examiner)
            let form = service.examForm().without("identification").without("liveness")
                .with(["procedure": "final_attestation"])
            let exam = try #require(try await examiner.post("/v1/exams", form).json["id"].string)
            let own = try await examiner.get("/v1/exams/\(exam)/identification-policy").json
            #expect(own == set.json)
            _ = try await officer.put(path, ["any_of": [["electronic"]]])
            #expect(try await examiner.get("/v1/exams/\(exam)/identification-policy").json == set.json)
            let log = try service.rawDatabase().column(
                "SELECT CAST(body AS TEXT) FROM log_entries WHERE kind = 'identification_policy'"
            )
            #expect(log.count == 2 && log[0].contains("final_attestation"))
        }
    }

    static let unusablePolicies: [(policy: JSON, code: String)] = [
        (["any_of": [["visual", "visual"]]], "repeated_method"),
        (["any_of": [["visual"]], "every_minutes": 5, "jitter_minutes": 5], "jitter_too_long"),
        (["any_of": [["visual"]], "overriders": ["candidate"]], "overrider_not_staff"),
    ]

    @Test("A3: a policy that cannot be used is refused with the reason", arguments: unusablePolicies)
    func unusable(_ policy: JSON, _ code: String) async throws {
        try await TestService.run { service in
            let officer = try await service.keeper()
            let reply = try await officer.put("/v1/identification-policies/other", policy)
            #expect(reply.status == 422 && reply.code == "policy_unusable")
            #expect(reply.faultCodes == [code])
            let examiner = try await service.staff(.examiner)
            let form = service.examForm().with(["identification_policy": policy])
            _ = try await service.exam(by: examiner)
            #expect(try await examiner.post("/v1/exams", form).code == "policy_unusable")
            #expect(try await officer.put("/v1/identification-policies/nothing", policy).status == 404)
        }
    }

    @Test("A3: with alternatives the nearest one is asked for, and all are named in words")
    func alternatives() async throws {
        try await TestService.run { service in
            let exam = try await service.exam(
                by: service.staff(.examiner),
                policy: [
                    "any_of": [["electronic", "biometric", "visual"], ["electronic", "visual"]],
                    "visual_replaces_biometric": false,
                ]
            )
            let candidate = try await service.candidate(0)
            let attempt = try await service.attempt(exam, by: candidate)
            let standing = try await candidate.get("/v1/attempts/\(attempt)/identification").json
            #expect(standing["steps"].array.map { $0["method"].string } == ["visual"])
            let text = standing["text"].string ?? ""
            #expect(text.contains("проверка документа") && text.contains("сверка лица с портретом"))
            let english = try await candidate.with("Accept-Language", "en").get(
                "/v1/attempts/\(attempt)/identification"
            )
            #expect(english.json["text"].string?.contains("Any of these ways will do") == true)
        }
    }
}
