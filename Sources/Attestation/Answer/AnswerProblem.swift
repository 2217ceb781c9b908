/// Why an answer does not fit the item it is for.
public struct AnswerProblem: Hashable, Sendable, Codable {
    /// Why, as a stable code.
    public struct Code: Hashable, Sendable, Codable, RawRepresentable {
        /// The code's stable name.
        public let rawValue: String

        /// Makes a code from its name.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// The answer is of another kind than the item wants.
        public static let wrongType = Code(rawValue: "wrong_type")
        /// A place that was not shown.
        public static let indexOutOfRange = Code(rawValue: "index_out_of_range")
        /// The same place twice.
        public static let indexRepeated = Code(rawValue: "index_repeated")
        /// Not as many parts as there are left-hand sides, things to be ordered or gaps.
        public static let wrongCount = Code(rawValue: "wrong_count")
        /// More characters than an answer may have.
        public static let tooLong = Code(rawValue: "too_long")
        /// Text that is not a number.
        public static let notANumber = Code(rawValue: "not_a_number")
        /// A null character in the text.
        public static let controlCharacter = Code(rawValue: "control_character")
        /// Files that are not there, or too many.
        public static let files = Code(rawValue: "files")
        /// Fewer files than the question asks for.
        public static let filesMissing = Code(rawValue: "files_missing")
        /// More words than the question takes.
        public static let tooManyWords = Code(rawValue: "too_many_words")
        /// Fewer words than the question asks for.
        public static let tooFewWords = Code(rawValue: "too_few_words")
        /// An answer to an item that the ticket does not have.
        public static let unknownItem = Code(rawValue: "unknown_item")
    }

    /// Why.
    public var code: Code
    /// Why, for people.
    public var message: BilingualText

    /// Makes a problem.
    public init(code: Code, message: BilingualText) {
        self.code = code
        self.message = message
    }

    init(_ code: Code, ru: String, en: String) {
        self.init(code: code, message: BilingualText(ru: ru, en: en))
    }
}
