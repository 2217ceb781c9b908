public import Attestation

/// What an attempt comes to in the grade sheet (row D7): a table of rules, each with the clause that it follows from.
public struct Consequence: Hashable, Sendable {
    /// What the mark rests on.
    public enum Basis: String, Hashable, Sendable, Codable, CaseIterable {
        /// The answers were graded.
        case result
        /// The answers did not come in time (S2 5.1.3.4–6).
        case notSentInTime = "not_sent_in_time"
        /// Copying, prompting and the like (S2 4.6).
        case dishonesty
        /// Another person sat there (S2 3.7).
        case otherPerson = "other_person"
        /// The candidate said before the start that they cannot take part (S2 4.5).
        case announcedAbsence = "announced_absence"
        /// The candidate did not come, or did not want to.
        case absence
        /// The connection was lost (S2 4.7).
        case connectionLost = "connection_lost"
        /// The service or a device failed, or the candidate fell ill.
        case interruption
        /// The examiner entered it.
        case examiner
        /// It stands so in the closed sheet of the study group (S2 4.8.6).
        case studySheet = "study_sheet"
        /// The attempt was graded anew.
        case regrade
    }

    /// What has to happen before there is a mark.
    public enum Waiting: String, Hashable, Sendable, Codable, CaseIterable {
        /// The exam is not over, and the candidate may still come.
        case exam
        /// The candidate is at it.
        case attempt
        /// Answers wait for a person to grade them.
        case grading
        /// A second person has to look at the attempt.
        case review
        /// The candidate has no account, and nothing is known of them.
        case account
        /// The study group's sheet is not closed yet.
        case studySheet = "study_sheet"

        /// What people read.
        public var label: BilingualText {
            switch self {
            case .exam: BilingualText(ru: "экзамен ещё открыт", en: "the exam is still open")
            case .attempt: BilingualText(ru: "попытка ещё идёт", en: "the attempt is under way")
            case .grading: BilingualText(ru: "ответы ждут проверки", en: "answers wait to be graded")
            case .review: BilingualText(ru: "нужна вторая проверка", en: "a second review is needed")
            case .account:
                BilingualText(ru: "обучающийся не зарегистрирован", en: "the candidate has not registered")
            case .studySheet:
                BilingualText(ru: "ведомость учебной группы не закрыта", en: "the study group's sheet is not closed")
            }
        }
    }

    /// What follows.
    public enum Outcome: Hashable, Sendable {
        /// This mark.
        case mark(SheetMark, Basis)
        /// Nothing yet.
        case waiting(Waiting)
    }

    /// What a rule leads to.
    enum Effect: Hashable, Sendable {
        case mark(SheetMark)
        case lowestGrade
        case ownResult
        case wait(Waiting)
        case absenceOnceClosed
    }

    /// The states that it is for.
    let states: Set<AttemptState>
    /// The reasons that led into the state; nil for any, which later rules are for.
    let reasons: Set<AttemptReason>?
    let effect: Effect
    let basis: Basis
    /// Where it stands.
    public let clause: String

    /// The rules; the first that fits counts, and there is one for each state.
    static let table: [Consequence] = [
        rule([.rejected], [.otherPerson], .lowestGrade, .otherPerson, "S2 3.7"),
        rule([.rejected], nil, .lowestGrade, .dishonesty, "S2 4.6"),
        rule([.error], [.connectionLost], .mark(.notTakenPlace), .connectionLost, "S2 4.7"),
        rule([.error], nil, .mark(.notTakenPlace), .interruption, "S2 4.7"),
        rule([.declined], [.ownRefusal], .mark(.notAppeared), .absence, "S2 4.5"),
        rule([.declined], nil, .mark(.notAppearedExcused), .announcedAbsence, "S2 4.5"),
        rule([.expired], nil, .mark(.notAppeared), .absence, "S2 4.5"),
        rule([.created, .readyToStart], nil, .absenceOnceClosed, .absence, "S2 4.5"),
        rule([.submitted, .verified], nil, .ownResult, .result, "S1 5.6, 5.9"),
        rule([.secondReviewRequired], nil, .wait(.review), .result, "S2 3.7, 4.6"),
        rule([.started, .readyToSubmit, .paused, .timedOut], nil, .wait(.attempt), .result, "S1 5.33"),
    ]

    private static func rule(
        _ states: Set<AttemptState>,
        _ reasons: Set<AttemptReason>?,
        _ effect: Effect,
        _ basis: Basis,
        _ clause: String
    ) -> Consequence {
        Consequence(states: states, reasons: reasons, effect: effect, basis: basis, clause: clause)
    }

    /// Whether a rule is for attempts in a state; each has one.
    package static func states(with state: AttemptState) -> Bool {
        table.contains { $0.states.contains(state) && $0.reasons == nil }
    }

    /// The rule for an attempt.
    public static func rule(for attempt: Attempt) -> Consequence? {
        let reason = attempt.reasonOfState
        return table.first { rule in
            rule.states.contains(attempt.state) && (rule.reasons.map { reason.map($0.contains) == true } ?? true)
        }
    }

    /// What a candidate's part in an exam comes to.
    ///
    /// - Parameters:
    ///   - attempt: the attempt after what time has brought about; nil where there is none.
    ///   - isOver: whether no attempt may start any more.
    public static func outcome(of attempt: Attempt?, scale: GradingScale, isOver: Bool) -> Outcome {
        guard let attempt, let rule = rule(for: attempt) else {
            return isOver ? .mark(.notAppeared, .absence) : .waiting(.exam)
        }
        switch rule.effect {
        case .mark(let mark): return .mark(mark, rule.basis)
        case .lowestGrade: return .mark(SheetMark(scale.lowest), rule.basis)
        case .wait(let waiting): return .waiting(waiting)
        case .absenceOnceClosed: return isOver ? .mark(.notAppeared, .absence) : .waiting(.exam)
        case .ownResult:
            guard let result = attempt.result, let grade = result.grade else { return .waiting(.grading) }
            if attempt.sentNothingInTime { return .mark(SheetMark(scale.lowest), .notSentInTime) }
            return .mark(SheetMark(grade), rule.basis)
        }
    }
}

extension Attempt {
    /// Why it came into the state in which it is.
    var reasonOfState: AttemptReason? {
        for record in records.reversed() {
            if case .transition(_, let from, let to) = record.change, from != to { return record.cause.reason }
        }
        return nil
    }

    /// Whether the time ran out and nothing had been sent by then.
    var sentNothingInTime: Bool {
        let hasRunOut = records.contains { record in
            if case .transition(.timeOut, _, _) = record.change { true } else { false }
        }
        return hasRunOut && result?.items.isEmpty == false && result?.items.allSatisfy { !$0.isAnswered } == true
    }
}
