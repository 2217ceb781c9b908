/// Something in an imported file that was not read as it stands there.
public struct ImportProblem: Hashable, Sendable, Codable {
    /// How much was lost.
    public enum Severity: String, Hashable, Sendable, Codable {
        /// The item was not read.
        case notRead = "not_read"
        /// The item was read, but a person should look at it.
        case warning
    }

    /// Why, as a stable code.
    public struct Code: Hashable, Sendable, Codable, RawRepresentable {
        /// The code's stable name.
        public let rawValue: String

        /// Makes a code from its name.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// A text without an answer section: information for the candidate, not an item.
        public static let description = Code(rawValue: "description")
        /// A brace is missing or there is one too many.
        public static let unbalancedBraces = Code(rawValue: "unbalanced_braces")
        /// There is more than one answer section.
        public static let severalAnswerSections = Code(rawValue: "several_answer_sections")
        /// The question has no text.
        public static let emptyPrompt = Code(rawValue: "empty_prompt")
        /// Fewer answers than the kind needs.
        public static let tooFewAnswers = Code(rawValue: "too_few_answers")
        /// More answers or more text than any question has.
        public static let tooLarge = Code(rawValue: "too_large")
        /// No answer earns anything.
        public static let noRightAnswer = Code(rawValue: "no_right_answer")
        /// A number was expected.
        public static let notANumber = Code(rawValue: "not_a_number")
        /// A range whose end lies before its start, or a negative tolerance.
        public static let invalidRange = Code(rawValue: "invalid_range")
        /// A pair of a matching question without `->`, or with nothing on the right.
        public static let invalidPair = Code(rawValue: "invalid_pair")
        /// A weight beyond ±100 percent.
        public static let invalidWeight = Code(rawValue: "invalid_weight")
        /// A character that no text has.
        public static let controlCharacter = Code(rawValue: "control_character")
        /// The file is not UTF-8.
        public static let notUTF8 = Code(rawValue: "not_utf8")
        /// A `%` that does not enclose a number; it was taken as text.
        public static let unreadableWeight = Code(rawValue: "unreadable_weight")
        /// The weights of the right options do not add up to 100 percent.
        public static let weightsDoNotAddUp = Code(rawValue: "weights_do_not_add_up")
        /// No answer earns all the points.
        public static let noFullAnswer = Code(rawValue: "no_full_answer")
        /// A title without its closing `::`; it was taken as text.
        public static let unclosedTitle = Code(rawValue: "unclosed_title")
        /// An option without text; it was left out.
        public static let emptyOption = Code(rawValue: "empty_option")
        /// A short answer without `=`; it was taken as an answer.
        public static let missingEqualsSign = Code(rawValue: "missing_equals_sign")
        /// A part of the answer section that this kind does not have; it was left out.
        public static let ignoredPart = Code(rawValue: "ignored_part")
        /// A tag such as `difficulty=` with a value out of range; it was kept as a tag.
        public static let invalidTag = Code(rawValue: "invalid_tag")
    }

    /// How much was lost.
    public var severity: Severity
    /// The line of the file where the item begins, from 1.
    public var line: Int
    /// The item's title, or the beginning of its text.
    public var title: String
    /// Why.
    public var code: Code
    /// Why, for people.
    public var message: BilingualText

    /// Makes a problem.
    public init(severity: Severity, line: Int, title: String, code: Code, message: BilingualText) {
        self.severity = severity
        self.line = line
        self.title = title
        self.code = code
        self.message = message
    }
}

/// What an import found: the questions, and everything that was not read as it stood.
public struct ImportReport: Hashable, Sendable, Codable {
    /// The most problems that are listed one by one; the rest are counted.
    public static let problemLimit = 10_000

    /// The questions in the order of the file.
    public private(set) var questions: [Question] = []
    /// The problems in the order of the file, at most ``problemLimit``.
    public private(set) var problems: [ImportProblem] = []
    /// How many questions of each type were read.
    public private(set) var countsByType: [String: Int] = [:]
    /// How many items were not read.
    public private(set) var notReadCount = 0
    /// How many problems are counted but not listed.
    public private(set) var unlistedProblemCount = 0

    enum CodingKeys: String, CodingKey {
        case questions, problems
        case countsByType = "counts_by_type"
        case notReadCount = "not_read_count"
        case unlistedProblemCount = "unlisted_problem_count"
    }

    /// Makes an empty report.
    public init() {}

    /// How many questions of `type` were read.
    public func count(of type: QuestionType) -> Int {
        countsByType[type.rawValue] ?? 0
    }

    mutating func add(_ question: Question) {
        questions.append(question)
        countsByType[question.kind.type.rawValue, default: 0] += 1
    }

    mutating func add(_ problem: ImportProblem) {
        if problem.severity == .notRead { notReadCount += 1 }
        if problems.count < Self.problemLimit {
            problems.append(problem)
        } else {
            unlistedProblemCount += 1
        }
    }
}
