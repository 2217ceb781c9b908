/// What the frames of an answer to a challenge speak for (ISO/IEC 30107-3).
public struct LivenessAssessment: Sendable, Hashable, Codable {
    /// The verdict.
    public enum Outcome: String, Sendable, Hashable, Codable, CaseIterable {
        /// Every check passed.
        case live
        /// A check found what an attack looks like and a person does not.
        case notLive = "not_live"
        /// Neither: the movements were not seen well enough, or there was too little to see.
        case inconclusive
    }

    /// The verdict.
    public var outcome: Outcome
    /// What each check found, in the order in which they are made. For staff only: it tells an attacker what to mend.
    public var checks: [Check]
    /// What the candidate may be told; only of an inconclusive answer.
    public var advice: Advice?

    /// Makes an assessment.
    public init(outcome: Outcome, checks: [Check], advice: Advice? = nil) {
        self.outcome = outcome
        self.checks = checks
        self.advice = advice
    }

    /// The names of the checks that failed, for a log entry.
    public var failedChecks: [Check.Name] { checks.filter { $0.state == .failed }.map(\.name) }
}

extension LivenessAssessment {
    /// One check and what it found.
    public struct Check: Sendable, Hashable, Codable {
        /// Which check it is.
        public var name: Name
        /// What it found.
        public var state: State
        /// The measured value that comes nearest to the limit; absent when nothing could be measured.
        public var measured: Double?
        /// The limit in force.
        public var limit: Double?
        /// What was measured, in a few words for staff.
        public var detail: String

        /// Makes a check's finding; a number that is not finite is left out.
        public init(_ name: Name, _ state: State, measured: Double? = nil, limit: Double? = nil, detail: String) {
            self.name = name
            self.state = state
            self.measured = measured.flatMap { $0.isFinite ? $0 : nil }
            self.limit = limit.flatMap { $0.isFinite ? $0 : nil }
            self.detail = detail
        }
    }
}

extension LivenessAssessment.Check {
    /// The checks there are.
    public enum Name: String, Sendable, Hashable, Codable, CaseIterable {
        /// Enough frames, often enough, within the time.
        case capture
        /// Capture times that rise.
        case captureOrder = "capture_order"
        /// One face, and one only.
        case singleFace = "single_face"
        /// A face large, light and sharp enough to measure.
        case pictureQuality = "picture_quality"
        /// The movements of the challenge, in its order, and no others.
        case movements
        /// The tip of the nose moves before the plane of eyes and mouth.
        case parallax
        /// It moves by as much as a head's relief does when it is foreshortened so far.
        case relief
        /// The outline of the head moves the other way, and keeps its breadth.
        case outline
        /// No jump from frame to frame.
        case continuity
        /// Some movement at all.
        case stillness
        /// No frame twice.
        case repetition
        /// The same face in all frames.
        case sameFace = "same_face"
        /// The face of the portrait.
        case reference
    }

    /// What a check found.
    public enum State: String, Sendable, Hashable, Codable, CaseIterable {
        /// As of a living person.
        case passed
        /// As of an attack.
        case failed
        /// Not enough, or not clear enough, to say.
        case notAssessed = "not_assessed"
    }
}

extension LivenessAssessment {
    /// What a candidate may be told when nothing was decided.
    ///
    /// It never says which check an attack failed.
    public enum Advice: String, Sendable, Hashable, Codable, CaseIterable {
        /// Too few frames, or too far apart: a slow connection or a page in the background.
        case tooFewFrames = "too_few_frames"
        /// It took too long.
        case tooSlow = "too_slow"
        /// No face was seen all the time.
        case noFace = "no_face"
        /// More than one face was seen.
        case severalFaces = "several_faces"
        /// The face is too small.
        case tooFar = "too_far"
        /// Too little light.
        case tooDark = "too_dark"
        /// The picture is blurred.
        case blurred
        /// The face did not begin by looking into the camera.
        case lookStraightFirst = "look_straight_first"
        /// A movement was not seen: turn further, and go back after each.
        case movementNotSeen = "movement_not_seen"
        /// There were other movements besides: do only what is asked.
        case otherMovement = "other_movement"
        /// Left and right are exchanged: turn the other way.
        case wrongSide = "wrong_side"
        /// Try again.
        case tryAgain = "try_again"
    }
}
