import QuestionBank

extension MoodleItemWriter {
    /// The question as Moodle XML can carry it, with what is lost named.
    static func check(_ question: BankQuestion, losses: inout LossList) throws(Unwritable) -> BankQuestion {
        var question = question
        var cleaner = TextCleaner(losses: losses)
        question = cleaner.cleaned(question)
        losses = cleaner.losses
        switch question.interaction {
        case .choice(let choice):
            losses.addAllOrNothing(if: choice.isAllOrNothing)
        case .matching(let matching):
            losses.addAllOrNothing(if: matching.isAllOrNothing)
            let sides = matching.pairs.map(\.match) + matching.distractors
            guard sides.allSatisfy(\.files.isEmpty) else {
                throw Unwritable(
                    "files_in_pairs",
                    ru: "Правые части пар с картинками в Moodle XML не записываются.",
                    en: "Moodle XML has no right-hand sides with pictures."
                )
            }
            losses.add(
                "match_format",
                if: sides.contains { $0.format != .plain },
                ru: "Разметка правых частей пар стала простым текстом.",
                en: "The markup of right-hand sides became plain text."
            )
        case .cloze(let cloze):
            try check(cloze, losses: &losses)
        default: break
        }
        return question
    }

    /// Whether Moodle takes the answers of a gap.
    private static func isAccepted(_ gap: Cloze.Gap) -> Bool {
        switch gap.entry {
        case .choice(let choice):
            choice.options.count >= 2
                && choice.options.contains { choice.isSingle ? $0.fraction == .full : $0.fraction > .zero }
        case .numeric(let entry): entry.answers.contains { $0.fraction == .full }
        case .text(let entry): entry.answers.contains { $0.fraction == .full }
        }
    }

    private static func check(_ cloze: Cloze, losses: inout LossList) throws(Unwritable) {
        let whole = cloze.gaps.allSatisfy { $0.weight > .zero && !"\($0.weight)".contains(".") }
        guard whole else {
            throw Unwritable(
                "gap_weight",
                ru: "Вес пропуска в Moodle — целое число от 1.",
                en: "In Moodle a gap's weight is a whole number from 1."
            )
        }
        guard cloze.gaps.allSatisfy(isAccepted) else {
            throw Unwritable(
                "gap_answers",
                ru: "В Moodle у пропуска с вариантами их не меньше двух, и какой-то ответ даёт все баллы.",
                en: "In Moodle a gap with choices has at least two, and some answer earns all the points."
            )
        }
        var texts: [RichText] = []
        for gap in cloze.gaps {
            switch gap.entry {
            case .choice(let choice):
                texts += choice.options.flatMap { [$0.text, $0.feedback].compactMap { $0 } }
                losses.add(
                    "gap_display",
                    if: !choice.isSingle && choice.display == .list,
                    ru: "Список с несколькими ответами в пропуске стал столбцом.",
                    en: "A list with several answers in a gap became a column."
                )
            case .text(let entry): texts += entry.answers.compactMap(\.feedback)
            case .numeric(let entry):
                texts += entry.answers.compactMap(\.feedback)
                losses.add(
                    "units",
                    if: entry.units != nil,
                    ru: "Единицы измерения в пропуске не записаны.",
                    en: "Units in a gap were left out."
                )
            }
        }
        losses.add(
            "gap_text",
            if: texts.contains { !$0.files.isEmpty || $0.format != .html },
            ru: "Файлы и формат текста внутри пропусков не записаны.",
            en: "Files and formats of texts in gaps were left out."
        )
    }
}

/// Removes from all texts of a question what a file of text cannot carry.
struct TextCleaner {
    var losses: LossList

    init(losses: LossList) {
        self.losses = losses
    }

    mutating func cleaned(_ question: BankQuestion) -> BankQuestion {
        var question = question
        question.title = trimmed(question.title)
        question.externalID = question.externalID.map { trimmed($0) }
        question.prompt = cleaned(question.prompt)
        question.explanation = cleaned(question.explanation)
        question.feedback.correct = cleaned(question.feedback.correct)
        question.feedback.partlyCorrect = cleaned(question.feedback.partlyCorrect)
        question.feedback.incorrect = cleaned(question.feedback.incorrect)
        question.tags = question.tags.map { trimmed($0) }
        question.topic = question.topic.map { trimmed($0) }
        for index in question.hints.indices { question.hints[index].text = cleaned(question.hints[index].text) }
        question.interaction = cleaned(question.interaction)
        return question
    }

    private mutating func cleaned(_ interaction: Interaction) -> Interaction {
        switch interaction {
        case .choice(var choice):
            choice.options = cleaned(choice.options)
            return .choice(choice)
        case .trueFalse(var key):
            key.rightFeedback = cleaned(key.rightFeedback)
            key.wrongFeedback = cleaned(key.wrongFeedback)
            return .trueFalse(key)
        case .numeric(let entry): return .numeric(cleaned(entry))
        case .shortText(let entry): return .shortText(cleaned(entry))
        case .matching(var matching):
            for index in matching.pairs.indices {
                matching.pairs[index].prompt = cleaned(matching.pairs[index].prompt)
                matching.pairs[index].match = cleaned(matching.pairs[index].match)
            }
            for index in matching.distractors.indices {
                matching.distractors[index] = cleaned(matching.distractors[index])
            }
            return .matching(matching)
        case .ordering(var order):
            for index in order.items.indices { order.items[index] = cleaned(order.items[index]) }
            return .ordering(order)
        case .cloze(var cloze):
            for index in cloze.gaps.indices {
                switch cloze.gaps[index].entry {
                case .choice(var choice):
                    choice.options = cleaned(choice.options)
                    cloze.gaps[index].entry = .choice(choice)
                case .numeric(let entry): cloze.gaps[index].entry = .numeric(cleaned(entry))
                case .text(let entry): cloze.gaps[index].entry = .text(cleaned(entry))
                }
            }
            return .cloze(cloze)
        case .open(var response):
            response.graderNote = cleaned(response.graderNote)
            let template = cleaned(response.text?.template)
            response.text?.template = template
            return .open(response)
        case .description: return .description
        }
    }

    private mutating func cleaned(_ options: [Choice.Option]) -> [Choice.Option] {
        var options = options
        for index in options.indices {
            options[index].text = cleaned(options[index].text)
            options[index].feedback = cleaned(options[index].feedback)
        }
        return options
    }

    private mutating func cleaned(_ entry: NumericEntry) -> NumericEntry {
        var entry = entry
        for index in entry.answers.indices { entry.answers[index].feedback = cleaned(entry.answers[index].feedback) }
        return entry
    }

    private mutating func cleaned(_ entry: TextEntry) -> TextEntry {
        var entry = entry
        for index in entry.answers.indices {
            entry.answers[index].text = trimmed(entry.answers[index].text)
            entry.answers[index].feedback = cleaned(entry.answers[index].feedback)
        }
        return entry
    }

    private mutating func cleaned(_ text: RichText?) -> RichText? { text.map { cleaned($0) } }

    private mutating func cleaned(_ text: RichText) -> RichText {
        var text = text
        text.text = trimmed(text.text)
        return text
    }

    /// Without what no reader keeps: control characters, and white space at the ends.
    private mutating func trimmed(_ text: String) -> String {
        let clean = losses.clean(text)
        let result = clean.trimmed()
        losses.add(
            "white_space",
            if: result.utf8.count != clean.utf8.count,
            ru: "Пробелы по краям текста не сохранены.",
            en: "White space at the ends of texts was not kept."
        )
        return result
    }
}
