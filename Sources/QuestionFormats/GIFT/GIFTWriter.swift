import QuestionBank

/// Writes questions in Moodle's GIFT format, so that ``GIFTReader`` reads the same questions again.
///
/// What GIFT has no place for stands in tags that Moodle keeps as tags, or is named as a loss.
struct GIFTWriter {
    private var topic: [String] = []

    /// The text of one item, with a `$CATEGORY` line before it wherever the topic changes.
    mutating func text(_ question: BankQuestion, losses: inout LossList) throws(Unwritable) -> String {
        let item = try GIFTItemWriter.item(question, losses: &losses)
        guard question.topic != topic else { return item }
        topic = question.topic
        return "$CATEGORY: \(CategoryPath.text(topic))\n\n" + item
    }
}

/// Writes one item.
private enum GIFTItemWriter {
    static func item(_ question: BankQuestion, losses: inout LossList) throws(Unwritable) -> String {
        let answers = try section(question, losses: &losses)
        name(question, losses: &losses)
        var comment = ""
        if let id = question.externalID { comment += " [id:\(bracketed(id))]" }
        for tag in BankTags.tags(of: question, plain: true) { comment += " [tag:\(bracketed(tag))]" }
        let text = comment.isEmpty ? "" : "//\(comment)\n"
        let title = line(losses.clean(question.title))
        return text + "::\(escape(title))::\(formatted(question.prompt, .moodle, &losses))\(answers)\n\n"
    }

    /// The answer section with its braces; empty for a description.
    private static func section(_ question: BankQuestion, losses: inout LossList) throws(Unwritable) -> String {
        let format = question.prompt.format
        var lines: [String] = []
        var opening = "{"
        switch question.interaction {
        case .description:
            return ""
        case .open(let response):
            guard response.text != nil else { throw .type }
            losses.add(
                "essay_settings",
                if: response != OpenResponse(text: OpenResponse.TextPart()),
                ru: "Настройки эссе и вложений в GIFT не записываются.",
                en: "GIFT has no settings of essays and attachments."
            )
        case .trueFalse(let key):
            var text = key.isTrue ? "TRUE" : "FALSE"
            if key.wrongFeedback != nil || key.rightFeedback != nil {
                text += comment(key.wrongFeedback, format, &losses, none: "#")
            }
            lines = [text + comment(key.rightFeedback, format, &losses)]
        case .choice(let choice):
            lines = try options(choice, format, &losses)
        case .numeric(let entry):
            opening = "{#"
            lines = try numbers(entry, format, &losses)
        case .shortText(let entry):
            lines = try texts(entry, format, &losses)
        case .matching(let matching):
            lines = try pairs(matching, format, &losses)
        case .ordering, .cloze:
            throw .type
        }
        if let explanation = question.explanation { lines.append("####" + formatted(explanation, format, &losses)) }
        return lines.isEmpty ? opening + "}" : opening + "\n" + lines.map { "\t\($0)\n" }.joined() + "}"
    }

    // MARK: Kinds

    private static func options(
        _ choice: Choice,
        _ format: RichText.Format,
        _ losses: inout LossList
    ) throws(Unwritable) -> [String] {
        // A single choice is known by its `=`; several answers by having none.
        if choice.isSingle, !choice.options.contains(where: { $0.fraction == .full }) {
            throw Unwritable(
                "no_full_answer",
                ru: "В GIFT у вопроса с одним ответом должен быть вариант на все баллы.",
                en: "In GIFT a single choice must have an option that earns everything."
            )
        }
        return choice.options.map { option in
            let isRight = choice.isSingle && option.fraction == .full
            let isPlain = isRight || option.fraction == .zero
            // A text that begins with a percent sign must not be taken for a weight.
            let weight = isPlain && !option.text.text.hasPrefix("%") ? "" : "%\(option.fraction.percent)%"
            return (isRight ? "=" : "~") + weight + formatted(option.text, format, &losses)
                + comment(option.feedback, format, &losses)
        }
    }

    private static func numbers(
        _ entry: NumericEntry,
        _ format: RichText.Format,
        _ losses: inout LossList
    ) throws(Unwritable) -> [String] {
        losses.add("units", if: entry.units != nil, ru: "Единицы измерения не записаны.", en: "Units were left out.")
        return entry.answers.map { answer in
            let number = answer.value.map { "\($0):\(answer.tolerance)" } ?? "*"
            return "=%\(answer.fraction.percent)%" + number + comment(answer.feedback, format, &losses)
        }
    }

    private static func texts(
        _ entry: TextEntry,
        _ format: RichText.Format,
        _ losses: inout LossList
    ) throws(Unwritable) -> [String] {
        guard !entry.answers.contains(where: { $0.text.contains("->") }) else {
            throw Unwritable(
                "arrow_in_answer",
                ru: "Краткий ответ со знаками «->» в GIFT читается как пара.",
                en: "GIFT reads a short answer with “->” as a pair."
            )
        }
        return entry.answers.map {
            "=%\($0.fraction.percent)%" + formatted(RichText($0.text, format: format), format, &losses)
                + comment($0.feedback, format, &losses)
        }
    }

    private static func pairs(
        _ matching: Matching,
        _ format: RichText.Format,
        _ losses: inout LossList
    ) throws(Unwritable) -> [String] {
        let sides = matching.pairs.map(\.match) + matching.distractors
        guard sides.allSatisfy({ $0.files.isEmpty }) else {
            throw Unwritable(
                "files_in_pairs",
                ru: "Правые части пар с картинками в GIFT не записываются.",
                en: "GIFT has no right-hand sides with pictures."
            )
        }
        losses.add(
            "match_format",
            if: sides.contains { $0.format != .plain },
            ru: "Разметка правых частей пар стала простым текстом.",
            en: "The markup of right-hand sides became plain text."
        )
        // The sign between the sides is no character that can be escaped.
        guard matching.pairs.allSatisfy({ !$0.prompt.text.contains("->") }) else {
            throw Unwritable(
                "arrow_in_answer",
                ru: "Левая часть пары со знаками «->» в GIFT не записывается.",
                en: "GIFT has no left-hand side with “->”."
            )
        }
        return matching.pairs.map {
            "=" + formatted($0.prompt, format, &losses) + " -> " + escape(losses.clean($0.match.text))
        } + matching.distractors.map { "= -> " + escape(losses.clean($0.text)) }
    }

    // MARK: Losses

    /// Names the properties that GIFT has no place for.
    private static func name(_ question: BankQuestion, losses: inout LossList) {
        losses.add("penalty", if: question.penalty != nil, ru: "Штраф не записан.", en: "The penalty was left out.")
        losses.add("hints", if: !question.hints.isEmpty, ru: "Подсказки не записаны.", en: "Hints were left out.")
        losses.add(
            "outcome_feedback",
            if: !question.feedback.isEmpty,
            ru: "Отзывы о результате в целом не записаны.",
            en: "Feedback on the outcome was left out."
        )
        losses.add("hidden", if: question.isHidden, ru: "Пометка «скрыт» не записана.", en: "“Hidden” was left out.")
        losses.add(
            "explanation",
            if: question.interaction == .description && question.explanation != nil,
            ru: "Пояснение к описанию не записано.",
            en: "The explanation of a description was left out."
        )
        losses.add(
            "topic_name",
            if: question.topic.contains { $0.contains("\n") },
            ru: "Перевод строки в названии темы стал пробелом.",
            en: "A line break in a topic's name became a space."
        )
        let isAllOrNothing =
            switch question.interaction {
            case .choice(let choice): choice.isAllOrNothing
            case .matching(let matching): matching.isAllOrNothing
            default: false
            }
        losses.addAllOrNothing(if: isAllOrNothing)
        let isPresentedOtherwise =
            switch question.interaction {
            case .choice(let choice): choice != Choice(isSingle: choice.isSingle, options: choice.options)
            case .matching(let matching): !matching.isShuffled
            case .trueFalse(let key): !key.showsInstruction
            default: false
            }
        losses.add(
            "presentation",
            if: isPresentedOtherwise,
            ru: "Перемешивание, нумерация и указания к вариантам не записаны.",
            en: "Shuffling, numbering and instructions were left out."
        )
    }

    // MARK: Text

    private static func comment(
        _ text: RichText?,
        _ format: RichText.Format,
        _ losses: inout LossList,
        none: String = ""
    ) -> String {
        guard let text else { return none }
        return "#" + formatted(text, format, &losses)
    }

    private static func formatted(_ text: RichText, _ inherited: RichText.Format, _ losses: inout LossList) -> String {
        losses.add("files", if: !text.files.isEmpty, ru: "Файлы не записаны.", en: "Files were left out.")
        let body = losses.clean(text.text).replacing("\r\n", with: "\n").replacing("\r", with: "\n")
        losses.add(
            "white_space",
            if: body != text.text || body.trimmed() != body,
            ru: "Пробелы по краям текста и вид переводов строк не сохранены.",
            en: "White space at the ends and the kind of line breaks were not kept."
        )
        // A text that begins with a bracket must not be taken for a format's name.
        let prefix = text.format != inherited || body.hasPrefix("[") ? "[\(text.format.gift)]" : ""
        return prefix + escape(body.trimmed())
    }

    private static func escape(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "~", "=", "#", "{", "}", ":", "\\":
                result.append("\\")
                result.append(scalar)
            case "\n":
                result.append(contentsOf: "\\n".unicodeScalars)
            default:
                result.append(scalar)
            }
        }
        return String(result)
    }

    private static func line(_ text: String) -> String {
        text.split(whereSeparator: \.isNewline).joined(separator: " ").trimmed()
    }

    private static func bracketed(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("]", with: "\\]").replacing("\n", with: " ")
    }
}
