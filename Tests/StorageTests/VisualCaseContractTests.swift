import Accounts
import Attestation
import Foundation
import Identification
import Storage
import Testing

@Suite("Storage contract: visual identifications")
struct VisualCaseContractTests {
    private static let lock: TimeInterval = 600

    private func visualCase(_ number: Int64, subject: UUID, attemptID: UUID? = nil) -> VisualCase {
        VisualCase(
            id: Fixtures.id(10_000 + Int(number)),
            number: number,
            subject: subject,
            attemptID: attemptID,
            procedure: .finalAttestation,
            moment: .beforeStart,
            cause: .noConsent,
            openedAt: Fixtures.start + Double(number)
        )
    }

    private func opinion(_ verifier: UUID, _ reason: VisualReason, at seconds: TimeInterval) -> VisualOpinion {
        VisualOpinion(
            verifierID: verifier,
            authorityID: Fixtures.id(77),
            reason: reason,
            checklist: VisualCheck.allCases,
            route: .inPerson,
            accessPoint: "Пункт № 3",
            isDoubtful: true,
            sealedComment: Data([9, 8, 7]),
            takenAt: Fixtures.start,
            at: Fixtures.start + seconds
        )
    }

    /// Accounts in the database: a candidate, and verifiers.
    private func people(_ database: any Database) async throws -> (candidate: UUID, verifiers: [UUID]) {
        let accounts = try (1...4).map { try Fixtures.account($0) }
        try await database.write { stores throws in
            for account in accounts { try stores.insertAccount(account) }
        }
        return (accounts[0].id, accounts.dropFirst().map(\.id))
    }

    @Test("A case is what it was in each of its states, with everything that was added", arguments: Backend.allCases)
    func states(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let attempt = try await Fixtures.withAttempt(in: database, number: 9)
            let (_, verifiers) = try await people(database)
            let evidence = try #require(EvidenceReference(rawValue: String(repeating: "0b", count: 32)))
            let waiting = visualCase(3, subject: attempt.candidateID, attemptID: attempt.id)
            try await database.write { stores throws in
                try stores.insertVisualCase(waiting)
                #expect(try stores.visualCase(waiting.id) == waiting)
                var steps = [try waiting.taking(by: verifiers[0], at: Fixtures.start + 10, lock: Self.lock)]
                func add(_ step: (VisualCase) throws -> VisualCase) throws {
                    steps.append(try step(steps[steps.count - 1]))
                }
                try add { before in
                    try before.changing {
                        $0.conferenceURL = "https://example.org/room"
                        $0.sealedForm = Data([1, 2, 3])
                        $0.sealedScores = Data([4, 5])
                        $0.pictures = [.document: evidence, .live: evidence]
                    }
                }
                try add {
                    try $0.deciding(self.opinion(verifiers[0], .documentMatches, at: 70.125), needsSecond: true)
                }
                try add { try $0.taking(by: verifiers[1], at: Fixtures.start + 100, lock: Self.lock) }
                try add {
                    try $0.deciding(self.opinion(verifiers[1], .documentForged, at: 130), needsSecond: true)
                }
                for step in steps {
                    #expect(try stores.updateVisualCase(step))
                    #expect(try stores.visualCase(waiting.id) == step)
                }
                let ended = try #require(try stores.visualCase(waiting.id))
                #expect(ended.state == .decided && ended.conclusion == .verifiersDisagree)
                #expect(ended.opinions.map(\.reason) == [.documentMatches, .documentForged])
                #expect(ended.opinions[0].takenAt == Fixtures.start + 10)
                #expect(try stores.visualCase(Fixtures.id(1)) == nil)
            }
        }
    }

    @Test("Of two changes to the same version one is kept, and the other is told", arguments: Backend.allCases)
    func versions(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let (candidate, verifiers) = try await people(database)
            let waiting = visualCase(1, subject: candidate)
            try await database.write { stores throws in
                try stores.insertVisualCase(waiting)
                let one = try waiting.taking(by: verifiers[0], at: Fixtures.start, lock: Self.lock)
                let other = try waiting.taking(by: verifiers[1], at: Fixtures.start, lock: Self.lock)
                #expect(try stores.updateVisualCase(one))
                #expect(try !stores.updateVisualCase(other))
                #expect(try !stores.updateVisualCase(one), "nor the same twice")
                #expect(try stores.visualCase(waiting.id)?.holder?.verifierID == verifiers[0])
                let unknown = try visualCase(2, subject: candidate).cancelling(at: Fixtures.start)
                #expect(try !stores.updateVisualCase(unknown))
            }
        }
    }

    @Test(
        "There is one open case for a person and an attempt, and none is found once it is closed",
        arguments: Backend.allCases
    )
    func oneOpen(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let attempt = try await Fixtures.withAttempt(in: database, number: 9)
            let candidate = attempt.candidateID
            let ofAttempt = visualCase(1, subject: candidate, attemptID: attempt.id)
            let apart = visualCase(2, subject: candidate)
            try await database.write { stores throws in
                #expect(try stores.nextVisualCaseNumber() == 1)
                try stores.insertVisualCase(ofAttempt)
                try stores.insertVisualCase(apart)
                #expect(try stores.nextVisualCaseNumber() == 3)
                #expect(try stores.openVisualCase(of: candidate, attemptID: attempt.id) == ofAttempt)
                #expect(try stores.openVisualCase(of: candidate, attemptID: nil) == apart)
                #expect(try stores.openVisualCase(of: Fixtures.id(1), attemptID: nil) == nil)
            }
            // A failing statement rolls its transaction back.
            for (number, attemptID) in [(3, attempt.id), (4, nil)] as [(Int64, UUID?)] {
                await #expect(throws: (any Error).self) {
                    try await database.write { [self] stores throws in
                        try stores.insertVisualCase(visualCase(number, subject: candidate, attemptID: attemptID))
                    }
                }
            }
            try await database.write { stores throws in
                #expect(try stores.updateVisualCase(try ofAttempt.cancelling(at: Fixtures.start + 5)))
                #expect(try stores.openVisualCase(of: candidate, attemptID: attempt.id) == nil)
                #expect(try stores.openVisualCase(of: candidate, attemptID: nil) == apart)
                #expect(try stores.nextVisualCaseNumber() == 3, "the number of a closed case is not given again")
                try stores.insertVisualCase(visualCase(3, subject: candidate, attemptID: attempt.id))
            }
        }
    }

    @Test("The queue is listed from its head, everything from the newest, page by page", arguments: Backend.allCases)
    func listing(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let (candidate, verifiers) = try await people(database)
            let subjects = [candidate] + verifiers
            try await database.write { stores throws in
                for number in 1...4 {
                    try stores.insertVisualCase(visualCase(Int64(number), subject: subjects[number - 1]))
                }
                let second = try visualCase(2, subject: subjects[1]).cancelling(at: Fixtures.start)
                #expect(try stores.updateVisualCase(second))
                func numbers(_ filter: VisualCaseFilter) throws -> [Int64] {
                    try stores.visualCases(filter).map(\.number)
                }
                #expect(try numbers(VisualCaseFilter(scope: .open)) == [1, 3, 4])
                #expect(try numbers(VisualCaseFilter(scope: .open, limit: 2)) == [1, 3])
                #expect(try numbers(VisualCaseFilter(scope: .open, beyond: 3)) == [4])
                #expect(try numbers(VisualCaseFilter(scope: .all)) == [4, 3, 2, 1])
                #expect(try numbers(VisualCaseFilter(scope: .all, beyond: 3)) == [2, 1])
                #expect(try numbers(VisualCaseFilter(scope: .all, subject: subjects[1])) == [2])
                #expect(try numbers(VisualCaseFilter(scope: .open, subject: subjects[1])) == [])
                #expect(try stores.waitingCount(before: 1) == 0)
                #expect(try stores.waitingCount(before: 4) == 2, "who has left waits no more")
            }
        }
    }

    @Test(
        "Who is at work, what has run out and how long it takes is counted to the moment",
        arguments: Backend.allCases
    )
    func counts(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let (candidate, verifiers) = try await people(database)
            let subjects = [candidate] + verifiers
            try await database.write { stores throws in
                // The first verifier takes two cases, the second one; all at the start.
                for (number, verifier) in [(1, 1), (2, 1), (3, 2)] {
                    let waiting = visualCase(Int64(number), subject: subjects[number - 1])
                    try stores.insertVisualCase(waiting)
                    let holder = subjects[verifier + 1]
                    let taken = try waiting.taking(by: holder, at: Fixtures.start, lock: Double(number) * 100)
                    #expect(try stores.updateVisualCase(taken))
                }
                #expect(try stores.activeVerifierCount(at: Fixtures.start + 99) == 2)
                #expect(try stores.activeVerifierCount(at: Fixtures.start + 299) == 1)
                #expect(try stores.activeVerifierCount(at: Fixtures.start + 300) == 0)
                func expired(_ seconds: Double, _ limit: Int = 9) throws -> [Int64] {
                    try stores.expiredVisualCases(at: Fixtures.start + seconds, limit: limit).map(\.number)
                }
                #expect(try expired(99) == [] && expired(100) == [1] && expired(200) == [1, 2])
                #expect(try expired(900) == [1, 2, 3] && expired(900, 2) == [1, 2])
                #expect(try stores.waitingCount(before: 99) == 0, "none of them waits")

                #expect(try stores.recentHandlingTimes(limit: 9) == [])
                let third = try #require(try stores.openVisualCase(of: subjects[2], attemptID: nil))
                let by = try #require(third.holder?.verifierID)
                #expect(
                    try stores.updateVisualCase(
                        third.deciding(opinion(by, .documentMatches, at: 42), needsSecond: false)
                    )
                )
                #expect(try stores.recentHandlingTimes(limit: 9) == [42])
                #expect(try stores.recentHandlingTimes(limit: 0) == [])
                #expect(try expired(900) == [1, 2], "what is decided does not run out")
                #expect(try stores.activeVerifierCount(at: Fixtures.start + 50) == 1)
            }
        }
    }
}
