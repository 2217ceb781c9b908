import Accounts
import Foundation
import TestSupport
import Testing

@Suite("A4 Whose attempt it is")
struct AccessTests {
    /// Everything that can be asked of an attempt.
    static let requests: [(method: String, path: String, body: JSON?)] = [
        ("GET", "", nil), ("GET", "/ticket", nil), ("GET", "/answers", nil), ("GET", "/events", nil),
        ("GET", "/events/stream", nil), ("POST", "/start", nil), ("POST", "/submit", nil),
        ("PUT", "/answers/1", ["type": "truth", "value": true]), ("POST", "/events", ["type": "client.pasted"]),
    ]

    private func send(_ client: Client, _ attempt: String, _ index: Int) async throws -> Reply {
        let (method, path, body) = Self.requests[index]
        let type = body == nil ? nil : "application/json"
        return try await client.send(
            client.request(method, "/v1/attempts/\(attempt)\(path)", type: type, body?.data ?? Data())
        )
    }

    @Test("A4: another candidate's attempt is forbidden, and stays as it is", arguments: requests.indices)
    func otherCandidate(_ index: Int) async throws {
        try await TestService.run { service in
            let exam = try await service.exam(by: service.staff(.examiner))
            let owner = try await service.candidate(0)
            let attempt = try await service.startedAttempt(exam, by: owner)
            let before = try await owner.get("/v1/attempts/\(attempt)").json
            let reply = try await send(service.candidate(1), attempt, index)
            #expect(reply.status == 403)
            #expect(reply.code == "other_candidate")
            #expect(try await owner.get("/v1/attempts/\(attempt)").json == before)
            #expect(try await owner.get("/v1/attempts/\(attempt)/answers").json["answers"] == [])
        }
    }

    @Test(
        "An attempt that is not there, and what is no identifier, is not found",
        arguments: requests.indices,
        ["0197f3a0-0000-7000-8000-000000000000", "not-an-identifier"]
    )
    func unknown(_ index: Int, attempt: String) async throws {
        try await TestService.run { service in
            let candidate = try await service.candidate(0)
            let reply = try await send(candidate, attempt, index)
            #expect(reply.status == 404)
            #expect(["attempt_unknown", "identifier_unknown"].contains(reply.code))
        }
    }

    @Test("An exam that is not there is not found", arguments: ["0197f3a0-0000-7000-8000-000000000000", "x", "%F0%9F"])
    func unknownExam(_ exam: String) async throws {
        try await TestService.run { service in
            let candidate = try await service.candidate(0)
            #expect([400, 404].contains(try await candidate.get("/v1/exams/\(exam)").status))
            let reply = try await candidate.post("/v1/exams/\(exam)/attempts")
            #expect([400, 404].contains(reply.status))
        }
    }

    @Test("Those who conduct, review or audit exams see an attempt; a verifier and a partner do not")
    func staff() async throws {
        try await TestService.run { service in
            let examiner = try await service.staff(.examiner)
            let exam = try await service.exam(by: examiner)
            let candidate = try await service.candidate(0)
            let attempt = try await service.startedAttempt(exam, by: candidate)
            for role in [Role.reviewer, .administrator, .complianceOfficer, .verifier, .partner] {
                let expected = [.verifier, .partner].contains(role) ? 403 : 200
                let client = try await service.staff(role)
                for path in ["", "/answers", "/events"] {
                    #expect(try await client.get("/v1/attempts/\(attempt)\(path)").status == expected, "\(role)\(path)")
                }
            }
            #expect(try await examiner.get("/v1/attempts/\(attempt)").json["state"] == "started")
        }
    }
}
