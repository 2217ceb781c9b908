/// Where an attempt stands, in the words of edX's proctoring (`ProctoredExamStudentAttemptStatus`).
///
/// Of edX's words those for a program to be installed are left out (`download_software_clicked`,
/// `onboarding_…`): there is none (S3 9). `paused` is added; edX's proctors cannot stop the clock.
public enum AttemptState: String, Hashable, Sendable, Codable, CaseIterable {
    /// The attempt exists; admission and identification are not complete.
    case created
    /// Everything is checked; the candidate may start.
    case readyToStart = "ready_to_start"
    /// The candidate is working.
    case started
    /// The candidate says they are done and is asked to confirm.
    case readyToSubmit = "ready_to_submit"
    /// The clock stands still: a pause, a failure or a break, until somebody resumes.
    case paused
    /// The time ran out; answers that were given in time may still arrive.
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

    /// Whether the candidate is in the middle of it: working, or kept from working for the time being.
    public var isUnderWay: Bool { acceptsAnswers || self == .paused }

    /// Whether it has not started and still may.
    public var isBeforeStart: Bool { self == .created || self == .readyToStart }

    /// Whether the answers are handed in.
    public var isHandedIn: Bool {
        switch self {
        case .submitted, .secondReviewRequired, .verified, .rejected: true
        case .created, .readyToStart, .started, .readyToSubmit, .paused, .timedOut, .error, .expired, .declined: false
        }
    }

    /// Whether nothing can follow.
    public var isFinal: Bool { !AttemptRule.table.contains { $0.from == self && $0.to != self } }

    /// What people read.
    public var label: BilingualText {
        switch self {
        case .created: BilingualText(ru: "создана", en: "created")
        case .readyToStart: BilingualText(ru: "готова к началу", en: "ready to start")
        case .started: BilingualText(ru: "идёт", en: "started")
        case .readyToSubmit: BilingualText(ru: "готова к сдаче", en: "ready to submit")
        case .paused: BilingualText(ru: "приостановлена", en: "paused")
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

/// In which role somebody changes an attempt.
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

/// What is done to an attempt.
///
/// `pause`, `resume`, `terminate`, `update` and `flag` are the actions of the 1EdTech LTI Assessment Control Service.
public enum AttemptAction: String, Hashable, Sendable, Codable, CaseIterable {
    /// Everything that the start asks for is there.
    case admit
    /// Something that the start asks for is there no longer.
    case withdrawAdmission = "withdraw_admission"
    /// The candidate begins to work.
    case start
    /// The candidate says they are done.
    case finish
    /// The candidate wants to go on after all.
    case goOn = "go_on"
    /// The candidate takes a break that they are entitled to.
    case takeBreak = "take_break"
    /// The candidate is back, or the break is used up.
    case endBreak = "end_break"
    /// A person stops the clock.
    case pause
    /// A person lets the clock run again.
    case resume
    /// A person ends the attempt.
    case terminate
    /// A person gives time.
    case update
    /// A person marks the attempt for the reviewers.
    case flag
    /// The answers are handed in.
    case submit
    /// The time is over.
    case timeOut = "time_out"
    /// The candidate does not take part.
    case decline
    /// The last moment for starting is gone.
    case expire
    /// A person lets the candidate go on after the end.
    case reopen
    /// A second person has to look.
    case requestReview = "request_review"
    /// The review confirms the attempt.
    case verify
    /// The review finds that the attempt does not count.
    case reject
    /// The review finds that the attempt has not taken place.
    case annul
}
