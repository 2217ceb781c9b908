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
        /// Not one choice for each left-hand side.
        public static let wrongCount = Code(rawValue: "wrong_count")
        /// More characters than an answer may have.
        public static let tooLong = Code(rawValue: "too_long")
        /// Text that is not a number.
        public static let notANumber = Code(rawValue: "not_a_number")
        /// A null character in the text.
        public static let controlCharacter = Code(rawValue: "control_character")
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

extension Answer {
    /// The most characters (Unicode scalars) a free text may have.
    public static let essayLimit = 20_000
    /// The most characters a short text may have.
    public static let textLimit = 1_000

    /// What is wrong with the answer for `item`; empty when it may be kept.
    ///
    /// It says nothing about whether the answer is right.
    public func problems(for item: TicketItem) -> [AnswerProblem] {
        switch (self, item.type) {
        case (.choice(let index), .singleChoice):
            Self.places([index], below: item.optionOrder.count)
        case (.choices(let indexes), .multipleChoice):
            Self.places(indexes, below: item.optionOrder.count)
                + (Set(indexes).count == indexes.count
                    ? []
                    : [
                        AnswerProblem(
                            .indexRepeated,
                            ru: "Один вариант выбран дважды.",
                            en: "An option is chosen twice."
                        )
                    ])
        case (.truth, .trueFalse):
            []
        case (.number(let text), .numeric):
            DecimalText.parse(text) == nil
                ? [AnswerProblem(.notANumber, ru: "Ответ не является числом.", en: "The answer is not a number.")] : []
        case (.text(let text), .shortText):
            Self.text(text, limit: Self.textLimit)
        case (.essay(let text), .essay):
            Self.text(text, limit: Self.essayLimit)
        case (.matches(let indexes), .matching):
            Self.places(indexes.compactMap(\.self), below: item.matchOrder.count)
                + (indexes.count == item.optionOrder.count
                    ? []
                    : [
                        AnswerProblem(
                            .wrongCount,
                            ru: "Нужно \(item.optionOrder.count) соответствий, а не \(indexes.count).",
                            en: "There are \(item.optionOrder.count) pairs to make, not \(indexes.count)."
                        )
                    ])
        default:
            [
                AnswerProblem(
                    .wrongType,
                    ru: "Ответ другого вида, чем у вопроса (\(item.type.label.ru)).",
                    en: "The answer is of another kind than the question (\(item.type.label.en))."
                )
            ]
        }
    }

    private static func places(_ indexes: [Int], below count: Int) -> [AnswerProblem] {
        guard !indexes.allSatisfy((0..<count).contains) else { return [] }
        return [AnswerProblem(.indexOutOfRange, ru: "Такого варианта нет.", en: "There is no such option.")]
    }

    private static func text(_ text: String, limit: Int) -> [AnswerProblem] {
        var problems: [AnswerProblem] = []
        if text.unicodeScalars.count > limit {
            problems.append(
                AnswerProblem(
                    .tooLong,
                    ru: "Ответ длиннее \(limit) знаков.",
                    en: "The answer is longer than \(limit) characters."
                )
            )
        }
        if text.unicodeScalars.contains("\0") {
            problems.append(
                AnswerProblem(
                    .controlCharacter,
                    ru: "В ответе недопустимый символ.",
                    en: "The answer has a null character."
                )
            )
        }
        return problems
    }
}

extension Ticket {
    /// What is wrong with an answer to the item `number`; empty when it may be kept.
    public func problems(with answer: Answer, toItem number: Int) -> [AnswerProblem] {
        guard let item = item(number) else {
            return [
                AnswerProblem(
                    .unknownItem,
                    ru: "В билете нет вопроса \(number).",
                    en: "The ticket has no item \(number)."
                )
            ]
        }
        return answer.problems(for: item)
    }
}
