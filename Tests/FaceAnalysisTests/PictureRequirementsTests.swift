import FaceAnalysis
import Foundation
import Testing

@Suite("Picture requirements")
struct PictureRequirementsTests {
    /// A face seen from the front in the middle of a picture of 1000 x 1000 pixels.
    struct Sitter: Sendable {
        var eyes: Float = 120
        var noseAside: Float = 0
        var noseDown: Float = 0
        var rollDegrees: Float = 0
        var chipOutside: Float = 0
        /// Where the middle between the eyes is.
        var x: Float = 500
        var y: Float = 500
        var appearance: FaceAppearance? = evenLight

        /// A sharp face in even light before a plain wall.
        static let evenLight = FaceAppearance(
            brightness: 128,
            contrast: 40,
            sharpness: 0.1,
            darkShare: 0,
            brightShare: 0,
            entropy: 7,
            lightOverlap: 0.8,
            lightBalance: 0,
            leftEyeDetail: 0.2,
            rightEyeDetail: 0.2,
            mouthDetail: 0.2,
            backgroundGradient: 0
        )

        var landmarks: FaceLandmarks {
            let radians = rollDegrees * .pi / 180
            func point(_ across: Float, _ down: Float) -> PicturePoint {
                let (u, v) = (across * eyes, down * eyes)
                return PicturePoint(
                    x: self.x + u * cos(radians) - v * sin(radians),
                    y: self.y + u * sin(radians) + v * cos(radians)
                )
            }
            return FaceLandmarks(
                leftEye: point(-0.5, 0),
                rightEye: point(0.5, 0),
                nose: point(noseAside, 0.5714 + noseDown),
                leftMouth: point(-0.42, 1.0317),
                rightMouth: point(0.42, 1.0317)
            )
        }

        var face: DetectedFace {
            DetectedFace(
                box: PictureRectangle(left: 400, top: 350, right: 600, bottom: 700),
                landmarks: landmarks,
                confidence: 0.9,
                chipOutside: chipOutside,
                margin: 300,
                appearance: appearance
            )
        }
    }

    static func analysis(_ faces: [DetectedFace]) -> PictureAnalysis {
        PictureAnalysis(width: 1000, height: 1000, brightness: 128, contrast: 50, faces: faces)
    }

    @Test("accepts a good portrait, with nothing to add", arguments: [PictureRequirements.portrait, .probe])
    func accepts(_ requirements: PictureRequirements) {
        let assessment = requirements.assess(Self.analysis([Sitter().face]))
        #expect(assessment.isAccepted)
        #expect(assessment.defects.isEmpty && assessment.advice.isEmpty)
        #expect(assessment.components.map(\.measure) == QualityMeasure.allCases)
        #expect(assessment.components.allSatisfy { $0.verdict == .passed && (0...100).contains($0.value) })
    }

    static func appearance(_ change: (inout FaceAppearance) -> Void) -> FaceAppearance {
        var appearance = Sitter.evenLight
        change(&appearance)
        return appearance
    }

    @Test(
        "refuses for the reason, and only the reason, and knows its side",
        arguments: [
            (Sitter(eyes: 89.5), .faceTooSmall, nil), (Sitter(chipOutside: 0.03, y: 250), .faceCutByEdge, .up),
            (Sitter(chipOutside: 0.5, x: 60), .faceCutByEdge, .left), (Sitter(x: 125), .faceNearEdge, .left),
            (Sitter(x: 880), .faceNearEdge, .right), (Sitter(y: 100), .faceNearEdge, .up),
            (Sitter(y: 800), .faceNearEdge, .down), (Sitter(noseAside: 0.3), .headTurned, .right),
            (Sitter(noseAside: -0.3), .headTurned, .left), (Sitter(noseDown: 0.3), .headNodded, .down),
            (Sitter(noseDown: -0.33), .headNodded, .up), (Sitter(rollDegrees: 21), .headTilted, .right),
            (Sitter(rollDegrees: -21), .headTilted, .left), (Sitter(rollDegrees: -170), .headTilted, nil),
            (Sitter(appearance: appearance { $0.brightness = 34 }), .faceTooDark, nil),
            (Sitter(appearance: appearance { $0.darkShare = 0.7 }), .faceTooDark, nil),
            (Sitter(appearance: appearance { $0.brightness = 226 }), .faceTooBright, nil),
            (Sitter(appearance: appearance { $0.brightShare = 0.5 }), .faceTooBright, nil),
            (Sitter(appearance: appearance { $0.entropy = 3.9 }), .faceTooFlat, nil),
            (Sitter(appearance: appearance { ($0.lightOverlap, $0.lightBalance) = (0.02, 0.7) }), .lightUneven, .right),
            (Sitter(appearance: appearance { ($0.lightOverlap, $0.lightBalance) = (0.02, -0.7) }), .lightUneven, .left),
            (Sitter(appearance: appearance { $0.sharpness = 0.01 }), .faceBlurred, nil),
        ] as [(Sitter, QualityDefect.Code, QualityDefect.Direction?)]
    )
    func refuses(_ sitter: Sitter, _ code: QualityDefect.Code, _ direction: QualityDefect.Direction?) throws {
        let assessment = PictureRequirements.portrait.assess(Self.analysis([sitter.face]))
        #expect(assessment.defects.map(\.code) == [code])
        #expect(!assessment.isAccepted)
        #expect(assessment.advice.isEmpty)
        let defect = try #require(assessment.defects.first)
        #expect(defect.measured != defect.limit)
        #expect(defect.direction == direction)
        #expect(assessment.components.contains { $0.verdict == .refused })
    }

    @Test(
        "advises where the models only suspect something, and accepts",
        arguments: [
            (appearance { $0.leftEyeDetail = 0.01 }, .eyesCovered),
            (appearance { $0.rightEyeDetail = 0.01 }, .eyesCovered),
            (appearance { $0.mouthDetail = 0.01 }, .mouthCovered),
            (appearance { $0.backgroundGradient = 60 }, .backgroundBusy),
        ] as [(FaceAppearance, QualityDefect.Code)]
    )
    func advises(_ appearance: FaceAppearance, _ code: QualityDefect.Code) {
        let assessment = PictureRequirements.portrait.assess(Self.analysis([Sitter(appearance: appearance).face]))
        #expect(assessment.isAccepted)
        #expect(assessment.advice.map(\.code) == [code])
        #expect(assessment.components.filter { $0.verdict == .advised }.count == 1)
    }

    @Test("counts faces before it measures them")
    func counts() {
        let none = PictureRequirements.portrait.assess(Self.analysis([]))
        #expect(none.defects == [QualityDefect(.noFace, measured: 0, limit: 1)])
        let two = PictureRequirements.portrait.assess(Self.analysis([Sitter().face, Sitter(eyes: 20).face]))
        #expect(two.defects == [QualityDefect(.severalFaces, measured: 2, limit: 1)])
        for assessment in [none, two] {
            #expect(!assessment.isAccepted)
            #expect(assessment.components.map(\.measure) == [.singleFacePresent])
            #expect(assessment[.singleFacePresent]?.verdict == .refused)
        }
        let without = PictureRequirements(limits: [.singleFacePresent: QualityLimit(atMost: 1, isAdvisory: true)])
        #expect(!without.assess(Self.analysis([])).isAccepted, "one face is always required")
    }

    @Test("lists every defect at once, each cause once")
    func listsAll() {
        let sitter = Sitter(eyes: 40, rollDegrees: 40, chipOutside: 0.4, x: 20)
        let defects = PictureRequirements.portrait.assess(Self.analysis([sitter.face])).defects
        #expect(defects.map(\.code) == [.faceTooSmall, .faceCutByEdge, .headTilted])
        let dark = Self.appearance { ($0.brightness, $0.darkShare, $0.entropy, $0.leftEyeDetail) = (10, 1, 2, 0.01) }
        let assessment = PictureRequirements.portrait.assess(Self.analysis([Sitter(appearance: dark).face]))
        #expect(assessment.defects.map(\.code) == [.faceTooDark])
        #expect(assessment.advice.isEmpty)
        #expect(assessment[.dynamicRange]?.verdict == .refused, "the component stands as it was judged")
    }

    @Test("what is not a number misses every limit")
    func notANumber() {
        let nothing = FaceAppearance(
            brightness: .nan,
            contrast: .nan,
            sharpness: .nan,
            darkShare: .nan,
            brightShare: .nan,
            entropy: .nan,
            lightOverlap: nil,
            lightBalance: nil,
            leftEyeDetail: .nan,
            rightEyeDetail: 0.2,
            mouthDetail: .nan,
            backgroundGradient: .nan
        )
        for appearance in [nothing, nil] {
            var sitter = Sitter(eyes: .nan, chipOutside: .nan)
            sitter.appearance = appearance
            let assessment = PictureRequirements.portrait.assess(Self.analysis([sitter.face]))
            for component in assessment.components where component.measure != .singleFacePresent {
                // The detector's confidence is a number here.
                guard component.measure != .faceOcclusionPrevention else { continue }
                #expect(component.raw.isNaN, "\(component.measure)")
                #expect(component.value == 0)
                #expect(component.verdict == (component.limit?.isAdvisory == true ? .advised : .refused))
            }
            let codes = assessment.defects.map(\.code)
            for code in [.faceTooSmall, .faceCutByEdge, .headTurned, .faceTooDark, .faceBlurred, .lightUneven]
                as [QualityDefect.Code]
            { #expect(codes.contains(code)) }
        }
    }

    @Test(
        "gives advice in both languages and without numbers, whatever the side",
        arguments: QualityDefect.Code.allCases
    )
    func advice(_ code: QualityDefect.Code) {
        for direction in [nil] + QualityDefect.Direction.allCases.map(Optional.some) {
            let advice = QualityDefect(code, measured: 1, limit: 2, direction: direction).advice
            #expect(advice.russian.contains { ("а"..."я").contains($0) })
            #expect(!advice.english.contains { ("а"..."я").contains($0) })
            #expect(!(advice.russian + advice.english).contains { $0.isNumber })
            #expect(advice.russian.hasSuffix(".") && advice.english.hasSuffix("."))
        }
    }

    @Test("says where to turn, from the person's side")
    func sides() {
        func advice(_ code: QualityDefect.Code, _ direction: QualityDefect.Direction) -> QualityDefect.Advice {
            QualityDefect(code, measured: 1, limit: 2, direction: direction).advice
        }
        // A head that points to the right of the picture has turned to its own left.
        #expect(advice(.headTurned, .right).russian.contains("Поверните голову чуть вправо"))
        #expect(advice(.headTurned, .right).english.contains("to your right"))
        #expect(advice(.headTurned, .left).russian.contains("влево"))
        #expect(advice(.headNodded, .down).russian.contains("Поднимите подбородок"))
        #expect(advice(.headNodded, .up).russian.contains("Опустите подбородок"))
        #expect(advice(.headTilted, .right).russian.contains("чуть вправо"))
        #expect(advice(.lightUneven, .right).russian.contains("Левая сторона лица в тени"))
        #expect(advice(.faceCutByEdge, .up).russian.contains("верхним"))
        #expect(advice(.faceNearEdge, .down).russian.contains("нижнему"))
        #expect(advice(.faceTooDark, .left) == QualityDefect.Code.faceTooDark.advice)
    }

    @Test("estimates the sign of the pose")
    func pose() {
        let front = HeadPose(Sitter().landmarks)
        #expect(abs(front.yaw) < 1 && abs(front.pitch) < 3 && abs(front.roll) < 0.1)
        #expect(HeadPose(Sitter(noseAside: -0.1).landmarks).yaw > 5)
        #expect(HeadPose(Sitter(noseAside: 0.1).landmarks).yaw < -5)
        #expect(HeadPose(Sitter(noseDown: 0.1).landmarks).pitch > 5)
        #expect(abs(HeadPose(Sitter(noseAside: -0.1, rollDegrees: 30).landmarks).roll - 30) < 0.1)
        #expect(abs(HeadPose(Sitter(rollDegrees: 30).landmarks).yaw) < 1)
    }

    @Test("a rectangle knows how much of it is outside")
    func shareOutside() {
        let box = PictureRectangle(left: -50, top: 10, right: 50, bottom: 60)
        #expect(box.shareOutside(width: 100, height: 100) == 0.5)
        #expect(box.margin(width: 100, height: 100) == -50)
        #expect(PictureRectangle(left: 5, top: 6, right: 50, bottom: 60).margin(width: 100, height: 100) == 5)
        #expect(PictureRectangle(left: 200, top: 0, right: 300, bottom: 60).shareOutside(width: 100, height: 100) == 1)
        #expect(PictureRectangle(left: 9, top: 9, right: 9, bottom: 9).shareOutside(width: 100, height: 100) == 1)
    }
}
