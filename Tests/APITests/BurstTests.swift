import Accounts
import Foundation
import TestSupport
import Testing

@Suite("B1 B2 Several pictures of one moment")
struct BurstTests {
    private func set(_ names: String...) throws -> JSON {
        ["pictures": .array(try names.map { .string(try ProjectFiles.photograph($0).base64EncodedString()) })]
    }

    private func scene(_ service: TestService) async throws -> (candidate: Client, attempt: String) {
        let exam = try await service.exam(by: service.staff(.examiner), biometric: true)
        let candidate = try await service.candidate(0)
        return (candidate, try await service.attempt(exam, by: candidate))
    }

    @Test("B1: a portrait of several pictures; a burst of frames is one identification with one distance")
    func burst() async throws {
        try await TestService.run(comparesFaces: true) { service in
            let (candidate, attempt) = try await scene(service)
            let portrait = try await candidate.put("/v1/me/portrait/pictures", set("obama", "obama3"))
            #expect(portrait.status == 201, "\(portrait.text)")
            let reply = try await candidate.post("/v1/attempts/\(attempt)/bursts", set("obama2", "obama2"))
            #expect(reply.status == 201 && reply.json["outcome"] == "match", "\(reply.text)")
            let officer = try await service.staff(.complianceOfficer)
            let records = try await officer.get("/v1/identifications?attempt=\(attempt)").json["identifications"].array
            #expect(records.count == 1 && records[0]["pictures"].int == 2)
            #expect(records[0]["quality"].array.count > 10, "staff sees what the picture was like")
        }
    }

    @Test("B1: pictures of two people make no portrait")
    func twoPeople() async throws {
        try await TestService.run(comparesFaces: true) { service in
            let candidate = try await service.candidate(0)
            let reply = try await candidate.put("/v1/me/portrait/pictures", set("obama", "biden"))
            #expect(reply.status == 422 && reply.code == "portrait_refused")
            #expect(reply.text.contains("different_faces"))
            #expect(try await candidate.get("/v1/me/portrait").code == "portrait_missing")
        }
    }

    @Test("B2: a burst that mixes two people is nobody's, whoever of them the portrait shows")
    func mixture() async throws {
        try await TestService.run(comparesFaces: true) { service in
            let (candidate, attempt) = try await scene(service)
            try await service.portrait("obama", of: candidate)
            let reply = try await candidate.post("/v1/attempts/\(attempt)/bursts", set("obama3", "biden"))
            #expect(reply.json["outcome"] == "inconclusive", "\(reply.text)")
            #expect(reply.json["reason"] == "several_people")
            #expect(try await candidate.post("/v1/attempts/\(attempt)/start").code == "identification_required")
        }
    }

    @Test("A set of pictures that is none is refused where it is wrong")
    func wrong() async throws {
        try await TestService.run(comparesFaces: true) { service in
            let (candidate, attempt) = try await scene(service)
            try await service.portrait("obama", of: candidate)
            let path = "/v1/attempts/\(attempt)/bursts"
            #expect(try await candidate.post(path, set("obama2")).status == 422, "one picture is no burst")
            let text: JSON = ["pictures": ["this is no base64!", "nor is this"]]
            #expect(try await candidate.post(path, text).code == "body_malformed")
            let words: JSON = ["pictures": .array([.string("aGVsbG8gd29ybGQ="), .string("aGVsbG8gd29ybGQ=")])]
            #expect(try await candidate.post(path, words).code == "picture_unsupported_format")
            let events = try await service.eventTypes(of: attempt, as: candidate)
            #expect(!events.contains("identification.made"), "nothing is stored of what is no picture")
        }
    }
}
