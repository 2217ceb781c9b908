import Attestation
import Cryptography
import Foundation
import Grading
import Testing

@Suite("D7 What an attempt comes to in the grade sheet")
struct ConsequenceTests {
    static let examiner = UUID()
    static let candidate = UUID()
    static let start = Date(timeIntervalSince1970: 1_772_442_000)

    static func attempt() throws -> Attempt {
        try Attempt(
            id: UUID(),
            examID: UUID(),
            candidateID: candidate,
            seed: try TicketSeed.derive(
                examSecret: Data(repeating: 7, count: TicketSeed.secretByteCount),
                examID: UUID(),
                attemptID: UUID()
            ),
            baseSeconds: 3_600,
            at: start
        )
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var to: AttemptState
        var cause: AttemptCause
        var mark: SheetMark
        var debt: AcademicDebt
        var basis: Consequence.Basis
        var testDescription: String { name }
    }

    static let cases: [Case] = [
        Case(
            name: "said before the start that they cannot take part",
            to: .declined,
            cause: .candidate(candidate, .unableToAttend),
            mark: .notAppearedExcused,
            debt: .excused,
            basis: .announcedAbsence
        ),
        Case(
            name: "fell ill before the start",
            to: .declined,
            cause: .examiner(examiner, .health),
            mark: .notAppearedExcused,
            debt: .excused,
            basis: .announcedAbsence
        ),
        Case(
            name: "did not want to",
            to: .declined,
            cause: .candidate(candidate, .ownRefusal),
            mark: .notAppeared,
            debt: .owed,
            basis: .absence
        ),
        Case(
            name: "did not come",
            to: .expired,
            cause: .system,
            mark: .notAppeared,
            debt: .owed,
            basis: .absence
        ),
        Case(
            name: "copied",
            to: .rejected,
            cause: .examiner(examiner, .dishonesty),
            mark: .unsatisfactory,
            debt: .owed,
            basis: .dishonesty
        ),
        Case(
            name: "sent another person",
            to: .rejected,
            cause: .examiner(examiner, .otherPerson),
            mark: .unsatisfactory,
            debt: .owed,
            basis: .otherPerson
        ),
        Case(
            name: "lost the connection for good",
            to: .error,
            cause: .examiner(examiner, .connectionLost),
            mark: .notTakenPlace,
            debt: .excused,
            basis: .connectionLost
        ),
        Case(
            name: "had a device that failed",
            to: .error,
            cause: .examiner(examiner, .deviceFailure),
            mark: .notTakenPlace,
            debt: .excused,
            basis: .interruption
        ),
    ]

    @Test("D7: each way to end without a result has its mark and its debt", arguments: cases)
    func marks(_ expected: Case) throws {
        let attempt = try Self.attempt().transition(to: expected.to, expected.cause, at: Self.start)
        let outcome = Consequence.outcome(of: attempt, scale: .fivePoint, isOver: false)
        #expect(outcome == .mark(expected.mark, expected.basis))
        #expect(expected.mark.debt == expected.debt)
    }

    @Test("S2 3.7: on a scale of pass and fail the lowest grade is «не зачтено»")
    func passFail() throws {
        let cause = AttemptCause.examiner(Self.examiner, .dishonesty)
        let attempt = try Self.attempt().transition(to: .rejected, cause, at: Self.start)
        #expect(Consequence.outcome(of: attempt, scale: .passFail, isOver: true) == .mark(.failed, .dishonesty))
    }

    @Test("nobody is absent before the exam is over")
    func absence() throws {
        let attempt = try Self.attempt()
        for attempt in [nil, attempt] {
            #expect(Consequence.outcome(of: attempt, scale: .fivePoint, isOver: false) == .waiting(.exam))
            #expect(
                Consequence.outcome(of: attempt, scale: .fivePoint, isOver: true) == .mark(.notAppeared, .absence)
            )
        }
    }

    @Test("the table has a rule for every state, and every grade and every mark a label")
    func complete() {
        for state in AttemptState.allCases {
            #expect(Consequence.states(with: state), "\(state)")
        }
        for mark in SheetMark.allCases { #expect(!mark.label.isEmpty) }
        for grade in Grade.allCases {
            #expect(SheetMark(grade).grade == grade)
            #expect(SheetMark(grade).label == grade.label)
        }
        #expect(SheetMark.allCases.filter { $0.debt == .none } == [.excellent, .good, .satisfactory, .passed])
    }
}
