import Accounts
import Foundation
import TestSupport
import Testing

@Suite("B2 D2 Start of an attempt")
struct StartTests {
    @Test("D2: a candidate has one attempt at an exam, also when asked twice at the same time")
    func oneAttempt() async throws {
        try await TestService.run { service in
            let exam = try await service.exam(by: service.staff(.examiner))
            let candidate = try await service.candidate(0)
            let replies = try await withThrowingTaskGroup(of: Reply.self) { group in
                for _ in 0..<5 { group.addTask { try await candidate.post("/v1/exams/\(exam)/attempts") } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(replies.map(\.status).sorted() == [200, 200, 200, 200, 201])
            #expect(Set(replies.compactMap { $0.json["id"].string }).count == 1)
            #expect(try service.rawDatabase().count("attempts") == 1)
        }
    }

    @Test("D2: an attempt starts while its exam is open; before that candidates may wait, after that none comes in")
    func window() async throws {
        try await TestService.run { service in
            let examiner = try await service.staff(.examiner)
            let candidate = try await service.candidate(0)
            func time(_ minutes: Double) -> JSON {
                .string(service.clock.now.addingTimeInterval(minutes * 60).formatted(.iso8601))
            }
            let future = try await service.exam(by: examiner, changes: ["opens_at": time(5), "closes_at": time(15)])
            let attempt = try await service.attempt(future, by: candidate)
            #expect(try await candidate.post("/v1/attempts/\(attempt)/start").code == "exam_not_open")
            service.clock.advance(minutes: 6)
            service.clock.advance(minutes: 10)
            #expect(try await candidate.post("/v1/attempts/\(attempt)/start").code == "exam_closed")
            #expect(try await candidate.get("/v1/attempts/\(attempt)/ticket").code == "attempt_not_started")
            let late = try await service.candidate(1)
            #expect(try await late.post("/v1/exams/\(future)/attempts").code == "exam_closed")
            #expect(try await late.post("/v1/exams/\(UUID().uuidString)/attempts").status == 404)
        }
    }

    @Test("B2: no start without identification, none after another person's frame, none on a stale match")
    func identificationBeforeStart() async throws {
        try await TestService.run(comparesFaces: true) { service in
            let exam = try await service.exam(by: service.staff(.examiner), biometric: true)
            let candidate = try await service.candidate(0)
            try await service.portrait("obama", of: candidate)
            let attempt = try await service.attempt(exam, by: candidate)
            func start() async throws -> Reply { try await candidate.post("/v1/attempts/\(attempt)/start") }
            func missing() async throws -> JSON {
                try await candidate.get("/v1/attempts/\(attempt)").json["identification_missing"]
            }

            let unidentified = try await start()
            #expect(unidentified.status == 409)
            #expect(unidentified.code == "identification_required")
            #expect(unidentified.faultCodes == ["biometric"])
            #expect(try await missing() == ["biometric"])

            _ = try await service.frame("obama2", attempt, by: candidate)
            #expect(try await missing() == [])
            service.clock.advance(seconds: 1)
            let impostor = try await service.frame("biden", attempt, by: candidate)
            #expect(impostor.json["attempt_state"] == "created")
            #expect(try await start().code == "identification_required")

            service.clock.advance(seconds: 1)
            _ = try await service.frame("obama3", attempt, by: candidate)
            service.clock.advance(minutes: 11)
            #expect(try await start().code == "identification_required")
            #expect(try await missing() == ["biometric"])

            _ = try await service.frame("obama2", attempt, by: candidate)
            service.clock.advance(minutes: 9)
            let started = try await start()
            #expect(started.status == 200)
            #expect(started.json["state"] == "started")
            #expect(started.json["deadline"].string != nil)
            #expect(try await start().json == started.json, "starting twice changes nothing")
            let types = try await service.eventTypes(of: attempt, as: candidate)
            #expect(types.filter { $0 == "attempt.started" }.count == 1)
            #expect(!types.contains("write.refused"))
        }
    }

    @Test("B2: a visual identification that the exam demands cannot be replaced by a frame")
    func visualDemanded() async throws {
        try await TestService.run { service in
            let methods: JSON = ["electronic", "visual"]
            let exam = try await service.exam(by: service.staff(.examiner), changes: ["identification": methods])
            let candidate = try await service.candidate(0)
            let attempt = try await service.attempt(exam, by: candidate)
            let reply = try await candidate.post("/v1/attempts/\(attempt)/start")
            #expect(reply.status == 409)
            #expect(reply.faultCodes == ["visual"])
        }
    }
}
