/// One thing that may be done to an attempt in one state: by whom, for which reasons, and what it leads to.
public struct AttemptRule: Hashable, Sendable {
    /// What must hold besides.
    public enum Condition: String, Hashable, Sendable, CaseIterable {
        /// The ticket is drawn.
        case ticketDrawn = "ticket_drawn"
        /// The attempt has been started before.
        case hasStarted = "has_started"
        /// There is working time left.
        case timeLeft = "time_left"
        /// There is no working time left.
        case timeOver = "time_over"
        /// There is some of the breaks left.
        case breakLeft = "break_left"
        /// The clock stands still because of a break.
        case onBreak = "on_break"
    }

    /// The state before.
    public let from: AttemptState
    /// The state after; the same for what leaves the state as it is.
    public let to: AttemptState
    /// What is done.
    public let action: AttemptAction
    /// Who may do it, and for which reasons; where there are none, none is given.
    public let reasons: [AttemptActor: Set<AttemptReason>]
    /// What must hold besides.
    public let conditions: Set<Condition>

    /// Who may do it.
    public var actors: Set<AttemptActor> { Set(reasons.keys) }

    /// The rules for what somebody does in a state; several where the action says not yet what it leads to.
    public static func rules(from: AttemptState, _ action: AttemptAction) -> [AttemptRule] {
        table.filter { $0.from == from && $0.action == action }
    }

    /// The rule by which somebody brings an attempt from one state into another; nil where there is none.
    public static func rule(from: AttemptState, to: AttemptState, by actor: AttemptActor) -> AttemptRule? {
        index[Key(from: from, to: to, actor: actor)]
    }

    private struct Key: Hashable {
        let from: AttemptState
        let to: AttemptState
        let actor: AttemptActor
    }

    private static let index: [Key: AttemptRule] = {
        let pairs = table.filter { $0.from != $0.to }.flatMap { rule in
            rule.actors.map { (Key(from: rule.from, to: rule.to, actor: $0), rule) }
        }
        // Traps at the first use where the table says two things about one: a test uses it.
        return Dictionary(uniqueKeysWithValues: pairs)
    }()

    /// All there is; whatever is not in the table is refused.
    ///
    /// Only people reject, and always with a reason; only people stop the clock, give time and reopen what was closed.
    public static let table: [AttemptRule] =
        beforeStart + running + control + ending + afterEnd + reviewing
}

extension AttemptRule {
    private static func rules(
        _ from: [AttemptState],
        _ to: AttemptState?,
        _ action: AttemptAction,
        _ reasons: [AttemptActor: Set<AttemptReason>],
        if conditions: Set<Condition> = []
    ) -> [AttemptRule] {
        from.map { AttemptRule(from: $0, to: to ?? $0, action: action, reasons: reasons, conditions: conditions) }
    }

    private static let waiting: [AttemptState] = [.created, .readyToStart]
    private static let working: [AttemptState] = [.started, .readyToSubmit]
    private static let underWay = working + [.paused]

    private static let failures: Set<AttemptReason> = [.technicalFailure, .deviceFailure, .connectionLost, .other]
    private static let timeReasons: Set<AttemptReason> = [
        .connectionInterrupted, .deviceFailure, .technicalFailure, .health, .other,
    ]

    private static let beforeStart =
        rules([.created], .readyToStart, .admit, [.system: []])
        + rules([.readyToStart], .created, .withdrawAdmission, [.system: [.identificationLapsed]])
        + rules([.readyToStart], .started, .start, [.candidate: []], if: [.ticketDrawn])
        + rules(
            waiting,
            .declined,
            .decline,
            [
                .candidate: [.unableToAttend, .ownRefusal, .health, .deviceFailure],
                .examiner: [.unableToAttend, .ownRefusal, .health, .deviceFailure],
            ]
        )
        + rules(waiting, .expired, .expire, [.system: []])

    private static let running =
        rules([.started], .readyToSubmit, .finish, [.candidate: []], if: [.timeLeft])
        + rules([.readyToSubmit], .started, .goOn, [.candidate: []], if: [.timeLeft])
        + rules(working, .paused, .takeBreak, [.candidate: []], if: [.timeLeft, .breakLeft])
        + rules([.paused], .started, .endBreak, [.candidate: [], .system: []], if: [.onBreak])

    private static let control =
        rules(working, .paused, .pause, [.examiner: timeReasons.union([.checkNeeded])], if: [.timeLeft])
        + rules([.paused], .started, .resume, [.examiner: []])
        + rules(
            waiting + underWay,
            nil,
            .update,
            [.examiner: timeReasons.union([.entitlement]), .system: [.technicalFailure]]
        )
        + rules(
            waiting + underWay + [.timedOut, .submitted],
            nil,
            .flag,
            [.examiner: [.suspicion, .dishonesty, .otherPerson, .connectionInterrupted, .other]]
        )
        + rules(
            waiting + underWay + [.timedOut],
            .rejected,
            .terminate,
            [.examiner: [.dishonesty, .otherPerson], .verifier: [.otherPerson]]
        )
        + rules(
            waiting + underWay + [.timedOut],
            .error,
            .terminate,
            [.examiner: failures.union([.health]), .system: [.technicalFailure]]
        )
        + rules(underWay, .submitted, .terminate, [.examiner: [.candidateRequest, .health, .other]])

    private static let ending =
        rules(working, .submitted, .submit, [.candidate: []], if: [.timeLeft])
        + rules(working, .timedOut, .timeOut, [.system: []], if: [.timeOver])
        + rules([.timedOut], .submitted, .submit, [.candidate: [], .system: []])

    private static let afterEnd =
        rules(
            [.timedOut, .submitted, .error],
            .started,
            .reopen,
            [.examiner: timeReasons.union([.submittedByMistake])],
            if: [.hasStarted, .timeLeft]
        )
        + rules(
            [.submitted],
            .rejected,
            .reject,
            [
                .examiner: [.dishonesty, .otherPerson], .reviewer: [.dishonesty, .otherPerson],
                .verifier: [.otherPerson],
            ]
        )
        + rules([.submitted], .error, .annul, [.examiner: failures])

    private static let reviewing =
        rules([.submitted], .verified, .verify, [.system: [], .reviewer: []])
        + rules(
            [.submitted],
            .secondReviewRequired,
            .requestReview,
            [
                .system: [.suspicion, .sample], .examiner: [.suspicion, .sample, .appeal, .other],
                .reviewer: [.suspicion, .sample, .appeal, .other],
            ]
        )
        + rules([.secondReviewRequired], .verified, .verify, [.reviewer: [.nothingFound, .other]])
        + rules([.secondReviewRequired], .rejected, .reject, [.reviewer: [.dishonesty, .otherPerson]])
        + rules([.secondReviewRequired], .error, .annul, [.examiner: failures, .reviewer: failures])
        + rules(
            [.verified, .rejected],
            .secondReviewRequired,
            .requestReview,
            [.examiner: [.suspicion, .appeal, .other], .reviewer: [.suspicion, .appeal, .other]]
        )
}
