/// A number to be typed.
public struct NumericEntry: Hashable, Sendable, Codable {
    /// A number that is accepted, and what it earns.
    public struct Answer: Hashable, Sendable, Codable {
        /// The number; nil accepts any.
        public var value: ExactDecimal?
        /// How far off a number may be, bounds included.
        public var tolerance: ExactDecimal
        /// What it earns.
        public var fraction: Fraction
        /// Feedback for this answer.
        public var feedback: RichText?

        /// Makes an accepted number.
        public init(
            value: ExactDecimal?,
            tolerance: ExactDecimal = .zero,
            fraction: Fraction = .full,
            feedback: RichText? = nil
        ) {
            self.value = value
            self.tolerance = tolerance
            self.fraction = fraction
            self.feedback = feedback
        }
    }

    /// The accepted numbers; the first that fits counts.
    public var answers: [Answer]
    /// The units in which a number may be given; nil where none is asked for.
    public var units: UnitRule?

    /// Makes a numeric entry.
    public init(answers: [Answer], units: UnitRule? = nil) {
        self.answers = answers
        self.units = units
    }
}

/// The units that may stand with a number, and what they count.
public struct UnitRule: Hashable, Sendable, Codable {
    /// A unit.
    public struct Unit: Hashable, Sendable, Codable {
        /// How it is written.
        public var name: String
        /// How many of it make one of the key's unit.
        public var multiplier: ExactDecimal

        /// Makes a unit.
        public init(name: String, multiplier: ExactDecimal) {
            self.name = name
            self.multiplier = multiplier
        }
    }

    /// What a wrong or missing unit costs.
    public enum Grading: String, Hashable, Sendable, Codable, CaseIterable {
        /// Units are not graded and need not be given.
        case optional
        /// A part of what the answer would earn.
        case partOfAnswer = "part_of_answer"
        /// A part of the question's points.
        case partOfQuestion = "part_of_question"
    }

    /// How a unit is entered.
    public enum Display: String, Hashable, Sendable, Codable, CaseIterable {
        /// Typed with the number.
        case typed
        /// Chosen from buttons.
        case buttons
        /// Not shown.
        case hidden
        /// Chosen from a list.
        case list
    }

    /// The units, the key's own first.
    public var units: [Unit]
    /// What a wrong unit costs.
    public var grading: Grading
    /// That part.
    public var penalty: Fraction
    /// How a unit is entered.
    public var display: Display
    /// Whether the unit stands before the number.
    public var isOnLeft: Bool

    enum CodingKeys: String, CodingKey {
        case units, grading, penalty, display
        case isOnLeft = "is_on_left"
    }

    /// Makes a rule.
    public init(
        units: [Unit],
        grading: Grading = .optional,
        penalty: Fraction = Fraction(percent: 10),
        display: Display = .hidden,
        isOnLeft: Bool = false
    ) {
        self.units = units
        self.grading = grading
        self.penalty = penalty
        self.display = display
        self.isOnLeft = isOnLeft
    }
}

/// A short text to be typed.
public struct TextEntry: Hashable, Sendable, Codable {
    /// A text that is accepted, and what it earns.
    public struct Answer: Hashable, Sendable, Codable {
        /// The text; `*` stands for any characters and `\*` for an asterisk, as in Moodle.
        public var text: String
        /// What it earns.
        public var fraction: Fraction
        /// Feedback for this answer.
        public var feedback: RichText?

        /// Makes an accepted text.
        public init(text: String, fraction: Fraction = .full, feedback: RichText? = nil) {
            self.text = text
            self.fraction = fraction
            self.feedback = feedback
        }
    }

    /// The accepted texts; the first that fits counts.
    public var answers: [Answer]
    /// Whether upper and lower case differ.
    public var isCaseSensitive: Bool

    enum CodingKeys: String, CodingKey {
        case answers
        case isCaseSensitive = "is_case_sensitive"
    }

    /// Makes a text entry.
    public init(answers: [Answer], isCaseSensitive: Bool = false) {
        self.answers = answers
        self.isCaseSensitive = isCaseSensitive
    }
}
