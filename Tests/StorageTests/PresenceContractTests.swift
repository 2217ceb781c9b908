import Attestation
import Foundation
import Proctoring
import Storage
import Testing

@Suite("Storage contract: the newest events of an attempt")
struct PresenceContractTests {
    private static let types: [SessionEventType] = [
        .attemptStarted, .presenceAbsent, .identificationMade, .presenceAbsentEnded, .answerSaved, .presenceAbsent,
        .identificationMade, .presenceTurnedAway,
    ]

    /// Two attempts with these events, one event of each in turn.
    private func fill(_ database: any Database) async throws -> (own: [SessionEvent], attempt: UUID, other: UUID) {
        let one = try await Fixtures.withAttempt(in: database)
        let two = try await Fixtures.withAttempt(in: database, number: 2)
        let own = try await database.write { stores in
            try Self.types.enumerated().map { number, type in
                var event = Fixtures.event(number, of: two)
                event.type = .presenceCameraCovered
                _ = try stores.appendEvent(event)
                event = Fixtures.event(100 + number, of: one)
                event.type = type
                // Later events with earlier times: what counts is the order of arrival.
                event.at = Fixtures.start.addingTimeInterval(Double(-number))
                return try stores.appendEvent(event)
            }
        }
        return (own, one.id, two.id)
    }

    @Test(
        "B6: the newest events of some types, oldest of them first, and none of another attempt",
        arguments: Backend.allCases
    )
    func newest(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let (own, attempt, _) = try await fill(database)
            try await database.read { stores throws in
                func newest(_ types: [SessionEventType], _ limit: Int) throws -> [SessionEvent] {
                    try stores.newestEvents(of: attempt, types: types, limit: limit)
                }
                #expect(try newest([.attemptStarted, .identificationMade], 9) == [own[0], own[2], own[6]])
                #expect(try newest([.attemptStarted, .identificationMade], 2) == [own[2], own[6]])
                #expect(try newest([.presenceCameraCovered], 9).isEmpty)
                #expect(try newest([], 9).isEmpty)
                #expect(try newest([.answerSaved], 0).isEmpty)
                #expect(try stores.newestEvents(of: UUID(), types: SessionEventType.allCases, limit: 9).isEmpty)
            }
        }
    }

    @Test("E3: how often each type came, in the order of the newest ones", arguments: Backend.allCases)
    func tallies(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let (own, attempt, other) = try await fill(database)
            try await database.read { stores throws in
                func tally(_ count: Int, _ newest: SessionEvent) -> EventTally {
                    EventTally(type: newest.type, count: count, newestIndex: newest.index, newestAt: newest.at)
                }
                let wanted: [SessionEventType] = [.presenceTurnedAway, .presenceAbsent, .identificationMade, .copied]
                let expected = [tally(2, own[5]), tally(2, own[6]), tally(1, own[7])]
                #expect(try stores.eventTallies(of: wanted, in: attempt) == expected)
                #expect(try stores.eventTallies(of: [], in: attempt).isEmpty)
                let ofOther = try stores.eventTallies(of: SessionEventType.allCases, in: other)
                #expect(ofOther.map(\.type) == [.presenceCameraCovered] && ofOther.first?.count == own.count)
            }
        }
    }

    @Test("B6: the newest event of each type", arguments: Backend.allCases)
    func newestOfEach(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let (own, attempt, other) = try await fill(database)
            try await database.read { stores throws in
                let wanted: [SessionEventType] = [.presenceTurnedAway, .presenceAbsent, .presenceAbsentEnded, .copied]
                #expect(try stores.newestEventOfEach(wanted, of: attempt) == [own[3], own[5], own[7]])
                #expect(try stores.newestEventOfEach([], of: attempt).isEmpty)
                let ofOther = try stores.newestEventOfEach(SessionEventType.allCases, of: other)
                #expect(ofOther.map(\.type) == [.presenceCameraCovered])
            }
            // What a transaction has just written counts in it.
            try await database.write { stores throws in
                var event = own[7]
                event.id = UUID()
                event.type = .presenceTurnedAwayEnded
                let appended = try stores.appendEvent(event)
                #expect(try stores.newestEventOfEach([.presenceTurnedAwayEnded], of: attempt) == [appended])
                #expect(try stores.newestEvents(of: attempt, types: [appended.type], limit: 1) == [appended])
            }
        }
    }
}
