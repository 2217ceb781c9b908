import Accounts
import Foundation
import TestSupport
import Testing
import Workflows

@Suite("D7, A4 Answers queued without a connection, and two devices")
struct AnswerQueueTests {
    /// Sends a queue: sequence, seconds ago, value.
    private func send(
        _ items: [(sequence: Double, ago: Double, value: String)],
        _ sitting: Sitting,
        by device: Client? = nil,
        deviceClockOff offset: Double = 0,
        lastSequence: Double? = nil
    ) async throws -> JSON {
        let number = JSON.number(Double(try await sitting.numericItem()))
        let sent = sitting.service.clock.now.addingTimeInterval(offset)
        func text(_ date: Date) -> JSON {
            .string(date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true)))
        }
        var body: JSON = [
            "sent_at": text(sent),
            "answers": .array(
                items.map {
                    [
                        "sequence": .number($0.sequence), "number": number,
                        "captured_at": text(sent.addingTimeInterval(-$0.ago)),
                        "answer": ["type": "number", "value": .string($0.value)],
                    ]
                }
            ),
        ]
        if let lastSequence { body = body.with(["last_sequence": .number(lastSequence)]) }
        let reply = try await (device ?? sitting.candidate).post("\(sitting.path)/answers", body)
        try #require(reply.status == 200, "\(reply.text)")
        return reply.json
    }

    private func outcomes(_ reply: JSON) -> [String] {
        reply["receipts"].array.map { $0["code"].string ?? $0["outcome"].string ?? "" }
    }

    @Test("D7: a queue is taken whole, in the order of its numbers; sent again it changes nothing")
    func queue() async throws {
        try await TestService.run { service in
            let sitting = try await Sitting.start(service)
            service.clock.advance(minutes: 5)
            let items: [(sequence: Double, ago: Double, value: String)] = [(2, 10, "256"), (1, 60, "128")]
            let first = try await send(items, sitting, deviceClockOff: -86_400)
            #expect(outcomes(first) == ["saved", "saved"], "\(first)")
            #expect(try await sitting.counted() == ["256"])
            let again = try await send(items, sitting)
            #expect(outcomes(again) == ["repeated", "repeated"])
            #expect(again["receipts"].array.map { $0["version"].int } == [1, 2])
            #expect(outcomes(try await send([(2, 5, "512")], sitting)) == ["answer_sequence_reused"])
            #expect(try await sitting.events().filter { $0 == "answer.saved" }.count == 2)
            #expect(first["attempt"]["remaining_seconds"].int == 3_300)
            #expect(try service.rawDatabase().count("answer_versions") == 2)
        }
    }

    static let late: [(after: Double, ago: Double, outcome: String)] = [
        (3_660, 61, "saved"), (3_719, 3_000, "saved"), (3_660, 60, "answer_after_deadline"),
        (3_660, 1, "answer_after_deadline"), (3_720, 200, "answer_sent_too_late"),
        (7_200, 7_000, "answer_sent_too_late"),
    ]

    @Test(
        "S2 5.1.3.4: given before the end and sent within the grace time it counts; later it does not",
        arguments: late
    )
    func deadline(after: Double, ago: Double, outcome: String) async throws {
        try await TestService.run { service in
            let sitting = try await Sitting.start(service)
            #expect(try await sitting.save("1").status == 200)
            service.clock.advance(seconds: after)
            let reply = try await send([(1, ago, "256")], sitting)
            #expect(outcomes(reply) == [outcome], "\(reply)")
            #expect(try await sitting.counted() == [outcome == "saved" ? "256" : "1"])
            let refused = try await sitting.events().filter { $0 == "write.refused" }
            #expect(refused.count == (outcome == "saved" ? 0 : 1))
            let submitted = try await sitting.candidate.post("\(sitting.path)/submit").json
            #expect(submitted["result"]["points"] == (outcome == "saved" ? "1.00" : "0.00"))
            #expect(outcomes(try await send([(2, after - 10, "256")], sitting))[0].hasPrefix("a"), "read-only")
        }
    }

    @Test("S2 5.1.3.4–5: who has sent nothing by the end has «неудовлетворительно»")
    func nothingSent() async throws {
        try await TestService.run { service in
            let sitting = try await Sitting.start(
                service,
                changes: ["answer_grace_seconds": 600, "sections": [["count": 1, "types": ["essay"]]]]
            )
            service.clock.advance(minutes: 69)
            try await service.housekeeping.settleAttempts()
            #expect(try await sitting.look()["state"] == "timed_out")
            service.clock.advance(minutes: 1)
            try await service.housekeeping.settleAttempts()
            #expect(try await sitting.look()["result"]["grade"] == "unsatisfactory")
        }
    }

    @Test("A claim that contradicts what the device sent before is refused once the time is over")
    func lie() async throws {
        try await TestService.run { service in
            let sitting = try await Sitting.start(service)
            service.clock.advance(minutes: 59)
            _ = try await send([], sitting, lastSequence: 4)
            service.clock.advance(minutes: 2)
            let reply = try await send([(5, 600, "256"), (6, 90, "512")], sitting)
            #expect(outcomes(reply) == ["answer_time_contradicted", "saved"], "\(reply)")
        }
    }

    @Test("Two devices: the second takes over by its login, the first is closed, and its queue from before counts")
    func twoDevices() async throws {
        try await TestService.run { service in
            let sitting = try await Sitting.start(service)
            #expect(try await sitting.save("1").status == 200)
            service.clock.advance(minutes: 1)
            let second = try await sitting.secondDevice()
            let taken = try await second.post("\(sitting.path)/take-over")
            #expect(taken.json["state"] == "started", "\(taken.text)")
            service.clock.advance(seconds: 30)
            let closed = try await sitting.save("2")
            #expect(closed.status == 409 && closed.code == "device_closed")
            #expect(try await sitting.candidate.post("\(sitting.path)/submit").code == "device_closed")
            #expect(try await sitting.candidate.post("\(sitting.path)/take-over").code == "device_closed")
            let queued = try await send([(1, 40, "3"), (2, 10, "4")], sitting)
            #expect(outcomes(queued) == ["saved", "device_closed"], "\(queued)")
            #expect(try await sitting.save("256", by: second).status == 200)
            let late = try await send([(3, 41, "5")], sitting)
            #expect(outcomes(late) == ["superseded"], "what was typed later counts: \(late)")
            #expect(try await sitting.counted() == ["256"])
            let types = try await sitting.events()
            #expect(types.filter { $0 == "device.taken_over" }.count == 1)
            #expect(types.filter { $0 == "write.refused" }.count == 2)

            let third = try await sitting.secondDevice()
            #expect(try await sitting.save("7", by: third).status == 200, "a new login takes over by working")
            #expect(try await sitting.save("8", by: second).code == "device_closed")
        }
    }

    @Test("A3: after a pause the face is shown again where the policy says so, and the same device goes on")
    func resumeAfterPause() async throws {
        try await TestService.run(comparesFaces: true) { service in
            let examiner = try await service.staff(.examiner)
            let policy: JSON = ["any_of": [["electronic", "biometric"]], "on_resume": true]
            let exam = try await service.exam(by: examiner, policy: policy)
            let candidate = try await service.candidate(0)
            try await service.portrait("obama", of: candidate)
            let attempt = try await service.attempt(exam, by: candidate)
            _ = try await service.frame("obama2", attempt, by: candidate)
            _ = try await candidate.post("/v1/attempts/\(attempt)/start")
            let sitting = Sitting(
                service: service,
                exam: exam,
                attempt: attempt,
                candidate: candidate
            )
            #expect(try await sitting.save("1").status == 200)
            #expect(try await sitting.control("pause", "check_needed").json["status"] == "paused")
            #expect(try await sitting.control("resume").json["status"] == "running")
            let refused = try await sitting.save("2")
            #expect(refused.code == "identification_required" && refused.faultCodes == ["on_resume"])
            #expect(try await service.frame("biden", attempt, by: candidate).json["outcome"] == "non_match")
            #expect(try await sitting.save("2").code == "identification_required")
            #expect(try await service.frame("obama2", attempt, by: candidate).json["outcome"] == "match")
            #expect(try await sitting.save("2").status == 200)
        }
    }
}
