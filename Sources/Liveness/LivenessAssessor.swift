public import Biometrics

/// Judges whether frames show a living person who does what a challenge asks (ISO/IEC 30107-3).
///
/// It sees five points a frame and templates, not skin or screens. What it can tell from a person: a picture that is
/// flat or nearly so, one that is not moved as asked, a recording of other movements, frames of several persons, and
/// frames put together with a jump. What it cannot: a mask with a head's relief, and moving pictures that are made or
/// chosen for the challenge.
public struct LivenessAssessor: Sendable {
    /// The limits.
    public let settings: LivenessSettings
    /// Compares the templates.
    public let comparator: TemplateComparator

    /// Makes an assessor.
    public init(settings: LivenessSettings = LivenessSettings(), comparator: TemplateComparator) {
        self.settings = settings
        self.comparator = comparator
    }

    /// Judges the frames of an answer.
    ///
    /// - Parameters:
    ///   - frames: All frames as they came; they are not sorted, because their order is part of what is judged.
    ///   - challenge: What was asked.
    ///   - reference: The portrait's template, if there is a portrait.
    /// - Returns: `live` only if every check passed, `notLive` if one found an attack's mark.
    public func assess(
        _ frames: [LivenessFrame],
        challenge: LivenessChallenge,
        reference: FaceTemplate?
    ) -> LivenessAssessment {
        var findings = [
            CaptureCheck.find(frames, settings),
            CaptureOrderCheck.find(frames),
            SingleFaceCheck.find(frames, settings),
            PictureQualityCheck.find(frames, settings),
            RepetitionCheck.find(frames, settings),
        ]
        // More frames than are allowed are not measured at all.
        if frames.count <= settings.mostFrames, let trajectory = Trajectory(frames, settings: settings) {
            let seen = MovementSegmentation(trajectory, settings: settings).movements
            findings += [
                MovementsCheck.find(seen, challenge, trajectory, settings),
                ParallaxCheck.find(seen, trajectory, settings),
                ReliefCheck.find(seen, trajectory, settings),
                OutlineCheck.find(seen, trajectory, settings),
                ContinuityCheck.find(trajectory, settings),
                StillnessCheck.find(trajectory, settings),
                SameFaceCheck.find(trajectory, comparator, settings),
            ]
            if let reference { findings.append(ReferenceCheck.find(trajectory, reference, comparator, settings)) }
        } else {
            let unseen: [LivenessAssessment.Check.Name] = [
                .movements, .parallax, .relief, .outline, .continuity, .stillness, .sameFace,
            ]
            let names = unseen + (reference == nil ? [] : [.reference])
            findings += names.map { Finding(.init($0, .notAssessed, detail: "no face was measured")) }
        }
        return Self.verdict(findings)
    }

    private static func verdict(_ findings: [Finding]) -> LivenessAssessment {
        let checks = findings.map(\.check)
        if checks.contains(where: { $0.state == .failed }) {
            return LivenessAssessment(outcome: .notLive, checks: checks)
        }
        if !checks.isEmpty, checks.allSatisfy({ $0.state == .passed }) {
            return LivenessAssessment(outcome: .live, checks: checks)
        }
        return LivenessAssessment(
            outcome: .inconclusive,
            checks: checks,
            advice: findings.lazy.compactMap(\.advice).first ?? .tryAgain
        )
    }
}

/// What a check found, and what the candidate may be told if that decided nothing.
struct Finding: Sendable {
    var check: LivenessAssessment.Check
    var advice: LivenessAssessment.Advice?

    init(_ check: LivenessAssessment.Check, advice: LivenessAssessment.Advice? = nil) {
        self.check = check
        self.advice = advice
    }
}
