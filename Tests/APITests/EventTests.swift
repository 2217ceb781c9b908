import Accounts
import Foundation
import Proctoring
import TestSupport
import Testing
import Workflows

@Suite("E1 Session events")
struct EventTests {
    private func scene(_ service: TestService) async throws -> (examiner: Client, exam: String, Client, String) {
        let examiner = try await service.staff(.examiner)
        let exam = try await service.exam(by: examiner)
        let candidate = try await service.candidate(0)
        return (examiner, exam, candidate, try await service.startedAttempt(exam, by: candidate))
    }

    private func report(_ number: Int, _ attempt: String, by candidate: Client, key: String? = nil) async throws
        -> Reply
    {
        let body: JSON = ["type": "client.tab_hidden", "facts": ["number": .string("\(number)")]]
        return try await candidate.post("/v1/attempts/\(attempt)/events", body, key: key)
    }

    @Test("E1: events are CloudEvents in the order of their indices")
    func listing() async throws {
        try await TestService.run { service in
            let (_, exam, candidate, attempt) = try await scene(service)
            for number in 0..<5 { #expect(try await report(number, attempt, by: candidate).status == 201) }
            let events = try await candidate.get("/v1/attempts/\(attempt)/events").json["events"].array
            let indices = events.compactMap { $0["index"].int }
            #expect(indices == indices.sorted() && Set(indices).count == 8)
            for event in events {
                #expect(event["specversion"] == "1.0")
                #expect(event["source"].string == "urn:attestd:attempt:\(attempt)")
                #expect(event["subject"].string == attempt)
                #expect(event["data"]["exam_id"].string == exam)
                let isClient = event["type"].string?.hasPrefix("attestd.client.") == true
                #expect(event["data"]["reported_by"] == (isClient ? "client" : "server"))
            }
            let page = try await candidate.get("/v1/attempts/\(attempt)/events?after=\(indices[1])&limit=2").json
            #expect(page["events"].array.compactMap { $0["index"].int } == Array(indices[2...3]))
        }
    }

    @Test("E1: a repeated report with the same Idempotency-Key is one event, another one with it is refused")
    func idempotency() async throws {
        try await TestService.run { service in
            let (_, _, candidate, attempt) = try await scene(service)
            let first = try await report(1, attempt, by: candidate, key: "event-1")
            let again = try await report(1, attempt, by: candidate, key: "event-1")
            #expect(first.json == again.json)
            #expect(try await report(2, attempt, by: candidate, key: "event-1").code == "idempotency_key_reused")
            let types = try await service.eventTypes(of: attempt, as: candidate)
            #expect(types.filter { $0 == "client.tab_hidden" }.count == 1)
        }
    }

    static let refusedReports: [JSON] = [
        ["type": "attempt.graded"], ["type": "write.refused"], ["type": "client.unheard_of"], ["type": 7], [:],
        ["type": "client.copied", "facts": ["a": 1]],
        ["type": "client.copied", "facts": ["a": .string(String(repeating: "x", count: 301))]],
        ["type": "client.copied", "facts": .object([String(repeating: "k", count: 65): "x"])],
        ["type": "client.copied", "facts": .object(Dictionary(uniqueKeysWithValues: (0..<21).map { ("\($0)", "x") }))],
    ]

    @Test("E1: a device cannot report what only the service may, nor more than a few short facts")
    func refusedReports() async throws {
        try await TestService.run { service in
            let (_, _, candidate, attempt) = try await scene(service)
            for body in Self.refusedReports {
                let reply = try await candidate.post("/v1/attempts/\(attempt)/events", body)
                #expect(reply.status == 422, "\(body)")
            }
            let expected = ["attempt.created", "attempt.ready_to_start", "attempt.started"]
            #expect(try await service.eventTypes(of: attempt, as: candidate) == expected)
        }
    }

    @Test("E1: a stream resumes behind Last-Event-ID without gap or repetition while writes go on")
    func resume() async throws {
        try await TestService.run { service in
            let (_, _, candidate, attempt) = try await scene(service)
            let count = 60
            let writer = Task {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for lane in 0..<3 {
                        group.addTask {
                            for number in 0..<count / 3 {
                                _ = try await report(lane * 100 + number, attempt, by: candidate)
                            }
                        }
                    }
                    try await group.waitForAll()
                }
            }
            let stream = "/v1/attempts/\(attempt)/events/stream"
            var messages: [EventReader.Message] = []
            // Each reader goes away after a few messages, and the next one goes on behind it.
            while messages.count < count + 3 {
                let reader = try await EventReader.open(candidate, stream, lastEventID: messages.last?.id)
                try #require(reader.head.status == 200)
                let wanted = min(messages.count + 17, count + 3)
                var seen = messages.count
                messages += await reader.take { _ in
                    seen += 1
                    return seen == wanted
                }
            }
            try await writer.value
            let events = try await candidate.get("/v1/attempts/\(attempt)/events?limit=500").json["events"].array
            #expect(messages.map(\.json) == events)
            #expect(messages.map { $0.id ?? "-" } == events.map { "\($0["index"].int ?? -1)" })
            #expect(messages.map(\.event) == events.map { $0["type"].string })
        }
    }

    @Test("E1: the examiner follows all attempts of an exam and none of another")
    func examStream() async throws {
        try await TestService.run { service in
            let (examiner, exam, first, attempt) = try await scene(service)
            let second = try await service.candidate(1)
            let other = try await service.startedAttempt(exam, by: second)
            let elsewhere = try await service.startedAttempt(service.exam(by: examiner), by: first)
            let reader = try await EventReader.open(examiner, "/v1/exams/\(exam)/events/stream")
            #expect(reader.head.header("Content-Type") == "text/event-stream")
            _ = try await report(1, elsewhere, by: first)
            _ = try await report(2, attempt, by: first)
            _ = try await report(3, other, by: second)
            let messages = await reader.take { $0.json["data"]["facts"]["number"] == "3" }
            #expect(Set(messages.compactMap { $0.json["subject"].string }) == [attempt, other])
            #expect(messages.count == 8)
            let listed = try await examiner.get("/v1/exams/\(exam)/events").json["events"].array
            #expect(messages.map(\.json) == listed)
        }
    }

    @Test("E1: a candidate follows the own attempt only, and no exam")
    func forbidden() async throws {
        try await TestService.run { service in
            let (_, exam, candidate, attempt) = try await scene(service)
            let stranger = try await service.candidate(1)
            for (client, target) in [
                (candidate, "/v1/exams/\(exam)/events/stream"), (candidate, "/v1/exams/\(exam)/events"),
                (stranger, "/v1/attempts/\(attempt)/events/stream"), (stranger, "/v1/attempts/\(attempt)/events"),
            ] {
                #expect(try await client.get(target).status == 403)
            }
            #expect(try await service.anybody.get("/v1/attempts/\(attempt)/events/stream").status == 401)
        }
    }

    @Test(
        "E1: a Last-Event-ID that is no index is refused",
        arguments: ["abc", "-1", "1.5", "99999999999999999999", "1 "]
    )
    func malformedID(_ id: String) async throws {
        try await TestService.run { service in
            let (_, _, candidate, attempt) = try await scene(service)
            let stream = "/v1/attempts/\(attempt)/events/stream"
            let reader = try await EventReader.open(candidate, stream, lastEventID: id)
            #expect(reader.head.status == (id == "1 " ? 200 : 400))
        }
    }

    @Test("E1: a stream ends with the login under which it was opened")
    func endsWithLogin() async throws {
        try await TestService.run { service in
            let (_, _, candidate, attempt) = try await scene(service)
            let other = try await service.logIn("candidate0@example.org", "correct horse battery 0", role: "candidate")
            let stream = "/v1/attempts/\(attempt)/events/stream"
            let ended = try await EventReader.open(candidate, stream)
            let kept = try await EventReader.open(other, stream)
            #expect(try await candidate.post("/v1/logout").status == 204)
            _ = try await report(1, attempt, by: other)
            let before = await ended.take { _ in false }
            #expect(before.count == 3, "what happened after logging out is not told")
            let after = await kept.take { $0.event == "attestd.client.tab_hidden" }
            #expect(after.count == 4)
        }
    }

    @Test("E1: when readers go away, the service lets go of them")
    func followersGo() async throws {
        try await TestService.run { service in
            let (_, _, candidate, attempt) = try await scene(service)
            for _ in 0..<3 {
                let reader = try await EventReader.open(candidate, "/v1/attempts/\(attempt)/events/stream")
                _ = await reader.take { $0.event == "attestd.attempt.started" }
            }
            // A closed reader is noticed at a write to it.
            for number in 0..<200 where service.services.events.followerCount > 0 {
                _ = try await report(number, attempt, by: candidate)
            }
            #expect(service.services.events.followerCount == 0)
        }
    }
}
