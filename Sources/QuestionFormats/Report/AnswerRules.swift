import QuestionBank

/// What every format asks of answers.
enum AnswerRules {
    /// The most answers a question may have.
    static let limit = 1000

    static func checkCount(_ count: Int, minimum: Int) throws(ItemFault) {
        guard count >= minimum else {
            throw ItemFault(
                .tooFewAnswers,
                ru: "Ответов \(count), а нужно не меньше \(minimum).",
                en: "There are \(count) answers, and at least \(minimum) are needed."
            )
        }
        guard count <= limit else {
            throw ItemFault(
                .tooLarge,
                ru: "Больше \(limit) ответов в одном вопросе.",
                en: "More than \(limit) answers in one question."
            )
        }
    }

    /// Checks the number of answers, and that one of them earns something.
    static func check(_ fractions: [Fraction], minimum: Int, desk: inout ItemDesk) throws(ItemFault) {
        try checkCount(fractions.count, minimum: minimum)
        guard fractions.contains(where: { $0 > .zero }) else { throw .noRightAnswer }
    }

    /// Notes that several right options do not make the whole.
    static func checkSum(_ fractions: [Fraction], desk: inout ItemDesk) {
        let sum = fractions.reduce(0) { $0 + max($1.units, 0) }
        // A hundredth of a percent is the rounding of thirds and sevenths.
        guard abs(sum - Fraction.unitsOfWhole) > 1000 else { return }
        let percent = Fraction(units: sum).percent
        desk.note(
            ItemFault(
                .fractionsDoNotAddUp,
                ru: "Веса верных вариантов в сумме дают \(percent) %, а не 100 %.",
                en: "The fractions of the right options add up to \(percent) %, not 100 %."
            )
        )
    }

    static func number(_ text: String, line: Int?) throws(ItemFault) -> ExactDecimal {
        guard let number = ExactDecimal(text) else {
            throw ItemFault(
                .notANumber,
                line: line,
                ru: "«\(text.excerpt(40))» не является числом.",
                en: "“\(text.excerpt(40))” is not a number."
            )
        }
        return number
    }

    static func tolerance(_ text: String, line: Int?) throws(ItemFault) -> ExactDecimal {
        let number = try number(text, line: line)
        guard number >= .zero else {
            throw ItemFault(
                .invalidRange,
                line: line,
                ru: "Погрешность «\(text.excerpt(40))» отрицательна.",
                en: "The tolerance “\(text.excerpt(40))” is negative."
            )
        }
        return number
    }
}

extension ItemFault {
    static let noRightAnswer = ItemFault(
        .noRightAnswer,
        ru: "Ни один ответ не отмечен как верный.",
        en: "No answer is marked as right."
    )

    static func emptyOption(line: Int) -> ItemFault {
        ItemFault(
            .emptyOption,
            line: line,
            ru: "Ответ без текста пропущен.",
            en: "An answer without text was left out."
        )
    }
}
