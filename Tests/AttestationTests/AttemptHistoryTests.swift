import Attestation
import Foundation
import Testing

@Suite("Issue 5: a hundred thousand random histories of attempts")
struct AttemptHistoryTests {
    static let portions = 10
    static let perPortion = 10_000

    @Test(
        "No illegal state, no second gained or lost, and the records alone give the same attempt again",
        arguments: 0..<portions
    )
    func randomHistories(_ portion: Int) throws {
        var random = SplitMix(state: UInt64(2026 + portion))
        let ticket = try AttemptTests.ticket()
        var reached: Set<AttemptState> = []
        var made: [AttemptAction: Int] = [:]
        for number in 0..<Self.perPortion {
            var history = try RandomHistory(random: random, ticket: ticket)
            for _ in 0..<history.steps {
                history.step()
                reached.insert(history.attempt.state)
            }
            history.checkSums()
            let attempt = history.attempt
            for case .transition(let action, _, _) in attempt.records.map(\.change) { made[action, default: 0] += 1 }
            let replayed = try Attempt(opening: attempt.opening, records: attempt.records)
            if replayed != attempt { history.fail("the records give another attempt") }
            if number % 100 == 0 {
                let records = try attempt.records.map {
                    try CanonicalJSON.decode(AttemptRecord.self, from: CanonicalJSON.encode($0))
                }
                let opening = try CanonicalJSON.encode(attempt.opening)
                #expect(try Attempt(storedOpening: opening, records: records) == attempt)
            }
            try #require(history.failures == [], "history \(number) of portion \(portion)")
            random = history.random
        }
        #expect(reached == Set(AttemptState.allCases))
        for action in Set(AttemptAction.allCases).subtracting([.update, .flag]) {
            #expect(made[action, default: 0] >= 40, "\(action) was hardly ever done")
        }
    }

    @Test("The model that counts seconds notices a ledger that is a second off", arguments: [-1, 1])
    func modelNotices(_ second: Int) throws {
        var history = try RandomHistory(random: SplitMix(state: 1), ticket: AttemptTests.ticket())
        history.model.left += second
        for _ in 0..<30 { history.step() }
        #expect(!history.failures.isEmpty)
    }
}

/// One attempt and its model, on which random things are done at the same moments.
private struct RandomHistory {
    var random: SplitMix
    var attempt: Attempt
    var model: AttemptModel
    var now: Date
    let steps: Int
    var failures: [String] = []

    init(random: SplitMix, ticket: Ticket) throws {
        var random = random
        let seconds = Int.random(in: 1...240, using: &random)
        let grace = [0, 1, 20, 60][Int.random(in: 0...3, using: &random)]
        // Moments between whole seconds too: sums must not round them away.
        now = Samples.start.addingTimeInterval(Double(Int.random(in: 0...999, using: &random)) / 1_000)
        attempt = try Attempt(
            id: Samples.id(1),
            examID: Samples.id(2),
            candidateID: Samples.id(3),
            seed: Samples.seed(1),
            baseSeconds: seconds,
            graceSeconds: grace,
            at: now
        )
        if Int.random(in: 0..<20, using: &random) > 0 { attempt = try attempt.assigning(ticket, at: now) }
        model = AttemptModel(seconds: seconds, grace: grace)
        if Bool.random(using: &random) {
            model.breakLeft = Int.random(in: 1...90, using: &random)
            let entitled = AttemptTests.examiner(.entitlement)
            let milliseconds = Int64(model.breakLeft) * 1_000
            attempt = try attempt.giving(.breakAllowance, milliseconds: milliseconds, entitled, at: now)
        }
        steps = Int.random(in: 2...16, using: &random)
        self.random = random
    }

    mutating func step() {
        pass(Int.random(in: 0..<6, using: &random) == 0 ? 0 : Int.random(in: 1...90, using: &random))
        switch Int.random(in: 0..<8, using: &random) {
        case 0, 1: give()
        case 2: reopen()
        default: move()
        }
        compare()
    }

    private mutating func pass(_ seconds: Int) {
        for _ in 0..<seconds { model.tick() }
        now = Date(timeIntervalSince1970: ((now.timeIntervalSince1970 + Double(seconds)) * 1_000).rounded() / 1_000)
        // Sometimes the service notes in time what has become of the attempt, sometimes it is down.
        if Bool.random(using: &random) { attempt = attempt.settled(at: now) }
        compare()
    }

    private mutating func cause(for reasons: [AttemptReason], by actor: AttemptActor) -> AttemptCause {
        var reason: AttemptReason?
        if Int.random(in: 0..<8, using: &random) > 0 {
            reason = reasons.randomElement(using: &random)
        } else if Bool.random(using: &random) {
            reason = AttemptReason.allCases.randomElement(using: &random)
        }
        let author = actor == .system ? nil : AttemptTests.person
        let comment = reason == .other ? "подробности" : nil
        return AttemptCause(actor: actor, author: author, reason: reason, comment: comment)
    }

    /// Mostly what the table allows, so that histories get far; sometimes anything.
    private mutating func move() {
        var lines = AttemptTable.byState[model.state] ?? []
        if Int.random(in: 0..<4, using: &random) > 0 {
            let ends = ["terminate", "decline", "expire", "withdraw_admission", "verify", "reject", "annul"]
            lines = lines.filter { !ends.contains($0.action) }
        }
        guard let line = lines.randomElement(using: &random) else { return }
        var (to, actor) = (line.to, line.actor)
        switch Int.random(in: 0..<12, using: &random) {
        case 0: to = AttemptState.allCases.randomElement(using: &random)!
        case 1: actor = AttemptActor.allCases.randomElement(using: &random)!
        default: break
        }
        let cause = cause(for: line.drawn, by: actor)
        let reason = cause.reason
        let expected = model.move(to: to, by: actor, reason: reason, hasTicket: attempt.ticket != nil)
        let next = try? attempt.transition(to: to, cause, at: now)
        if (next != nil) != expected { fail("\(line) to \(to) by \(actor) for \(String(describing: reason))") }
        if let next { attempt = next }
    }

    private mutating func give() {
        var kind = TimeLedger.Kind.allCases.randomElement(using: &random)!
        let seconds = Int.random(in: -5...60, using: &random)
        var actor = AttemptActor.allCases.randomElement(using: &random)!
        if Int.random(in: 0..<4, using: &random) > 0 {
            kind =
                [.breakAllowance, .breakAllowance, .extraTime, .extension, .outage][
                    Int.random(in: 0...4, using: &random)
                ]
            actor = .examiner
        }
        let cause = cause(for: [.entitlement, .technicalFailure, .health], by: actor)
        let isKnown = [.extraTime, .breakAllowance, .extension, .outage].contains(kind)
        let isAllowed = cause.reason.map { AttemptTable.givers[actor]?.contains($0.rawValue) == true } ?? false
        let expected = isKnown && seconds > 0 && isAllowed && AttemptTable.givenIn.contains(model.state)
        let next = try? attempt.giving(kind, milliseconds: Int64(seconds) * 1_000, cause, at: now)
        if (next != nil) != expected { fail("\(seconds) s of \(kind) by \(actor) in \(model.state)") }
        guard let next else { return }
        attempt = next
        if kind == .breakAllowance { model.breakLeft += seconds } else { model.left += seconds }
    }

    /// An extension after the end.
    private mutating func reopen() {
        let seconds = Bool.random(using: &random) ? Int.random(in: 1...60, using: &random) : nil
        let cause = AttemptCause.examiner(AttemptTests.person, .connectionInterrupted)
        let isLate = Int.random(in: 0..<4, using: &random) == 0
        let until = isLate ? now.addingTimeInterval(-0.001) : now
        let next = try? attempt.reopening(
            giving: seconds.map { Int64($0) * 1_000 },
            cause,
            at: now,
            until: until
        )
        var expected = false
        var reopened = model
        // Reopening starts nothing and resumes nothing.
        if [.timedOut, .submitted, .error].contains(model.state), !isLate {
            reopened.left += seconds ?? 0
            expected = reopened.move(to: .started, by: .examiner, reason: .connectionInterrupted, hasTicket: true)
        }
        if (next != nil) != expected { fail("reopening with \(String(describing: seconds)) in \(model.state)") }
        if let next {
            attempt = next
            model = reopened
        }
    }

    private mutating func compare() {
        let settled = attempt.settled(at: now)
        if settled.state != model.state { return fail("\(settled.state) instead of \(model.state)") }
        let clock = settled.clock(at: now)
        let isOver = clock.motion == .over
        if clock.remainingMilliseconds != (isOver ? 0 : Int64(model.left) * 1_000) {
            fail("\(clock.remainingMilliseconds) ms left instead of \(model.left) s in \(model.state)")
        }
        if clock.breakLeftMilliseconds != Int64(model.breakLeft) * 1_000 {
            fail("\(clock.breakLeftMilliseconds) ms of breaks left instead of \(model.breakLeft) s")
        }
        if settled.acceptsAnswers(at: now) != [.started, .readyToSubmit].contains(model.state) { fail("answers") }
        if clock.motion == .running, clock.deadline != now.addingTimeInterval(Double(model.left)) {
            // Sums of floating seconds may be a hair off; milliseconds may not.
            let off = clock.deadline.map { abs($0.timeIntervalSince(now) - Double(model.left)) } ?? 1
            if off > 0.000_5 { fail("the deadline is off by \(off) s") }
        }
        if (clock.motion == .stopped && !model.isOnBreak) != (clock.motion == .stopped && clock.deadline == nil) {
            fail("a deadline that nobody can know")
        }
    }

    mutating func checkSums() {
        let settled = attempt.settled(at: now)
        guard let start = settled.startedAt else { return }
        func milliseconds(_ from: Date, _ to: Date) -> Int64 { Int64((to.timeIntervalSince(from) * 1_000).rounded()) }
        let worked = settled.spans.reduce(0) { $0 + milliseconds($1.start, $1.end ?? now) }
        if worked != Int64(model.worked) * 1_000 { fail("worked \(worked) ms instead of \(model.worked) s") }
        let open = settled.ledger.stop.map { milliseconds($0.since, now) } ?? 0
        let stood = settled.ledger.stoppedMilliseconds + open
        if stood != Int64(model.stood) * 1_000 { fail("stood \(stood) ms instead of \(model.stood) s") }
        if worked + stood != milliseconds(start, now) { fail("time that is neither worked nor stood") }
        if settled.ledger.workingMilliseconds - worked != Int64(model.left) * 1_000 { fail("given, worked, left") }
        for (span, next) in zip(settled.spans, settled.spans.dropFirst()) where span.end! > next.start {
            fail("spans overlap")
        }
        for record in attempt.records where record.cause.actor != .system && record.cause.author == nil {
            fail("a person's record without the person")
        }
    }

    mutating func fail(_ what: String) {
        failures.append(what)
    }
}
