import Biometrics
import FaceAnalysis
import Liveness

enum Support {
    static func assessor(_ settings: LivenessSettings = LivenessSettings()) throws -> LivenessAssessor {
        let thresholds = try DecisionThresholds(matchAtOrBelow: 0.371, nonMatchAbove: 0.414)
        return LivenessAssessor(
            settings: settings,
            comparator: TemplateComparator(modelID: "simulated", thresholds: thresholds)
        )
    }

    /// A good answer: a person at 500 mm, eight frames a second, little noise.
    struct Answer {
        var challenge: LivenessChallenge
        var frames: [LivenessFrame]
        var head: SimulatedHead
        /// Another person.
        var other: SimulatedHead

        init(_ movements: [LivenessMovement] = [.turnLeft, .lookUp, .comeCloser], asked: [LivenessMovement]? = nil)
            throws
        {
            var draws = Draws(7)
            head = SimulatedHead(&draws)
            other = SimulatedHead(&draws)
            var camera = SimulatedCamera(&draws)
            camera.distance = 500
            camera.focalLength = 700
            camera.interval = 0.12
            challenge = LivenessChallenge(movements: asked ?? movements)
            let motion = SimulatedMotion(movements, &draws) { movement, _ in
                switch movement {
                case .turnLeft: SimulatedPose(turn: 0.55)
                case .turnRight: SimulatedPose(turn: -0.55)
                case .lookUp: SimulatedPose(nod: -0.38)
                case .lookDown: SimulatedPose(nod: 0.38)
                case .comeCloser: SimulatedPose(shift: Point3(x: 0, y: 0, z: -130))
                case .moveAway: SimulatedPose(shift: Point3(x: 0, y: 0, z: 150))
                }
            }
            frames = try SimulatedSpecies.film(head, motion, camera, noise: 0.3, &draws)
        }

        func assessed(reference: FaceTemplate? = nil) throws -> LivenessAssessment {
            try Support.assessor().assess(frames, challenge: challenge, reference: reference)
        }
    }
}

extension LivenessFrame {
    /// The frame with its largest face changed.
    func withFace(
        landmarks: FaceLandmarks? = nil,
        template: FaceTemplate?? = nil,
        appearance: FaceAppearance?? = nil,
        copies: Int = 1
    ) -> LivenessFrame {
        guard let face = faces.first else { return self }
        let changed = DetectedFace(
            box: face.box,
            landmarks: landmarks ?? face.landmarks,
            confidence: face.confidence,
            margin: face.margin,
            appearance: appearance ?? face.appearance,
            template: template ?? face.template
        )
        var frame = self
        frame.faces = Array(repeating: changed, count: copies)
        return frame
    }
}

extension LivenessAssessment {
    func state(of name: Check.Name) -> Check.State? { checks.first { $0.name == name }?.state }
}
