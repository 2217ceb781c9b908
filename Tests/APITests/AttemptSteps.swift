import Accounts
import Foundation
import TestSupport
import Testing

/// A started attempt with its people.
struct Sitting {
    let service: TestService
    let exam: String
    let attempt: String
    let candidate: Client

    /// An exam of an hour for which a login suffices, started just now.
    static func start(_ service: TestService, changes: [String: JSON] = [:]) async throws -> Sitting {
        let examiner = try await service.staff(.examiner)
        let exam = try await service.exam(by: examiner, changes: changes)
        let candidate = try await service.candidate(0)
        let attempt = try await service.startedAttempt(exam, by: candidate)
        return Sitting(service: service, exam: exam, attempt: attempt, candidate: candidate)
    }

    /// The examiner, logged in anew: staff is logged out after a quarter of an hour.
    func examiner() async throws -> Client {
        try await service.logIn("examiner@example.org", "staff pass phrase", role: "examiner")
    }

    var path: String { "/v1/attempts/\(attempt)" }

    func control(_ action: String, _ reason: String? = nil, more: [String: JSON] = [:]) async throws -> Reply {
        var body: JSON = ["action": .string(action)]
        if let reason { body = body.with(["reason": .string(reason)]) }
        return try await examiner().post("\(path)/control", body.with(more))
    }

    /// The attempt as the candidate sees it.
    func look() async throws -> JSON { try await candidate.get(path).json }

    func save(_ value: String, by device: Client? = nil) async throws -> Reply {
        let number = try await numericItem()
        return try await (device ?? candidate)
            .put("\(path)/answers/\(number)", ["type": "number", "value": .string(value)])
    }

    func numericItem() async throws -> Int {
        let items = try await candidate.get("\(path)/ticket").json["items"].array
        return try #require(items.first { $0["type"].string == "numeric" }?["number"].int)
    }

    /// Another login of the same candidate: another device.
    func secondDevice() async throws -> Client {
        try await service.logIn("candidate0@example.org", "correct horse battery 0", role: "candidate")
    }

    func events() async throws -> [String] { try await service.eventTypes(of: attempt, as: examiner()) }

    /// The answer that counts.
    func counted() async throws -> [String] {
        try await candidate.get("\(path)/answers").json["answers"].array.compactMap { $0["answer"]["value"].string }
    }
}
