import Foundation
import Liveness
import Testing

@Suite("Challenges")
struct LivenessChallengeTests {
    @Test("every challenge has two or three movements, none twice in a row, and a turn")
    func all() {
        #expect(LivenessChallenge.all.count == 132)
        #expect(Set(LivenessChallenge.all).count == 132)
        for challenge in LivenessChallenge.all {
            #expect((2...3).contains(challenge.movements.count))
            #expect(zip(challenge.movements, challenge.movements.dropFirst()).allSatisfy { $0 != $1 })
            #expect(challenge.movements.contains(.turnLeft) || challenge.movements.contains(.turnRight))
        }
    }

    @Test(
        "what shows no depth, is too short, too long or repeats itself may not be set",
        arguments: [
            [], [.turnLeft], [.lookUp, .comeCloser], [.comeCloser, .moveAway, .comeCloser],
            [.turnLeft, .turnLeft], [.turnLeft, .turnRight, .turnRight],
            [.turnLeft, .turnRight, .turnLeft, .turnRight],
        ] as [[LivenessMovement]]
    )
    func invalid(_ movements: [LivenessMovement]) throws {
        #expect(!LivenessChallenge(movements: movements).isValid)
        let answer = try Support.Answer(movements)
        #expect(try answer.assessed().outcome != .live)
    }

    @Test("a draw is one of all, and none comes much more often than another")
    func random() {
        var generator = Draws(11)
        var counts: [LivenessChallenge: Int] = [:]
        for _ in 0..<13_200 { counts[.random(using: &generator), default: 0] += 1 }
        #expect(Set(counts.keys) == Set(LivenessChallenge.all))
        // A hundred expected each; six standard deviations.
        #expect(counts.values.allSatisfy { (40...160).contains($0) })
    }

    @Test("the words are the interface's")
    func words() throws {
        let challenge = LivenessChallenge(movements: LivenessMovement.allCases)
        let text = String(decoding: try JSONEncoder().encode(challenge), as: UTF8.self)
        #expect(
            text
                == #"{"movements":["turn_left","turn_right","look_up","look_down","come_closer","move_away"]}"#
        )
        #expect(try JSONDecoder().decode(LivenessChallenge.self, from: Data(text.utf8)) == challenge)
    }
}
