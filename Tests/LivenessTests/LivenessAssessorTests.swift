import Biometrics
import FaceAnalysis
import Foundation
import Liveness
import Testing

@Suite("Assessment")
struct LivenessAssessorTests {
    @Test("a person who does what is asked is live, and every check passed", arguments: LivenessMovement.allCases)
    func live(_ movement: LivenessMovement) throws {
        let turn: LivenessMovement = movement == .turnLeft ? .turnRight : .turnLeft
        for movements in [[movement, turn], [turn, movement]] {
            let answer = try Support.Answer(movements)
            let assessment = try answer.assessed()
            #expect(assessment.outcome == .live, "\(assessment.checks)")
            #expect(assessment.advice == nil)
            #expect(assessment.failedChecks.isEmpty)
            #expect(assessment.state(of: .reference) == nil)
        }
    }

    @Test("a turn to the person's left goes to the right of the picture: the coarse yaw falls")
    func direction() throws {
        let answer = try Support.Answer([.turnLeft, .comeCloser])
        let yaws = answer.frames.compactMap { $0.faces.first?.pose.yaw }
        #expect((yaws.min() ?? 0) < -15)
        #expect((yaws.max() ?? 90) < 10)
    }

    @Test("the portrait's face is needed where there is a portrait")
    func reference() throws {
        let answer = try Support.Answer()
        var draws = Draws(3)
        let own = try answer.assessed(reference: try answer.head.template(turn: 0, &draws))
        #expect(own.outcome == .live)
        #expect(own.state(of: .reference) == .passed)
        let other = try answer.assessed(reference: try answer.other.template(turn: 0, &draws))
        #expect(other.outcome == .notLive)
        #expect(other.failedChecks == [.reference])
        #expect(other.advice == nil)
    }

    @Test("a portrait of another model decides nothing")
    func referenceOfAnotherModel() throws {
        let answer = try Support.Answer()
        let foreign = try FaceTemplate(modelID: "other", values: [1, 0])
        let assessment = try answer.assessed(reference: foreign)
        #expect(assessment.outcome == .inconclusive)
        #expect(assessment.state(of: .reference) == .notAssessed)
    }

    // MARK: - Movements

    @Test("what was done decides what is said")
    func movements() throws {
        let cases: [(done: [LivenessMovement], asked: [LivenessMovement], LivenessAssessment.Outcome, String?)] = [
            ([.turnRight, .lookUp], [.turnLeft, .lookUp], .inconclusive, "wrong_side"),
            ([.turnLeft], [.turnLeft, .lookUp], .inconclusive, "movement_not_seen"),
            ([.lookUp], [.turnLeft, .lookUp], .inconclusive, "movement_not_seen"),
            ([.turnLeft, .moveAway, .lookUp], [.turnLeft, .lookUp], .inconclusive, "other_movement"),
            ([.lookUp, .turnLeft], [.turnLeft, .lookUp], .notLive, nil),
            ([.turnLeft, .lookDown], [.turnLeft, .lookUp], .notLive, nil),
            ([.turnLeft, .moveAway], [.turnLeft, .comeCloser], .notLive, nil),
            ([.comeCloser, .turnLeft, .lookUp], [.turnLeft, .lookUp, .comeCloser], .notLive, nil),
        ]
        for (done, asked, outcome, advice) in cases {
            let assessment = try Support.Answer(done, asked: asked).assessed()
            #expect(assessment.outcome == outcome, "\(done) for \(asked): \(assessment.checks)")
            #expect(assessment.advice?.rawValue == advice, "\(done) for \(asked)")
        }
    }

    @Test("every other challenge's recording fails or decides nothing")
    func otherRecordings() throws {
        let answer = try Support.Answer([.turnLeft, .lookUp, .comeCloser])
        for challenge in LivenessChallenge.all where challenge != answer.challenge {
            var replay = answer
            replay.challenge = challenge
            #expect(try replay.assessed().outcome != .live, "\(challenge.movements)")
        }
    }

    // MARK: - Identity

    @Test("another person between frames is not live, whether they move or sit still")
    func otherPerson() throws {
        let answer = try Support.Answer()
        for range in [0..<3, 10..<16, 30..<31] {
            var spliced = answer
            var draws = Draws(5)
            for index in range {
                spliced.frames[index] = spliced.frames[index].withFace(
                    template: try answer.other.template(turn: 0, &draws)
                )
            }
            let assessment = try spliced.assessed()
            #expect(assessment.outcome == .notLive)
            #expect(assessment.failedChecks == [.sameFace])
        }
    }

    @Test("without templates, with few or with a gap nobody is live")
    func templatesMissing() throws {
        let answer = try Support.Answer()
        let kept: [(Int) -> Bool] = [{ _ in false }, { $0 < 3 }, { $0 < 15 }, { $0 < 5 || $0 > 25 }]
        for isKept in kept {
            var gaps = answer
            for index in gaps.frames.indices where !isKept(index) {
                gaps.frames[index] = gaps.frames[index].withFace(template: .some(nil))
            }
            let assessment = try gaps.assessed()
            #expect(assessment.outcome == .inconclusive)
            #expect(assessment.state(of: .sameFace) == .notAssessed)
        }
    }

    @Test("every third frame's template is enough")
    func someTemplates() throws {
        var answer = try Support.Answer()
        for index in answer.frames.indices where index % 3 != 0 {
            answer.frames[index] = answer.frames[index].withFace(template: .some(nil))
        }
        #expect(try answer.assessed().outcome == .live)
    }

    @Test("templates of another model, or of two, are never live")
    func foreignTemplates() throws {
        let foreign = try FaceTemplate(modelID: "other", values: [1, 0])
        let answer = try Support.Answer()
        for share in [1, 2] {
            var changed = answer
            for index in changed.frames.indices where index % share == 0 {
                changed.frames[index] = changed.frames[index].withFace(template: foreign)
            }
            #expect(try changed.assessed().outcome == .inconclusive)
        }
    }

    @Test("what is kept for staff survives JSON, and a number that is none is left out")
    func codable() throws {
        let assessment = try Support.Answer().assessed()
        let data = try JSONEncoder().encode(assessment)
        #expect(try JSONDecoder().decode(LivenessAssessment.self, from: data) == assessment)
        let check = LivenessAssessment.Check(.relief, .failed, measured: .nan, limit: .infinity, detail: "")
        #expect(check.measured == nil)
        #expect(check.limit == nil)
        #expect(throws: Never.self) { try JSONEncoder().encode(check) }
    }
}
