import Accounts
import Attestation
import Foundation
import Identification
import Storage
import Testing

@Suite("Storage contract: erasure of biometric data")
struct ErasureContractTests {
    private func request(_ number: Int, of account: UUID) -> ErasureRequest {
        ErasureRequest(
            id: Fixtures.id(9_200 + number),
            accountID: account,
            reason: "consent_withdrawn",
            requestedBy: account,
            requestedAt: Fixtures.start
        )
    }

    private func evidence(_ digit: String) -> EvidenceReference {
        EvidenceReference(rawValue: String(repeating: digit, count: 64))!
    }

    private func portrait(_ number: Int, of account: UUID, _ picture: String) -> Portrait {
        Portrait(
            id: Fixtures.id(9_300 + number),
            accountID: account,
            createdAt: Fixtures.start,
            modelID: "m",
            sealedTemplate: Data([1, 2, 3]),
            evidence: evidence(picture),
            interEyeDistance: 100,
            pictureSize: .init(width: 640, height: 480)
        )
    }

    private func record(_ number: Int, _ method: IdentificationMethod, of account: UUID) -> IdentificationRecord {
        var findings = BiometricFindings(quality: [QualityFact(component: "sharpness", raw: 3, value: 80)])
        findings.liveness = LivenessFacts(
            challengeID: Fixtures.id(1),
            movements: ["look_up"],
            outcome: .notLive,
            checks: [.init(name: "relief", state: "failed", measured: 0.1, limit: 0.2, detail: "flat")]
        )
        return IdentificationRecord(
            id: Fixtures.id(9_400 + number),
            method: method,
            subject: account,
            outcome: .inconclusive,
            reason: "liveness_not_confirmed",
            at: Fixtures.start,
            comparison: ComparisonFacts(
                distance: 0.2,
                matchAtOrBelow: 0.3,
                nonMatchAbove: 0.4,
                modelID: "m",
                portraitID: Fixtures.id(9_301)
            ),
            evidence: evidence("\(number)"),
            findings: findings
        )
    }

    @Test("A person has one pending demand, which is cancelled, or carried out once", arguments: Backend.allCases)
    func demands(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let accounts = try (1...2).map { try Fixtures.account($0) }
            let id = accounts[0].id
            try await database.write { stores throws in
                for account in accounts { try stores.insertAccount(account) }
                try stores.insertErasure(request(1, of: id))
                #expect(throws: (any Error).self) { try stores.insertErasure(request(2, of: id)) }
                #expect(try stores.pendingErasure(of: id) == request(1, of: id))
                #expect(try stores.pendingErasure(of: accounts[1].id) == nil)
                #expect(try stores.cancelErasure(request(1, of: id).id, at: Fixtures.start + 5))
                #expect(try !stores.cancelErasure(request(1, of: id).id, at: Fixtures.start + 6))
                #expect(try stores.erasure(request(1, of: id).id)?.state == .cancelled)
                #expect(try stores.destroyBiometrics(for: request(1, of: id).id, at: Fixtures.start) == nil)
                #expect(try stores.openErasures(after: nil, limit: 10).isEmpty)

                let second = request(3, of: id).id
                try stores.insertErasure(request(3, of: id))
                try stores.insertErasure(request(4, of: accounts[1].id))
                #expect(try stores.openErasures(after: nil, limit: 1).map(\.id) == [second])
                #expect(try stores.openErasures(after: second, limit: 10).count == 1)
                #expect(try !stores.completeErasure(second, at: Fixtures.start), "nothing is destroyed yet")
                #expect(try stores.destroyBiometrics(for: second, at: Fixtures.start + 9) != nil)
                #expect(try stores.erasure(second)?.state == .destroyed)
                #expect(try !stores.cancelErasure(second, at: Fixtures.start), "too late")
                #expect(try stores.pendingErasure(of: id) == nil)
                // What is taken under a new consent may be demanded before the old files are gone.
                try stores.insertErasure(request(5, of: id))
                #expect(try stores.completeErasure(second, at: Fixtures.start + 10))
                #expect(try !stores.completeErasure(second, at: Fixtures.start + 10))
                #expect(try stores.erasure(second)?.completedAt == Fixtures.start + 10)
                let all = try stores.erasures(before: nil, limit: 10)
                #expect(all.map(\.id) == [5, 4, 3, 1].map { request($0, of: id).id })
                #expect(try stores.erasures(before: all[2].id, limit: 10).map(\.id) == [all[3].id])
            }
        }
    }

    @Test("Destroying takes what was measured of the face and leaves every decision", arguments: Backend.allCases)
    func destroying(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let accounts = try (1...2).map { try Fixtures.account($0) }
            let (id, other) = (accounts[0].id, accounts[1].id)
            let erasure = request(1, of: id).id
            let time = Fixtures.start + 100
            try await database.write { stores throws in
                for account in accounts {
                    try stores.insertAccount(account)
                    try stores.insertWrappedBiometricKey(Data([9]), of: account.id)
                }
                try stores.insertPortrait(portrait(1, of: id, "a"))
                try stores.insertPortrait(portrait(2, of: other, "b"))
                let records = [
                    record(1, .biometric, of: id), record(2, .visual, of: id), record(3, .biometric, of: other),
                ]
                for record in records {
                    try stores.insertIdentification(record)
                    let isBiometric = record.method == .biometric
                    try stores.insertSealedPayload(
                        Data([7]),
                        digest: record.id.uuidString,
                        subject: record.subject ?? id,
                        biometricRecordID: isBiometric ? record.id : nil
                    )
                }
                let duplicate = FaceDuplicate(
                    id: Fixtures.id(9_500),
                    accountID: other,
                    otherAccountID: id,
                    portraitID: Fixtures.id(9_302),
                    otherPortraitID: Fixtures.id(9_301),
                    distance: 0.1,
                    threshold: 0.2,
                    gallerySize: 2,
                    isNearCopy: false,
                    foundAt: Fixtures.start
                )
                #expect(try stores.insertDuplicate(duplicate))
                try stores.insertSealedPayload(
                    Data([8]),
                    digest: "d",
                    subject: other,
                    biometricRecordID: duplicate.id
                )

                try stores.insertErasure(request(1, of: id))
                let destroyed = try #require(try stores.destroyBiometrics(for: erasure, at: time))
                #expect(destroyed == .init(at: time, portraits: 1, records: 1, files: 2))
                #expect(try stores.erasure(erasure)?.destroyed == destroyed)
                #expect(try Set(stores.filesToDelete(for: erasure)) == [evidence("a"), evidence("1")])

                #expect(try stores.wrappedBiometricKey(of: id) == nil)
                #expect(try stores.wrappedBiometricKey(of: other) == Data([9]))
                #expect(try stores.currentPortrait(of: id) == nil)
                #expect(try stores.currentPortrait(of: other) != nil)
                let left = try #require(try stores.identification(records[0].id))
                #expect(left == records[0].erased(at: time))
                #expect(left.comparison == nil && left.findings?.liveness?.outcome == .notLive)
                #expect(left.findings?.liveness?.checks == [] && left.findings?.quality == [])
                #expect(left.outcome == records[0].outcome && left.evidence == records[0].evidence)
                #expect(try stores.identification(records[1].id) == records[1], "no comparison of faces, so it stays")
                #expect(try stores.identification(records[2].id) == records[2], "another person's")
                #expect(try stores.sealedPayload(digest: records[0].id.uuidString) == nil)
                #expect(try stores.sealedPayload(digest: records[1].id.uuidString) != nil)
                #expect(try stores.sealedPayload(digest: records[2].id.uuidString) != nil)
                #expect(try stores.sealedPayload(digest: "d") == nil, "it measures both faces")
                #expect(try stores.duplicate(duplicate.id)?.distance == nil)
                #expect(try stores.duplicate(duplicate.id)?.threshold == 0.2)

                #expect(try stores.completeErasure(erasure, at: time))
                #expect(try stores.filesToDelete(for: erasure).isEmpty)
                try stores.insertWrappedBiometricKey(Data([10]), of: id)
                #expect(try stores.wrappedBiometricKey(of: id) == Data([10]), "a new consent, a new key")
            }
        }
    }

    static let states: [(AttemptState, Set<ErasureHold>)] = [
        (.created, []), (.readyToStart, []), (.started, [.attemptRuns]), (.readyToSubmit, [.attemptRuns]),
        (.timedOut, [.attemptRuns]), (.submitted, []), (.secondReviewRequired, [.resultUnderReview]), (.verified, []),
        (.rejected, []), (.error, []), (.expired, []), (.declined, []),
    ]

    @Test("What holds the data follows from the person’s attempts", arguments: states)
    func holds(state: AttemptState, expected: Set<ErasureHold>) async throws {
        try await Backend.sqlite.withDatabase { database in
            let attempt = try await Fixtures.withAttempt(in: database)
            try await database.write { stores throws in
                // Where it stands, without the way there.
                let encoded = String(decoding: try JSONEncoder().encode(attempt), as: UTF8.self)
                let moved = encoded.replacing("\"state\":\"created\"", with: "\"state\":\"\(state.rawValue)\"")
                let changed = try JSONDecoder().decode(Attempt.self, from: Data(moved.utf8))
                #expect(changed.state == state)
                try stores.updateAttempt(changed)
                #expect(try stores.erasureHolds(of: attempt.candidateID) == expected)
                #expect(try stores.erasureHolds(of: Fixtures.id(77)).isEmpty)
            }
        }
    }

    @Test("A demand is due when nothing holds the data, and after thirty days whatever does")
    func due() {
        var pending = request(1, of: Fixtures.id(1))
        let later = Fixtures.start + 30 * 86_400
        #expect(pending.isDue(given: [], at: Fixtures.start))
        #expect(!pending.isDue(given: [.attemptRuns], at: later - 1))
        #expect(pending.isDue(given: [.attemptRuns], at: later))
        pending.cancelledAt = Fixtures.start
        #expect(!pending.isDue(given: [], at: later))
    }

    @Test("After scrubbing, deleted bytes are in none of the database’s files", arguments: Backend.allCases)
    func scrubbing(_ backend: Backend) async throws {
        guard backend == .sqlite else { return }
        let account = try Fixtures.account(1)
        let secret = Data((0..<64).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ 11) })
        try await backend.withDatabaseAndFolder { database, folder in
            func isThere() throws -> Bool {
                try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil).contains {
                    try Data(contentsOf: $0).range(of: secret) != nil
                }
            }
            try await database.write { stores throws in
                try stores.insertAccount(account)
                try stores.insertWrappedBiometricKey(secret, of: account.id)
                try stores.insertErasure(request(1, of: account.id))
            }
            #expect(try isThere())
            try await database.write {
                _ = try $0.destroyBiometrics(for: request(1, of: account.id).id, at: Fixtures.start)
            }
            #expect(try isThere(), "the write-ahead log still has it")
            #expect(try await database.scrub())
            #expect(try !isThere())
        }
    }
}
