import Accounts
import Foundation
import TestSupport
import Testing

@Suite("E3, E4, D11 What pages show of attempts")
struct OverviewTests {
    @Test("E4: the wall has a tile for each attempt, with the newest frame; only staff of exams sees it")
    func wall() async throws {
        try await TestService.run(comparesFaces: true) { service in
            let examiner = try await service.staff(.examiner)
            let exam = try await service.exam(by: examiner, biometric: true)
            let candidate = try await service.candidate(0)
            try await service.portrait("obama", of: candidate)
            let attempt = try await service.attempt(exam, by: candidate)
            let before = try await examiner.get("/v1/exams/\(exam)/wall").json["tiles"].array
            #expect(before.count == 1 && before[0]["newest"] == .null && before[0]["noticed"] == [])

            let frame = try await service.frame("obama2", attempt, by: candidate)
            try #require(frame.json["outcome"] == "match", "\(frame.text)")
            let tile = try #require(try await examiner.get("/v1/exams/\(exam)/wall").json["tiles"].array.first)
            #expect(tile["attempt"]["id"].string == attempt && tile["attempt"]["state"] == "ready_to_start")
            #expect(tile["candidate_name"].string == TestService.Person(0).name.displayed)
            #expect(tile["newest"]["outcome"] == "match" && tile["newest"]["has_picture"] == true)
            #expect(tile["newest"]["identification_id"] == frame.json["identification_id"])

            #expect(try await candidate.get("/v1/exams/\(exam)/wall").status == 403)
            #expect(try await examiner.get("/v1/exams/\(attempt)/wall").status == 404)
        }
    }

    @Test("E3, F5: a frame is the picture that was sent; looking is recorded, and other attempts don't lead to it")
    func picture() async throws {
        try await TestService.run(comparesFaces: true) { service in
            let examiner = try await service.staff(.examiner)
            let exam = try await service.exam(by: examiner, biometric: true)
            let candidate = try await service.candidate(0)
            try await service.portrait("obama", of: candidate)
            let attempt = try await service.attempt(exam, by: candidate)
            let frame = try await service.frame("obama2", attempt, by: candidate)
            let id = try #require(frame.json["identification_id"].string)
            let path = "/v1/attempts/\(attempt)/identifications"

            let record = try await examiner.get(path).json["identifications"].array.first { $0["id"].string == id }
            #expect(record?["comparison"]["distance"] != .null && record?["address"] == .null)

            let picture = try await examiner.get("\(path)/\(id)/pictures/1")
            #expect(picture.status == 200)
            #expect(try picture.body == ProjectFiles.photograph("obama2"))
            let looks = "SELECT what FROM biometric_accesses WHERE actor NOT NULL AND purpose = 'control'"
            #expect(try service.rawDatabase().column(looks) == ["frame"])
            #expect(try await examiner.get("\(path)/\(id)/pictures/2").status == 404)
            #expect(try await examiner.get("\(path)/\(id)/pictures/0").status == 404)
            #expect(try await candidate.get("\(path)/\(id)/pictures/1").status == 403)
            let other = try await service.attempt(exam, by: service.candidate(1))
            #expect(try await examiner.get("/v1/attempts/\(other)/identifications/\(id)/pictures/1").status == 404)
        }
    }

    @Test("D11: candidates find their own attempts with the exam's name, and nobody else's")
    func ownAttempts() async throws {
        try await TestService.run { service in
            let examiner = try await service.staff(.examiner)
            let exam = try await service.exam(by: examiner)
            let first = try await service.candidate(0)
            let second = try await service.candidate(1)
            let attempt = try await service.attempt(exam, by: first)
            let own = try await first.get("/v1/me/attempts").json["attempts"].array
            #expect(own.map { $0["attempt"]["id"].string } == [attempt])
            #expect(own.first?["exam_title"].string?.isEmpty == false)
            #expect(try await first.get("/v1/me/attempts?before=\(attempt)").json["attempts"] == [])
            #expect(try await second.get("/v1/me/attempts").json["attempts"] == [])
            #expect(try await examiner.get("/v1/me/attempts").status == 403)
        }
    }

    @Test("E1: a first connection may begin behind an index")
    func streamBegins() async throws {
        try await TestService.run { service in
            let examiner = try await service.staff(.examiner)
            let exam = try await service.exam(by: examiner)
            _ = try await service.attempt(exam, by: service.candidate(0))
            #expect(try await examiner.get("/v1/exams/\(exam)/events/stream?after=x").code == "parameters_invalid")
        }
    }
}
