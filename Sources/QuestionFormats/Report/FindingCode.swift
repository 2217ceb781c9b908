extension ImportFinding {
    /// Why something was not read as it stood, as a stable code.
    public struct Code: Hashable, Sendable, Codable, RawRepresentable {
        /// The code's stable name.
        public let rawValue: String

        /// Makes a code from its name.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// Reads the name.
        public init(from decoder: any Decoder) throws {
            rawValue = try decoder.singleValueContainer().decode(String.self)
        }

        /// Writes the name.
        public func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            try container.encode(rawValue)
        }

        // The item cannot be read.

        /// A kind of question that the bank does not have.
        public static let unsupportedType = Code(rawValue: "unsupported_type")
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
        /// A pair of a matching question with nothing on one side, or that names what is not there.
        public static let invalidPair = Code(rawValue: "invalid_pair")
        /// A fraction beyond ±100 percent.
        public static let invalidFraction = Code(rawValue: "invalid_fraction")
        /// A character that no text has.
        public static let controlCharacter = Code(rawValue: "control_character")
        /// A brace is missing or there is one too many.
        public static let unbalancedBraces = Code(rawValue: "unbalanced_braces")
        /// There is more than one answer section.
        public static let severalAnswerSections = Code(rawValue: "several_answer_sections")
        /// Options without an answer line.
        public static let noAnswerLine = Code(rawValue: "no_answer_line")
        /// The answer line names an option that is not there.
        public static let unknownOption = Code(rawValue: "unknown_option")
        /// A line that belongs to no question.
        public static let strayLine = Code(rawValue: "stray_line")
        /// An element that must be there is missing.
        public static let missingElement = Code(rawValue: "missing_element")
        /// A gap of a cloze text that cannot be read.
        public static let invalidGap = Code(rawValue: "invalid_gap")
        /// Answers are processed in a way that the bank's keys cannot say.
        public static let unsupportedScoring = Code(rawValue: "unsupported_scoring")
        /// A file that a package names is not in it.
        public static let missingFile = Code(rawValue: "missing_file")
        /// An item of a package that the manifest does not name.
        public static let notInManifest = Code(rawValue: "not_in_manifest")
        /// XML that is not well-formed; what follows was not read.
        public static let notWellFormed = Code(rawValue: "not_well_formed")

        // The item was read without a part of it.

        /// An element or property that the bank has no place for.
        public static let ignoredPart = Code(rawValue: "ignored_part")
        /// An option without text.
        public static let emptyOption = Code(rawValue: "empty_option")
        /// A file inside the question that cannot be decoded.
        public static let invalidFile = Code(rawValue: "invalid_file")
        /// Scoring that was simplified.
        public static let simplifiedScoring = Code(rawValue: "simplified_scoring")

        // Nothing was lost.

        /// A `%` that does not enclose a number; it was taken as text.
        public static let unreadableWeight = Code(rawValue: "unreadable_weight")
        /// The fractions of the right options do not add up to 100 percent.
        public static let fractionsDoNotAddUp = Code(rawValue: "fractions_do_not_add_up")
        /// No answer earns all the points.
        public static let noFullAnswer = Code(rawValue: "no_full_answer")
        /// A title without its closing `::`; it was taken as text.
        public static let unclosedTitle = Code(rawValue: "unclosed_title")
        /// A short answer without `=`; it was taken as an answer.
        public static let missingEqualsSign = Code(rawValue: "missing_equals_sign")
        /// A tag such as `difficulty=` with a value out of range; it was kept as a tag.
        public static let invalidTag = Code(rawValue: "invalid_tag")
        /// A value that stands for nothing known; the usual one was taken.
        public static let unknownValue = Code(rawValue: "unknown_value")
        /// The encoding was guessed from the bytes.
        public static let guessedEncoding = Code(rawValue: "guessed_encoding")
        /// The same file twice in one question; the first was kept.
        public static let duplicateFile = Code(rawValue: "duplicate_file")
    }
}
