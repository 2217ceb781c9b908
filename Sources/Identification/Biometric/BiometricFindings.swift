public import Foundation

/// What was measured of a picture or a sequence beyond the comparison itself; for staff only.
public struct BiometricFindings: Hashable, Sendable, Codable {
    /// The quality components (ISO/IEC 29794-5), in the order in which they were assessed.
    public var quality: [QualityFact]
    /// What a liveness challenge came to, where one was answered.
    public var liveness: LivenessFacts?
    /// How many pictures the probe was made of.
    public var pictureCount: Int
    /// On which side of the picture the fault lies for which nothing was compared, if it lies on one.
    public var faultDirection: String?

    /// Creates a value.
    public init(quality: [QualityFact] = [], liveness: LivenessFacts? = nil, pictureCount: Int = 1) {
        self.quality = quality
        self.liveness = liveness
        self.pictureCount = pictureCount
    }
}

/// One quality component as it was measured.
public struct QualityFact: Hashable, Sendable, Codable {
    /// The component, as ISO/IEC 29794-5 names it.
    public var component: String
    /// The native measure, in the component's unit.
    public var raw: Double
    /// The quality component value, 0 to 100; more is better.
    public var value: Int

    /// Creates a value.
    public init(component: String, raw: Double, value: Int) {
        self.component = component
        self.raw = raw
        self.value = value
    }
}

/// What a liveness challenge came to (ISO/IEC 30107-1 presentation attack detection).
public struct LivenessFacts: Hashable, Sendable, Codable {
    /// The challenge that was answered.
    public var challengeID: UUID
    /// What was asked, in order.
    public var movements: [String]
    /// Whether the checks found a living person.
    public var outcome: Outcome
    /// Each check.
    public var checks: [Check]
    /// What the candidate was told to do better, as a stable word; never which check an attack failed.
    public var advice: String?

    /// What the checks came to together. Only `live` is.
    public enum Outcome: String, Hashable, Sendable, Codable, CaseIterable {
        /// All checks passed.
        case live
        /// A check found what a living person would not show.
        case notLive = "not_live"
        /// The movements could not be followed.
        case inconclusive
    }

    /// One check.
    public struct Check: Hashable, Sendable, Codable {
        /// Which, as a stable word.
        public var name: String
        /// `passed`, `failed` or `not_assessed`.
        public var state: String
        /// What was measured, in the check's unit.
        public var measured: Double?
        /// The limit in force.
        public var limit: Double?
        /// What was measured, in a few words.
        public var detail: String

        /// Creates a value.
        public init(name: String, state: String, measured: Double?, limit: Double?, detail: String) {
            self.name = name
            self.state = state
            self.measured = measured
            self.limit = limit
            self.detail = detail
        }
    }

    /// Creates a value.
    public init(
        challengeID: UUID,
        movements: [String],
        outcome: Outcome,
        checks: [Check],
        advice: String? = nil
    ) {
        self.challengeID = challengeID
        self.movements = movements
        self.outcome = outcome
        self.checks = checks
        self.advice = advice
    }
}
