/// One or several of some options.
public struct Choice: Hashable, Sendable, Codable {
    /// How options are numbered; the names are those of Moodle.
    public enum Numbering: String, Hashable, Sendable, Codable, CaseIterable {
        /// a, b, c.
        case lowercase = "abc"
        /// A, B, C.
        case uppercase = "ABCD"
        /// 1, 2, 3.
        case arabic = "123"
        /// i, ii, iii.
        case lowercaseRoman = "iii"
        /// I, II, III.
        case uppercaseRoman = "IIII"
        /// Not at all.
        case none
    }

    /// An option.
    public struct Option: Hashable, Sendable, Codable {
        /// What the candidate reads.
        public var text: RichText
        /// What choosing it earns or costs; ``Fraction/full`` marks the right option of a single choice.
        public var fraction: Fraction
        /// What the candidate may read about it afterwards.
        public var feedback: RichText?

        /// Makes an option.
        public init(text: RichText, fraction: Fraction, feedback: RichText? = nil) {
            self.text = text
            self.fraction = fraction
            self.feedback = feedback
        }
    }

    /// Whether exactly one option is to be chosen.
    public var isSingle: Bool
    /// The options in their order.
    public var options: [Option]
    /// Whether the order is mixed for each candidate.
    public var isShuffled: Bool
    /// How the options are numbered.
    public var numbering: Numbering
    /// Whether "choose one" or "choose all that apply" is shown.
    public var showsInstruction: Bool
    /// Whether only exactly the right options together earn anything; their fractions are equal parts then.
    public var isAllOrNothing: Bool

    enum CodingKeys: String, CodingKey {
        case options, numbering
        case isSingle = "is_single"
        case isShuffled = "is_shuffled"
        case showsInstruction = "shows_instruction"
        case isAllOrNothing = "is_all_or_nothing"
    }

    /// Makes a choice.
    public init(
        isSingle: Bool,
        options: [Option],
        isShuffled: Bool = true,
        numbering: Numbering = .lowercase,
        showsInstruction: Bool = true,
        isAllOrNothing: Bool = false
    ) {
        self.isAllOrNothing = isAllOrNothing
        self.isSingle = isSingle
        self.options = options
        self.isShuffled = isShuffled
        self.numbering = numbering
        self.showsInstruction = showsInstruction
    }
}

/// A statement that is true or false.
public struct TrueFalse: Hashable, Sendable, Codable {
    /// Whether the statement is true.
    public var isTrue: Bool
    /// Feedback when the candidate was right.
    public var rightFeedback: RichText?
    /// Feedback when the candidate was wrong.
    public var wrongFeedback: RichText?
    /// Whether "choose one" is shown.
    public var showsInstruction: Bool

    enum CodingKeys: String, CodingKey {
        case isTrue = "is_true"
        case rightFeedback = "right_feedback"
        case wrongFeedback = "wrong_feedback"
        case showsInstruction = "shows_instruction"
    }

    /// Makes a statement's key.
    public init(
        isTrue: Bool,
        rightFeedback: RichText? = nil,
        wrongFeedback: RichText? = nil,
        showsInstruction: Bool = true
    ) {
        self.isTrue = isTrue
        self.rightFeedback = rightFeedback
        self.wrongFeedback = wrongFeedback
        self.showsInstruction = showsInstruction
    }
}
