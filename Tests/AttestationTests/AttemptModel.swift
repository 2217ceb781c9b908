import Attestation

/// What may be done to an attempt, written down apart from the program: `from action to actor: reasons`.
enum AttemptTable {
    static let text = """
        created admit ready_to_start system
        ready_to_start withdraw_admission created system: identification_lapsed
        ready_to_start start started candidate
        created,ready_to_start decline declined candidate,examiner: unable_to_attend own_refusal health device_failure
        created,ready_to_start expire expired system
        started finish ready_to_submit candidate
        ready_to_submit go_on started candidate
        started,ready_to_submit take_break paused candidate
        paused end_break started candidate,system
        started,ready_to_submit pause paused examiner: \(time) check_needed
        paused resume started examiner
        \(open) terminate rejected examiner: dishonesty other_person
        \(open) terminate rejected verifier: other_person
        \(open) terminate error examiner: \(failures) health
        \(open) terminate error system: technical_failure
        started,ready_to_submit,paused terminate submitted examiner: candidate_request health other
        started,ready_to_submit submit submitted candidate
        started,ready_to_submit time_out timed_out system
        timed_out submit submitted candidate,system
        timed_out,submitted,error reopen started examiner: \(time) submitted_by_mistake
        submitted reject rejected examiner,reviewer: dishonesty other_person
        submitted reject rejected verifier: other_person
        submitted annul error examiner: \(failures)
        submitted verify verified system,reviewer
        submitted request_review second_review_required system: suspicion sample
        submitted request_review second_review_required examiner,reviewer: suspicion sample appeal other
        second_review_required verify verified reviewer: nothing_found other
        second_review_required reject rejected reviewer: dishonesty other_person
        second_review_required annul error examiner,reviewer: \(failures)
        verified,rejected request_review second_review_required examiner,reviewer: suspicion appeal other
        """

    private static let open = "created,ready_to_start,started,ready_to_submit,paused,timed_out"
    private static let failures = "technical_failure device_failure connection_lost other"
    private static let time = "connection_interrupted device_failure technical_failure health other"

    struct Line {
        let to: AttemptState
        let actor: AttemptActor
        let action: String
        let reasons: Set<String>
        /// The reasons in an order, to draw from.
        let drawn: [AttemptReason]
    }

    /// What may be done in a state.
    static let byState = Dictionary(grouping: lines.keys.sorted(), by: { $0.prefix { $0 != " " } })
        .reduce(into: [AttemptState: [Line]]()) { table, entry in
            table[AttemptState(rawValue: String(entry.key))!] = entry.value.map { key in
                let words = key.split(separator: " ").map(String.init)
                let (action, reasons) = lines[key]!
                return Line(
                    to: AttemptState(rawValue: words[1])!,
                    actor: AttemptActor(rawValue: words[2])!,
                    action: action,
                    reasons: reasons,
                    drawn: reasons.sorted().map { AttemptReason(rawValue: $0)! }
                )
            }
        }

    /// `from to actor` → action and reasons.
    static let lines: [String: (action: String, reasons: Set<String>)] = {
        var lines: [String: (action: String, reasons: Set<String>)] = [:]
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: ":")
            let words = parts[0].split(separator: " ").map(String.init)
            let reasons = Set(parts.dropFirst().joined().split(separator: " ").map(String.init))
            for from in words[0].split(separator: ",") {
                for actor in words[3].split(separator: ",") {
                    let old = lines.updateValue((words[1], reasons), forKey: "\(from) \(words[2]) \(actor)")
                    precondition(old == nil, "\(line) says something twice")
                }
            }
        }
        return lines
    }()

    /// Who gives time, in which states, and why.
    static let givers: [AttemptActor: Set<String>] = [
        .examiner: Set((time + " entitlement").split(separator: " ").map(String.init)), .system: ["technical_failure"],
    ]
    static let givenIn: Set<AttemptState> = [.created, .readyToStart, .started, .readyToSubmit, .paused]
}

/// A second model of an attempt's time, which knows no sums: it counts seconds one by one, as a clock on the wall does.
struct AttemptModel {
    var state = AttemptState.created
    var hasStarted = false
    var left: Int
    var worked = 0
    var stood = 0
    var breakLeft = 0
    var isOnBreak = false
    let grace: Int
    var graceLeft = 0

    init(seconds: Int, grace: Int) {
        left = seconds
        self.grace = grace
        if seconds == 0 { timeOut() }
    }

    mutating func tick() {
        switch state {
        case .started, .readyToSubmit:
            left -= 1
            worked += 1
            if left == 0 { timeOut() }
        case .paused:
            stood += 1
            guard isOnBreak else { return }
            breakLeft -= 1
            if breakLeft == 0 {
                state = .started
                isOnBreak = false
            }
        case .timedOut:
            stood += 1
            graceLeft -= 1
            if graceLeft == 0 { state = .submitted }
        default:
            if hasStarted { stood += 1 }
        }
    }

    private mutating func timeOut() {
        state = .timedOut
        graceLeft = grace
        if grace == 0 { state = .submitted }
    }

    /// Tells whether the transition may be made, and makes it.
    mutating func move(to: AttemptState, by actor: AttemptActor, reason: AttemptReason?, hasTicket: Bool) -> Bool {
        let known = AttemptTable.byState[state] ?? []
        guard let line = known.first(where: { $0.to == to && $0.actor == actor }) else { return false }
        guard reason.map({ line.reasons.contains($0.rawValue) }) ?? line.reasons.isEmpty else { return false }
        switch line.action {
        case "start" where !hasTicket: return false
        case "finish" where left == 0, "go_on" where left == 0, "submit" where state != .timedOut && left == 0,
            "pause" where left == 0:
            return false
        case "take_break" where left == 0 || breakLeft == 0: return false
        case "end_break" where !isOnBreak: return false
        case "time_out" where left > 0: return false
        case "reopen" where !hasStarted || left == 0: return false
        default: break
        }
        isOnBreak = line.action == "take_break"
        if to == .started { hasStarted = true }
        state = to
        return true
    }
}
