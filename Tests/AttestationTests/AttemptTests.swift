import Attestation
import Foundation
import Testing

@Suite struct AttemptTests {
    static let person = Samples.id(0xFF)
    static let bank = (1...4).map { QuestionSummary(id: Samples.id($0), topic: "", type: .trueFalse) }

    static func attempt() throws -> Attempt {
        Attempt(
            id: Samples.id(1),
            examID: Samples.id(2),
            candidateID: Samples.id(3),
            seed: Samples.seed(1),
            ledger: try TimeLedger(baseSeconds: 3600, at: Samples.start)
        )
    }

    static func ticket() throws -> Ticket {
        let blueprint = Blueprint(sections: [BlueprintSection(count: 2)], durationSeconds: 3600)
        return try Ticket.draw(blueprint: blueprint, bank: bank, seed: Samples.seed(1))
    }

    static func started() throws -> Attempt {
        try attempt().assigning(try ticket())
            .transition(to: .readyToStart, by: .system, at: Samples.start)
            .transition(to: .started, by: .candidate, author: person, at: Samples.start)
    }

    @Test("The way from creation to a verified attempt")
    func wholeWay() throws {
        let end = Samples.start.addingTimeInterval(1800)
        let attempt = try Self.started()
            .transition(to: .readyToSubmit, by: .candidate, author: Self.person, at: end)
            .transition(to: .submitted, by: .candidate, author: Self.person, at: end)
            .transition(to: .verified, by: .reviewer, author: Self.person, at: end)
        #expect(attempt.history.map(\.to) == [.readyToStart, .started, .readyToSubmit, .submitted, .verified])
        #expect(attempt.startedAt == Samples.start)
        #expect(attempt.submittedAt == end)
        #expect(attempt.deadline == Samples.start.addingTimeInterval(3600))
        #expect(!attempt.acceptsAnswers(at: end))
    }

    @Test("Whatever the table does not have is refused, for every pair of states and every actor")
    func table() throws {
        for from in AttemptState.allCases {
            for to in AttemptState.allCases {
                let rule = AttemptRule.rule(from: from, to: to)
                #expect((rule == nil) == !AttemptRule.table.contains { $0.from == from && $0.to == to })
                guard let rule else { continue }
                #expect(!rule.actors.union(rule.actorsWithReason).isEmpty)
                #expect(rule.actors.isDisjoint(with: rule.actorsWithReason))
                if to == .rejected {
                    #expect(rule.actors.isEmpty, "Only with a reason")
                    #expect(!rule.actorsWithReason.contains(.system) && !rule.actorsWithReason.contains(.candidate))
                }
            }
        }
        #expect(AttemptState.allCases.filter(\.isFinal) == [.expired, .declined])
    }

    @Test("A candidate cannot verify, reopen or reject, and the service cannot start")
    func actors() throws {
        let submitted = try Self.started()
            .transition(to: .submitted, by: .candidate, author: Self.person, at: Samples.start)
        for state in [AttemptState.verified, .started, .rejected, .error] {
            #expect(throws: AttemptError(.actorNotAllowed, "")) {
                try submitted.transition(
                    to: state,
                    by: .candidate,
                    author: Self.person,
                    reason: "прошу",
                    at: Samples.start
                )
            }
        }
        let ready = try Self.attempt().assigning(try Self.ticket())
            .transition(to: .readyToStart, by: .system, at: Samples.start)
        #expect(throws: AttemptError(.actorNotAllowed, "")) {
            try ready.transition(to: .started, by: .system, at: Samples.start)
        }
    }

    @Test("A rejection needs a reason and a person", arguments: [nil, "", "  \n"])
    func reasons(_ reason: String?) throws {
        let attempt = try Self.started()
        #expect(throws: AttemptError(.reasonRequired, "")) {
            try attempt.transition(to: .rejected, by: .examiner, author: Self.person, reason: reason, at: Samples.start)
        }
        #expect(throws: AttemptError(.reasonRequired, "")) {
            try attempt.transition(to: .rejected, by: .examiner, reason: "подсказка", at: Samples.start)
        }
        let rejected = try attempt.transition(
            to: .rejected,
            by: .examiner,
            author: Self.person,
            reason: "подсказка",
            at: Samples.start
        )
        #expect(rejected.state == .rejected)
        #expect(rejected.submittedAt == nil)
    }

    @Test("Nobody starts without a ticket, and a ticket is assigned once and from the own seed")
    func tickets() throws {
        let ready = try Self.attempt().transition(to: .readyToStart, by: .system, at: Samples.start)
        #expect(throws: AttemptError(.ticketMissing, "")) {
            try ready.transition(to: .started, by: .candidate, author: Self.person, at: Samples.start)
        }
        let blueprint = Blueprint(sections: [BlueprintSection(count: 2)], durationSeconds: 3600)
        let other = try Ticket.draw(blueprint: blueprint, bank: Self.bank, seed: Samples.seed(2))
        #expect(throws: AttemptError(.ticketNotAllowed, "")) { try ready.assigning(other) }
        let assigned = try ready.assigning(try Self.ticket())
        #expect(throws: AttemptError(.ticketNotAllowed, "")) { try assigned.assigning(try Self.ticket()) }
    }

    @Test("The service times out at the deadline and not a millisecond before; then the candidate changes nothing")
    func deadline() throws {
        let attempt = try Self.started()
        let deadline = try #require(attempt.deadline)
        #expect(attempt.acceptsAnswers(at: deadline.addingTimeInterval(-0.001)))
        #expect(!attempt.acceptsAnswers(at: deadline))
        #expect(throws: AttemptError(.deadlineNotReached, "")) {
            try attempt.transition(to: .timedOut, by: .system, at: deadline.addingTimeInterval(-0.001))
        }
        #expect(throws: AttemptError(.deadlinePassed, "")) {
            try attempt.transition(to: .readyToSubmit, by: .candidate, author: Self.person, at: deadline)
        }
        let over = try attempt.transition(to: .timedOut, by: .system, at: deadline)
        #expect(!over.acceptsAnswers(at: Samples.start))
        #expect(over.remainingSeconds(at: Samples.start) == 0)
        #expect(try over.transition(to: .submitted, by: .system, at: deadline).submittedAt == deadline)
    }

    @Test("A timed-out attempt is reopened by a person who gives time first")
    func reopening() throws {
        let attempt = try Self.started()
        let late = try #require(attempt.deadline).addingTimeInterval(10)
        let over = try attempt.transition(to: .timedOut, by: .system, at: late)
        func reopen(_ attempt: Attempt) throws -> Attempt {
            try attempt.transition(to: .started, by: .examiner, author: Self.person, reason: "обрыв связи", at: late)
        }
        #expect(throws: AttemptError(.deadlinePassed, "")) { try reopen(over) }
        let extended = try over.granting(.outage, seconds: 600, author: "examiner", reason: "обрыв связи", at: late)
        let reopened = try reopen(extended)
        #expect(reopened.acceptsAnswers(at: late))
        #expect(reopened.startedAt == attempt.startedAt)
        #expect(reopened.remainingSeconds(at: late) == 590)
    }

    @Test("A result belongs to handed-in answers and is gone when the attempt is reopened")
    func results() throws {
        let report = Samples.read("А?{T}")
        let ticket = try Samples.ticket(report.questions)
        let result = try Grader.grade(ticket: ticket, questions: report.questions, answers: [:], scale: .passFail)
        let attempt = try Self.started()
        #expect(throws: AttemptError(.resultNotAllowed, "")) { try attempt.grading(result) }
        let graded =
            try attempt
            .transition(to: .submitted, by: .candidate, author: Self.person, at: Samples.start).grading(result)
        #expect(graded.result == result)
        let reopened = try graded.transition(
            to: .started,
            by: .examiner,
            author: Self.person,
            reason: "сбой",
            at: Samples.start
        )
        #expect(reopened.result == nil && reopened.submittedAt == nil)
    }

    @Test("What failed before its start cannot be continued")
    func errorBeforeStart() throws {
        let failed = try Self.attempt().assigning(try Self.ticket())
            .transition(to: .error, by: .system, reason: "нет камеры", at: Samples.start)
        #expect(throws: AttemptError(.transitionNotAllowed, "")) {
            try failed.transition(to: .started, by: .examiner, author: Self.person, reason: "есть", at: Samples.start)
        }
    }

    @Test("An attempt survives storage as JSON")
    func json() throws {
        let attempt = try Self.started().granting(.pause, seconds: 60, author: "e", reason: "пауза", at: Samples.start)
        let data = try CanonicalJSON.encode(attempt)
        let again = try CanonicalJSON.decode(Attempt.self, from: data)
        #expect(again == attempt)
        #expect(try CanonicalJSON.encode(again) == data)
    }
}

@Suite struct TimeLedgerTests {
    @Test("The end is the start plus every second given")
    func sum() throws {
        var ledger = try TimeLedger(baseSeconds: 3600, at: Samples.start)
        for (index, kind) in TimeLedger.Kind.allCases.dropFirst().enumerated() {
            try ledger.grant(kind, seconds: 10 << index, author: "examiner", reason: "причина", at: Samples.start)
        }
        #expect(ledger.totalSeconds == 3750)
        #expect(ledger.deadline(startedAt: Samples.start) == Samples.start.addingTimeInterval(3750))
        #expect(ledger.remainingSeconds(startedAt: Samples.start, now: Samples.start.addingTimeInterval(0.5)) == 3749)
        #expect(ledger.remainingSeconds(startedAt: Samples.start, now: .distantFuture) == 0)
    }

    @Test(
        "Time is never taken away, given without reason or author, or without end",
        arguments: [0, -1, Int.min, Int.max, 604_801]
    )
    func refused(_ seconds: Int) throws {
        #expect(throws: AttemptError(.invalidTime, "")) { try TimeLedger(baseSeconds: seconds, at: Samples.start) }
        var ledger = try TimeLedger(baseSeconds: 60, at: Samples.start)
        let before = ledger
        #expect(throws: AttemptError(.invalidTime, "")) {
            try ledger.grant(.pause, seconds: seconds, author: "e", reason: "р", at: Samples.start)
        }
        #expect(throws: AttemptError(.invalidTime, "")) {
            try ledger.grant(.base, seconds: 60, author: "e", reason: "р", at: Samples.start)
        }
        #expect(throws: AttemptError(.reasonRequired, "")) {
            try ledger.grant(.pause, seconds: 60, author: "e", reason: " ", at: Samples.start)
        }
        #expect(throws: AttemptError(.reasonRequired, "")) {
            try ledger.grant(.pause, seconds: 60, author: "", reason: "р", at: Samples.start)
        }
        #expect(ledger == before)
    }

    @Test("A stored ledger that could not have been made is refused")
    func tampered() throws {
        let json =
            #"{"entries":[{"kind":"base","seconds":-5,"author":"system","reason":"","at":"2027-01-15T08:00:00.000Z"}]}"#
        #expect(throws: DecodingError.self) { try CanonicalJSON.decode(TimeLedger.self, from: Data(json.utf8)) }
        #expect(throws: DecodingError.self) {
            try CanonicalJSON.decode(TimeLedger.self, from: Data(#"{"entries":[]}"#.utf8))
        }
    }
}
