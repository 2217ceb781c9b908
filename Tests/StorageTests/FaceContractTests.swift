import Accounts
import Attestation
import Foundation
import Identification
import Storage
import Testing

@Suite("Storage contract: liveness challenges and duplicate faces")
struct FaceContractTests {
    private func challenge(_ number: Int, of attempt: UUID, _ account: UUID) -> IssuedChallenge {
        IssuedChallenge(
            id: Fixtures.id(6_000 + number),
            attemptID: attempt,
            accountID: account,
            nonce: String(repeating: "0f", count: 32),
            movements: ["turn_left", "look_up"],
            issuedAt: Fixtures.start.addingTimeInterval(Double(number))
        )
    }

    @Test("A challenge apart from any attempt is counted for its person alone", arguments: Backend.allCases)
    func challengesApart(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let attempt = try await Fixtures.withAttempt(in: database)
            var apart = challenge(3, of: attempt.id, attempt.candidateID)
            apart.attemptID = nil
            apart.procedure = .teachingHelp
            try await database.write { [apart] stores throws in
                try stores.insertChallenge(challenge(1, of: attempt.id, attempt.candidateID))
                try stores.insertChallenge(apart)
                #expect(try stores.challenge(apart.id) == apart)
                #expect(try stores.challengeCount(apartOf: attempt.candidateID, since: Fixtures.start) == 1)
                #expect(try stores.challengeCount(apartOf: attempt.candidateID, since: apart.issuedAt + 1) == 0)
                #expect(try stores.challengeCount(apartOf: Fixtures.id(9_999), since: Fixtures.start) == 0)
                #expect(try stores.challengeCount(attemptID: attempt.id, since: Fixtures.start) == 1)
            }
            var neither = apart
            neither.id = Fixtures.id(6_009)
            neither.procedure = nil
            let refused = neither
            await #expect(throws: (any Error).self) {
                try await database.write { try $0.insertChallenge(refused) }
            }
        }
    }

    @Test("A challenge is what it was, and is used up once", arguments: Backend.allCases)
    func challenges(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let attempt = try await Fixtures.withAttempt(in: database)
            let first = challenge(1, of: attempt.id, attempt.candidateID)
            let use = Fixtures.start.addingTimeInterval(20)
            try await database.write { stores throws in
                try stores.insertChallenge(first)
                try stores.insertChallenge(challenge(2, of: attempt.id, attempt.candidateID))
                #expect(try stores.challenge(first.id) == first)
                #expect(try stores.challenge(Fixtures.id(1)) == nil)
                #expect(try stores.challengeCount(attemptID: attempt.id, since: Fixtures.start) == 2)
                #expect(try stores.challengeCount(attemptID: attempt.id, since: first.issuedAt + 0.5) == 1)
                #expect(try stores.useChallenge(first.id, at: use))
                #expect(try !stores.useChallenge(first.id, at: use + 1), "a challenge counts once")
                #expect(try stores.challenge(first.id)?.usedAt == use)
                #expect(try !stores.useChallenge(Fixtures.id(1), at: use))
            }
        }
    }

    @Test("A frame's digest is known from its first submission on, until it is purged", arguments: Backend.allCases)
    func digests(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            try await database.write { stores throws in
                let id = Fixtures.id(1)
                let now = Fixtures.start
                #expect(try stores.noteFrameDigests(["a", "b"], challengeID: id, at: now) == 0)
                #expect(try stores.noteFrameDigests(["b", "c"], challengeID: Fixtures.id(2), at: now) == 1)
                #expect(try stores.noteFrameDigests(["d", "d"], challengeID: id, at: now) == 1)
                #expect(try stores.purgeChallenges(before: now) == 0)
                #expect(try stores.purgeChallenges(before: now + 1) == 4)
                #expect(try stores.noteFrameDigests(["a"], challengeID: id, at: now) == 0)
            }
        }
    }

    private func portrait(_ number: Int, of account: UUID, model: String = "m", at seconds: Double = 0) -> Portrait {
        Portrait(
            id: Fixtures.id(7_000 + number),
            accountID: account,
            createdAt: Fixtures.start.addingTimeInterval(seconds),
            modelID: model,
            sealedTemplate: Data([UInt8(number)]),
            evidence: EvidenceReference(rawValue: String(repeating: "0b", count: 32))!,
            interEyeDistance: 100,
            pictureSize: .init(width: 640, height: 480)
        )
    }

    @Test("The gallery is the current portrait of each person, page by page", arguments: Backend.allCases)
    func gallery(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let accounts = try (1...4).map { try Fixtures.account($0) }
            let ids = accounts.map(\.id).sorted { $0.uuidString < $1.uuidString }
            try await database.write { stores throws in
                for account in accounts { try stores.insertAccount(account) }
                try stores.insertPortrait(portrait(1, of: ids[0]))
                try stores.insertPortrait(portrait(2, of: ids[0], at: 5))
                try stores.insertPortrait(portrait(3, of: ids[1]))
                // A current portrait of another model hides the older one: that one is compared with no more.
                try stores.insertPortrait(portrait(4, of: ids[2]))
                try stores.insertPortrait(portrait(5, of: ids[2], model: "other", at: 5))
                let first = try stores.currentPortraits(modelID: "m", after: nil, limit: 1)
                #expect(first.map(\.id) == [portrait(2, of: ids[0]).id])
                let rest = try stores.currentPortraits(modelID: "m", after: first[0].accountID, limit: 10)
                #expect(rest.map(\.id) == [portrait(3, of: ids[1]).id])
                #expect(try stores.currentPortraits(modelID: "m", after: rest[0].accountID, limit: 10).isEmpty)

                let unsearched = try stores.unsearchedPortraits(modelID: "m", limit: 10)
                #expect(unsearched.map(\.id) == [portrait(2, of: ids[0]).id, portrait(3, of: ids[1]).id])
                try stores.noteSearched(unsearched[0].id, at: Fixtures.start)
                #expect(try stores.unsearchedPortraits(modelID: "m", limit: 10).map(\.id) == [unsearched[1].id])
            }
        }
    }

    @Test("Two portraits make one finding, and one person decides it", arguments: Backend.allCases)
    func duplicates(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let accounts = try (1...3).map { try Fixtures.account($0) }
            @Sendable func finding(_ number: Int, _ one: Int, _ other: Int) -> FaceDuplicate {
                FaceDuplicate(
                    id: Fixtures.id(8_000 + number),
                    accountID: accounts[one].id,
                    otherAccountID: accounts[other].id,
                    portraitID: portrait(one, of: accounts[one].id).id,
                    otherPortraitID: portrait(other, of: accounts[other].id).id,
                    distance: 0.25,
                    threshold: 0.3,
                    gallerySize: 3,
                    isNearCopy: number == 2,
                    foundAt: Fixtures.start
                )
            }
            try await database.write { stores throws in
                for (number, account) in accounts.enumerated() {
                    try stores.insertAccount(account)
                    try stores.insertPortrait(portrait(number, of: account.id))
                }
                #expect(try stores.insertDuplicate(finding(1, 0, 1)))
                #expect(try !stores.insertDuplicate(finding(9, 1, 0)), "the same two, found from the other side")
                #expect(try stores.insertDuplicate(finding(2, 0, 2)))
                #expect(try stores.duplicate(finding(2, 0, 2).id) == finding(2, 0, 2))
                let decision = FaceDuplicate.Decision(
                    verdict: .samePerson,
                    decidedBy: accounts[2].id,
                    at: Fixtures.start + 60,
                    comment: "смена фамилии"
                )
                #expect(try stores.decideDuplicate(finding(1, 0, 1).id, decision))
                #expect(try !stores.decideDuplicate(finding(1, 0, 1).id, decision), "what is decided is decided")
                #expect(try stores.duplicate(finding(1, 0, 1).id)?.decision == decision)
                let all = try stores.duplicates(undecidedOnly: false, before: nil, limit: 10)
                #expect(all.map(\.id) == [finding(2, 0, 2).id, finding(1, 0, 1).id])
                let open = try stores.duplicates(undecidedOnly: true, before: nil, limit: 10)
                #expect(open.map(\.id) == [finding(2, 0, 2).id])
                #expect(try stores.duplicates(undecidedOnly: false, before: all[0].id, limit: 1) == [all[1]])
            }
        }
    }
}
