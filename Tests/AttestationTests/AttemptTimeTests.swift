import Attestation
import Foundation
import Testing

@Suite("Issue 5: the time of an attempt")
struct AttemptTimeTests {
    private let person = AttemptTests.person
    private let candidate = AttemptTests.candidate

    private func after(_ seconds: Double) -> Date { AttemptTests.after(seconds) }

    @Test("The service times out at the deadline and not a millisecond before; then the candidate changes nothing")
    func deadline() throws {
        let attempt = try AttemptTests.started()
        let deadline = try #require(attempt.deadline)
        #expect(deadline == after(3600))
        #expect(attempt.acceptsAnswers(at: deadline.addingTimeInterval(-0.001)))
        #expect(!attempt.acceptsAnswers(at: deadline))
        #expect(throws: AttemptError(.deadlineNotReached, "")) {
            try attempt.transition(to: .timedOut, .system, at: deadline.addingTimeInterval(-0.001))
        }
        #expect(throws: AttemptError(.transitionNotAllowed, "")) {
            try attempt.transition(to: .readyToSubmit, candidate, at: deadline)
        }
        #expect(attempt.settled(at: deadline.addingTimeInterval(-0.001)) == attempt)
        let over = attempt.settled(at: deadline)
        #expect(over.state == .timedOut)
        #expect(over.clock(at: Samples.start).remainingMilliseconds == 0)
        #expect(over.graceEnd == after(3720))
        let closed = attempt.settled(at: after(3720))
        #expect(closed.state == .submitted)
        #expect(closed.submittedAt == after(3720), "however late the service notes it")
        #expect(attempt.settled(at: after(100_000)) == closed)
        #expect(over.settled(at: after(3719.999)) == over)
    }

    @Test("A pause has no end of its own: no deadline while it lasts, and not a second is lost")
    func pause() throws {
        let attempt = try AttemptTests.started()
        let paused = try attempt.transition(to: .paused, AttemptTests.examiner(.checkNeeded), at: after(600))
        #expect(paused.deadline == nil && paused.nextTurn == nil)
        #expect(paused.clock(at: after(50_000)).remainingSeconds == 3000)
        #expect(paused.clock(at: after(50_000)).motion == .stopped)
        #expect(paused.ledger.stop?.kind == .pause)
        #expect(paused.ledger.stop?.cause == AttemptTests.examiner(.checkNeeded))
        #expect(!paused.acceptsAnswers(at: after(601)))
        #expect(throws: AttemptError(.breakMismatch, "")) {
            try paused.transition(to: .started, candidate, at: after(700))
        }
        let resumed = try paused.transition(to: .started, AttemptTests.examiner(nil), at: after(50_000))
        #expect(resumed.deadline == after(53_000))
        #expect(resumed.ledger.entries.last?.kind == .pause)
        #expect(resumed.ledger.entries.last?.milliseconds == 49_400_000)
    }

    @Test(
        "Failures stand in the ledger as such",
        arguments: [AttemptReason.connectionInterrupted, .deviceFailure, .technicalFailure]
    )
    func outage(_ reason: AttemptReason) throws {
        let paused = try AttemptTests.started().transition(to: .paused, AttemptTests.examiner(reason), at: after(60))
        #expect(paused.ledger.stop?.kind == .outage)
    }

    @Test("D6: breaks stop the clock for as long as the candidate is entitled to, and no longer")
    func breaks() throws {
        let entitled = AttemptTests.examiner(.entitlement)
        #expect(throws: AttemptError(.noBreakLeft, "")) {
            try AttemptTests.started().transition(to: .paused, candidate, at: after(60))
        }
        let attempt = try AttemptTests.started()
            .giving(.breakAllowance, milliseconds: 600_000, entitled, at: after(1))
        #expect(attempt.deadline == after(3600), "an allowance is no working time")
        let resting = try attempt.transition(to: .paused, candidate, at: after(100))
        #expect(resting.deadline == after(4200))
        #expect(resting.ledger.breakEnd == after(700))
        let back = try resting.transition(to: .started, candidate, at: after(400))
        #expect(back.deadline == after(3900))
        #expect(back.clock(at: after(400)).breakLeftMilliseconds == 300_000)
        let again = try back.transition(to: .paused, candidate, at: after(1_000))
        let overstayed = again.settled(at: after(5_000))
        #expect(overstayed.state == .submitted)
        #expect(again.settled(at: after(1_301)).spans.last?.start == after(1_300), "the clock ran again by itself")
        #expect(again.settled(at: after(4_200)).state == .timedOut)
        #expect(again.settled(at: after(4_199)).state == .started)
    }

    @Test("An extension after the end reopens the attempt with what was left and what is given")
    func reopening() throws {
        let attempt = try AttemptTests.started()
        let cause = AttemptTests.examiner(.connectionInterrupted)
        func reopen(_ seconds: Int64?, at now: Date, until: Date? = nil) throws -> Attempt {
            try attempt.reopening(giving: seconds.map { $0 * 1_000 }, cause, at: now, until: until)
        }
        #expect(throws: AttemptError(.deadlinePassed, "")) { try reopen(nil, at: after(3700)) }
        for late in [3700.0, 5000, 20_000] {
            let reopened = try reopen(600, at: after(late))
            #expect(reopened.acceptsAnswers(at: after(late)))
            #expect(reopened.startedAt == attempt.startedAt)
            #expect(reopened.clock(at: after(late)).remainingSeconds == 600)
            #expect(reopened.ledger.entries.last?.kind == .closure)
            #expect(reopened.settled(at: after(late + 600)).state == .timedOut)
        }
        let handedIn = try attempt.transition(to: .submitted, candidate, at: after(1_000))
        let reopened = try handedIn.reopening(
            giving: nil,
            AttemptTests.examiner(.submittedByMistake),
            at: after(9_000),
            until: after(9_000)
        )
        #expect(reopened.clock(at: after(9_000)).remainingSeconds == 2_600)
        #expect(throws: AttemptError(.reopeningTooLate, "")) {
            try handedIn.reopening(giving: 1_000, cause, at: after(9_000.001), until: after(9_000))
        }
    }

    static let closed: [(AttemptState, AttemptCause)] = [
        (.verified, AttemptCause(actor: .reviewer, author: AttemptTests.person)),
        (.secondReviewRequired, AttemptTests.examiner(.suspicion)),
        (.rejected, AttemptTests.examiner(.dishonesty)),
    ]

    @Test("Reviewed and rejected attempts get no more time, and are not reopened", arguments: closed)
    func refusedReopening(_ state: AttemptState, _ cause: AttemptCause) throws {
        let attempt = try AttemptTests.started().transition(to: .submitted, candidate, at: after(60))
            .transition(to: state, cause, at: after(120))
        let why = AttemptTests.examiner(.health)
        #expect(throws: AttemptError(.transitionNotAllowed, "")) {
            try attempt.giving(.extension, milliseconds: 60_000, why, at: after(180))
        }
        #expect(throws: AttemptError(.transitionNotAllowed, "")) {
            try attempt.reopening(giving: 60_000, why, at: after(180), until: nil)
        }
    }

    @Test("Time is never taken away or given without end", arguments: [0, -1, Int64.min, .max, 604_800_001])
    func refused(_ milliseconds: Int64) throws {
        let attempt = try AttemptTests.started()
        for kind in [TimeLedger.Kind.extraTime, .breakAllowance, .extension, .outage] {
            #expect(throws: AttemptError(.invalidTime, "")) {
                try attempt.giving(kind, milliseconds: milliseconds, AttemptTests.examiner(.health), at: after(1))
            }
        }
        #expect(throws: AttemptError(.invalidTime, "")) {
            try TimeLedger(baseMilliseconds: milliseconds, at: Samples.start)
        }
    }

    @Test("Nobody gives stops or base time as amounts", arguments: [TimeLedger.Kind.base, .pause, .rest, .closure])
    func notGiven(_ kind: TimeLedger.Kind) throws {
        #expect(throws: AttemptError(.invalidTime, "")) {
            try AttemptTests.started().giving(kind, milliseconds: 1, AttemptTests.examiner(.health), at: after(1))
        }
    }

    @Test("Only the examiner and the service give time, with a reason")
    func givers() throws {
        let attempt = try AttemptTests.started()
        for actor in [AttemptActor.candidate, .reviewer, .verifier] {
            let cause = AttemptCause(actor: actor, author: person, reason: .health)
            #expect(throws: AttemptError(.actorNotAllowed, "")) {
                try attempt.giving(.extension, milliseconds: 1_000, cause, at: after(1))
            }
        }
        #expect(throws: AttemptError(.reasonRequired, "")) {
            try attempt.giving(.extension, milliseconds: 1_000, AttemptTests.examiner(nil), at: after(1))
        }
        let given = try attempt.giving(.outage, milliseconds: 1_500, .system(.technicalFailure), at: after(1))
        #expect(given.deadline == after(3601.5))
        #expect(given.clock(at: after(1)).remainingSeconds == 3600, "a second that is shown is there")
    }
}
