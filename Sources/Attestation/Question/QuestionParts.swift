public import Foundation

/// An option of a choice question.
public struct ChoiceOption: Hashable, Sendable, Codable {
    /// What the candidate reads.
    public var text: FormattedText
    /// What choosing it earns; ``Weight/full`` marks the right option of a single choice.
    public var weight: Weight
    /// What the candidate may read about it afterwards.
    public var feedback: FormattedText?

    /// Makes an option.
    public init(text: FormattedText, weight: Weight, feedback: FormattedText? = nil) {
        self.text = text
        self.weight = weight
        self.feedback = feedback
    }
}

/// The right value of a true/false statement with the feedback for either outcome.
public struct TruthKey: Hashable, Sendable, Codable {
    /// Whether the statement is true.
    public var isTrue: Bool
    /// Feedback when the candidate was wrong.
    public var wrongFeedback: FormattedText?
    /// Feedback when the candidate was right.
    public var rightFeedback: FormattedText?

    enum CodingKeys: String, CodingKey {
        case isTrue = "is_true"
        case wrongFeedback = "wrong_feedback"
        case rightFeedback = "right_feedback"
    }

    /// Makes a key.
    public init(isTrue: Bool, wrongFeedback: FormattedText? = nil, rightFeedback: FormattedText? = nil) {
        self.isTrue = isTrue
        self.wrongFeedback = wrongFeedback
        self.rightFeedback = rightFeedback
    }
}

/// A number or a range that is accepted, and what it earns.
public struct NumericAnswer: Hashable, Sendable {
    /// What is accepted.
    public enum Target: Hashable, Sendable {
        /// A value give or take a tolerance, bounds included.
        case value(Decimal, tolerance: Decimal)
        /// A range, bounds included.
        case range(minimum: Decimal, maximum: Decimal)
        /// Any number.
        case any
    }

    /// What is accepted.
    public var target: Target
    /// What it earns.
    public var weight: Weight
    /// Feedback for this answer.
    public var feedback: FormattedText?

    /// Makes an accepted answer.
    public init(target: Target, weight: Weight = .full, feedback: FormattedText? = nil) {
        self.target = target
        self.weight = weight
        self.feedback = feedback
    }

    /// Whether `number` is accepted by it.
    public func accepts(_ number: Decimal) -> Bool {
        switch target {
        case .value(let value, let tolerance): abs(number - value) <= tolerance
        case .range(let minimum, let maximum): minimum <= number && number <= maximum
        case .any: true
        }
    }
}

extension NumericAnswer: Codable {
    enum CodingKeys: String, CodingKey {
        case value, tolerance, minimum, maximum, weight, feedback
    }

    /// Reads `value` with `tolerance`, `minimum` with `maximum`, or none of them for any number.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        if container.contains(.value) {
            target = .value(
                try container.decodeDecimal(forKey: .value),
                tolerance: try container.decodeDecimal(forKey: .tolerance)
            )
        } else if container.contains(.minimum) {
            target = .range(
                minimum: try container.decodeDecimal(forKey: .minimum),
                maximum: try container.decodeDecimal(forKey: .maximum)
            )
        } else {
            target = .any
        }
        weight = try container.decode(Weight.self, forKey: .weight)
        feedback = try container.decodeIfPresent(FormattedText.self, forKey: .feedback)
    }

    /// Writes decimal numbers as strings.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch target {
        case .value(let value, let tolerance):
            try container.encode("\(value)", forKey: .value)
            try container.encode("\(tolerance)", forKey: .tolerance)
        case .range(let minimum, let maximum):
            try container.encode("\(minimum)", forKey: .minimum)
            try container.encode("\(maximum)", forKey: .maximum)
        case .any:
            break
        }
        try container.encode(weight, forKey: .weight)
        try container.encodeIfPresent(feedback, forKey: .feedback)
    }
}

/// A text that is accepted, and what it earns.
public struct TextAnswer: Hashable, Sendable, Codable {
    /// The accepted text; `*` stands for any characters and `\*` for an asterisk, as in Moodle.
    public var text: String
    /// What it earns.
    public var weight: Weight
    /// Feedback for this answer.
    public var feedback: FormattedText?

    /// Makes an accepted answer.
    public init(text: String, weight: Weight = .full, feedback: FormattedText? = nil) {
        self.text = text
        self.weight = weight
        self.feedback = feedback
    }
}

/// Two things that belong together.
public struct MatchingPair: Hashable, Sendable, Codable {
    /// What is asked.
    public var prompt: FormattedText
    /// What belongs to it.
    public var match: String

    /// Makes a pair.
    public init(prompt: FormattedText, match: String) {
        self.prompt = prompt
        self.match = match
    }
}
