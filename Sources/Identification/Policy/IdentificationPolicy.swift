public import Accounts

/// How a candidate is identified in a procedure: by which methods, when, how often, and what a failure means (row A3).
///
/// Policies are data, kept for each kind of procedure and for each exam.
public struct IdentificationPolicy: Hashable, Sendable, Codable {
    /// The alternatives: one of them must hold, and holds when all of its methods do. Every combination of "and" and
    /// "or" can be written so.
    public var anyOf: [[IdentificationMethod]]
    /// How old a biometric match may be at the start, in seconds.
    public var validForSeconds: Int
    /// How old a visual match may be at the start, in seconds: who has waited for a verifier is not sent back soon.
    public var visualValidForSeconds: Int
    /// Whether a biometric match counts only with a liveness challenge passed (row B4): a comparison alone cannot tell
    /// a person from a photograph held up to the camera.
    public var requiresLiveness: Bool
    /// Whether a verifier may identify where biometrics are not consented to or have not decided (row B5).
    public var visualReplacesBiometric: Bool
    /// When the candidate is identified again while the attempt runs.
    public var repetition: Repetition
    /// How many biometric failures in a row send the candidate to a person.
    public var mostFailures: Int
    /// What happens when an identification while the attempt runs fails to come.
    public var onFailure: Consequence
    /// Who may let a candidate go on without identification, with a reason.
    public var overriders: Set<Role>

    /// When the candidate is identified again.
    public struct Repetition: Hashable, Sendable, Codable {
        /// Every so many minutes; `nil` for not at all.
        public var everyMinutes: Int?
        /// How many minutes earlier or later, at random, so that the moment cannot be foreseen.
        public var jitterMinutes: Int
        /// When the candidate goes on by another login.
        public var onResume: Bool
        /// Before the answers are handed in.
        public var beforeSubmission: Bool
        /// How long the candidate has to answer, in seconds.
        public var graceSeconds: Int

        /// Creates a value; by default nothing is repeated.
        public init(
            everyMinutes: Int? = nil,
            jitterMinutes: Int = 0,
            onResume: Bool = false,
            beforeSubmission: Bool = false,
            graceSeconds: Int = 120
        ) {
            self.everyMinutes = everyMinutes
            self.jitterMinutes = jitterMinutes
            self.onResume = onResume
            self.beforeSubmission = beforeSubmission
            self.graceSeconds = graceSeconds
        }

        enum CodingKeys: String, CodingKey {
            case everyMinutes = "every_minutes"
            case jitterMinutes = "jitter_minutes"
            case onResume = "on_resume"
            case beforeSubmission = "before_submission"
            case graceSeconds = "grace_seconds"
        }
    }

    /// What a missing identification brings about.
    public enum Consequence: String, Hashable, Sendable, Codable, CaseIterable {
        /// Answers are refused until the candidate is identified.
        case refuse
        /// A verifier is asked to look; the candidate goes on meanwhile.
        case queue
        /// The attempt is flagged and goes on.
        case flag
    }

    /// Login and a live comparison not older than ten minutes.
    public static let electronicAndBiometric = IdentificationPolicy(
        anyOf: [[.electronic, .biometric]],
        validForSeconds: 600
    )

    /// Creates a policy.
    public init(
        anyOf: [[IdentificationMethod]],
        validForSeconds: Int = 600,
        visualValidForSeconds: Int = 3_600,
        requiresLiveness: Bool = true,
        visualReplacesBiometric: Bool = true,
        repetition: Repetition = Repetition(),
        mostFailures: Int = BiometricTries.mostFailures,
        onFailure: Consequence = .queue,
        overriders: Set<Role> = [.examiner, .administrator]
    ) {
        self.anyOf = anyOf
        self.validForSeconds = validForSeconds
        self.visualValidForSeconds = visualValidForSeconds
        self.requiresLiveness = requiresLiveness
        self.visualReplacesBiometric = visualReplacesBiometric
        self.repetition = repetition
        self.mostFailures = mostFailures
        self.onFailure = onFailure
        self.overriders = overriders
    }

    enum CodingKeys: String, CodingKey {
        case methods, repetition, overriders
        case anyOf = "any_of"
        case validForSeconds = "valid_for_seconds"
        case visualValidForSeconds = "visual_valid_for_seconds"
        case requiresLiveness = "requires_liveness"
        case visualReplacesBiometric = "visual_replaces_biometric"
        case mostFailures = "most_failures"
        case onFailure = "on_failure"
    }

    /// Reads a policy. One that was kept before there were alternatives names the methods that are all needed; one from
    /// before liveness was known does not ask for it.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            anyOf: try values.decodeIfPresent([[IdentificationMethod]].self, forKey: .anyOf)
                ?? [values.decode([IdentificationMethod].self, forKey: .methods)],
            validForSeconds: try values.decode(Int.self, forKey: .validForSeconds),
            requiresLiveness: try values.decodeIfPresent(Bool.self, forKey: .requiresLiveness) ?? false
        )
        func set<Value: Decodable>(_ place: inout Value, _ key: CodingKeys) throws {
            if let value = try values.decodeIfPresent(Value.self, forKey: key) { place = value }
        }
        try set(&visualValidForSeconds, .visualValidForSeconds)
        try set(&visualReplacesBiometric, .visualReplacesBiometric)
        try set(&repetition, .repetition)
        try set(&mostFailures, .mostFailures)
        try set(&onFailure, .onFailure)
        try set(&overriders, .overriders)
    }

    /// Writes the policy.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(anyOf, forKey: .anyOf)
        try values.encode(validForSeconds, forKey: .validForSeconds)
        try values.encode(visualValidForSeconds, forKey: .visualValidForSeconds)
        try values.encode(requiresLiveness, forKey: .requiresLiveness)
        try values.encode(visualReplacesBiometric, forKey: .visualReplacesBiometric)
        try values.encode(repetition, forKey: .repetition)
        try values.encode(mostFailures, forKey: .mostFailures)
        try values.encode(onFailure, forKey: .onFailure)
        // A set has no order of its own, and the same policy must be the same bytes.
        try values.encode(overriders.sorted { $0.rawValue < $1.rawValue }, forKey: .overriders)
    }
}

extension IdentificationPolicy {
    /// What makes a policy unusable.
    public enum Defect: String, Hashable, Sendable, CaseIterable {
        /// There is no alternative, or one without methods.
        case noMethods = "no_methods"
        /// A method stands twice in an alternative.
        case repeatedMethod = "repeated_method"
        /// A time or number is outside of what is sensible.
        case outOfRange = "out_of_range"
        /// The jitter is as long as the interval.
        case jitterTooLong = "jitter_too_long"
        /// A role that is not staff may override.
        case overriderNotStaff = "overrider_not_staff"
    }

    /// What is wrong with the policy; nothing for one that can be used.
    public var defects: [Defect] {
        var found: [Defect] = []
        if anyOf.isEmpty || anyOf.contains(where: \.isEmpty) { found.append(.noMethods) }
        if anyOf.contains(where: { Set($0).count != $0.count }) { found.append(.repeatedMethod) }
        let every = repetition.everyMinutes ?? 1
        if !(10...86_400).contains(validForSeconds) || !(10...86_400).contains(visualValidForSeconds)
            || !(1...600).contains(every) || !(0...600).contains(repetition.jitterMinutes)
            || !(15...3_600).contains(repetition.graceSeconds) || !(1...100).contains(mostFailures)
        {
            found.append(.outOfRange)
        }
        if repetition.everyMinutes != nil, repetition.jitterMinutes >= every { found.append(.jitterTooLong) }
        if overriders.contains(where: { !$0.isStaff }) { found.append(.overriderNotStaff) }
        return found
    }
}
