import Accounts
import Foundation
import TestSupport
import Testing

@Suite("B2 Comparison of live frames")
struct FrameTests {
    /// An attempt that waits for the first frame.
    private func scene(
        _ service: TestService,
        portrait: String? = "obama"
    ) async throws -> (candidate: Client, attempt: String, officer: Client) {
        let examiner = try await service.staff(.examiner)
        let exam = try await service.exam(by: examiner, biometric: true)
        let candidate = try await service.candidate(0)
        if let portrait { try await service.portrait(portrait, of: candidate) }
        let attempt = try await service.attempt(exam, by: candidate)
        return (candidate, attempt, try await service.staff(.complianceOfficer))
    }

    private func records(of attempt: String, as officer: Client) async throws -> [JSON] {
        try await officer.get("/v1/identifications?attempt=\(attempt)").json["identifications"].array
    }

    @Test(
        "B2: the same person matches and another one does not",
        arguments: [
            ("obama2", "match", "ready_to_start"), ("obama3", "match", "ready_to_start"),
            ("biden", "non_match", "created"),
        ]
    )
    func verdict(photograph: String, outcome: String, state: String) async throws {
        try await TestService.run(comparesFaces: true) { service in
            let (candidate, attempt, officer) = try await scene(service)
            let reply = try await service.frame(photograph, attempt, by: candidate)
            #expect(reply.status == 201)
            #expect(reply.json["outcome"].string == outcome)
            #expect(reply.json["attempt_state"].string == state)
            let keys = Set(["identification_id", "outcome", "reason", "advice", "attempt_state"])
            #expect(Set(reply.json.object.keys) == keys, "the candidate sees the outcome and the advice only")

            let record = try #require(try await records(of: attempt, as: officer).first)
            #expect(record["id"] == reply.json["identification_id"])
            #expect(record["method"] == "biometric")
            #expect(record["evidence_sha256"].string?.count == 64)
            let comparison = record["comparison"]
            for key in ["distance", "match_at_or_below", "non_match_above"] {
                guard case .number = comparison[key] else {
                    Issue.record("staff does not see \(key)")
                    continue
                }
            }
            let expected =
                ["attempt.created", "identification.made"] + (outcome == "match" ? ["attempt.ready_to_start"] : [])
            #expect(try await service.eventTypes(of: attempt, as: candidate) == expected)
            let kinds = try service.rawDatabase().column("SELECT kind FROM log_entries")
            #expect(kinds.last == "identification")
        }
    }

    @Test("B2: a frame without a face is inconclusive and identifies nobody")
    func noFace() async throws {
        try await TestService.run(comparesFaces: true) { service in
            let (candidate, attempt, officer) = try await scene(service)
            let frame = DrawnPNG.ramp(width: 640, height: 480)
            let reply = try await candidate.post("/v1/attempts/\(attempt)/frames", type: "image/png", frame)
            #expect(reply.status == 201)
            #expect(reply.json["outcome"] == "inconclusive")
            #expect(reply.json["reason"] == "no_face")
            #expect(reply.json["attempt_state"] == "created")
            #expect(try await records(of: attempt, as: officer).first?["comparison"] == .null)
            #expect(try await candidate.post("/v1/attempts/\(attempt)/start").code == "identification_required")
        }
    }

    @Test("B2: without a portrait there is nothing to compare with, and nothing is stored")
    func noPortrait() async throws {
        try await TestService.run(comparesFaces: true) { service in
            let (candidate, attempt, officer) = try await scene(service, portrait: nil)
            let reply = try await service.frame("obama2", attempt, by: candidate)
            #expect(reply.status == 409)
            #expect(reply.code == "portrait_missing")
            #expect(try await records(of: attempt, as: officer).isEmpty)
            #expect(service.folder.files(below: "evidence").isEmpty)
        }
    }

    @Test("B2: a frame that is no picture is refused, and nothing is stored")
    func noPicture() async throws {
        try await TestService.run(comparesFaces: true) { service in
            let (candidate, attempt, officer) = try await scene(service)
            let target = "/v1/attempts/\(attempt)/frames"
            let text = Data("no picture".utf8)
            #expect(try await candidate.post(target, type: "image/jpeg", text).status == 415)
            #expect(try await candidate.post(target, type: "text/plain", text).status == 415)
            let bomb = DrawnPNG.promising(width: 30_000, height: 30_000)
            #expect(try await candidate.post(target, type: "image/png", bomb).status == 413)
            #expect(try await records(of: attempt, as: officer).isEmpty)
            #expect(service.folder.files(below: "evidence").count == 1, "the portrait alone")
            #expect(try await service.eventTypes(of: attempt, as: candidate) == ["attempt.created"])
        }
    }

    @Test("B2: a repeated Idempotency-Key answers the first identification and makes no second one")
    func idempotency() async throws {
        try await TestService.run(comparesFaces: true) { service in
            let (candidate, attempt, officer) = try await scene(service)
            let first = try await service.frame("obama2", attempt, by: candidate, key: "frame-1")
            let again = try await service.frame("obama2", attempt, by: candidate, key: "frame-1")
            #expect(first.status == 201)
            #expect(again.status == 201)
            #expect(again.json == first.json)
            let other = try await service.frame("biden", attempt, by: candidate, key: "frame-1")
            #expect(other.status == 409)
            #expect(other.code == "idempotency_key_reused")
            #expect(try await records(of: attempt, as: officer).count == 1)
            let types = try await service.eventTypes(of: attempt, as: candidate)
            #expect(types.filter { $0 == "identification.made" }.count == 1)
            let fresh = try await service.frame("obama2", attempt, by: candidate, key: "frame-2")
            #expect(fresh.json["identification_id"] != first.json["identification_id"])
        }
    }

    @Test("B2: a key that was used in one attempt is refused in another, and no verdict passes between them")
    func keyOfAnotherAttempt() async throws {
        try await TestService.run(comparesFaces: true) { service in
            let (candidate, attempt, officer) = try await scene(service)
            #expect(try await service.frame("obama2", attempt, by: candidate, key: "k").status == 201)
            let examiner = try await service.logIn("examiner@example.org", "staff pass phrase", role: "examiner")
            let other = try await service.attempt(service.exam(by: examiner, biometric: true), by: candidate)
            let reply = try await service.frame("obama2", other, by: candidate, key: "k")
            #expect(reply.status == 409)
            #expect(reply.code == "idempotency_key_reused")
            #expect(try await records(of: other, as: officer).isEmpty)
        }
    }

    @Test("B2: after five failures there is a wait")
    func biometricWait() async throws {
        try await TestService.run(comparesFaces: true) { service in
            let (candidate, attempt, officer) = try await scene(service)
            for _ in 0..<5 {
                #expect(try await service.frame("biden", attempt, by: candidate).json["outcome"] == "non_match")
            }
            let early = try await service.frame("obama2", attempt, by: candidate)
            #expect(early.status == 429)
            #expect(early.code == "biometric_wait")
            #expect(early.header("Retry-After") == "30")
            #expect(try await records(of: attempt, as: officer).count == 5)
            service.clock.advance(seconds: 31)
            #expect(try await service.frame("obama2", attempt, by: candidate).json["outcome"] == "match")
        }
    }

    @Test("B2: another candidate's attempt takes no frames")
    func otherCandidate() async throws {
        try await TestService.run(comparesFaces: true) { service in
            let (_, attempt, officer) = try await scene(service)
            let impostor = try await service.candidate(1)
            try await service.portrait("biden", of: impostor)
            let reply = try await service.frame("biden", attempt, by: impostor)
            #expect(reply.status == 403)
            #expect(reply.code == "other_candidate")
            #expect(try await records(of: attempt, as: officer).isEmpty)
        }
    }
}
