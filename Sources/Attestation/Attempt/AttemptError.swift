/// A change to an attempt that is not allowed.
///
/// Equality goes by code alone.
public struct AttemptError: Error, Sendable {
    /// What went wrong; open, so that new codes break nobody's `switch`.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        /// The code's stable name.
        public let description: String

        private init(_ name: String) {
            description = name
        }

        /// No transition leads from the one state to the other.
        public static let transitionNotAllowed = Code("transition_not_allowed")
        /// The transition exists, but not for this actor.
        public static let actorNotAllowed = Code("actor_not_allowed")
        /// The transition or the time needs a reason, words beside it, or an author.
        public static let reasonRequired = Code("reason_required")
        /// A reason for which this is not done.
        public static let reasonNotAllowed = Code("reason_not_allowed")
        /// An attempt starts with a ticket.
        public static let ticketMissing = Code("ticket_missing")
        /// The ticket is drawn once, before the start, from the attempt's seed.
        public static let ticketNotAllowed = Code("ticket_not_allowed")
        /// The time is over for what is to be done.
        public static let deadlinePassed = Code("deadline_passed")
        /// The time is not over yet.
        public static let deadlineNotReached = Code("deadline_not_reached")
        /// The candidate has no break, or none left.
        public static let noBreakLeft = Code("no_break_left")
        /// The clock does not stand still because of a break, or just because of one.
        public static let breakMismatch = Code("break_mismatch")
        /// The day on which the attempt may be reopened is over.
        public static let reopeningTooLate = Code("reopening_too_late")
        /// Time that cannot be given.
        public static let invalidTime = Code("invalid_time")
        /// A result belongs to a submitted attempt.
        public static let resultNotAllowed = Code("result_not_allowed")
        /// Records that do not follow from each other.
        public static let brokenHistory = Code("broken_history")
    }

    /// What went wrong.
    public let code: Code
    /// What went wrong, for people.
    public let reason: String

    /// Makes an error.
    public init(_ code: Code, _ reason: String) {
        self.code = code
        self.reason = reason
    }
}

extension AttemptError: Equatable, CustomStringConvertible {
    /// Compares the codes only.
    public static func == (left: AttemptError, right: AttemptError) -> Bool {
        left.code == right.code
    }

    /// The code and the reason in one line.
    public var description: String { "\(code): \(reason)" }
}
