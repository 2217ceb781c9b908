import Attestation
import Foundation
import Identification
import Storage
import Testing

@Suite("Storage contract: demands, sittings and overrides")
struct DemandContractTests {
    private func demand(
        _ number: Int,
        _ attemptID: UUID,
        _ state: IdentificationDemand.State,
        due: TimeInterval = 0
    ) -> IdentificationDemand {
        IdentificationDemand(
            id: Fixtures.id(11_000 + number),
            attemptID: attemptID,
            subject: .face,
            moment: .interval,
            dueAt: Fixtures.start + due,
            expiresAt: Fixtures.start + due + 120,
            state: state
        )
    }

    @Test("A demand is what it was, and what it has become", arguments: Backend.allCases)
    func kept(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let attempt = try await Fixtures.withAttempt(in: database)
            var demanded = demand(2, attempt.id, .open)
            demanded.subject = .workplace
            demanded.moment = .onDemand
            demanded.demandedBy = attempt.candidateID
            demanded.sealedMessage = Data([1, 0, 255])
            let (first, second) = (demand(1, attempt.id, .planned), demanded)
            try await database.write { stores throws in
                // The order of the identifiers is that of time, whatever the order of insertion.
                try stores.insertDemand(second)
                try stores.insertDemand(first)
                #expect(try stores.demand(first.id) == first)
                #expect(try stores.demand(second.id) == second)
                #expect(try stores.demand(Fixtures.id(1)) == nil)
                #expect(try stores.demands(attemptID: attempt.id) == [first, second])
                #expect(try stores.demands(attemptID: Fixtures.id(1)) == [])
                var met = second
                met.state = .met
                met.answeredAt = Fixtures.start + 30.5
                met.recordID = Fixtures.id(5)
                met.evidence = EvidenceReference(rawValue: String(repeating: "0c", count: 32))
                met.dueAt += 1
                met.expiresAt += 2
                try stores.updateDemand(met)
                #expect(try stores.demand(second.id) == met)
                #expect(try stores.demand(first.id) == first, "the other one stays as it was")
            }
        }
    }

    @Test(
        "What must become open or missed by now is found, in every state and to the moment",
        arguments: Backend.allCases
    )
    func due(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let attempt = try await Fixtures.withAttempt(in: database)
            let all = IdentificationDemand.State.allCases.enumerated().map { demand($0.offset, attempt.id, $0.element) }
            try await database.write { stores throws in
                for demand in all { try stores.insertDemand(demand) }
                func found(_ seconds: Double, _ limit: Int = 9) throws -> [IdentificationDemand.State] {
                    try stores.dueDemands(at: Fixtures.start + seconds, limit: limit).map(\.state)
                }
                #expect(try found(-0.001) == [])
                #expect(try found(0) == [.planned], "at its moment")
                #expect(try found(119.999) == [.planned])
                #expect(try found(120) == [.planned, .open])
                #expect(try found(120, 1).count == 1)
                #expect(try found(1e6) == [.planned, .open], "what was met, missed or lapsed is over")
            }
        }
    }

    @Test("The earliest demands come first, so that none is put off for ever", arguments: Backend.allCases)
    func dueOrder(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let attempt = try await Fixtures.withAttempt(in: database)
            try await database.write { stores throws in
                try stores.insertDemand(demand(1, attempt.id, .planned, due: 30))
                try stores.insertDemand(demand(2, attempt.id, .planned, due: 10))
                try stores.insertDemand(demand(3, attempt.id, .open, due: -120))
                let found = try stores.dueDemands(at: Fixtures.start + 60, limit: 9).map(\.id)
                #expect(found == [3, 2, 1].map { Fixtures.id(11_000 + $0) })
                #expect(try stores.dueDemands(at: Fixtures.start + 60, limit: 1).map(\.id) == [Fixtures.id(11_003)])
            }
        }
    }

    @Test("Overrides are kept with reason and person, oldest first, each for its attempt", arguments: Backend.allCases)
    func overrides(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let attempts = [
                try await Fixtures.withAttempt(in: database, number: 1),
                try await Fixtures.withAttempt(in: database, number: 2),
            ]
            func override(_ number: Int, _ attempt: Int) -> IdentificationOverride {
                IdentificationOverride(
                    id: Fixtures.id(12_000 + number),
                    attemptID: attempts[attempt].id,
                    decidedBy: attempts[0].candidateID,
                    sealedReason: number == 2 ? nil : Data([0, UInt8(number)]),
                    at: Fixtures.start + Double(number)
                )
            }
            let all = [override(1, 0), override(2, 1), override(3, 0)]
            try await database.write { stores throws in
                for override in all.reversed() { try stores.insertOverride(override) }
                #expect(try stores.overrides(attemptID: attempts[0].id) == [all[0], all[2]])
                #expect(try stores.overrides(attemptID: attempts[1].id) == [all[1]])
                #expect(try stores.overrides(attemptID: Fixtures.id(1)) == [])
            }
        }
    }
}
