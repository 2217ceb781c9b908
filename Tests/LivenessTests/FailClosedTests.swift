import FaceAnalysis
import Foundation
import Liveness
import Testing

@Suite("Fail closed")
struct FailClosedTests {
    @Test("nothing, or nearly nothing, decides nothing", arguments: [0, 1, 2, 3, 11])
    func fewFrames(_ count: Int) throws {
        var answer = try Support.Answer()
        answer.frames = Array(answer.frames.prefix(count))
        let assessment = try answer.assessed()
        #expect(assessment.outcome == .inconclusive)
        #expect(assessment.advice == .tooFewFrames)
    }

    @Test("too many frames are not measured")
    func manyFrames() throws {
        var answer = try Support.Answer()
        answer.frames = (0..<3).flatMap { _ in answer.frames }
        #expect(answer.frames.count > 120)
        let assessment = try answer.assessed()
        #expect(assessment.outcome != .live)
        #expect(assessment.state(of: .movements) == .notAssessed)
    }

    @Test("times that stand still, go back or are no numbers are never live")
    func times() throws {
        let answer = try Support.Answer()
        for (index, time) in [(10, answer.frames[9].capturedAt), (10, 0), (10, .nan), (0, .nan), (10, .infinity)] {
            var changed = answer
            changed.frames[index].capturedAt = time
            let assessment = try changed.assessed()
            #expect(assessment.outcome != .live, "\(time)")
            #expect(assessment.state(of: .captureOrder) != .passed)
        }
    }

    @Test("too fast, too slow or with a hole decides nothing")
    func pace() throws {
        let answer = try Support.Answer()
        let paces: [((Double) -> Double, LivenessAssessment.Advice)] = [
            ({ $0 / 10 }, .tooFewFrames), ({ $0 * 3 }, .tooFewFrames), ({ $0 * 60 }, .tooSlow),
            ({ $0 > 2 ? $0 + 1 : $0 }, .tooFewFrames),
        ]
        for (pace, advice) in paces {
            var changed = answer
            for index in changed.frames.indices {
                changed.frames[index].capturedAt = pace(answer.frames[index].capturedAt)
            }
            let assessment = try changed.assessed()
            #expect(assessment.outcome == .inconclusive)
            #expect(assessment.advice == advice)
        }
    }

    @Test("any origin of the clock will do")
    func origin() throws {
        var answer = try Support.Answer()
        for index in answer.frames.indices { answer.frames[index].capturedAt += 1_763_712_000 }
        #expect(try answer.assessed().outcome == .live)
    }

    @Test("landmarks that are no numbers, or no face, are never live")
    func landmarks() throws {
        let spot = PicturePoint(x: 100, y: 100)
        let nowhere = PicturePoint(x: .nan, y: 100)
        let answer = try Support.Answer()
        let broken: [(FaceLandmarks) -> FaceLandmarks] = [
            { _ in FaceLandmarks(leftEye: spot, rightEye: spot, nose: spot, leftMouth: spot, rightMouth: spot) },
            {
                FaceLandmarks(
                    leftEye: nowhere,
                    rightEye: $0.rightEye,
                    nose: $0.nose,
                    leftMouth: $0.leftMouth,
                    rightMouth: $0.rightMouth
                )
            },
            {
                FaceLandmarks(
                    leftEye: $0.leftEye,
                    rightEye: $0.rightEye,
                    nose: nowhere,
                    leftMouth: $0.leftMouth,
                    rightMouth: $0.rightMouth
                )
            },
            {
                FaceLandmarks(
                    leftEye: $0.leftEye,
                    rightEye: $0.rightEye,
                    nose: $0.nose,
                    leftMouth: $0.leftEye,
                    rightMouth: $0.rightEye
                )
            },
        ]
        for change in broken {
            var changed = answer
            for (index, frame) in answer.frames.enumerated() {
                guard let face = frame.faces.first else { continue }
                changed.frames[index] = frame.withFace(landmarks: change(face.landmarks))
            }
            let assessment = try changed.assessed()
            #expect(assessment.outcome != .live)
            #expect(assessment.state(of: .singleFace) == .notAssessed)
        }
    }

    @Test("one bad frame of a good answer is no attack, and many decide nothing")
    func missingFaces() throws {
        let answer = try Support.Answer()
        var one = answer
        one.frames[20].faces = []
        #expect(try one.assessed().outcome == .live)
        var many = answer
        for index in 20..<28 { many.frames[index].faces = [] }
        let assessment = try many.assessed()
        #expect(assessment.outcome == .inconclusive)
        #expect(assessment.advice == .noFace)
    }

    @Test("a second face decides nothing")
    func severalFaces() throws {
        var answer = try Support.Answer()
        for index in 0..<10 { answer.frames[index] = answer.frames[index].withFace(copies: 2) }
        let assessment = try answer.assessed()
        #expect(assessment.outcome == .inconclusive)
        #expect(assessment.advice == .severalFaces)
    }

    @Test("a face in the dark, out of focus or not measured decides nothing")
    func quality() throws {
        let answer = try Support.Answer()
        let cases: [(FaceAppearance?, LivenessAssessment.Advice)] = [
            (FaceAppearance(brightness: 9, contrast: 5, sharpness: 0.05), .tooDark),
            (FaceAppearance(brightness: 120, contrast: 40, sharpness: 0.001), .blurred),
            (FaceAppearance(brightness: .nan, contrast: .nan, sharpness: .nan), .tooDark),
            (nil, .tooDark),
        ]
        for (appearance, advice) in cases {
            var changed = answer
            changed.frames = answer.frames.map { $0.withFace(appearance: .some(appearance)) }
            let assessment = try changed.assessed()
            #expect(assessment.outcome == .inconclusive)
            #expect(assessment.advice == advice)
        }
    }

    @Test("a frame that comes again later is not live, with its digest or with its landmarks alone")
    func repeated() throws {
        let answer = try Support.Answer()
        var digest = answer
        digest.frames[30].digest = digest.frames[3].digest
        #expect(try digest.assessed().failedChecks == [.repetition])
        var encodedAnew = answer
        encodedAnew.frames[answer.frames.count - 2].faces = answer.frames[1].faces
        #expect(try encodedAnew.assessed().failedChecks.contains(.repetition))
    }

    @Test("a camera that stalls for a frame is forgiven, one that stalls all the time is not")
    func stalls() throws {
        let answer = try Support.Answer()
        var once = answer
        (once.frames[2].digest, once.frames[2].faces) = (answer.frames[1].digest, answer.frames[1].faces)
        #expect(try once.assessed().state(of: .repetition) == .passed)
        var always = answer
        for index in stride(from: 1, to: answer.frames.count, by: 2) {
            (always.frames[index].digest, always.frames[index].faces) =
                (answer.frames[index - 1].digest, answer.frames[index - 1].faces)
        }
        #expect(try always.assessed().failedChecks.contains(.repetition))
    }

    @Test("frames in another order are never live")
    func reordered() throws {
        let answer = try Support.Answer()
        var draws = Draws(9)
        for _ in 0..<20 {
            var changed = answer
            let times = answer.frames.map(\.capturedAt)
            changed.frames.shuffle(using: &draws)
            #expect(try changed.assessed().failedChecks.contains(.captureOrder))
            for index in times.indices { changed.frames[index].capturedAt = times[index] }
            #expect(try changed.assessed().outcome != .live)
        }
    }

    @Test("a face that was cut to another place is not live")
    func jump() throws {
        var answer = try Support.Answer([.turnLeft, .lookUp])
        for index in 3..<answer.frames.count {
            guard let face = answer.frames[index].faces.first else { continue }
            answer.frames[index] = answer.frames[index].withFace(landmarks: face.landmarks.moved(right: 30))
        }
        #expect(try answer.assessed().failedChecks.contains(.continuity))
    }
}

extension FaceLandmarks {
    fileprivate func moved(right way: Float) -> FaceLandmarks {
        func moved(_ point: PicturePoint) -> PicturePoint { PicturePoint(x: point.x + way, y: point.y) }
        return FaceLandmarks(
            leftEye: moved(leftEye),
            rightEye: moved(rightEye),
            nose: moved(nose),
            leftMouth: moved(leftMouth),
            rightMouth: moved(rightMouth)
        )
    }
}
