import Attestation
import Foundation
import Testing

@Suite struct AttemptHistoryTests {
    @Test("Ten thousand random histories: no illegal state, no second gained or lost, replay gives the same attempt")
    func randomHistories() throws {
        var random = SplitMix(state: 2026)
        let ticket = try AttemptTests.ticket()
        let fresh = try AttemptTests.attempt()
        var reached: Set<AttemptState> = []
        for _ in 0..<10_000 {
            var attempt = try fresh.assigning(ticket)
            var now = Samples.start
            var granted = 3600
            for _ in 0..<Int.random(in: 1...14, using: &random) {
                // Now and then the rest of the time passes at once.
                let longest = Int.random(in: 0..<8, using: &random) == 0 ? 9_000 : 600
                now = now.addingTimeInterval(TimeInterval(Int.random(in: 1...longest, using: &random)))
                let before = attempt
                if Int.random(in: 0..<4, using: &random) == 0 {
                    let kind = TimeLedger.Kind.allCases.randomElement(using: &random)!
                    let seconds = Int.random(in: -5...1200, using: &random)
                    if let next = try? attempt.granting(kind, seconds: seconds, author: "e", reason: "р", at: now) {
                        attempt = next
                        granted += seconds
                        #expect(seconds > 0 && kind != .base)
                    }
                } else {
                    let to = randomState(from: attempt.state, &random)
                    let actor = AttemptActor.allCases.randomElement(using: &random)!
                    let author = actor == .system ? nil : AttemptTests.person
                    let reason = Bool.random(using: &random) ? "причина" : nil
                    if let next = try? attempt.transition(to: to, by: actor, author: author, reason: reason, at: now) {
                        attempt = next
                        check(before, attempt, actor, reason, now)
                    }
                }
                #expect(attempt.ledger.totalSeconds == granted)
                if let start = attempt.startedAt {
                    #expect(attempt.deadline == start.addingTimeInterval(TimeInterval(granted)))
                    if let before = before.startedAt { #expect(start == before) }
                } else {
                    #expect(attempt.deadline == nil && !attempt.state.acceptsAnswers)
                }
                reached.insert(attempt.state)
            }
            #expect(attempt.history.last?.to ?? .created == attempt.state)
            #expect(zip(attempt.history, attempt.history.dropFirst()).allSatisfy { $0.to == $1.from })
            try checkReplay(of: attempt, fresh, ticket)
        }
        #expect(reached == Set(AttemptState.allCases))
    }

    /// Mostly a state that the table allows, so that histories get far; sometimes any.
    private func randomState(from: AttemptState, _ random: inout SplitMix) -> AttemptState {
        let allowed = AttemptRule.table.filter { $0.from == from }.map(\.to)
        if let state = allowed.randomElement(using: &random), Int.random(in: 0..<8, using: &random) > 0 { return state }
        return AttemptState.allCases.randomElement(using: &random)!
    }

    private func check(_ before: Attempt, _ after: Attempt, _ actor: AttemptActor, _ reason: String?, _ now: Date) {
        let rule = AttemptRule.rule(from: before.state, to: after.state)
        #expect(rule != nil)
        #expect(rule?.actors.contains(actor) == true || rule?.actorsWithReason.contains(actor) == true && reason != nil)
        #expect(after.history.count == before.history.count + 1)
        if actor == .candidate, let deadline = before.deadline { #expect(now < deadline) }
        if after.state == .timedOut, let deadline = before.deadline { #expect(now >= deadline) }
        if after.state.acceptsAnswers { #expect(after.submittedAt == nil && after.ticket != nil) }
    }

    /// No two moments of a history are the same, so the times tell the order of transitions and entries.
    private func checkReplay(of attempt: Attempt, _ fresh: Attempt, _ ticket: Ticket) throws {
        var replay = try fresh.assigning(ticket)
        var grants = attempt.ledger.entries.dropFirst()[...]
        for step in attempt.history {
            while let entry = grants.first, entry.at < step.at {
                replay = try give(entry, to: replay)
                grants = grants.dropFirst()
            }
            replay = try replay.transition(
                to: step.to,
                by: step.actor,
                author: step.author,
                reason: step.reason,
                at: step.at
            )
        }
        for entry in grants { replay = try give(entry, to: replay) }
        #expect(replay == attempt)
    }

    private func give(_ entry: TimeLedger.Entry, to attempt: Attempt) throws -> Attempt {
        try attempt.granting(
            entry.kind,
            seconds: entry.seconds,
            author: entry.author,
            reason: entry.reason,
            at: entry.at
        )
    }
}
