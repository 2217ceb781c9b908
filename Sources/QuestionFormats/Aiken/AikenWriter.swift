import QuestionBank

/// Writes single choices in the Aiken format; everything else is left out and named.
enum AikenWriter {
    static func text(_ question: BankQuestion, losses: inout LossList) throws(Unwritable) -> String {
        guard case .choice(let choice) = question.interaction, choice.isSingle else { throw .type }
        guard (2...26).contains(choice.options.count),
            let right = choice.options.firstIndex(where: { $0.fraction == .full })
        else {
            throw Unwritable(
                "options",
                ru: "В Aiken от 2 до 26 вариантов и ровно один верный.",
                en: "Aiken has 2 to 26 options and exactly one right."
            )
        }
        var lines = plain(question.prompt, &losses)
        guard !lines.isEmpty, !lines.contains(where: isAmbiguous) else { throw ambiguous }
        var fractions = choice.options.map(\.fraction)
        fractions[right] = .zero
        losses.add(
            "fractions",
            if: fractions.contains { $0 != .zero },
            ru: "Веса вариантов, кроме верного, не записаны.",
            en: "Fractions of other options than the right one were left out."
        )
        losses.add(
            "feedback",
            if: choice.options.contains { $0.feedback != nil } || question.explanation != nil
                || !question.feedback.isEmpty || !question.hints.isEmpty,
            ru: "Отзывы, пояснения и подсказки не записаны.",
            en: "Feedback, explanations and hints were left out."
        )
        for (index, option) in choice.options.enumerated() {
            let text = plain(option.text, &losses)
            guard !text.isEmpty, !text.dropFirst().contains(where: isAmbiguous) else { throw ambiguous }
            lines.append("\(Character(Unicode.Scalar(UInt8(ascii: "A") + UInt8(index)))). " + text[0])
            lines += text.dropFirst()
        }
        lines.append("ANSWER: \(Character(Unicode.Scalar(UInt8(ascii: "A") + UInt8(right))))")
        let text = question.prompt.text
        losses.add(
            "properties",
            if: question
                != BankQuestion(title: text.excerpt(), prompt: question.prompt, interaction: question.interaction)
                || choice != Choice(isSingle: true, options: choice.options),
            ru: "Название, тема, метки, баллы и настройки в Aiken не записываются.",
            en: "Aiken has no title, topic, tags, points and settings."
        )
        return lines.joined(separator: "\n") + "\n\n"
    }

    /// The lines of a text without empty ones.
    private static func plain(_ text: RichText, _ losses: inout LossList) -> [String] {
        losses.add("files", if: !text.files.isEmpty, ru: "Файлы не записаны.", en: "Files were left out.")
        losses.add(
            "format",
            if: text.format != .plain,
            ru: "Разметка записана как простой текст.",
            en: "Markup was written as plain text."
        )
        let lines = losses.clean(text.text).split(whereSeparator: \.isNewline).map { String($0).trimmed() }
            .filter { !$0.isEmpty }
        losses.add(
            "white_space",
            if: lines.joined(separator: "\n") != text.text,
            ru: "Пустые строки и пробелы по краям строк не сохранены.",
            en: "Empty lines and white space at the ends of lines were not kept."
        )
        return lines
    }

    /// Whether a line of text would be read as an option or as the answer line.
    private static func isAmbiguous(_ line: String) -> Bool {
        let mark = line.dropFirst().first
        return mark == "." || mark == ")" || AikenItem.answer(line) != nil
    }

    private static let ambiguous = Unwritable(
        "ambiguous_line",
        ru: "Пустой текст или строка, которая в Aiken читается как вариант или ответ.",
        en: "An empty text, or a line that Aiken reads as an option or an answer."
    )
}
