import Accounts
import Evaluation
import FaceAnalysis
import Foundation
import Liveness
import TestSupport
import Testing

@Suite("B4 Liveness challenges", .serialized)
struct LivenessTests {
    /// An attempt whose exam asks for liveness, by a candidate with a portrait.
    private func scene(
        _ service: TestService,
        portrait: String = "obama3"
    ) async throws -> (candidate: Client, attempt: String) {
        let examiner = try await service.staff(.examiner)
        let exam = try await service.exam(by: examiner, biometric: true, changes: ["liveness": true])
        let candidate = try await service.candidate(0)
        try await service.portrait(portrait, of: candidate)
        return (candidate, try await service.attempt(exam, by: candidate))
    }

    private func challenge(_ attempt: String, by candidate: Client) async throws -> JSON {
        let reply = try await candidate.post("/v1/attempts/\(attempt)/liveness")
        try #require(reply.status == 201, "\(reply.text)")
        return reply.json
    }

    /// Frames of somebody who makes a challenge's movements, or pretends to.
    private func frames(
        _ species: PresentationSpecies,
        of photograph: String,
        answering challenge: JSON,
        seed: UInt64 = 1
    ) async throws -> [PresentationFrame] {
        let movements = challenge["movements"].array.compactMap { $0["movement"].string }
        let person = try await Self.subject(photograph)
        let other = try await Self.subject("biden")
        // Drawing computes for long: not on the threads on which the service under test answers.
        return try await withCheckedThrowingContinuation { continuation in
            Self.studio.async {
                continuation.resume(
                    with: Result {
                        try PresentationStudio(person, other: other, seed: seed)
                            .frames(species, challenge: movements.compactMap { LivenessMovement(rawValue: $0) })
                    }
                )
            }
        }
    }

    private static let studio = DispatchQueue(label: "liveness-tests.studio")

    private static func subject(_ photograph: String) async throws -> PresentationSubject {
        let picture = try ProjectFiles.photograph(photograph)
        let face = try #require(try await TestService.analyzer.analyze(picture, embed: .largest).largestFace)
        return PresentationSubject(
            name: photograph,
            picture: picture,
            landmarks: face.landmarks,
            reference: try #require(face.template)
        )
    }

    private func body(_ challenge: JSON, _ frames: [PresentationFrame]) -> JSON {
        [
            "nonce": challenge["nonce"],
            "frames": .array(
                frames.map {
                    [
                        "captured_at_ms": .number(($0.capturedAt * 1_000).rounded()),
                        "picture": .string($0.file.base64EncodedString()),
                    ]
                }
            ),
        ]
    }

    private func answer(
        _ challenge: JSON,
        _ frames: [PresentationFrame],
        _ attempt: String,
        by candidate: Client,
        key: String? = nil
    ) async throws -> Reply {
        let path = "/v1/attempts/\(attempt)/liveness/\(challenge["id"].string ?? "")"
        return try await candidate.post(path, body(challenge, frames), key: key)
    }

    @Test("B4: whoever makes the movements and is the one in the portrait may start")
    func live() async throws {
        try await TestService.run(comparesFaces: true) { service in
            let (candidate, attempt) = try await scene(service)
            let before = try await candidate.get("/v1/attempts/\(attempt)").json
            #expect(before["liveness_needed"] == true && before["identification_missing"] == ["biometric"])
            // A photograph matches, and is not enough.
            #expect(try await service.frame("obama2", attempt, by: candidate).json["outcome"] == "match")
            let refused = try await candidate.post("/v1/attempts/\(attempt)/start")
            #expect(refused.code == "identification_required")
            #expect(refused.text.contains("\"liveness\""), "\(refused.text)")

            // As people do, the drawn one may move too little for one challenge and is asked for another.
            var tries = 0
            var challenge: JSON
            var shown: [PresentationFrame]
            var reply: Reply
            repeat {
                tries += 1
                challenge = try await self.challenge(attempt, by: candidate)
                shown = try await frames(.bonaFide, of: "obama", answering: challenge, seed: UInt64(tries))
                service.clock.advance(seconds: 20)
                reply = try await answer(challenge, shown, attempt, by: candidate, key: "liveness-answer-\(tries)")
                #expect(reply.status == 201, "\(reply.text)")
            } while reply.json["outcome"] == "inconclusive" && tries < 4
            #expect(reply.json["outcome"] == "match", "\(reply.text)")
            #expect(reply.json["attempt_state"] == "ready_to_start")
            let keys = Set(["identification_id", "outcome", "reason", "advice", "attempt_state"])
            #expect(Set(reply.json.object.keys) == keys, "the candidate sees no check and no score")
            let repeated = try await answer(challenge, shown, attempt, by: candidate, key: "liveness-answer-\(tries)")
            #expect(repeated.json == reply.json, "the same request has the same answer")
            #expect(try await candidate.get("/v1/attempts/\(attempt)").json["liveness_needed"] == false)
            #expect(try await candidate.post("/v1/attempts/\(attempt)/start").json["state"] == "started")

            let officer = try await service.staff(.complianceOfficer)
            let records = try await officer.get("/v1/identifications?attempt=\(attempt)").json["identifications"].array
            let record = try #require(records.first { $0["id"] == reply.json["identification_id"] })
            #expect(record["liveness"]["outcome"] == "live")
            #expect(record["liveness"]["checks"].array.allSatisfy { $0["state"] == "passed" })
            #expect(record["pictures"].int == shown.count)
            guard case .number = record["comparison"]["same_source_probability"] else {
                Issue.record("staff sees no calibrated score")
                return
            }
        }
    }

    @Test(
        "B4: what only looks like the person does not pass, and is not told why",
        arguments: [PresentationSpecies.stillPrint, .movedPrint, .tiltedPrint, .replay, .splicedPersons]
    )
    func attack(_ species: PresentationSpecies) async throws {
        try await TestService.run(comparesFaces: true) { service in
            let (candidate, attempt) = try await scene(service)
            let challenge = try await challenge(attempt, by: candidate)
            let frames = try await frames(species, of: "obama", answering: challenge)
            service.clock.advance(seconds: 20)
            let reply = try await answer(challenge, frames, attempt, by: candidate)
            #expect(reply.json["outcome"] == "inconclusive", "\(reply.text)")
            #expect(reply.json["reason"] == "liveness_not_confirmed")
            #expect(try await candidate.post("/v1/attempts/\(attempt)/start").code == "identification_required")
            #expect(try await candidate.get("/v1/attempts/\(attempt)").json["liveness_needed"] == true)
        }
    }

    @Test("B4: a living person who is somebody else is a non-match")
    func otherPerson() async throws {
        try await TestService.run(comparesFaces: true) { service in
            let (candidate, attempt) = try await scene(service)
            let challenge = try await challenge(attempt, by: candidate)
            let frames = try await frames(.bonaFide, of: "biden", answering: challenge)
            service.clock.advance(seconds: 20)
            let reply = try await answer(challenge, frames, attempt, by: candidate)
            #expect(reply.json["outcome"] != "match", "\(reply.text)")
            #expect(try await candidate.post("/v1/attempts/\(attempt)/start").code == "identification_required")
        }
    }

    @Test("B4: a challenge counts once, in time, for its attempt, with its nonce")
    func singleUse() async throws {
        try await TestService.run(comparesFaces: true) { service in
            let (candidate, attempt) = try await scene(service)
            let first = try await challenge(attempt, by: candidate)
            let frames = Array(try await frames(.stillPrint, of: "obama", answering: first).prefix(13))

            let wrongNonce = first.with(["nonce": .string(String(repeating: "0", count: 64))])
            #expect(try await answer(wrongNonce, frames, attempt, by: candidate).code == "challenge_unknown")
            let unknown = first.with(["id": .string(UUID().uuidString.lowercased())])
            #expect(try await answer(unknown, frames, attempt, by: candidate).code == "challenge_unknown")
            let stranger = try await service.candidate(1)
            #expect(try await answer(first, frames, attempt, by: stranger).status == 403)

            #expect(try await answer(first, frames, attempt, by: candidate).status == 201)
            #expect(try await answer(first, frames, attempt, by: candidate).code == "challenge_used")

            // The same frames under another challenge: they came before.
            let second = try await challenge(attempt, by: candidate)
            let reply = try await answer(second, frames, attempt, by: candidate)
            #expect(reply.json["outcome"] == "inconclusive")
            let officer = try await service.staff(.complianceOfficer)
            let records = try await officer.get("/v1/identifications?attempt=\(attempt)").json["identifications"].array
            let record = try #require(records.first { $0["id"] == reply.json["identification_id"] })
            let seen = try #require(record["liveness"]["checks"].array.first { $0["name"] == "frames_seen_before" })
            #expect(seen["state"] == "failed" && seen["measured"].int == frames.count)

            let late = try await challenge(attempt, by: candidate)
            service.clock.advance(seconds: 181)
            #expect(try await answer(late, frames, attempt, by: candidate).code == "challenge_expired")
        }
    }

    @Test("B4: two answers at the same moment are one answer")
    func race() async throws {
        try await TestService.run(comparesFaces: true) { service in
            let (candidate, attempt) = try await scene(service)
            let challenge = try await challenge(attempt, by: candidate)
            let frames = Array(try await frames(.stillPrint, of: "obama", answering: challenge).prefix(12))
            let replies = try await withThrowingTaskGroup(of: Reply.self) { group in
                for _ in 0..<4 { group.addTask { try await answer(challenge, frames, attempt, by: candidate) } }
                return try await group.reduce(into: [Reply]()) { $0.append($1) }
            }
            #expect(replies.count { $0.status == 201 } == 1)
            #expect(replies.count { $0.code == "challenge_used" } == 3)
        }
    }

    @Test("B4: frames that claim a longer time than the challenge has existed are no living person's")
    func impossibleTimes() async throws {
        try await TestService.run(comparesFaces: true) { service in
            let (candidate, attempt) = try await scene(service)
            let challenge = try await challenge(attempt, by: candidate)
            let frames = try await frames(.bonaFide, of: "obama", answering: challenge)
            // The clock has not moved since the challenge was issued: these frames are older than it.
            let reply = try await answer(challenge, frames, attempt, by: candidate)
            #expect(reply.json["outcome"] == "inconclusive", "\(reply.text)")
            #expect(try await candidate.post("/v1/attempts/\(attempt)/start").code == "identification_required")
        }
    }

    @Test("B4: what is no picture is refused with the reason, and nothing is recorded")
    func noPictures() async throws {
        try await TestService.run(comparesFaces: true) { service in
            let (candidate, attempt) = try await scene(service)
            let challenge = try await challenge(attempt, by: candidate)
            var text = try #require(try await frames(.stillPrint, of: "obama", answering: challenge).first)
            text.file = Data("this is not a picture".utf8)
            let reply = try await answer(challenge, [text], attempt, by: candidate)
            #expect(reply.status == 415 && reply.code == "picture_unsupported_format")
            let events = try await service.eventTypes(of: attempt, as: candidate)
            #expect(!events.contains("identification.made"))
        }
    }

    @Test("B4: challenges are not to be had without end, nor without a portrait or for a closed attempt")
    func limits() async throws {
        try await TestService.run(comparesFaces: true) { service in
            let (candidate, attempt) = try await scene(service)
            for _ in 0..<12 { _ = try await challenge(attempt, by: candidate) }
            let refused = try await candidate.post("/v1/attempts/\(attempt)/liveness")
            #expect(refused.status == 429 && refused.code == "liveness_wait")
            service.clock.advance(minutes: 11)
            #expect(try await candidate.post("/v1/attempts/\(attempt)/liveness").status == 201)

            let exam = try await service.exam(
                by: service.logIn("examiner@example.org", "staff pass phrase", role: "examiner")
            )
            let other = try await service.candidate(1)
            let bare = try await service.attempt(exam, by: other)
            #expect(try await other.post("/v1/attempts/\(bare)/liveness").code == "portrait_missing")
            try await service.portrait("biden", of: other)
            _ = try await other.post("/v1/attempts/\(bare)/start")
            _ = try await other.post("/v1/attempts/\(bare)/submit")
            #expect(try await other.post("/v1/attempts/\(bare)/liveness").code == "attempt_closed")
        }
    }
}
