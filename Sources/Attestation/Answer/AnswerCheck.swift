import QuestionBank

extension Answer {
    /// The most characters (Unicode scalars) a free text may have.
    public static let essayLimit = 20_000
    /// The most characters a short text may have.
    public static let textLimit = 1_000
    /// The most files an answer may name.
    public static let fileLimit = 50

    /// What is wrong with the answer for `item`; empty when it may be kept.
    ///
    /// It says nothing about whether the answer is right.
    public func problems(for item: TicketItem) -> [AnswerProblem] {
        switch (self, item.type) {
        case (.choice(let index), .singleChoice):
            Self.places([index], below: item.optionOrder.count)
        case (.choices(let indexes), .multipleChoice):
            Self.places(indexes, below: item.optionOrder.count) + Self.repeated(indexes)
        case (.truth, .trueFalse):
            []
        case (.number(let text, let unit), .numeric):
            Self.number(text) + Self.text(unit ?? "", limit: Self.textLimit)
        case (.text(let text), .shortText):
            Self.text(text, limit: Self.textLimit)
        case (.essay(let text), .essay):
            Self.text(text, limit: Self.essayLimit)
        case (.files(let files, let text), .essay), (.files(let files, let text), .fileUpload):
            Self.text(text ?? "", limit: Self.essayLimit) + Self.files(files.count, Set(files).count)
        case (.matches(let indexes), .matching):
            Self.places(indexes.compactMap(\.self), below: item.matchOrder.count)
                + Self.count(indexes.count, of: item.optionOrder.count)
        case (.order(let indexes), .ordering):
            Self.places(indexes, below: item.optionOrder.count) + Self.repeated(indexes)
                + Self.count(indexes.count, of: item.optionOrder.count)
        case (.gaps(let answers), .cloze):
            Self.count(answers.count, of: item.gapOrders.count)
                + zip(answers, item.gapOrders).flatMap { answer, order in answer?.problems(forGap: order) ?? [] }
        default:
            Self.wrongType(item.type)
        }
    }

    /// What is wrong with what goes into a gap with `order` of options.
    private func problems(forGap order: [Int]) -> [AnswerProblem] {
        switch (self, order.isEmpty) {
        case (.choice(let index), false): Self.places([index], below: order.count)
        case (.choices(let indexes), false): Self.places(indexes, below: order.count) + Self.repeated(indexes)
        case (.text(let text), true): Self.text(text, limit: Self.textLimit)
        case (.number(let text, let unit), true): Self.number(text) + Self.text(unit ?? "", limit: Self.textLimit)
        default: Self.wrongType(.cloze)
        }
    }

    private static func wrongType(_ type: QuestionType) -> [AnswerProblem] {
        [
            AnswerProblem(
                .wrongType,
                ru: "Ответ другого вида, чем у вопроса (\(type.label.ru)).",
                en: "The answer is of another kind than the question (\(type.label.en))."
            )
        ]
    }

    private static func places(_ indexes: [Int], below count: Int) -> [AnswerProblem] {
        guard !indexes.allSatisfy((0..<count).contains) else { return [] }
        return [AnswerProblem(.indexOutOfRange, ru: "Такого варианта нет.", en: "There is no such option.")]
    }

    private static func repeated(_ indexes: [Int]) -> [AnswerProblem] {
        guard Set(indexes).count < indexes.count else { return [] }
        return [
            AnswerProblem(.indexRepeated, ru: "Один вариант выбран дважды.", en: "An option is chosen twice.")
        ]
    }

    private static func count(_ given: Int, of wanted: Int) -> [AnswerProblem] {
        guard given != wanted else { return [] }
        return [
            AnswerProblem(
                .wrongCount,
                ru: "Частей в ответе должно быть \(wanted), а не \(given).",
                en: "The answer must have \(wanted) parts, not \(given)."
            )
        ]
    }

    private static func number(_ text: String) -> [AnswerProblem] {
        guard ExactDecimal(text) == nil else { return [] }
        return [AnswerProblem(.notANumber, ru: "Ответ не является числом.", en: "The answer is not a number.")]
    }

    private static func files(_ count: Int, _ different: Int) -> [AnswerProblem] {
        guard count > fileLimit || different < count else { return [] }
        return [
            AnswerProblem(
                .files,
                ru: "К ответу можно приложить не больше \(fileLimit) разных файлов.",
                en: "An answer takes at most \(fileLimit) different files."
            )
        ]
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
