/// What a check of a blueprint against the bank found.
public struct BlueprintFinding: Hashable, Sendable, Codable {
    /// How serious it is.
    public enum Severity: String, Hashable, Sendable, Codable {
        /// No ticket can be drawn.
        case error
        /// Tickets can be drawn, but a person should know.
        case warning
    }

    /// What was found, as a stable code.
    public struct Code: Hashable, Sendable, Codable, RawRepresentable {
        /// The code's stable name.
        public let rawValue: String

        /// Makes a code from its name.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// The blueprint has no sections, or too many.
        public static let sectionCount = Code(rawValue: "section_count")
        /// A section asks for no items, or the ticket has too many.
        public static let itemCount = Code(rawValue: "item_count")
        /// The time is not between a minute and a day.
        public static let duration = Code(rawValue: "duration")
        /// Points are not positive or too many.
        public static let points = Code(rawValue: "points")
        /// A section finds fewer questions than it needs.
        public static let tooFewQuestions = Code(rawValue: "too_few_questions")
        /// Sections that share questions find fewer together than they need together.
        public static let tooFewShared = Code(rawValue: "too_few_shared")
        /// Sets of tickets would have questions in common.
        public static let groupsWouldShare = Code(rawValue: "groups_would_share")
        /// Questions that were shown in earlier exams of the discipline will be shown again.
        public static let repeated = Code(rawValue: "repeated")
        /// A question that every ticket should have is not in the bank, or stands twice.
        public static let fixedQuestion = Code(rawValue: "fixed_question")
        /// Questions that every ticket has are met by all groups.
        public static let fixedShared = Code(rawValue: "fixed_shared")
        /// A section takes every question it finds, so all tickets have the same.
        public static let noChoice = Code(rawValue: "no_choice")
    }

    /// How serious it is.
    public var severity: Severity
    /// What was found.
    public var code: Code
    /// The sections concerned, from 1 in the blueprint's order; empty for the blueprint as a whole.
    public var sections: [Int]
    /// How many questions there are, where that is the matter.
    public var available: Int?
    /// How many questions are needed, where that is the matter.
    public var needed: Int?
    /// What was found, in words.
    public var message: BilingualText

    /// Makes a finding.
    public init(
        severity: Severity,
        code: Code,
        sections: [Int] = [],
        available: Int? = nil,
        needed: Int? = nil,
        message: BilingualText
    ) {
        self.severity = severity
        self.code = code
        self.sections = sections
        self.available = available
        self.needed = needed
        self.message = message
    }
}
