import Foundation
import Identification
import Testing

@Suite("C1, C5: a visual identification from the queue to its end")
struct VisualCaseTests {
    private static let start = Date(timeIntervalSince1970: 1_800_000_000)
    private static let lock: TimeInterval = 600
    private static let (subject, first, second, third) = (UUID(), UUID(), UUID(), UUID())

    private static func opinion(
        _ verifier: UUID,
        _ reason: VisualReason = .documentMatches,
        at seconds: TimeInterval = 30
    ) -> VisualOpinion {
        VisualOpinion(
            verifierID: verifier,
            authorityID: UUID(),
            reason: reason,
            checklist: [.faceMatchesDocument],
            route: .videoLink,
            // Not what counts: the case knows when it was taken.
            takenAt: .distantPast,
            at: start + seconds
        )
    }

    /// A case in each of its states, as its own steps lead there; the first verifier takes it at 10 s, the second at 40 s.
    private static func visualCase(_ state: VisualCase.State) throws -> VisualCase {
        let waiting = VisualCase(
            id: UUID(),
            number: 7,
            subject: subject,
            attemptID: UUID(),
            procedure: .finalAttestation,
            moment: .beforeStart,
            cause: .policy,
            openedAt: start
        )
        guard state != .waiting else { return waiting }
        let taken = try waiting.taking(by: first, at: start + 10, lock: lock)
        switch state {
        case .waiting, .taken: return taken
        case .waitingForSecond: return try taken.deciding(opinion(first), needsSecond: true)
        case .takenBySecond:
            return try taken.deciding(opinion(first), needsSecond: true).taking(by: second, at: start + 40, lock: lock)
        case .decided: return try taken.deciding(opinion(first), needsSecond: false)
        case .cancelled: return try taken.cancelling(at: start + 20)
        }
    }

    /// Something that somebody does with a case at 50 s.
    enum Step: String, CaseIterable {
        case subjectTakes, firstTakes, secondTakes, thirdTakes
        case firstHandsBack, secondHandsBack, firstTouches, secondTouches
        case firstDecides, firstDecidesForSecond, secondDecides, cancel, change

        func applied(to visualCase: VisualCase) throws -> VisualCase {
            let now = VisualCaseTests.start + 50
            let (first, second, lock) = (VisualCaseTests.first, VisualCaseTests.second, VisualCaseTests.lock)
            func opinion(_ verifier: UUID) -> VisualOpinion { VisualCaseTests.opinion(verifier, at: 50) }
            return switch self {
            case .subjectTakes: try visualCase.taking(by: VisualCaseTests.subject, at: now, lock: lock)
            case .firstTakes: try visualCase.taking(by: first, at: now, lock: lock)
            case .secondTakes: try visualCase.taking(by: second, at: now, lock: lock)
            case .thirdTakes: try visualCase.taking(by: VisualCaseTests.third, at: now, lock: lock)
            case .firstHandsBack: try visualCase.handingBack(by: first, at: now)
            case .secondHandsBack: try visualCase.handingBack(by: second, at: now)
            case .firstTouches: try visualCase.touched(by: first, at: now, lock: lock)
            case .secondTouches: try visualCase.touched(by: second, at: now, lock: lock)
            case .firstDecides: try visualCase.deciding(opinion(first), needsSecond: false)
            case .firstDecidesForSecond: try visualCase.deciding(opinion(first), needsSecond: true)
            case .secondDecides: try visualCase.deciding(opinion(second), needsSecond: true)
            case .cancel: try visualCase.cancelling(at: now)
            case .change: try visualCase.changing { $0.conferenceURL = "https://example.org/room" }
            }
        }
    }

    /// What each step leads to: a state, or why not. Closed cases refuse everything and do not stand here.
    private static let table: [VisualCase.State: [Step: Result<VisualCase.State, VisualCase.Refusal>]] = [
        .waiting: [
            .subjectTakes: .failure(.ownCase), .firstTakes: .success(.taken), .secondTakes: .success(.taken),
            .thirdTakes: .success(.taken), .firstHandsBack: .failure(.notHeld), .secondHandsBack: .failure(.notHeld),
            .firstTouches: .failure(.notHeld), .secondTouches: .failure(.notHeld), .firstDecides: .failure(.notHeld),
            .firstDecidesForSecond: .failure(.notHeld), .secondDecides: .failure(.notHeld),
            .cancel: .success(.cancelled), .change: .success(.waiting),
        ],
        .taken: [
            .subjectTakes: .failure(.ownCase), .firstTakes: .success(.taken), .secondTakes: .failure(.takenByAnother),
            .thirdTakes: .failure(.takenByAnother), .firstHandsBack: .success(.waiting),
            .secondHandsBack: .failure(.notHeld), .firstTouches: .success(.taken), .secondTouches: .failure(.notHeld),
            .firstDecides: .success(.decided), .firstDecidesForSecond: .success(.waitingForSecond),
            .secondDecides: .failure(.notHeld), .cancel: .success(.cancelled), .change: .success(.taken),
        ],
        .waitingForSecond: [
            .subjectTakes: .failure(.ownCase), .firstTakes: .failure(.sameVerifier),
            .secondTakes: .success(.takenBySecond), .thirdTakes: .success(.takenBySecond),
            .firstHandsBack: .failure(.notHeld), .secondHandsBack: .failure(.notHeld),
            .firstTouches: .failure(.notHeld), .secondTouches: .failure(.notHeld), .firstDecides: .failure(.notHeld),
            .firstDecidesForSecond: .failure(.notHeld), .secondDecides: .failure(.notHeld),
            .cancel: .success(.cancelled), .change: .success(.waitingForSecond),
        ],
        .takenBySecond: [
            .subjectTakes: .failure(.ownCase), .firstTakes: .failure(.sameVerifier),
            .secondTakes: .success(.takenBySecond), .thirdTakes: .failure(.takenByAnother),
            .firstHandsBack: .failure(.notHeld), .secondHandsBack: .success(.waitingForSecond),
            .firstTouches: .failure(.notHeld), .secondTouches: .success(.takenBySecond),
            .firstDecides: .failure(.notHeld), .firstDecidesForSecond: .failure(.notHeld),
            .secondDecides: .success(.decided), .cancel: .success(.cancelled), .change: .success(.takenBySecond),
        ],
    ]

    @Test(
        "Every step in every state leads where the table says, or is refused for the reason that it names",
        arguments: VisualCase.State.allCases,
        Step.allCases
    )
    func steps(_ state: VisualCase.State, _ step: Step) throws {
        let visualCase = try Self.visualCase(state)
        try #require(visualCase.state == state)
        let wanted = state.isClosed ? .failure(.closed) : try #require(Self.table[state]?[step])
        let got = Result { try step.applied(to: visualCase) }
        switch wanted {
        case .failure(let refusal):
            #expect(throws: refusal) { try got.get() }
        case .success(let expected):
            let next = try got.get()
            #expect(next.state == expected)
            #expect(next.version == visualCase.version + 1, "or a simultaneous change would be lost")
            #expect(next.number == visualCase.number && next.openedAt == visualCase.openedAt, "it keeps its place")
            #expect((next.holder != nil) == [.taken, .takenBySecond].contains(expected))
            #expect((next.closedAt != nil) == expected.isClosed)
            #expect((next.conclusion != nil) == (expected == .decided))
        }
    }

    @Test("A lock holds until its last moment; from then on it is released, free for others, and its holder is out")
    func locks() throws {
        for state in [VisualCase.State.taken, .takenBySecond] {
            let visualCase = try Self.visualCase(state)
            let holder = try #require(visualCase.holder)
            let end = holder.lockedUntil
            #expect(visualCase.isHeld(by: holder.verifierID, at: end - 0.001))
            #expect(!visualCase.isHeld(by: Self.third, at: end - 0.001))
            #expect(visualCase.released(at: end - 0.001) == nil)
            #expect(throws: VisualCase.Refusal.takenByAnother) {
                try visualCase.taking(by: Self.third, at: end - 0.001, lock: Self.lock)
            }
            #expect(!visualCase.isHeld(by: holder.verifierID, at: end))
            #expect(throws: VisualCase.Refusal.notHeld) {
                try visualCase.touched(by: holder.verifierID, at: end, lock: Self.lock)
            }
            let late = Self.opinion(holder.verifierID, at: end.timeIntervalSince(Self.start))
            #expect(throws: VisualCase.Refusal.notHeld) { try visualCase.deciding(late, needsSecond: false) }
            let released = try #require(visualCase.released(at: end))
            #expect(released.state == (state == .taken ? .waiting : .waitingForSecond) && released.holder == nil)
            #expect(released.opinions == visualCase.opinions)
            let next = try visualCase.taking(by: Self.third, at: end, lock: Self.lock)
            #expect(next.holder?.verifierID == Self.third && next.holder?.takenAt == end)
        }
        for state in [VisualCase.State.waiting, .waitingForSecond, .decided, .cancelled] {
            #expect(try Self.visualCase(state).released(at: .distantFuture) == nil)
        }
    }

    @Test("Who works on a case keeps it: each action prolongs the lock, and the time of taking stays")
    func prolonged() throws {
        let taken = try Self.visualCase(.taken)
        let touched = try taken.touched(by: Self.first, at: Self.start + 500, lock: Self.lock)
        #expect(touched.holder?.lockedUntil == Self.start + 1_100)
        let again = try touched.taking(by: Self.first, at: Self.start + 1_000, lock: Self.lock)
        #expect(again.holder?.takenAt == Self.start + 10 && again.holder?.lockedUntil == Self.start + 1_600)
        let decided = try again.deciding(Self.opinion(Self.first, at: 1_200), needsSecond: false)
        #expect(decided.opinions.map(\.takenAt) == [Self.start + 10], "how long it took is the case's own knowledge")
        #expect(decided.closedAt == Self.start + 1_200)
    }

    @Test(
        "C5: two verifiers must come to the same outcome, by whatever reasons; else nothing is decided",
        arguments: VisualReason.forVerifiers,
        VisualReason.forVerifiers
    )
    func twoOpinions(_ firstReason: VisualReason, _ secondReason: VisualReason) throws {
        let once = try Self.visualCase(.taken).deciding(Self.opinion(Self.first, firstReason), needsSecond: true)
        #expect(once.conclusion == nil && once.closedAt == nil, "the first opinion alone decides nothing")
        let twice = try once.taking(by: Self.second, at: Self.start + 40, lock: Self.lock)
            .deciding(Self.opinion(Self.second, secondReason, at: 50), needsSecond: true)
        let agree = firstReason.outcome == secondReason.outcome
        #expect(twice.conclusion == (agree ? secondReason : .verifiersDisagree))
        #expect(twice.conclusion?.outcome == (agree ? secondReason.outcome : .inconclusive))
        #expect(twice.opinions.map(\.verifierID) == [Self.first, Self.second])
    }

    @Test("Each reason stands for one outcome; only a match identifies, and only another person ends the attempt")
    func reasons() {
        let outcomes = Dictionary(grouping: VisualReason.allCases, by: \.outcome).mapValues(Set.init)
        #expect(outcomes[.match] == [.documentMatches, .namesDifferExplained])
        #expect(outcomes[.nonMatch] == [.otherPerson, .documentNotTheirs, .documentForged])
        #expect(VisualReason.allCases.filter(\.endsAttempt) == [.otherPerson])
        #expect(!VisualReason.forVerifiers.contains(.verifiersDisagree))
        #expect(VisualReason.forVerifiers.count == VisualReason.allCases.count - 1)
    }
}
