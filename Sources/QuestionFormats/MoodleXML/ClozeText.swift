import QuestionBank

/// Moodle's text with embedded answers: `{1:MULTICHOICE:=right#feedback~%50%half}`.
///
/// Source: Moodle documentation, "Embedded Answers (Cloze) question type".
enum ClozeText {
    static let noGaps = ItemFault(
        .invalidGap,
        ru: "В тексте нет ни одного пропуска, или знак пропуска встречается в самом тексте.",
        en: "The text has no gap, or the sign of a gap stands in the text itself."
    )

    /// The kinds by their names.
    static let kinds: [String: ClozeKind] = {
        var kinds: [String: ClozeKind] = [
            "SHORTANSWER": .text(isCaseSensitive: false), "SA": .text(isCaseSensitive: false),
            "MW": .text(isCaseSensitive: false),
            "SHORTANSWER_C": .text(isCaseSensitive: true), "SAC": .text(isCaseSensitive: true),
            "MWC": .text(isCaseSensitive: true),
            "NUMERICAL": .numeric, "NM": .numeric,
        ]
        typealias Row = (names: [String], display: Cloze.GapChoice.Display, isSingle: Bool)
        let rows: [Row] = [
            (["MULTICHOICE", "MC"], .list, true),
            (["MULTICHOICE_V", "MCV"], .vertical, true),
            (["MULTICHOICE_H", "MCH"], .horizontal, true),
            (["MULTIRESPONSE", "MR", "MULTIRESPONSE_V", "MRV"], .vertical, false),
            (["MULTIRESPONSE_H", "MRH"], .horizontal, false),
        ]
        for row in rows {
            for name in row.names {
                kinds[name] = .choice(row.display, isSingle: row.isSingle, isShuffled: false)
                let shuffled = name.contains("_") || name.count <= 3 ? name + "S" : name + "_S"
                kinds[shuffled] = .choice(row.display, isSingle: row.isSingle, isShuffled: true)
            }
        }
        return kinds
    }()

    enum ClozeKind: Equatable {
        case text(isCaseSensitive: Bool)
        case numeric
        case choice(Cloze.GapChoice.Display, isSingle: Bool, isShuffled: Bool)
    }

    /// Takes the gaps out of a text, in which ``Cloze/marker(_:)`` stands for them then.
    static func read(_ source: String) throws(ItemFault) -> (text: String, cloze: Cloze) {
        var text = String.UnicodeScalarView()
        var gaps: [Cloze.Gap] = []
        var rest = Substring(source).unicodeScalars
        while let scalar = rest.first {
            if scalar == "{", let (gap, length) = try ClozeGapParser.gap(at: rest) {
                gaps.append(gap)
                try AnswerRules.checkCount(gaps.count, minimum: 1)
                text.append(contentsOf: Cloze.marker(gaps.count).unicodeScalars)
                rest = rest.dropFirst(length)
            } else {
                text.append(scalar)
                rest = rest.dropFirst()
            }
        }
        let cloze = Cloze(gaps: gaps)
        let result = String(text)
        guard !gaps.isEmpty, cloze.fits(result) else { throw noGaps }
        return (result, cloze)
    }
}

/// Reads one gap.
private struct ClozeGapParser {
    typealias Scalars = Substring.UnicodeScalarView

    /// The gap that begins at the brace, with its length; nil when the brace begins something else.
    static func gap(at text: Scalars) throws(ItemFault) -> (gap: Cloze.Gap, length: Int)? {
        var rest = text.dropFirst()
        var length = 1
        func take(while matches: (Unicode.Scalar) -> Bool, limit: Int) -> String {
            var taken = String.UnicodeScalarView()
            while let scalar = rest.first, matches(scalar), taken.count < limit {
                taken.append(scalar)
                rest = rest.dropFirst()
                length += 1
            }
            return String(taken)
        }
        let weight = take(while: { ("0"..."9").contains($0) || $0.properties.isWhitespace }, limit: 20).trimmed()
        guard rest.first == ":" else { return nil }
        _ = take(while: { $0 == ":" }, limit: 1)
        let name = take(while: { $0.isASCII && ($0.properties.isAlphabetic || $0 == "_") || $0 == " " }, limit: 40)
        guard rest.first == ":", !name.trimmed().isEmpty else { return nil }
        _ = take(while: { $0 == ":" }, limit: 1)
        guard let kind = ClozeText.kinds[name.trimmed().uppercased()] else {
            // Braces of formulas and of programs have no capitals between two colons.
            guard name.trimmed() == name.trimmed().uppercased() else { return nil }
            throw ItemFault(
                .invalidGap,
                ru: "Пропусков вида «\(name.trimmed())» в базе нет.",
                en: "The bank has no gaps of the kind “\(name.trimmed())”."
            )
        }
        guard let (answers, taken) = alternatives(rest) else {
            throw ItemFault(
                .unbalancedBraces,
                ru: "Пропуск «\(String(text.prefix(40)).excerpt(30))» не закрыт фигурной скобкой.",
                en: "The gap “\(String(text.prefix(40)).excerpt(30))” is not closed by a brace."
            )
        }
        let entry = try entry(kind, answers)
        let points = weight.isEmpty ? .one : try AnswerRules.number(weight, line: nil)
        return (Cloze.Gap(weight: points, entry: entry), length + taken)
    }

    /// An answer as it stands: with its fraction, and the escapes resolved.
    private struct Alternative {
        var text = ""
        var feedback: String?
        var fraction = Fraction.zero
    }

    /// The raw alternatives up to the closing brace, and how far that is.
    private static func alternatives(_ text: Scalars) -> (answers: [(answer: String, feedback: String?)], length: Int)?
    {
        var answers: [(answer: String.UnicodeScalarView, feedback: String.UnicodeScalarView?)] = [(.init(), nil)]
        var length = 0
        var isEscaped = false
        var previous: Unicode.Scalar = " "
        for scalar in text {
            length += 1
            defer { previous = scalar }
            func append(_ scalar: Unicode.Scalar) {
                let last = answers.count - 1
                if answers[last].feedback != nil {
                    answers[last].feedback?.append(scalar)
                } else {
                    answers[last].answer.append(scalar)
                }
            }
            if isEscaped {
                isEscaped = false
                if !"}#~/\"\\".unicodeScalars.contains(scalar) { append("\\") }
                append(scalar)
                continue
            }
            switch scalar {
            case "\\": isEscaped = true
            case "}": return (answers.map { (String($0.answer), $0.feedback.map { String($0) }) }, length)
            case "~": answers.append((.init(), nil))
            // `&#39;` is a character, not feedback.
            case "#" where previous != "&" && answers[answers.count - 1].feedback == nil:
                answers[answers.count - 1].feedback = .init()
            default: append(scalar)
            }
        }
        return nil
    }

    private static func entry(
        _ kind: ClozeText.ClozeKind,
        _ raw: [(answer: String, feedback: String?)]
    ) throws(ItemFault) -> Cloze.Entry {
        var answers: [Alternative] = []
        for (index, piece) in raw.enumerated() {
            var answer = Alternative()
            var text = piece.answer.trimmed()
            // The first alternative may stand behind a tilde like the others.
            if text.isEmpty, index == 0, raw.count > 1 { continue }
            if text.hasPrefix("=") {
                answer.fraction = .full
                text.removeFirst()
            } else if text.hasPrefix("%"), let end = text.dropFirst().firstIndex(of: "%") {
                let number = text[text.index(after: text.startIndex)..<end]
                guard let fraction = Fraction(percent: number) else {
                    throw ItemFault(
                        .invalidFraction,
                        ru: "Вес «\(String(number).excerpt(20))» в пропуске не является числом от −100 до 100.",
                        en: "The fraction “\(String(number).excerpt(20))” in a gap is not a number from −100 to 100."
                    )
                }
                answer.fraction = fraction
                text = String(text[text.index(after: end)...])
            }
            answer.text = text.trimmed()
            answer.feedback = piece.feedback?.trimmed()
            answers.append(answer)
        }
        try AnswerRules.checkCount(answers.count, minimum: 1)
        if case .choice = kind { try AnswerRules.checkCount(answers.count, minimum: 2) }
        guard answers.contains(where: { $0.fraction > .zero }) else { throw .noRightAnswer }
        try checkFull(kind, answers)
        guard !answers.contains(where: \.text.isEmpty) else {
            throw ItemFault(.invalidGap, ru: "Пустой ответ в пропуске.", en: "An empty answer in a gap.")
        }
        return try entry(kind, answers)
    }

    /// Moodle takes no gap in which nothing earns everything; of several choices the sum must.
    private static func checkFull(_ kind: ClozeText.ClozeKind, _ answers: [Alternative]) throws(ItemFault) {
        if case .choice(_, isSingle: false, _) = kind { return }
        guard !answers.contains(where: { $0.fraction == .full }) else { return }
        throw ItemFault(
            .noFullAnswer,
            ru: "В пропуске ни один ответ не даёт всех баллов.",
            en: "In a gap no answer earns all the points."
        )
    }

    private static func entry(_ kind: ClozeText.ClozeKind, _ answers: [Alternative]) throws(ItemFault) -> Cloze.Entry {
        func feedback(_ answer: Alternative) -> RichText? {
            answer.feedback.flatMap { RichText($0, format: .html).ifNotEmpty }
        }
        switch kind {
        case .choice(let display, let isSingle, let isShuffled):
            return .choice(
                Cloze.GapChoice(
                    options: answers.map {
                        Choice.Option(
                            text: RichText($0.text, format: .html),
                            fraction: $0.fraction,
                            feedback: feedback($0)
                        )
                    },
                    display: display,
                    isSingle: isSingle,
                    isShuffled: isShuffled
                )
            )
        case .text(let isCaseSensitive):
            return .text(
                TextEntry(
                    answers: answers.map {
                        TextEntry.Answer(
                            text: Markup.unescaped($0.text),
                            fraction: $0.fraction,
                            feedback: feedback($0)
                        )
                    },
                    isCaseSensitive: isCaseSensitive
                )
            )
        case .numeric:
            var numbers: [NumericEntry.Answer] = []
            for answer in answers {
                let parts = Markup.unescaped(answer.text).split(separator: ":", maxSplits: 1).map(String.init)
                let isAny = parts.first?.trimmed() == "*"
                numbers.append(
                    NumericEntry.Answer(
                        value: isAny ? nil : try AnswerRules.number(parts.first ?? "", line: nil),
                        tolerance: parts.count == 2 ? try AnswerRules.tolerance(parts[1], line: nil) : .zero,
                        fraction: answer.fraction,
                        feedback: feedback(answer)
                    )
                )
            }
            return .numeric(NumericEntry(answers: numbers))
        }
    }
}
