import Foundation
import Identification
import Testing

@Suite("A3, B2: policies and tries")
struct PolicyTests {
    private static let start = Date(timeIntervalSince1970: 1_800_000_000)

    private static func record(
        _ outcome: IdentificationOutcome,
        _ seconds: TimeInterval,
        _ method: IdentificationMethod = .biometric
    ) -> IdentificationRecord {
        IdentificationRecord(
            id: UUID(),
            method: method,
            subject: nil,
            outcome: outcome,
            reason: "compared",
            at: start.addingTimeInterval(seconds)
        )
    }

    private static func situation(
        _ records: [IdentificationRecord],
        _ seconds: TimeInterval,
        consent: Bool = true
    ) -> IdentificationSituation {
        IdentificationSituation(records: records, hasBiometricConsent: consent, now: start + seconds)
    }

    @Test(
        "The newest verdict of a method decides, an inconclusive one decides nothing",
        arguments: [
            ([], 0.0, false),
            ([(.match, 0)], 600, true),
            ([(.match, 0)], 601, false),
            ([(.nonMatch, 0)], 1, false),
            ([(.inconclusive, 0)], 1, false),
            ([(.match, 0), (.nonMatch, 1)], 2, false),
            ([(.nonMatch, 0), (.match, 1)], 2, true),
            ([(.match, 0), (.inconclusive, 1)], 2, true),
        ] as [([(IdentificationOutcome, TimeInterval)], TimeInterval, Bool)]
    )
    func policy(_ outcomes: [(IdentificationOutcome, TimeInterval)], _ now: TimeInterval, _ isEnough: Bool) {
        let records = outcomes.map { Self.record($0.0, $0.1) }
        let policy = IdentificationPolicy(anyOf: [[.electronic, .biometric]], requiresLiveness: false)
        let standing = policy.standing(in: Self.situation(records, now))
        #expect(standing.missing == (isEnough ? [] : [.biometric]))
        #expect(standing.suffices == isEnough)
    }

    /// What a liveness challenge came to, and what the comparison of its frames did.
    private typealias Challenge = (liveness: LivenessFacts.Outcome?, outcome: IdentificationOutcome)

    @Test(
        "B4: where liveness is asked for, only a challenge passed by the right face identifies",
        arguments: [
            ([(nil, .match)], false),
            ([(.live, .match)], true),
            ([(.live, .nonMatch)], false),
            ([(.notLive, .inconclusive)], false),
            ([(.inconclusive, .inconclusive)], false),
            ([(.live, .match), (nil, .match)], true),
            ([(.live, .match), (nil, .nonMatch)], false),
            ([(.live, .match), (.notLive, .inconclusive)], false),
            ([(.live, .match), (.inconclusive, .inconclusive)], true),
            ([(.notLive, .inconclusive), (.live, .match)], true),
            ([(.notLive, .inconclusive), (nil, .match)], false),
        ] as [([Challenge], Bool)]
    )
    private func liveness(_ challenges: [Challenge], _ isEnough: Bool) throws {
        let records = challenges.enumerated().map { number, challenge in
            var record = Self.record(challenge.outcome, TimeInterval(number))
            record.findings = challenge.liveness.map {
                BiometricFindings(liveness: LivenessFacts(challengeID: UUID(), movements: [], outcome: $0, checks: []))
            }
            return record
        }
        let policy = IdentificationPolicy.electronicAndBiometric
        #expect(policy.requiresLiveness, "a comparison alone cannot tell a person from a photograph")
        let standing = policy.standing(in: Self.situation(records, 20))
        #expect(standing.missing == (isEnough ? [] : [.biometric]))
        #expect(standing.needsLiveness == !isEnough)
        let later = policy.standing(in: Self.situation(records, 620))
        #expect(later.missing == [.biometric], "what is old counts no more")
        let kept = try JSONDecoder().decode(IdentificationPolicy.self, from: JSONEncoder().encode(policy))
        #expect(kept == policy)
    }

    @Test("A policy that was kept before liveness was known does not ask for it")
    func oldPolicy() throws {
        let kept = Data(#"{"methods": ["biometric"], "valid_for_seconds": 600}"#.utf8)
        let policy = try JSONDecoder().decode(IdentificationPolicy.self, from: kept)
        #expect(policy.anyOf == [[.biometric]])
        #expect(policy.standing(in: Self.situation([Self.record(.match, 0)], 0)).suffices)
    }

    @Test("A presentation attack that was found out counts as a failed try")
    func attacksAreTries() {
        var attack = Self.record(.inconclusive, 0)
        attack.findings = BiometricFindings(
            liveness: LivenessFacts(challengeID: UUID(), movements: [], outcome: .notLive, checks: [])
        )
        let records = (0..<5).map { number in
            var record = attack
            record.at = Self.start.addingTimeInterval(TimeInterval(number))
            return record
        }
        #expect(BiometricTries.judge(records, at: Self.start + 4) == .wait(seconds: 30))
        #expect(BiometricTries.judge(Array(records.dropLast()), at: Self.start + 4) == .allowed)
    }

    @Test("A match of one method does not stand for another")
    func methods() {
        let policy = IdentificationPolicy(
            anyOf: [[.electronic, .biometric, .visual]],
            visualReplacesBiometric: false
        )
        let visual = policy.standing(in: Self.situation([Self.record(.match, 0, .visual)], 0))
        #expect(visual.missing == [.biometric])
        let biometric = policy.standing(in: Self.situation([Self.record(.match, 0)], 0))
        #expect(biometric.missing.contains(.visual))
    }

    @Test(
        "Five failures in a row cost a wait of thirty seconds, ten need a person, a match forgives",
        arguments: [
            (4, 0.0, BiometricTries.allowed), (5, 0, .wait(seconds: 30)), (5, 29.5, .wait(seconds: 1)),
            (5, 30, .allowed), (9, 10, .wait(seconds: 20)), (10, 3600, .personNeeded),
        ]
    )
    func tries(_ failures: Int, _ secondsLater: TimeInterval, _ verdict: BiometricTries) {
        let records = (0..<failures).map { Self.record(.nonMatch, TimeInterval($0)) }
        let now = Self.start.addingTimeInterval(TimeInterval(failures - 1) + secondsLater)
        #expect(BiometricTries.judge(records, at: now) == verdict)
        let forgiven = records + [Self.record(.match, TimeInterval(failures))]
        #expect(BiometricTries.judge(forgiven, at: now) == .allowed)
        // Frames in which nothing could be compared count neither way.
        let unclear = records + [Self.record(.inconclusive, TimeInterval(failures) - 0.5)]
        #expect(BiometricTries.judge(unclear, at: now) == verdict)
    }

    @Test(
        "A reference to evidence is a digest and nothing that could lead elsewhere",
        arguments: ["", "../../etc/passwd", String(repeating: "A", count: 64), String(repeating: "0", count: 63)]
    )
    func references(_ text: String) {
        #expect(EvidenceReference(rawValue: text) == nil)
        #expect(EvidenceReference(rawValue: String(repeating: "0a", count: 32)) != nil)
    }
}
