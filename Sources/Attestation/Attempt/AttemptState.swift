/// Where an attempt stands, in the words of edX's proctoring (`ProctoredExamStudentAttemptStatus`).
public enum AttemptState: String, Hashable, Sendable, Codable, CaseIterable {
    /// The attempt exists; admission and identification are not complete.
    case created
    /// Everything is checked; the candidate may start.
    case readyToStart = "ready_to_start"
    /// The candidate is working.
    case started
    /// The candidate says they are done and is asked to confirm.
    case readyToSubmit = "ready_to_submit"
    /// The time ran out; what was saved will be submitted.
    case timedOut = "timed_out"
    /// The answers are handed in and can no longer be changed.
    case submitted
    /// A second person has to look at it.
    case secondReviewRequired = "second_review_required"
    /// A review confirmed the attempt.
    case verified
    /// The attempt does not count because the rules were broken.
    case rejected
    /// The attempt has not taken place for a technical reason.
    case error
    /// The candidate did not start in time.
    case expired
    /// The candidate said before the start that they cannot or will not take part.
    case declined

    /// Whether answers may be written.
    public var acceptsAnswers: Bool { self == .started || self == .readyToSubmit }

    /// Whether the answers are handed in.
    public var isHandedIn: Bool {
        switch self {
        case .submitted, .secondReviewRequired, .verified, .rejected: true
        case .created, .readyToStart, .started, .readyToSubmit, .timedOut, .error, .expired, .declined: false
        }
    }

    /// Whether nothing can follow.
    public var isFinal: Bool { !AttemptRule.table.contains { $0.from == self } }

    /// What people read.
    public var label: BilingualText {
        switch self {
        case .created: BilingualText(ru: "создана", en: "created")
        case .readyToStart: BilingualText(ru: "готова к началу", en: "ready to start")
        case .started: BilingualText(ru: "идёт", en: "started")
        case .readyToSubmit: BilingualText(ru: "готова к сдаче", en: "ready to submit")
        case .timedOut: BilingualText(ru: "время истекло", en: "timed out")
        case .submitted: BilingualText(ru: "сдана", en: "submitted")
        case .secondReviewRequired: BilingualText(ru: "нужна вторая проверка", en: "second review required")
        case .verified: BilingualText(ru: "подтверждена", en: "verified")
        case .rejected: BilingualText(ru: "не засчитана", en: "rejected")
        case .error: BilingualText(ru: "не состоялась", en: "error")
        case .expired: BilingualText(ru: "срок прошёл", en: "expired")
        case .declined: BilingualText(ru: "отказ до начала", en: "declined")
        }
    }
}

/// Who changes an attempt.
public enum AttemptActor: String, Hashable, Sendable, Codable, CaseIterable {
    /// The candidate.
    case candidate
    /// The service itself.
    case system
    /// The examiner who conducts the attestation.
    case examiner
    /// The person who reviews the recording.
    case reviewer
    /// The person who checks identity by document: may end the attempt of somebody who is another (S2 3.7).
    case verifier
}

/// One allowed transition.
public struct AttemptRule: Hashable, Sendable {
    /// The state before.
    public let from: AttemptState
    /// The state after.
    public let to: AttemptState
    /// Who may make it without giving a reason.
    public let actors: Set<AttemptActor>
    /// Who may make it with a reason.
    public let actorsWithReason: Set<AttemptActor>

    private init(
        _ from: AttemptState,
        _ to: AttemptState,
        by actors: Set<AttemptActor> = [],
        withReason actorsWithReason: Set<AttemptActor> = []
    ) {
        self.from = from
        self.to = to
        self.actors = actors
        self.actorsWithReason = actorsWithReason
    }

    /// All transitions there are; whatever is not in the table is refused.
    ///
    /// Only people reject, and always with a reason; only people reopen what was closed.
    public static let table: [AttemptRule] = [
        AttemptRule(.created, .readyToStart, by: [.system], withReason: [.examiner]),
        AttemptRule(.created, .declined, withReason: [.candidate, .examiner]),
        AttemptRule(.created, .expired, by: [.system]),
        AttemptRule(.created, .rejected, withReason: [.examiner, .verifier]),
        AttemptRule(.created, .error, withReason: [.system, .examiner]),

        AttemptRule(.readyToStart, .started, by: [.candidate]),
        AttemptRule(.readyToStart, .created, withReason: [.system, .examiner]),
        AttemptRule(.readyToStart, .declined, withReason: [.candidate, .examiner]),
        AttemptRule(.readyToStart, .expired, by: [.system]),
        AttemptRule(.readyToStart, .rejected, withReason: [.examiner, .verifier]),
        AttemptRule(.readyToStart, .error, withReason: [.system, .examiner]),

        AttemptRule(.started, .readyToSubmit, by: [.candidate]),
        AttemptRule(.started, .submitted, by: [.candidate], withReason: [.examiner]),
        AttemptRule(.started, .timedOut, by: [.system]),
        AttemptRule(.started, .rejected, withReason: [.examiner, .verifier]),
        AttemptRule(.started, .error, withReason: [.system, .examiner]),

        AttemptRule(.readyToSubmit, .started, by: [.candidate]),
        AttemptRule(.readyToSubmit, .submitted, by: [.candidate], withReason: [.examiner]),
        AttemptRule(.readyToSubmit, .timedOut, by: [.system]),
        AttemptRule(.readyToSubmit, .rejected, withReason: [.examiner, .verifier]),
        AttemptRule(.readyToSubmit, .error, withReason: [.system, .examiner]),

        AttemptRule(.timedOut, .submitted, by: [.system]),
        AttemptRule(.timedOut, .started, withReason: [.examiner]),
        AttemptRule(.timedOut, .rejected, withReason: [.examiner, .verifier]),
        AttemptRule(.timedOut, .error, withReason: [.examiner]),

        AttemptRule(.submitted, .verified, by: [.system, .reviewer]),
        AttemptRule(.submitted, .secondReviewRequired, by: [.system], withReason: [.examiner, .reviewer]),
        AttemptRule(.submitted, .rejected, withReason: [.examiner, .reviewer, .verifier]),
        AttemptRule(.submitted, .started, withReason: [.examiner]),
        AttemptRule(.submitted, .error, withReason: [.examiner]),

        AttemptRule(.secondReviewRequired, .verified, withReason: [.reviewer]),
        AttemptRule(.secondReviewRequired, .rejected, withReason: [.reviewer]),
        AttemptRule(.secondReviewRequired, .error, withReason: [.examiner, .reviewer]),

        AttemptRule(.verified, .secondReviewRequired, withReason: [.examiner, .reviewer]),
        AttemptRule(.rejected, .secondReviewRequired, withReason: [.examiner, .reviewer]),

        AttemptRule(.error, .started, withReason: [.examiner]),
    ]

    /// The rule for a transition; nil when it is not allowed.
    public static func rule(from: AttemptState, to: AttemptState) -> AttemptRule? {
        index[Key(from: from, to: to)]
    }

    private struct Key: Hashable {
        let from: AttemptState
        let to: AttemptState
    }

    private static let index = Dictionary(
        uniqueKeysWithValues: table.map { (Key(from: $0.from, to: $0.to), $0) }
    )
}
