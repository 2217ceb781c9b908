import Attestation
import Foundation
import Proctoring
import Storage
import Testing

@Suite("Storage contract: flags and messages")
struct FlagContractTests {
    private static func flag(_ number: Int, _ attempt: Attempt, _ severity: EventSeverity) -> Flag {
        Flag(
            id: Fixtures.id(12_000 + number),
            attemptID: attempt.id,
            examID: attempt.examID,
            rule: "rule_\(number % 2)",
            severity: severity,
            reason: .suspicion,
            events: [Int64(number)],
            firstAt: Fixtures.start,
            lastAt: Fixtures.start
        )
    }

    @Test("The gravest flags come first, and what is decided leaves the list and stands", arguments: Backend.allCases)
    func flags(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let attempt = try await Fixtures.withAttempt(in: database)
            let severities: [EventSeverity] = [.warning, .critical, .warning, .notice]
            let all = severities.enumerated().map { Self.flag($0.offset, attempt, $0.element) }
            try await database.write { stores throws in
                for flag in all { try stores.insertFlag(flag) }
                #expect(try stores.flags(attemptID: attempt.id) == all)
                #expect(try stores.newestFlag(of: "rule_0", attemptID: attempt.id) == all[2])
                #expect(try stores.newestFlag(of: "rule_2", attemptID: attempt.id) == nil)
                let order = [all[1], all[0], all[2], all[3]]
                #expect(try stores.undecidedFlags(examID: nil, after: nil, limit: 9) == order)
                #expect(try stores.undecidedFlags(examID: attempt.examID, after: all[0].id, limit: 1) == [all[2]])
                #expect(try stores.undecidedFlags(examID: Fixtures.id(1), after: nil, limit: 9).isEmpty)
            }
            let decision = FlagDecision(
                action: .dismiss,
                by: attempt.candidateID,
                at: Fixtures.start,
                sealedComment: Data([1, 2])
            )
            let decided = try all[0].deciding(decision)
            try await database.write { try $0.updateFlag(decided) }
            try await database.read { stores throws in
                #expect(try stores.flag(decided.id) == decided)
                #expect(try stores.undecidedFlags(examID: nil, after: nil, limit: 9) == [all[1], all[2], all[3]])
            }
            await #expect(throws: (any Error).self) { try await database.write { try $0.updateFlag(all[0]) } }
            #expect(try await database.read { try $0.flag(decided.id) } == decided)
        }
    }

    @Test("Messages keep their order, and are read once", arguments: Backend.allCases)
    func messages(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let attempt = try await Fixtures.withAttempt(in: database)
            let all = (1...3).map { number in
                AttemptMessage(
                    id: Fixtures.id(12_100 + number),
                    attemptID: attempt.id,
                    authorID: attempt.candidateID,
                    sealedText: Data([UInt8(number)]),
                    at: Fixtures.start
                )
            }
            try await database.write { stores throws in
                for message in all { try stores.insertMessage(message) }
                #expect(try stores.messages(attemptID: attempt.id) == all)
                let read = try stores.noteMessagesRead(attemptID: attempt.id, upTo: all[1].id, at: Fixtures.start + 1)
                #expect(Set(read) == Set(all.prefix(2).map(\.id)))
                let again = try stores.noteMessagesRead(attemptID: attempt.id, upTo: all[2].id, at: Fixtures.start + 2)
                #expect(again == [all[2].id])
                let times = try stores.messages(attemptID: attempt.id).map(\.readAt)
                #expect(times == [Fixtures.start + 1, Fixtures.start + 1, Fixtures.start + 2])
            }
        }
    }
}
