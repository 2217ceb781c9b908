import Accounts
import Foundation
import Identification
import Testing

@Suite("A3: alternatives of methods, replacement by a person, repetition, override")
struct PolicyAlternativesTests {
    private static let now = Date(timeIntervalSince1970: 1_800_000_000)

    private static func record(
        _ method: IdentificationMethod,
        _ outcome: IdentificationOutcome,
        secondsAgo: TimeInterval = 0
    ) -> IdentificationRecord {
        IdentificationRecord(
            id: UUID(),
            method: method,
            subject: nil,
            outcome: outcome,
            reason: "compared",
            at: now - secondsAgo
        )
    }

    private static func situation(
        _ records: [IdentificationRecord],
        consent: Bool = true,
        overrides: [IdentificationOverride] = []
    ) -> IdentificationSituation {
        IdentificationSituation(records: records, hasBiometricConsent: consent, overrides: overrides, now: now)
    }

    private static func policy(
        _ anyOf: [[IdentificationMethod]],
        replaces: Bool = false
    ) -> IdentificationPolicy {
        IdentificationPolicy(anyOf: anyOf, requiresLiveness: false, visualReplacesBiometric: replaces)
    }

    /// Alternatives, the methods that have matched, whether they suffice.
    private static let combinations: [([[IdentificationMethod]], [IdentificationMethod], Bool)] = [
        ([[.electronic]], [], true),
        ([[.electronic, .biometric]], [], false), ([[.electronic, .biometric]], [.biometric], true),
        ([[.electronic, .biometric]], [.visual], false),
        // or
        ([[.biometric], [.visual]], [], false), ([[.biometric], [.visual]], [.biometric], true),
        ([[.biometric], [.visual]], [.visual], true),
        // and
        ([[.biometric, .visual]], [.biometric], false), ([[.biometric, .visual]], [.visual], false),
        ([[.biometric, .visual]], [.biometric, .visual], true),
        // (login and face) or document
        ([[.electronic, .biometric], [.visual]], [], false),
        ([[.electronic, .biometric], [.visual]], [.visual], true),
        // An alternative that a login alone meets makes the others a matter of choice.
        ([[.biometric, .visual], [.electronic]], [], true),
    ]

    @Test(
        "An alternative holds where all of its methods do; a policy where one alternative does",
        arguments: combinations
    )
    func combination(_ anyOf: [[IdentificationMethod]], _ matched: [IdentificationMethod], _ isEnough: Bool) {
        let policy = Self.policy(anyOf)
        let standing = policy.standing(in: Self.situation(matched.map { Self.record($0, .match) }))
        #expect(standing.suffices == isEnough)
        #expect(standing.missing.isEmpty == isEnough)
        #expect(standing.alternatives.map { $0.map(\.method) } == anyOf)
        // One non-match of each method afterwards takes everything away that is not the login's.
        let refuted =
            matched.map { Self.record($0, .match, secondsAgo: 5) } + matched.map { Self.record($0, .nonMatch) }
        let needsMore = !anyOf.contains([.electronic])
        #expect(policy.standing(in: Self.situation(refuted)).suffices == !needsMore)
    }

    @Test("What is asked for next is what lacks of the alternative that is nearest")
    func nearest() {
        let policy = Self.policy([[.biometric, .visual], [.visual]])
        #expect(policy.standing(in: Self.situation([])).missing == [.visual])
        let face = policy.standing(in: Self.situation([Self.record(.biometric, .match)]))
        #expect(face.missing == [.visual])
        let both = Self.policy([[.biometric, .visual], [.electronic, .biometric]])
        let seen = both.standing(in: Self.situation([Self.record(.visual, .match)]))
        #expect(seen.missing == [.biometric])
    }

    @Test(
        "A person replaces biometrics once, where there is no consent or comparisons fail, and only if that is allowed"
    )
    func replacement() {
        let replaced = Self.policy([[.electronic, .biometric]], replaces: true)
        let plain = Self.policy([[.electronic, .biometric]])
        let without = replaced.standing(in: Self.situation([], consent: false))
        #expect(without.missing == [.visual] && without.next.first?.lack == .noConsent)
        let refused = plain.standing(in: Self.situation([], consent: false))
        #expect(refused.missing == [.biometric] && refused.next.first?.lack == .noConsent)
        let oldMatch = Self.situation([Self.record(.biometric, .match)], consent: false)
        #expect(!replaced.standing(in: oldMatch).suffices, "a match from before the withdrawal counts no more")
        #expect(!plain.standing(in: oldMatch).suffices)

        let failures = (0..<10).map { Self.record(.biometric, .nonMatch, secondsAgo: Double(100 - $0)) }
        #expect(replaced.standing(in: Self.situation(failures)).next.first?.lack == .triesUsedUp)
        #expect(replaced.standing(in: Self.situation(failures)).missing == [.visual])
        #expect(plain.standing(in: Self.situation(failures)).missing == [.biometric])
        let seen = failures + [Self.record(.visual, .match)]
        #expect(replaced.standing(in: Self.situation(seen)).suffices)
        #expect(!plain.standing(in: Self.situation(seen)).suffices)
        let both = Self.policy([[.biometric, .visual]], replaces: true)
        let once = both.standing(in: Self.situation([], consent: false))
        #expect(once.alternatives.map { $0.map(\.method) } == [[.visual]], "the person is asked once")
    }

    @Test("Somebody else's face after the verifier looked makes the verifier look again; one before does not")
    func refuted() {
        let policy = Self.policy([[.visual]])
        let before = [Self.record(.biometric, .nonMatch, secondsAgo: 20), Self.record(.visual, .match, secondsAgo: 10)]
        #expect(policy.standing(in: Self.situation(before)).suffices)
        let after = before + [Self.record(.biometric, .nonMatch)]
        #expect(policy.standing(in: Self.situation(after)).next.map(\.lack) == [.nonMatch])
        let unclear = before + [Self.record(.biometric, .inconclusive)]
        #expect(policy.standing(in: Self.situation(unclear)).suffices)
    }

    @Test(
        "A match is good for as long as the policy says of its method, to the second",
        arguments: [
            (IdentificationMethod.biometric, 600.0, true), (.biometric, 601, false), (.visual, 3_600, true),
            (.visual, 3_601, false),
        ]
    )
    func freshness(_ method: IdentificationMethod, _ age: TimeInterval, _ isFresh: Bool) {
        let match = Self.record(method, .match, secondsAgo: age)
        let standing = Self.policy([[method]]).standing(in: Self.situation([match]))
        #expect(standing.suffices == isFresh)
        #expect(isFresh || standing.next.map(\.lack) == [.outdated(since: match.at)])
        #expect(!isFresh || standing.alternatives[0][0].metAt == match.at)
    }

    @Test(
        "An override stands for every identification, for as long as a verifier's match would",
        arguments: [3_600, 3_601]
    )
    func override(_ age: Int) {
        let policy = Self.policy([[.biometric, .visual]])
        func override(_ seconds: Int) -> IdentificationOverride {
            IdentificationOverride(
                id: UUID(),
                attemptID: UUID(),
                decidedBy: UUID(),
                sealedReason: Data("sealed".utf8),
                at: Self.now - TimeInterval(seconds)
            )
        }
        let one = override(age)
        let standing = policy.standing(in: Self.situation([], overrides: [one]))
        #expect(standing.suffices == (age == 3_600))
        #expect(standing.override == (age == 3_600 ? one : nil))
        #expect(standing.missing.isEmpty == (age == 3_600))
        #expect(standing.alternatives[0].allSatisfy { $0.lack != nil }, "it identifies nobody")
        let newer = override(10)
        #expect(policy.standing(in: Self.situation([], overrides: [one, newer])).override == newer)
    }

    @Test("A policy is kept as it is, with its repetition, and the same policy is the same bytes")
    func kept() throws {
        let policy = IdentificationPolicy(
            anyOf: [[.electronic, .biometric], [.visual]],
            validForSeconds: 60,
            visualValidForSeconds: 7_200,
            requiresLiveness: false,
            visualReplacesBiometric: false,
            repetition: .init(
                everyMinutes: 15,
                jitterMinutes: 5,
                onResume: true,
                beforeSubmission: true,
                graceSeconds: 45
            ),
            mostFailures: 3,
            onFailure: .refuse,
            overriders: Set(Role.allCases.filter(\.isStaff))
        )
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let data = try encoder.encode(policy)
        let read = try JSONDecoder().decode(IdentificationPolicy.self, from: data)
        #expect(read == policy && policy.defects.isEmpty)
        #expect(try encoder.encode(read) == data)
    }

    /// Changes to a good policy, and what is then wrong with it.
    private static let defects: [(@Sendable (inout IdentificationPolicy) -> Void, [IdentificationPolicy.Defect])] = [
        ({ _ in }, []), ({ $0.anyOf = [] }, [.noMethods]), ({ $0.anyOf = [[.visual], []] }, [.noMethods]),
        ({ $0.anyOf = [[.visual, .visual]] }, [.repeatedMethod]), ({ $0.validForSeconds = 9 }, [.outOfRange]),
        ({ $0.validForSeconds = 86_401 }, [.outOfRange]), ({ $0.visualValidForSeconds = 0 }, [.outOfRange]),
        ({ $0.repetition.everyMinutes = 0 }, [.outOfRange, .jitterTooLong]),
        ({ $0.repetition.everyMinutes = 601 }, [.outOfRange]),
        ({ $0.repetition.jitterMinutes = -1 }, [.outOfRange]), ({ $0.repetition.graceSeconds = 14 }, [.outOfRange]),
        ({ $0.mostFailures = 0 }, [.outOfRange]), ({ $0.repetition.everyMinutes = 5 }, []),
        ({ $0.repetition = .init(everyMinutes: 5, jitterMinutes: 5) }, [.jitterTooLong]),
        ({ $0.repetition = .init(everyMinutes: 5, jitterMinutes: 4) }, []),
        ({ $0.overriders = [.examiner, .candidate] }, [.overriderNotStaff]), ({ $0.overriders = [] }, []),
    ]

    @Test("What makes a policy unusable is named", arguments: defects.indices)
    func defect(_ index: Int) {
        var policy = IdentificationPolicy.electronicAndBiometric
        Self.defects[index].0(&policy)
        #expect(policy.defects == Self.defects[index].1)
    }

    @Test(
        "A demand is answered by a face or a verifier that matches, once it is due, and by nothing else",
        arguments: IdentificationDemand.State.allCases,
        IdentificationMethod.allCases
    )
    func demands(_ state: IdentificationDemand.State, _ method: IdentificationMethod) {
        var demand = IdentificationDemand(
            id: UUID(),
            attemptID: UUID(),
            subject: .face,
            moment: .interval,
            dueAt: Self.now,
            expiresAt: Self.now + 120,
            state: state
        )
        let awaits = [.planned, .open, .missed].contains(state)
        #expect(demand.isAnswered(by: Self.record(method, .match)) == (awaits && method != .electronic))
        #expect(!demand.isAnswered(by: Self.record(method, .match, secondsAgo: 1)), "one from before is none")
        #expect(!demand.isAnswered(by: Self.record(method, .nonMatch)))
        #expect(!demand.isAnswered(by: Self.record(method, .inconclusive)))
        demand.subject = .workplace
        #expect(!demand.isAnswered(by: Self.record(method, .match)))
    }
}
