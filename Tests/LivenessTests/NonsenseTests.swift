import FaceAnalysis
import Foundation
import Liveness
import Testing

@Suite("Nonsense")
struct NonsenseTests {
    @Test("frames of random numbers, large, small and none, are never live and never a crash")
    func random() throws {
        var draws = Draws(13)
        let assessor = try Support.assessor()
        let wild: [Float] = [
            .nan, .infinity, -.infinity, 0, -0.0, .greatestFiniteMagnitude, .leastNormalMagnitude, 1e20,
        ]
        func number(_ draws: inout Draws) -> Float {
            draws.number(0...1) < 0.1
                ? wild.randomElement(using: &draws) ?? 0 : Float(draws.number(-50...700))
        }
        func point(_ draws: inout Draws) -> PicturePoint {
            let x = number(&draws)
            return PicturePoint(x: x, y: number(&draws))
        }
        for round in 0..<200 {
            let answer = try Support.Answer([.turnLeft, .lookUp])
            var frames = answer.frames
            for index in frames.indices where draws.number(0...1) < Double(round % 10 + 1) / 10 {
                let points = (0..<5).map { _ in point(&draws) }
                let landmarks = FaceLandmarks(
                    leftEye: points[0],
                    rightEye: points[1],
                    nose: points[2],
                    leftMouth: points[3],
                    rightMouth: points[4]
                )
                let edges = (0..<4).map { _ in number(&draws) }
                let face = DetectedFace(
                    box: PictureRectangle(left: edges[0], top: edges[1], right: edges[2], bottom: edges[3]),
                    landmarks: landmarks,
                    confidence: number(&draws),
                    margin: number(&draws),
                    appearance: frames[index].faces.first?.appearance,
                    template: frames[index].faces.first?.template
                )
                frames[index].faces = [face]
                if draws.number(0...1) < 0.05 { frames[index].capturedAt = Double(number(&draws)) }
            }
            let changed = zip(frames, answer.frames).count { $0.faces != $1.faces }
            let assessment = assessor.assess(frames, challenge: answer.challenge, reference: nil)
            if changed > frames.count / 10 { #expect(assessment.outcome != .live) }
            #expect(assessment.checks.allSatisfy { $0.measured?.isFinite ?? true })
        }
    }

    @Test("limits that make no sense let nobody through")
    func settings() throws {
        let answer = try Support.Answer([.turnLeft, .lookUp])
        let changes: [(inout LivenessSettings) -> Void] = [
            { $0.mostFrames = 0 }, { $0.mostFrames = -5 }, { $0.leastFrames = 10_000 }, { $0.turnParallax = .nan },
            { $0.leastTurnParallax = .nan }, { $0.leastTurnRelief = .nan }, { $0.leastOutlineDepth = .nan },
            { $0.mostJump = .nan }, { $0.mostGap = .nan }, { $0.mostTemplateGap = .nan },
            { $0.leastSingleFaceShare = .nan }, { $0.mostUnlikeShare = .nan }, { $0.leastMovement = .nan },
        ]
        for change in changes {
            var settings = LivenessSettings()
            change(&settings)
            let assessment = try Support.assessor(settings)
                .assess(answer.frames, challenge: answer.challenge, reference: nil)
            #expect(assessment.outcome != .live)
        }
    }
}
