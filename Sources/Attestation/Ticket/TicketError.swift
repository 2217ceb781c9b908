/// A ticket that could not be drawn or used.
///
/// Equality goes by code alone.
public struct TicketError: Error, Sendable {
    /// What went wrong; open, so that new codes break nobody's `switch`.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        /// The code's stable name.
        public let description: String

        private init(_ name: String) {
            description = name
        }

        /// The bank does not suffice for the blueprint, or the blueprint makes no sense; see the findings.
        public static let blueprintNotMet = Code("blueprint_not_met")
        /// The exam's secret is too short.
        public static let secretTooShort = Code("secret_too_short")
        /// A seed is not 32 bytes.
        public static let invalidSeed = Code("invalid_seed")
        /// A plan that cannot make the ticket, or not the one that was committed to.
        public static let invalidPlan = Code("invalid_plan")
        /// A question is not the one that the ticket names.
        public static let questionMismatch = Code("question_mismatch")
        /// A question that the ticket names was not given.
        public static let questionMissing = Code("question_missing")
    }

    /// What went wrong.
    public let code: Code
    /// What went wrong, for people.
    public let reason: String
    /// What the check of the blueprint found, for ``Code/blueprintNotMet``.
    public let findings: [BlueprintFinding]

    /// Makes an error.
    public init(_ code: Code, _ reason: String, findings: [BlueprintFinding] = []) {
        self.code = code
        self.reason = reason
        self.findings = findings
    }
}

extension TicketError: Equatable, CustomStringConvertible {
    /// Compares the codes only.
    public static func == (left: TicketError, right: TicketError) -> Bool {
        left.code == right.code
    }

    /// The code and the reason in one line.
    public var description: String { "\(code): \(reason)" }
}
