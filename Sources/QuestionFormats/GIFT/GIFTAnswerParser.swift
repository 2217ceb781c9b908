import QuestionBank

/// Reads an answer section, the part between the braces.
struct GIFTAnswerParser {
    /// The most answers a question may have.
    static let answerLimit = 500

    /// The format of texts that do not name one.
    let format: RichText.Format
    /// What should be looked at although it was read.
    private(set) var warnings: [ItemFault] = []
    /// What was left out.
    private(set) var losses: [ItemFault] = []

    init(format: RichText.Format) {
        self.format = format
    }

    /// The kind and its key, decided in the order in which Moodle's importer decides.
    mutating func parse(_ section: GIFTText) throws(ItemFault) -> Interaction {
        if section.isEmpty { return .open(OpenResponse(text: OpenResponse.TextPart())) }
        if section.first == GIFTUnit.hash { return try numeric(section.dropFirst().trimmed) }
        if section.contains(GIFTUnit.tilde) { return try choice(section) }
        if let key = trueFalse(section) { return .trueFalse(key) }
        let pieces = try pieces(of: section)
        let isMatching = pieces.contains { Self.arrow(in: $0) != nil } && section.contains(GIFTUnit.equals)
        return isMatching ? try matching(pieces) : try shortText(pieces, section)
    }

    // MARK: Kinds

    private mutating func choice(_ section: GIFTText) throws(ItemFault) -> Interaction {
        var options: [Choice.Option] = []
        var isSingle = false
        var rest = section
        if rest.first != GIFTUnit.tilde, rest.first != GIFTUnit.equals {
            let start = rest.firstIndex { $0 == GIFTUnit.tilde || $0 == GIFTUnit.equals } ?? rest.endIndex
            lose(
                .ignoredPart,
                ru: "Текст перед первым вариантом ответа пропущен: «\(Self.short(rest[..<start]))».",
                en: "The text before the first option was left out: “\(Self.short(rest[..<start]))”."
            )
            rest = rest[start...]
        }
        while let sign = rest.first {
            let body = rest.dropFirst()
            let end = body.firstIndex { $0 == GIFTUnit.tilde || $0 == GIFTUnit.equals } ?? body.endIndex
            rest = body[end...]
            var piece = body[..<end].trimmed
            let isRight = sign == GIFTUnit.equals
            isSingle = isSingle || isRight
            let weight = try takeWeight(from: &piece) ?? (isRight ? .full : .zero)
            let (text, feedback) = answerAndFeedback(piece)
            if text.text.isEmpty {
                lose(
                    .emptyOption,
                    ru: "Вариант ответа без текста пропущен.",
                    en: "An option without text was left out."
                )
                continue
            }
            options.append(Choice.Option(text: text, fraction: weight, feedback: feedback))
            try checkLimit(options.count)
        }
        guard options.count >= 2 else { throw Self.tooFew(2) }
        guard options.contains(where: { $0.fraction > .zero }) else { throw Self.noRight }
        if isSingle {
            warnIfNoFullAnswer(options.map(\.fraction))
            return .choice(Choice(isSingle: true, options: options))
        }
        let sum = options.reduce(0) { $0 + max($1.fraction.units, 0) }
        // A hundredth of a percent is the rounding of thirds and sevenths.
        if abs(sum - Fraction.unitsOfWhole) > 1000 {
            warn(
                .fractionsDoNotAddUp,
                ru: "Веса верных вариантов в сумме дают \(Fraction(units: sum).percent) %, а не 100 %.",
                en: "The weights of the right options add up to \(Fraction(units: sum).percent) %, not 100 %."
            )
        }
        return .choice(Choice(isSingle: false, options: options))
    }

    private mutating func trueFalse(_ section: GIFTText) -> TrueFalse? {
        let (word, comments) = section.cut(at: GIFTUnit.hash) ?? (section, [])
        let isTrue: Bool
        switch word.trimmed.string.uppercased() {
        case "T", "TRUE": isTrue = true
        case "F", "FALSE": isTrue = false
        default: return nil
        }
        let (wrong, right) = comments.cut(at: GIFTUnit.hash) ?? (comments, [])
        return TrueFalse(isTrue: isTrue, rightFeedback: feedback(right), wrongFeedback: feedback(wrong))
    }

    private mutating func numeric(_ section: GIFTText) throws(ItemFault) -> Interaction {
        var section = section
        var wrongFeedback: RichText?
        if let (answers, rest) = section.cut(at: GIFTUnit.tilde) {
            let (ignored, comment) = rest.cut(at: GIFTUnit.hash) ?? (rest, [])
            if !ignored.trimmed.isEmpty {
                lose(
                    .ignoredPart,
                    ru: "У числового вопроса неверных вариантов нет; пропущено «\(Self.short(ignored))».",
                    en: "A numeric question has no wrong options; left out “\(Self.short(ignored))”."
                )
            }
            wrongFeedback = feedback(comment)
            section = answers.trimmed
        }
        var answers: [NumericEntry.Answer] = []
        for piece in try pieces(of: section) {
            var piece = piece
            let weight = try takeWeight(from: &piece) ?? .full
            let (number, comment) = piece.cut(at: GIFTUnit.hash) ?? (piece, [])
            let (value, tolerance) = try GIFTNumber.target(number.trimmed)
            answers.append(
                NumericEntry.Answer(
                    value: value,
                    tolerance: tolerance,
                    fraction: weight,
                    feedback: feedback(comment)
                )
            )
        }
        guard !answers.isEmpty else { throw Self.tooFew(1) }
        guard answers.contains(where: { $0.fraction > .zero }) else { throw Self.noRight }
        warnIfNoFullAnswer(answers.map(\.fraction))
        if let wrongFeedback {
            answers.append(NumericEntry.Answer(value: nil, fraction: .zero, feedback: wrongFeedback))
        }
        return .numeric(NumericEntry(answers: answers))
    }

    private mutating func shortText(_ pieces: [GIFTText], _ section: GIFTText) throws(ItemFault) -> Interaction {
        if section.first != GIFTUnit.equals {
            warn(
                .missingEqualsSign,
                ru: "Ответ записан без знака «=»; он принят как верный краткий ответ.",
                en: "The answer has no equals sign; it was taken as a right short answer."
            )
        }
        var answers: [TextEntry.Answer] = []
        for piece in pieces {
            var piece = piece
            let weight = try takeWeight(from: &piece) ?? .full
            let (text, feedback) = answerAndFeedback(piece)
            if text.text.isEmpty {
                lose(.emptyOption, ru: "Ответ без текста пропущен.", en: "An answer without text was left out.")
                continue
            }
            answers.append(TextEntry.Answer(text: text.text, fraction: weight, feedback: feedback))
        }
        guard !answers.isEmpty else { throw Self.tooFew(1) }
        guard answers.contains(where: { $0.fraction > .zero }) else { throw Self.noRight }
        warnIfNoFullAnswer(answers.map(\.fraction))
        return .shortText(TextEntry(answers: answers))
    }

    private mutating func matching(_ pieces: [GIFTText]) throws(ItemFault) -> Interaction {
        var pairs: [Matching.Pair] = []
        var distractors: [RichText] = []
        for piece in pieces {
            guard let arrow = Self.arrow(in: piece) else {
                throw ItemFault(
                    .invalidPair,
                    ru: "В паре «\(Self.short(piece))» нет знака «->».",
                    en: "The pair “\(Self.short(piece))” has no “->”."
                )
            }
            let prompt = piece[..<arrow].formatted(default: format)
            let right = piece[(arrow + 2)...]
            let (match, comment) = right.cut(at: GIFTUnit.hash) ?? (right, [])
            guard !match.trimmed.isEmpty else {
                throw ItemFault(
                    .invalidPair,
                    ru: "В паре «\(Self.short(piece))» справа ничего нет.",
                    en: "The pair “\(Self.short(piece))” has nothing on the right."
                )
            }
            if !comment.trimmed.isEmpty {
                lose(
                    .ignoredPart,
                    ru: "У пар нет отзывов; пропущено «\(Self.short(comment))».",
                    en: "Pairs have no feedback; left out “\(Self.short(comment))”."
                )
            }
            if prompt.text.isEmpty {
                distractors.append(RichText(match.trimmed.string))
            } else {
                pairs.append(Matching.Pair(prompt: prompt, match: RichText(match.trimmed.string)))
            }
        }
        guard pairs.count >= 2 else { throw Self.tooFew(2) }
        return .matching(Matching(pairs: pairs, distractors: distractors))
    }

    // MARK: Pieces

    /// The parts that begin with `=`; the first may lack it.
    private func pieces(of section: GIFTText) throws(ItemFault) -> [GIFTText] {
        var pieces = section.split(separator: GIFTUnit.equals, omittingEmptySubsequences: false).map(\.trimmed)
        if pieces.first?.isEmpty == true { pieces.removeFirst() }
        try checkLimit(pieces.count)
        return pieces
    }

    /// Takes `%50%` off the beginning.
    private mutating func takeWeight(from piece: inout GIFTText) throws(ItemFault) -> Fraction? {
        guard piece.first == GIFTUnit.percent else { return nil }
        let body = piece.dropFirst()
        guard let end = body.prefix(16).firstIndex(of: GIFTUnit.percent) else { return unreadable(piece) }
        let number = body[..<end].string
        guard !number.isEmpty, number.utf8.allSatisfy({ "0123456789.-".utf8.contains($0) }) else {
            return unreadable(piece)
        }
        guard let weight = Fraction(percent: number) else {
            throw ItemFault(
                .invalidFraction,
                ru: "Вес «\(number)» не является числом от −100 до 100.",
                en: "The weight “\(number)” is not a number from −100 to 100."
            )
        }
        piece = body[(end + 1)...].trimmed
        return weight
    }

    private mutating func unreadable(_ piece: GIFTText) -> Fraction? {
        warn(
            .unreadableWeight,
            ru: "Знаки «%» не заключают числа; «\(Self.short(piece))» принято за текст.",
            en: "The percent signs do not enclose a number; “\(Self.short(piece))” was taken as text."
        )
        return nil
    }

    private func answerAndFeedback(_ piece: GIFTText) -> (RichText, RichText?) {
        guard let (answer, comment) = piece.cut(at: GIFTUnit.hash) else {
            return (piece.formatted(default: format), nil)
        }
        return (answer.formatted(default: format), feedback(comment))
    }

    private func feedback(_ text: GIFTText) -> RichText? {
        let feedback = text.formatted(default: format)
        return feedback.text.isEmpty ? nil : feedback
    }

    /// Where `->` stands before any feedback.
    private static func arrow(in piece: GIFTText) -> Int? {
        let end = piece.firstIndex(of: GIFTUnit.hash) ?? piece.endIndex
        return piece[..<end].firstPair(GIFTUnit.hyphen, GIFTUnit.greater)
    }

    /// The beginning of a text for a message.
    static func short(_ text: GIFTText) -> String {
        let line = text.prefix(200).line.filter { $0 != "\u{FFFD}" }
        return line.count > 60 ? line.prefix(59) + "…" : line
    }

    // MARK: Findings

    private mutating func warn(_ code: ImportFinding.Code, ru: String, en: String) {
        warnings.append(ItemFault(code, ru: ru, en: en))
    }

    private mutating func lose(_ code: ImportFinding.Code, ru: String, en: String) {
        losses.append(ItemFault(code, ru: ru, en: en))
    }

    private mutating func warnIfNoFullAnswer(_ weights: [Fraction]) {
        guard !weights.contains(.full) else { return }
        warn(
            .noFullAnswer,
            ru: "Ни один ответ не даёт всех баллов.",
            en: "No answer earns all the points."
        )
    }

    private func checkLimit(_ count: Int) throws(ItemFault) {
        guard count > Self.answerLimit else { return }
        throw ItemFault(
            .tooLarge,
            ru: "Больше \(Self.answerLimit) ответов в одном вопросе.",
            en: "More than \(Self.answerLimit) answers in one question."
        )
    }

    private static func tooFew(_ minimum: Int) -> ItemFault {
        ItemFault(
            .tooFewAnswers,
            ru: "Ответов меньше, чем нужно (\(minimum)).",
            en: "There are fewer answers than needed (\(minimum))."
        )
    }

    private static var noRight: ItemFault {
        ItemFault(
            .noRightAnswer,
            ru: "Ни один ответ не отмечен как верный.",
            en: "No answer is marked as right."
        )
    }
}
