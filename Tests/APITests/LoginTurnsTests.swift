import Accounts
import Foundation
import Testing

@testable import Workflows

@Suite("A2: turns at a login that many try")
struct LoginTurnsTests {
    private let start = Date(timeIntervalSince1970: 1_800_000_000)
    private let turns = LoginTurns()

    private func at(_ seconds: Double) -> Date { start.addingTimeInterval(seconds) }

    /// Seconds that a place is told to wait; `opening` in seconds from the start, where the throttle is closed.
    private func wait(_ place: String, opening: Double? = nil, at seconds: Double, key: String = "k") -> Double? {
        turns.wait(key, for: place, opening: opening.map(at), at: at(seconds))
    }

    @Test("Where nobody waits everybody may try, however often they failed")
    func alone() {
        #expect(wait("a", at: 0) == nil)
        #expect(wait("a", opening: 4, at: 1) == 3)
        #expect(wait("a", at: 4) == nil)
        turns.noteTry("k", from: "a")
        #expect(wait("a", opening: 12, at: 5) == 7)
        #expect(wait("a", at: 12) == nil)
        #expect(wait("b", opening: 12, at: 5, key: "another login") == 7)
    }

    @Test("Who has failed less goes first, though the other came first and knocks without pause")
    func fewerFailuresFirst() {
        _ = wait("attacker", opening: 2, at: 0)
        #expect(wait("attacker", at: 2) == nil)
        turns.noteTry("k", from: "attacker")
        #expect(wait("attacker", opening: 6, at: 3) == 3)
        #expect(wait("owner", opening: 6, at: 4) == 2)
        // The owner's turn is kept for ten seconds, which the attacker is told.
        #expect(wait("attacker", at: 6) == 10)
        #expect(wait("owner", at: 7) == nil)
    }

    @Test("Who has never failed may go at once where those who wait have, without having waited")
    func newcomer() {
        _ = wait("attacker", opening: 2, at: 0)
        turns.noteTry("k", from: "attacker")
        _ = wait("attacker", opening: 6, at: 2)
        #expect(wait("owner", at: 6) == nil)
    }

    @Test("Of places that have failed as often the first to come goes first, and keeps its place when it asks again")
    func inOrder() {
        for place in ["a", "b", "c"] { _ = wait(place, opening: 60, at: 0) }
        _ = wait("a", opening: 60, at: 30)
        #expect(wait("c", at: 60) == 60)
        #expect(wait("b", at: 60) == 60)
        #expect(wait("newcomer", at: 60) == 60)
        #expect(wait("a", at: 61) == nil)
        turns.noteTry("k", from: "a")
        for place in ["c", "b", "a"] { _ = wait(place, opening: 180, at: 62) }
        #expect(wait("c", at: 180) != nil && wait("a", at: 180) != nil)
        #expect(wait("b", at: 180) == nil)
    }

    @Test(
        "A turn is kept as long as its place was told to wait, ten seconds at least and two minutes at most",
        arguments: [(2.0, 10.0), (10, 10), (60, 60), (900, 120)]
    )
    func patience(_ told: Double, _ kept: Double) {
        turns.noteTry("k", from: "attacker")
        _ = wait("attacker", opening: told, at: 0)
        turns.noteTry("k", from: "attacker")
        _ = wait("owner", opening: told, at: 0)
        #expect(wait("attacker", at: told + 0.5) == kept - 0.5)
        #expect(wait("attacker", at: told + kept) == nil, "who does not come loses the turn")
    }

    @Test("A try that is taken back is no failure, and a line that is forgotten knows none")
    func forgiving() {
        func attackerMayGo(after body: () -> Void) -> Bool {
            turns.forget("k")
            _ = wait("attacker", opening: 2, at: 0)
            turns.noteTry("k", from: "attacker")
            body()
            _ = wait("attacker", opening: 4, at: 2)
            _ = wait("owner", opening: 4, at: 3)
            return wait("attacker", at: 4) == nil
        }
        #expect(!attackerMayGo {})
        #expect(attackerMayGo { turns.takeBack("k", from: "attacker") })
        #expect(attackerMayGo { turns.forget("k") })
        turns.takeBack("none", from: "nobody")
    }

    @Test("Where no more can wait, who has failed gives way to who has not, and not the other way round")
    func full() {
        _ = wait("bad", opening: 900, at: 0)
        turns.noteTry("k", from: "bad")
        _ = wait("bad", opening: 900, at: 0)
        for number in 1..<LoginTurns.mostPlaces { _ = wait("place \(number)", opening: 900, at: 0) }
        _ = wait("late", opening: 900, at: 1)
        _ = wait("later", opening: 900, at: 2)
        for number in 1..<LoginTurns.mostPlaces {
            #expect(wait("place \(number)", at: 900) == nil)
            turns.noteTry("k", from: "place \(number)")
        }
        #expect(wait("later", at: 900) != nil, "it did not get a place, the one before did")
        #expect(wait("late", at: 900) == nil)
    }

    @Test("Lines are bounded: of more than there may be those go where nobody came for long")
    func manyLines() {
        for number in 0..<LoginTurns.mostLines {
            _ = wait("a", opening: 1e6, at: Double(number), key: "login \(number)")
        }
        _ = wait("a", opening: 1e6, at: 1e5, key: "one more")
        // Where there is no line any more, nobody is before anybody.
        #expect(wait("b", at: 1e6, key: "login 0") == nil)
        #expect(wait("b", at: 1e6, key: "login \(LoginTurns.mostLines - 1)") != nil)
        #expect(wait("b", at: 1e6, key: "one more") != nil)
    }

    /// Everybody knocks every twenty seconds for as long as it takes, on a throttle that is never forgiven.
    private func play(attackers: Int, head start: Double) -> (delay: Double, guesses: Int) {
        var state: Throttle?
        var guesses = 0
        for second in stride(from: 0, to: 1e6, by: 20) {
            let now = at(second)
            let places = (0..<attackers).map { "attacker \($0)" } + (second < start ? [] : ["owner"])
            for place in places {
                let closed = state?.remainingWait(at: now)
                guard turns.wait("k", for: place, opening: closed.map { now + $0 }, at: now) == nil else { continue }
                state = Throttle.afterFailure(state, at: now, rule: .account)
                turns.noteTry("k", from: place)
                if place == "owner" { return (second - start, guesses) }
                guesses += 1
            }
        }
        return (.infinity, guesses)
    }

    @Test(
        "An owner from a place of their own is in at the next turn once each attacking place has had one",
        arguments: [1, 3, 12]
    )
    func nextTurn(_ attackers: Int) {
        let head = 6 * 3_600.0
        let (delay, guesses) = play(attackers: attackers, head: head)
        #expect(delay <= Throttle.Rule.account.longestWait)
        // Six free tries, nine that double the wait to 512 s, then four an hour.
        #expect(guesses <= 6 + 9 + Int((head + delay) / Throttle.Rule.account.longestWait))
    }

    @Test("Before that they wait for one turn of each attacking place, and no more")
    func oneRound() {
        let attackers = 30
        let (delay, _) = play(attackers: attackers, head: 3_600)
        #expect(delay <= Double(attackers + 1) * Throttle.Rule.account.longestWait)
        #expect(delay > Throttle.Rule.account.longestWait, "thirty places that have not failed come first")
    }
}
