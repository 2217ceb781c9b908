public import Attestation
public import Foundation

/// Something in an attempt that a person should look at (отметка о нарушении; rows E2, E3).
public struct Flag: Hashable, Sendable, Identifiable {
    /// The identifier (UUIDv7).
    public var id: UUID
    /// The attempt.
    public var attemptID: UUID
    /// The exam the attempt belongs to.
    public var examID: UUID
    /// The rule that raised it, or ``byExaminer``.
    public var rule: String
    /// How grave.
    public var severity: EventSeverity
    /// Why, for programs.
    public var reason: AttemptReason
    /// The indices of the events that it is made of, rising.
    public var events: [Int64]
    /// When the first of them was.
    public var firstAt: Date
    /// When the last of them was.
    public var lastAt: Date
    /// What people decided, in order.
    public var decisions: [FlagDecision]

    /// The rule of flags that examiners raise by hand.
    public static let byExaminer = "examiner"

    /// How many events a flag holds at most; what goes on beyond raises another one.
    public static let mostEvents = 200

    /// Creates a flag.
    public init(
        id: UUID,
        attemptID: UUID,
        examID: UUID,
        rule: String,
        severity: EventSeverity,
        reason: AttemptReason,
        events: [Int64],
        firstAt: Date,
        lastAt: Date,
        decisions: [FlagDecision] = []
    ) {
        self.id = id
        self.attemptID = attemptID
        self.examID = examID
        self.rule = rule
        self.severity = severity
        self.reason = reason
        self.events = events
        self.firstAt = firstAt
        self.lastAt = lastAt
        self.decisions = decisions
    }

    /// Where a flag stands.
    public enum State: String, Hashable, Sendable, Codable, CaseIterable {
        /// Nobody has looked at it.
        case open
        /// It is for somebody else to decide.
        case escalated
        /// One person confirmed it; it is grave enough that a second one has to.
        case secondNeeded = "second_needed"
        /// It stands. Final.
        case confirmed
        /// There was nothing. Final.
        case dismissed

        /// Whether nothing more can be decided, and the evidence is locked.
        public var isFinal: Bool { self == .confirmed || self == .dismissed }
    }

    /// Where it stands: what its decisions come to.
    public var state: State {
        var state = State.open
        for decision in decisions {
            switch decision.action {
            case .dismiss: state = .dismissed
            case .escalate: state = .escalated
            case .confirm: state = state == .secondNeeded || !needsSecond ? .confirmed : .secondNeeded
            }
        }
        return state
    }

    /// Whether confirming it takes two people: it may cost somebody an exam.
    public var needsSecond: Bool { severity >= .serious }

    /// The flag with one more decision.
    ///
    /// - Throws: ``FlagRefusal`` where it is decided already, or the same person would decide twice.
    public func deciding(_ decision: FlagDecision) throws(FlagRefusal) -> Flag {
        guard !state.isFinal else { throw .decided }
        guard !decisions.contains(where: { $0.by == decision.by }) else { throw .otherPersonNeeded }
        if decision.action == .escalate, state != .open { throw .escalatedAlready }
        var next = self
        next.decisions.append(decision)
        return next
    }
}

/// What a person decided about a flag.
public struct FlagDecision: Hashable, Sendable, Codable {
    /// What was decided.
    public var action: Action
    /// Who decided.
    public var by: UUID
    /// When.
    public var at: Date
    /// Why, in words, sealed under the candidate's key.
    public var sealedComment: Data?

    /// What can be decided.
    public enum Action: String, Hashable, Sendable, Codable, CaseIterable {
        /// It is as the flag says.
        case confirm
        /// There was nothing.
        case dismiss
        /// Somebody else is to decide.
        case escalate
    }

    /// Creates a decision.
    public init(action: Action, by: UUID, at: Date, sealedComment: Data? = nil) {
        self.action = action
        self.by = by
        self.at = at
        self.sealedComment = sealedComment
    }
}

/// Why a decision about a flag is not taken.
public enum FlagRefusal: String, Error, Hashable, Sendable {
    /// It is decided, which stands.
    case decided
    /// Who has decided about it once has had their say.
    case otherPersonNeeded = "other_person_needed"
    /// It is already for somebody else.
    case escalatedAlready = "escalated_already"
}
