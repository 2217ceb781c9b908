import Accounts
import Foundation
import TestSupport
import Testing

/// The steps of cases that several suites take.
extension TestService {
    /// A member of staff by a name of their own; several have the same role.
    func colleague(_ name: String, _ role: Role = .examiner) async throws -> (client: Client, id: String) {
        let email = "\(name)@example.org"
        _ = try await addStaff(email, role)
        let client = try await logIn(email, "staff pass phrase", role: role.rawValue)
        return (client, try await id(of: client))
    }

    /// Logs a member of staff in again: staff is logged out after a quarter of an hour.
    func again(_ name: String, _ role: Role = .examiner) async throws -> Client {
        try await logIn("\(name)@example.org", "staff pass phrase", role: role.rawValue)
    }

    /// The texts of somebody's notices, newest first.
    func notices(of client: Client) async throws -> [JSON] {
        try await client.get("/v1/me/notices").json["notices"].array
    }

    /// Reads the newest notice of a step.
    func read(_ step: String, by client: Client) async throws {
        let notice = try #require(try await notices(of: client).first { $0["step"].string == step })
        let reply = try await client.post("/v1/me/notices/\(notice["id"].string ?? "")/reading")
        try #require(reply.status == 200, "\(reply.text)")
    }

    /// The body that appoints a commission.
    func commission(_ chair: String, _ members: [String], more: [String: JSON] = [:]) -> JSON {
        JSON.object([
            "chair": [.string(chair)], "members": .array(members.map { .string($0) }), "order_number": "7-р",
            "order_day": "2026-03-02",
        ]).with(more)
    }

    /// The body that records minutes.
    func minutes(_ present: [String], more: [String: JSON]) -> JSON {
        JSON.object([
            "minutes_number": "3", "minutes_day": "2026-03-02", "text": "Заслушали, обсудили, решили.",
            "present": .array(present.map { .string($0) }),
        ]).with(more)
    }
}

/// An attempt that was handed in with wrong answers only.
struct FailedSitting {
    let sitting: Sitting
    let service: TestService

    static func make(_ service: TestService) async throws -> FailedSitting {
        let sitting = try await Sitting.start(service)
        for item in try await sitting.candidate.get("\(sitting.path)/ticket").json["items"].array {
            let number = item["number"].int ?? 0
            _ = try await sitting.candidate.put("\(sitting.path)/answers/\(number)", TestBank.wrongAnswer(to: item))
        }
        let reply = try await sitting.candidate.post("\(sitting.path)/submit")
        try #require(reply.json["result"]["grade"].string == "unsatisfactory", "\(reply.text)")
        return FailedSitting(sitting: sitting, service: service)
    }

    /// An appeal that waits for its commission.
    func appeal() async throws -> String {
        let reply = try await sitting.candidate.post(
            "/v1/appeals",
            [
                "attempt_id": .string(sitting.attempt), "grounds": "result",
                "text": "Ответ на второй вопрос совпадает с учебником.",
            ]
        )
        return try #require(reply.json["id"].string, "\(reply.text)")
    }
}
