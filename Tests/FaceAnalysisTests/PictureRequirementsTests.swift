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
        var margin: Float = 300
        var appearance = FaceAppearance(brightness: 128, contrast: 40, sharpness: 0.1)

        var landmarks: FaceLandmarks {
            let radians = rollDegrees * .pi / 180
            func point(_ x: Float, _ y: Float) -> PicturePoint {
                let (u, v) = (x * eyes, y * eyes)
                return PicturePoint(
                    x: 500 + u * cos(radians) - v * sin(radians),
                    y: 500 + u * sin(radians) + v * cos(radians)
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
                margin: margin,
                appearance: appearance
            )
        }
    }

    static func analysis(_ faces: [DetectedFace]) -> PictureAnalysis {
        PictureAnalysis(width: 1000, height: 1000, brightness: 128, contrast: 50, faces: faces)
    }

    @Test("accepts a good portrait")
    func accepts() {
        #expect(PictureRequirements.portrait.assess(Self.analysis([Sitter().face])) == .accepted)
        #expect(PictureRequirements.probe.assess(Self.analysis([Sitter().face])) == .accepted)
    }

    @Test(
        "gives the reason, and only the reason",
        arguments: [
            (Sitter(eyes: 89.5), .faceTooSmall), (Sitter(chipOutside: 0.03), .faceCutByEdge),
            (Sitter(chipOutside: 0.5, margin: -20), .faceCutByEdge), (Sitter(margin: 5), .faceNearEdge),
            (Sitter(margin: -5), .faceNearEdge), (Sitter(noseAside: 0.3), .headTurned),
            (Sitter(noseAside: -0.3), .headTurned), (Sitter(noseDown: 0.3), .headNodded),
            (Sitter(noseDown: -0.33), .headNodded), (Sitter(rollDegrees: 21), .headTilted),
            (Sitter(rollDegrees: -170), .headTilted),
            (Sitter(appearance: FaceAppearance(brightness: 34, contrast: 40, sharpness: 0.1)), .faceTooDark),
            (Sitter(appearance: FaceAppearance(brightness: 226, contrast: 40, sharpness: 0.1)), .faceTooBright),
            (Sitter(appearance: FaceAppearance(brightness: 128, contrast: 7, sharpness: 0.1)), .faceTooFlat),
            (Sitter(appearance: FaceAppearance(brightness: 128, contrast: 40, sharpness: 0.01)), .faceBlurred),
        ] as [(Sitter, QualityDefect.Code)]
    )
    func refuses(_ sitter: Sitter, _ code: QualityDefect.Code) throws {
        let assessment = PictureRequirements.portrait.assess(Self.analysis([sitter.face]))
        #expect(assessment.defects.map(\.code) == [code])
        #expect(!assessment.isAccepted)
        let defect = try #require(assessment.defects.first)
        #expect(defect.measured != defect.limit)
    }

    @Test("counts faces before it measures them")
    func counts() {
        let none = PictureRequirements.portrait.assess(Self.analysis([]))
        #expect(none == .refused([QualityDefect(.noFace, measured: 0, limit: 1)]))
        let two = PictureRequirements.portrait.assess(Self.analysis([Sitter().face, Sitter(eyes: 20).face]))
        #expect(two == .refused([QualityDefect(.severalFaces, measured: 2, limit: 1)]))
    }

    @Test("lists every defect at once")
    func listsAll() {
        let sitter = Sitter(eyes: 40, rollDegrees: 40, chipOutside: 0.4)
        let defects = PictureRequirements.portrait.assess(Self.analysis([sitter.face])).defects
        #expect(defects.map(\.code) == [.faceTooSmall, .faceCutByEdge, .headTilted])
    }

    @Test("a measure that is not a number is a defect, never a pass")
    func notANumber() {
        let appearance = FaceAppearance(brightness: .nan, contrast: .nan, sharpness: .nan)
        let sitter = Sitter(eyes: .nan, chipOutside: .nan, margin: .nan, appearance: appearance)
        let codes = PictureRequirements.portrait.assess(Self.analysis([sitter.face])).defects.map(\.code)
        #expect(codes.contains(.faceTooSmall))
        #expect(codes.contains(.faceCutByEdge))
        #expect(codes.contains(.faceBlurred))
    }

    @Test("gives advice in both languages and without numbers", arguments: QualityDefect.Code.allCases)
    func advice(_ code: QualityDefect.Code) {
        let advice = code.advice
        #expect(advice.russian.contains { ("а"..."я").contains($0) })
        #expect(!advice.english.contains { ("а"..."я").contains($0) })
        #expect(!(advice.russian + advice.english).contains { $0.isNumber })
    }

    @Test("comes back from JSON")
    func codable() throws {
        let bytes = try JSONEncoder().encode(PictureRequirements.portrait)
        #expect(try JSONDecoder().decode(PictureRequirements.self, from: bytes) == .portrait)
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
