import Attestation
import Foundation
import QuestionBank
import Testing

@Suite struct AttemptTests {
    static let person = Samples.id(0xFF)
    static let bank = (1...4).map { QuestionSummary(id: Samples.id($0), topic: "", type: .trueFalse) }

    static func attempt() throws -> Attempt {
        try Attempt(
            id: Samples.id(1),
            examID: Samples.id(2),
            candidateID: Samples.id(3),
            seed: Samples.seed(1),
            baseSeconds: 3600,
            at: Samples.start
        )
    }

    static let candidate = AttemptCause.candidate(person)

    static func examiner(_ reason: AttemptReason?, _ comment: String? = nil) -> AttemptCause {
        .examiner(person, reason, comment)
    }

    static func ticket() throws -> Ticket {
        let blueprint = Blueprint(sections: [BlueprintSection(count: 2)], durationSeconds: 3600)
        return try Ticket.draw(blueprint: blueprint, bank: bank, seed: Samples.seed(1))
    }

    static func started() throws -> Attempt {
        try attempt().assigning(try ticket(), at: Samples.start)
            .transition(to: .readyToStart, .system, at: Samples.start)
            .transition(to: .started, candidate, at: Samples.start)
    }

    static func after(_ seconds: Double) -> Date { Samples.start.addingTimeInterval(seconds) }

    @Test("The way from creation to a verified attempt")
    func wholeWay() throws {
        let end = Self.after(1800)
        let attempt = try Self.started()
            .transition(to: .readyToSubmit, Self.candidate, at: end)
            .transition(to: .submitted, Self.candidate, at: end)
            .transition(to: .verified, AttemptCause(actor: .reviewer, author: Self.person), at: end)
        let states = attempt.records.compactMap { record -> AttemptState? in
            guard case .transition(_, _, let to) = record.change else { return nil }
            return to
        }
        #expect(states == [.readyToStart, .started, .readyToSubmit, .submitted, .verified])
        #expect(attempt.records.map(\.number) == Array(1...6))
        #expect(attempt.startedAt == Samples.start)
        #expect(attempt.submittedAt == end)
        #expect(!attempt.acceptsAnswers(at: end))
    }

    @Test("The table of transitions is the one that is written down apart from the program")
    func table() throws {
        var lines: [String: (action: String, reasons: Set<String>)] = [:]
        for rule in AttemptRule.table where rule.from != rule.to {
            #expect(!rule.actors.isEmpty)
            for (actor, reasons) in rule.reasons {
                let key = "\(rule.from.rawValue) \(rule.to.rawValue) \(actor.rawValue)"
                let old = lines.updateValue((rule.action.rawValue, Set(reasons.map(\.rawValue))), forKey: key)
                #expect(old == nil, "\(key) stands there twice")
            }
        }
        #expect(Set(lines.keys) == Set(AttemptTable.lines.keys))
        for (key, line) in lines {
            #expect(line.action == AttemptTable.lines[key]?.action, "\(key)")
            #expect(line.reasons == AttemptTable.lines[key]?.reasons, "\(key)")
        }
        for rule in AttemptRule.table where rule.from == rule.to {
            #expect(rule.action == .update || rule.action == .flag)
        }
        #expect(AttemptState.allCases.filter(\.isFinal) == [.expired, .declined])
        for rule in AttemptRule.table where rule.to == .rejected {
            #expect(rule.actors.isDisjoint(with: [.system, .candidate]), "a person decides")
            #expect(rule.reasons.values.allSatisfy { !$0.isEmpty }, "with a reason")
        }
    }

    @Test("States, reasons and kinds of time have words in both languages", arguments: [true, false])
    func words(_ isRussian: Bool) {
        let labels =
            AttemptState.allCases.map(\.label) + AttemptReason.allCases.map(\.label)
            + TimeLedger.Kind.allCases.map(\.label) + AnswerRefusal.allCases.map(\.label)
        for label in labels {
            let text = isRussian ? label.ru : label.en
            #expect(!text.isEmpty && text.contains(/[а-яё]/) == isRussian, "\(text)")
        }
    }

    @Test("A candidate cannot verify, reopen or reject, and the service cannot start")
    func actors() throws {
        let submitted = try Self.started().transition(to: .submitted, Self.candidate, at: Samples.start)
        for state in [AttemptState.verified, .started, .rejected, .error] {
            #expect(throws: AttemptError(.actorNotAllowed, "")) {
                try submitted.transition(to: state, .candidate(Self.person, .other, "прошу"), at: Samples.start)
            }
        }
        let ready = try Self.attempt().assigning(try Self.ticket(), at: Samples.start)
            .transition(to: .readyToStart, .system, at: Samples.start)
        #expect(throws: AttemptError(.actorNotAllowed, "")) {
            try ready.transition(to: .started, .system, at: Samples.start)
        }
    }

    static let unreasoned: [(AttemptCause, AttemptError.Code)] = [
        (examiner(nil), .reasonRequired), (examiner(.sample), .reasonNotAllowed),
        (AttemptCause(actor: .examiner, reason: .dishonesty), .reasonRequired),
        (AttemptCause(actor: .verifier, author: person, reason: .dishonesty), .reasonNotAllowed),
        (AttemptCause(actor: .reviewer, author: person, reason: .dishonesty), .actorNotAllowed),
    ]

    @Test("S2 4.6, 3.7: a rejection needs one of its reasons, and a person", arguments: unreasoned)
    func reasons(_ cause: AttemptCause, _ code: AttemptError.Code) throws {
        let attempt = try Self.started()
        #expect(throws: AttemptError(code, "")) { try attempt.transition(to: .rejected, cause, at: Samples.start) }
        let rejected = try attempt.transition(to: .rejected, Self.examiner(.dishonesty), at: Samples.start)
        #expect(rejected.state == .rejected)
        #expect(rejected.submittedAt == nil)
        #expect(try rejected.failing(on: .passFail, at: Samples.start).result?.grade == .failed)
    }

    @Test("The reason «other» takes words", arguments: [nil, "", " \n"])
    func comments(_ comment: String?) throws {
        let attempt = try Self.started()
        #expect(throws: AttemptError(.reasonRequired, "")) {
            try attempt.transition(to: .paused, Self.examiner(.other, comment), at: Samples.start)
        }
        let paused = try attempt.transition(to: .paused, Self.examiner(.other, "пожарная тревога"), at: Samples.start)
        #expect(paused.state == .paused)
    }

    @Test("Nobody starts without a ticket, and a ticket is assigned once and from the own seed")
    func tickets() throws {
        let now = Samples.start
        let ready = try Self.attempt().transition(to: .readyToStart, .system, at: now)
        #expect(throws: AttemptError(.ticketMissing, "")) {
            try ready.transition(to: .started, Self.candidate, at: now)
        }
        let blueprint = Blueprint(sections: [BlueprintSection(count: 2)], durationSeconds: 3600)
        let other = try Ticket.draw(blueprint: blueprint, bank: Self.bank, seed: Samples.seed(2))
        #expect(throws: AttemptError(.ticketNotAllowed, "")) { try ready.assigning(other, at: now) }
        let assigned = try ready.assigning(try Self.ticket(), at: now)
        #expect(throws: AttemptError(.ticketNotAllowed, "")) { try assigned.assigning(try Self.ticket(), at: now) }
    }

    @Test("A result belongs to handed-in answers and is gone when the attempt is reopened")
    func results() throws {
        let report = try Samples.read("А?{T}")
        let ticket = try Samples.ticket(report.questions)
        let result = try Grader.grade(ticket: ticket, questions: report.questions, answers: [:], scale: .passFail)
        let attempt = try Self.started()
        #expect(throws: AttemptError(.resultNotAllowed, "")) { try attempt.grading(result, at: Samples.start) }
        let graded = try attempt.transition(to: .submitted, Self.candidate, at: Samples.start)
            .grading(result, at: Samples.start)
        #expect(graded.result == result)
        let reopened = try graded.transition(
            to: .started,
            Self.examiner(.submittedByMistake),
            at: Samples.start
        )
        #expect(reopened.result == nil && reopened.submittedAt == nil)
    }

    @Test("What failed before its start cannot be continued")
    func errorBeforeStart() throws {
        let failed = try Self.attempt().assigning(try Self.ticket(), at: Samples.start)
            .transition(to: .error, .system(.technicalFailure), at: Samples.start)
        #expect(throws: AttemptError(.transitionNotAllowed, "")) {
            try failed.transition(to: .started, Self.examiner(.technicalFailure), at: Samples.start)
        }
    }

    @Test("Records that do not follow from each other make no attempt")
    func brokenHistory() throws {
        let attempt = try Self.started()
        for dropped in 0..<2 {
            var records = attempt.records
            records.remove(at: dropped)
            #expect(throws: AttemptError(.brokenHistory, "")) {
                try Attempt(opening: attempt.opening, records: records)
            }
        }
        #expect(throws: AttemptError(.brokenHistory, "")) {
            try Attempt(opening: attempt.opening, records: attempt.records + attempt.records)
        }
    }

    @Test("A clock that is set back moves no record back")
    func clockSetBack() throws {
        let attempt = try Self.started().transition(to: .paused, Self.examiner(.health), at: Self.after(100))
        let resumed = try attempt.transition(to: .started, Self.examiner(nil), at: Self.after(-500))
        #expect(resumed.lastAt == Self.after(100))
        #expect(resumed.clock(at: Self.after(-500)).remainingMilliseconds == 3_500_000)
    }

    @Test("An attempt of before there were records is read with everything that it said")
    func firstForm() throws {
        let attempt = try Attempt(storedOpening: FirstAttempt.submitted, records: [])
        #expect(attempt.state == .submitted)
        #expect(attempt.ticket?.items.count == 2)
        #expect(attempt.result?.grade == .failed)
        #expect(attempt.startedAt == Self.after(60))
        #expect(attempt.submittedAt == Self.after(1_800))
        #expect(attempt.deadline == Self.after(60 + 3_600 + 120))
        #expect(attempt.records.map(\.cause.reason).contains(.identificationLapsed))
        let opening = try CanonicalJSON.encode(attempt.opening)
        #expect(try Attempt(storedOpening: opening, records: attempt.records) == attempt)
    }
}
